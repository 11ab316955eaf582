"""A chosen look can be read: each colour has enough contrast on what it stands upon, or it is refused."""

import re

import pytest
from django.conf import settings

from organisation.look import (
    FIELDS,
    PAIRS,
    THEMES,
    Choice,
    contrast,
    failing_pairs,
    own_colours,
    palette,
    passing,
    refusals,
)
from organisation.look.contrast import mix, oklch, with_lightness
from organisation.look.pairs import ON_WHITE
from organisation.look.palette import shared_colours
from tests.support.looks import ILLEGAL, LEGAL

# What decorates and tells nothing by itself, and the veil behind a drawer, which is half transparent.
DECORATION = {"rule", "pencil", "veil"}


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#ffffff", "#000000", 21),
        ("#ffffff", "#ffffff", 1),
        ("#777777", "#ffffff", 4.48),
        ("#767676", "#ffffff", 4.54),
        ("#17183b", "#f8fafd", 16.33),
        ("#ff9ab5", "#0f1a1c", 8.90),
    ],
)
def test_contrast_is_that_of_wcag_either_way_round(one, other, ratio):
    assert round(contrast(one, other), 2) == round(contrast(other, one), 2) == ratio


@pytest.mark.parametrize("theme", THEMES)
def test_the_product_s_own_colours_pass(theme):
    assert failing_pairs(theme, Choice()) == []
    assert palette(theme) == own_colours()[theme]
    assert refusals(theme, Choice()) == {}


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("name", LEGAL)
def test_every_pair_of_a_legal_look_passes_in_both_themes(name, theme):
    choice = getattr(LEGAL[name], theme)
    assert failing_pairs(theme, choice) == [] and refusals(theme, choice) == {}
    colours = palette(theme, choice)
    assert (colours["violet"], colours["margin"], colours["paper"]) == choice


def test_there_are_twenty_illegal_colours_and_each_is_refused_with_the_nearest_that_is_taken():
    assert len(set(ILLEGAL)) == 20
    for theme, field, colour in ILLEGAL:
        choice = Choice()._replace(**{field: colour})
        [(refused, (sentence, nearest))] = refusals(theme, choice).items()
        assert refused == field, (theme, field, colour)
        assert sentence.startswith(f"{colour} cannot be the ") and f"of the {theme} theme" in sentence
        assert sentence.endswith(f"The nearest colour that passes is {nearest}.")
        accepted = choice._replace(**{field: nearest})
        assert refusals(theme, accepted) == {} and failing_pairs(theme, accepted) == [], (theme, nearest)


def test_the_nearest_colour_is_no_further_away_than_it_has_to_be():
    for theme, field, colour in ILLEGAL:
        choice = Choice()._replace(**{field: colour})
        nearest = getattr(passing(theme, choice), field)
        aim, origin = oklch(nearest)[0], oklch(colour)[0]
        closer = with_lightness(colour, aim + (0.02 if origin > aim else -0.02))
        assert failing_pairs(theme, choice._replace(**{field: closer}), field), (
            theme,
            field,
            colour,
            nearest,
        )


def test_the_sentence_says_which_pair_fails_and_by_how_much():
    [(sentence, _nearest)] = refusals("light", Choice(accent="#f4b400")).values()
    assert "a link on a ground tinted with the accent would have a contrast of 1.54 to 1" in sentence
    assert "at least 4.5 to 1 can be read" in sentence


def test_a_contrast_that_is_just_too_low_never_reads_as_one_that_passes():
    for lightness in range(560, 660):
        accent = with_lightness("#4b2a91", lightness / 1000)
        for sentence, _nearest in refusals("light", Choice(accent=accent)).values():
            assert "a contrast of 4.50 to 1" not in sentence


def test_all_colours_of_a_theme_are_refused_together_and_pass_together():
    for theme, choice in (
        ("light", Choice("#79d67f", "#42c6c6", "#bd6ac3")),
        ("dark", Choice("#4d1d98", "#9a3fc1", "#f03f38")),
    ):
        found = refusals(theme, choice)
        assert set(found) == set(FIELDS)
        accepted = Choice(**{field: nearest for field, (_sentence, nearest) in found.items()})
        assert failing_pairs(theme, accepted) == [] and refusals(theme, accepted) == {}


def test_another_paper_makes_only_the_lines_of_charts_that_would_not_show_darker():
    before, after = palette("light"), palette("light", Choice(paper="#fdf6e3"))
    changed = {token for token in before if before[token] != after[token]}
    assert changed == {"paper", "sheet", "rule", "violet-wash", "margin-wash", "chart-4"}
    assert contrast(before["chart-4"], "#fdf6e3") < 3 <= contrast(after["chart-4"], "#fdf6e3")


@pytest.mark.parametrize("theme", THEMES)
def test_what_is_computed_of_the_product_s_own_colours_comes_near_to_what_was_drawn_by_hand(theme):
    own = palette(theme)
    computed = palette(theme, Choice(own["violet"], own["margin"], own["paper"]))
    assert [token for token in own if abs(oklch(own[token])[0] - oklch(computed[token])[0]) > 0.03] == []


def test_a_mixture_lies_between_its_colours():
    assert mix("#ffffff", "#000000", 0) == "#000000" and mix("#ffffff", "#000000", 1) == "#ffffff"
    assert mix("#ff0000", "#0000ff", 0.5) in ("#800080", "#7f007f")


def test_every_token_that_the_style_sheets_write_or_draw_in_or_write_upon_stands_in_the_table():
    sheets = "\n".join(
        sheet.read_text()
        for sheet in sorted((settings.BASE_DIR / "static/css").rglob("*.css"))
        if sheet.name != "tokens.css"
    )
    tokens = own_colours()["light"].keys() | shared_colours().keys() | DECORATION
    written = set(re.findall(r"[\s{](?:color|--callout|--status): var\(--([a-z0-9-]+)", sheets))
    drawn = set(re.findall(r"[\s{](?:fill|stroke|background(?:-color)?): var\(--([a-z0-9-]+)", sheets))
    pairs = [*PAIRS, *ON_WHITE]
    fronts, grounds = {pair.front for pair in pairs}, {pair.ground for pair in pairs}
    assert sorted((written & tokens) - fronts - DECORATION) == []
    assert sorted((drawn & tokens) - fronts - grounds - DECORATION) == []
    assert {"ink", "violet", "margin"} <= written and {"paper", "violet-wash", "margin-wash"} <= drawn
