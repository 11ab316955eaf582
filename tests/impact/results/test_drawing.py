"""The drawing of a result: what is drawn, what is not, and what is said instead."""

from decimal import Decimal

import pytest

from impact.models import Change
from impact.results import results_of
from portal.graphics.drawings.result_scale import round_ticks
from portal.graphics.drawings.results import result_drawing
from tests.support.factory import a_reading, a_source, an_absence, an_indicator, cite, published

pytestmark = pytest.mark.django_db


@pytest.fixture
def children():
    return an_indicator()


def drawn(indicator, size="page"):
    return result_drawing(results_of([indicator])[0], size)


def give(indicator, **values_by_year):
    for year, value in values_by_year.items():
        published(a_reading(indicator, value, year.removeprefix("y")))


def places(drawing, name):
    """Returns the places across of the shapes that have a class."""
    shapes = [*drawing.rects, *drawing.lines, *drawing.marks, *drawing.texts]
    return [each[1] for each in shapes if name in each[0].split()]


def texts(drawing, name):
    return [each[-1] for each in drawing.texts if name in each[0].split()]


def heights(drawing, name):
    return [float(each[2]) for each in drawing.marks if name in each[0].split()]


def test_one_number_and_what_is_told_in_words_are_not_drawn(children):
    assert drawn(children) is None
    give(children, y2024=40)
    assert drawn(children) is None
    give(children, y2025=50)
    assert drawn(children)
    words = an_indicator("What they say", measure="words")
    for year in ("2024", "2025"):
        claim = a_reading(words, 40, year, as_written="40")
        claim.figures.update(value=None)
        published(claim)
    assert drawn(words) is None


def test_a_year_without_anything_keeps_its_place_and_is_hatched(children):
    give(children, y2022=40, y2024=50)
    result = drawn(children)
    assert places(result.drawing, "result-point") == ["16.67%", "83.33%"]
    assert (
        places(result.ground, "result-hatch") == ["36.67%"] or len(places(result.ground, "result-hatch")) == 1
    )
    assert texts(result.drawing, "result-reason") == []
    an_absence(children, "2023", "withheld for safety")
    result = drawn(children)
    assert len(places(result.ground, "result-hatch")) == 1
    assert texts(result.drawing, "result-reason") == ["withheld for safety"]


def test_nothing_is_drawn_at_zero_unless_zero_was_reported(children):
    give(children, y2022=40, y2024=0)
    an_absence(children, "2023")
    result = drawn(children)
    bottom = 366 - 34
    assert heights(result.drawing, "result-point")[1] == bottom
    assert heights(result.drawing, "result-point")[0] < bottom
    assert len(heights(result.drawing, "result-point")) == 2


def test_a_value_that_is_not_due_is_outlined_with_its_day(children):
    give(children, y2024=40)
    an_absence(children, "2025", "not due", due="2026-03-31")
    result = drawn(children)
    assert len(places(result.ground, "result-due")) == 1
    assert places(result.ground, "result-hatch") == []
    assert texts(result.drawing, "result-reason") == ["not due until 31 March 2026"]


def test_points_are_inked_by_how_far_each_is_shown(children):
    own, independent, partly = (a_reading(children, value, str(value)) for value in (2023, 2024, 2025))
    cite(independent, a_source("Gazette"), "supports", "independent")
    cite(partly, a_source("Log"), "contradicts", "independent", note="No.")
    for claim in (own, independent, partly):
        published(claim)
    result = drawn(children)
    assert len(heights(result.drawing, "result-own")) == 1
    assert len(heights(result.drawing, "result-independent")) == 1
    assert len(heights(result.drawing, "result-contradicted")) == 1
    assert {"own", "independent", "contradicted"} <= result.signs


def test_amounts_are_bars_that_are_never_joined_and_states_of_a_day_are_joined_up_to_a_gap(children):
    give(children, y2023=40, y2024=50)
    result = drawn(children)
    assert len(result.ground.rects) == 2
    assert places(result.drawing, "result-series") == []
    members = an_indicator("Members", timing="day")
    give(members, y2021=40, y2022=50, y2024=60)
    result = drawn(members)
    assert result.ground.rects == []
    assert len(places(result.drawing, "result-series")) == 1


def test_a_change_of_the_counting_breaks_the_line_and_is_drawn(children):
    members = an_indicator(
        "Members", timing="day", changed_on="2022", change="Two coasts more.", change_source=a_source("Note")
    )
    give(members, y2021=40, y2022=50, y2023=60)
    result = drawn(members)
    assert len(places(result.drawing, "result-series")) == 1
    assert len(places(result.drawing, "result-change")) == 2
    assert texts(result.drawing, "result-rose") == ["counted differently"]


@pytest.mark.parametrize(
    ("qualifier", "is_above", "sign"),
    [
        ("over", True, "over"),
        ("at least", True, "over"),
        ("nearly", False, "under"),
        ("about", None, "about"),
    ],
)
def test_a_qualifier_is_a_sign_of_its_own_and_stands_with_the_number(children, qualifier, is_above, sign):
    give(children, y2024=40)
    written = f"{qualifier} 50"
    published(a_reading(children, 50, "2025", as_written=written, qualifier=qualifier))
    result = drawn(children)
    arrows = [each[3] for each in result.drawing.marks if each[0] == "result-arrow"]
    assert ([each.startswith("M0 -9") for each in arrows] or [None]) == [is_above]
    assert sign in result.signs
    assert written in texts(result.drawing, "result-value")


def test_a_target_stands_over_its_own_period_from_the_day_it_was_set(children):
    give(children, y2022=40, y2023=45, y2024=50)
    published(a_reading(children, 60, "2024", kind="target", set_on="2022"))
    result = drawn(children)
    assert len(places(result.drawing, "result-target")) == len(places(result.drawing, "result-promise")) == 1
    assert texts(result.drawing, "result-aim") == ["target: 60"]
    assert len(heights(result.drawing, "result-point")) == 3


def test_a_corrected_value_stands_struck_beside_the_new_one(children):
    give(children, y2023=40)
    claim = published(a_reading(children, 60, "2024"))
    claim.figures.update(value=50, as_written="50")
    claim.statement = "In 2024 it was 50 children"
    claim.citations.get().passage.mends.create(says="60", shows="50", why="A slip.")
    published(claim, "One school was counted twice.", Change.CORRECTION)
    result = drawn(children)
    assert texts(result.drawing, "result-struck") == ["60"]
    assert "old" in result.signs
    assert [each.startswith("corrected ") for each in texts(result.drawing, "result-rose")] == [True]


def test_percentages_stand_on_a_scale_from_nothing_to_a_hundred_and_answers_on_two_lines():
    share = an_indicator("Monitors", measure="percentage", timing="day", unit="per cent")
    give(share, y2024=40, y2025=50)
    assert texts(drawn(share).drawing, "result-number") == ["0%", "25%", "50%", "75%", "100%"]
    law = an_indicator("A law", measure="yes or no")
    give(law, y2024=0, y2025=1)
    result = drawn(law)
    assert texts(result.drawing, "result-number") == ["no", "yes"]
    assert len(set(heights(result.drawing, "result-point"))) == 2


def test_below_nothing_the_line_of_nothing_lies_within(children):
    give(children, y2023=40, y2024=-30)
    result = drawn(children)
    zero = next(float(each[3]) for each in result.ground.lines if each[0] == "result-zero")
    first, second = heights(result.drawing, "result-point")
    assert first < zero < second
    assert "−20" in texts(result.drawing, "result-number")


@pytest.mark.parametrize(
    ("lowest", "highest", "ticks"),
    [
        (0, 0, (0, 1)),
        (0, 1, (0, 1)),
        (0, 21000, (0, 25000)),
        (0, 412_806_331, (0, 500_000_000)),
        (-210, 175, (-300, 200)),
        (-5, 0, (-5, 0)),
    ],
)
def test_scales_have_round_steps_and_always_begin_or_end_at_nothing(lowest, highest, ticks):
    found = round_ticks(Decimal(lowest), Decimal(highest))
    assert (found[0], found[-1]) == ticks
    assert 0 in found and 2 <= len(found) <= 8


def test_of_sixty_readings_only_what_stands_out_is_written_and_every_point_is_drawn(children):
    for year in range(1960, 2020):
        published(a_reading(children, {1990: 900, 1991: 3}.get(year, 100), str(year)))
    result = drawn(children)
    assert len(heights(result.drawing, "result-point")) == 60
    assert sorted(texts(result.drawing, "result-value")) == ["100", "100", "3", "900"]
    assert len(texts(result.drawing, "result-period")) <= 40


def test_where_nothing_has_a_value_there_is_no_scale(children):
    for year in ("2021", "2022"):
        an_absence(children, year)
    result = drawn(children)
    assert texts(result.drawing, "result-number") == []
    assert len(places(result.ground, "result-hatch")) == 2


def test_a_small_drawing_writes_no_reasons(children):
    give(children, y2023=40, y2025=50)
    an_absence(children, "2024")
    result = drawn(children, "small")
    assert texts(result.drawing, "result-reason") == []
    assert len(places(result.ground, "result-hatch")) == 1
