"""What the readings of an indicator say in a sentence: computed from them, and nothing else."""

import pytest

from impact.results import results_of
from organisation.models import Citation
from tests.support.factory import (
    a_reading,
    a_source,
    an_absence,
    an_indicator,
    an_organisation,
    cite,
    published,
)

pytestmark = pytest.mark.django_db

PARTNER, INDEPENDENT = Citation.Independence.PARTNER, Citation.Independence.INDEPENDENT


@pytest.fixture
def children():
    return an_indicator()


def read(indicator):
    return results_of([indicator])[0]


def said(indicator):
    return read(indicator).sentence


def give(indicator, *readings, **values):
    """Publishes readings, each as (period, number as written, qualifier)."""
    for period, written, qualifier in readings:
        value = written.removeprefix(qualifier).replace(",", "").strip()
        published(a_reading(indicator, value, period, as_written=written, qualifier=qualifier, **values))


@pytest.mark.parametrize(
    ("readings", "sentence"),
    [
        ([], "No result over time is on record."),
        ([("2025", "340", "")], "340 (2025), as Harbour Aid states."),
        (
            [("2023", "18,420", ""), ("2025", "over 21,000", "over")],
            "Rose from 18,420 (2023) to over 21,000 (2025), as Harbour Aid states. 1 period has no value.",
        ),
        (
            [("2024", "over 21,000", "over"), ("2025", "22,000", "")],
            "Over 21,000 (2024), 22,000 (2025), as Harbour Aid states.",
        ),
        (
            [("2024", "118", ""), ("2025", "about 96", "about")],
            "118 (2024), about 96 (2025), as Harbour Aid states.",
        ),
        (
            [("2024", "40", ""), ("2025", "31", "")],
            "Fell from 40 (2024) to 31 (2025), as Harbour Aid states.",
        ),
        ([("2024", "40", ""), ("2025", "40", "")], "40 in 2024 and in 2025, as Harbour Aid states."),
        (
            [("2024", "40", ""), ("2025", "at least 40", "at least")],
            "40 (2024), at least 40 (2025), as Harbour Aid states.",
        ),
        (
            [("2024", "40", ""), ("2025", "over 40", "over")],
            "Rose from 40 (2024) to over 40 (2025), as Harbour Aid states.",
        ),
        # A half-year is never compared with a year.
        (
            [("2023", "40", ""), ("2024", "90", ""), ("2025-01/2025-06", "30", "")],
            "30 (January 2025 to June 2025), as Harbour Aid states.",
        ),
        ([("", "35", "")], "35, as Harbour Aid states; of which period is not stated."),
        (
            [("", "35", ""), ("", "over 35", "over")],
            "35, over 35, as its texts state; of which periods is not stated.",
        ),
    ],
)
def test_the_sentence_says_what_the_readings_say(children, readings, sentence):
    give(children, *readings)
    assert said(children) == sentence


def test_with_the_direction_neither_nothing_rises_or_falls():
    boats = an_indicator("Boats", direction="neither")
    give(boats, ("2024", "40", ""), ("2025", "31", ""))
    assert said(boats) == "40 (2024), 31 (2025), as Harbour Aid states."


def test_readings_before_and_after_a_change_of_the_counting_are_not_compared(children):
    give(children, ("2021", "40", ""), ("2022", "90", ""))
    children.changed_on, children.change, children.change_source = (
        "2022",
        "Two coasts more.",
        a_source("Note"),
    )
    children.save()
    assert said(children) == "90 (2022), as Harbour Aid states."


def test_it_names_who_else_supports_the_readings(children):
    first, last = a_reading(children, 40, "2024"), a_reading(children, 50, "2025")
    cite(last, a_source("Gazette"), "supports", INDEPENDENT)
    published(first), published(last)
    assert said(children).endswith("as Harbour Aid states; an independent source supports the last.")
    cite(first, a_source("Log"), "supports", INDEPENDENT)
    published(first)
    assert said(children).endswith("as Harbour Aid states; an independent source supports it.")


def test_the_value_of_a_text_that_contradicts_is_told_and_such_a_reading_is_no_beginning(children):
    contradicted, last = a_reading(children, 40, "2024"), a_reading(children, 50, "2025")
    earlier = a_reading(children, 30, "2023")
    cite(
        contradicted,
        a_source("Gazette"),
        "contradicts",
        INDEPENDENT,
        note="It counts 17.",
        value_as_written="17",
        value=17,
    )
    for claim in (earlier, contradicted, last):
        published(claim)
    assert said(children) == (
        "Rose from 30 (2023) to 50 (2025), as Harbour Aid states. "
        "“Gazette” says 17 for 2024, where Harbour Aid says 40."
    )


def test_of_many_readings_the_first_the_last_the_most_and_the_least_are_told(children):
    for year in range(1990, 2015):
        published(a_reading(children, {1995: 5, 2001: 900}.get(year, 100 + year), str(year)))
    assert said(children) == (
        "2,090 (1990), the first; 2,114 (2014), the last; most: 2,114 (2014); least: 5 (1995), "
        "as Harbour Aid states."
    )


def test_where_there_are_more_than_are_shown_nothing_is_said_of_those_before(children):
    for year in range(1990, 2018):
        published(a_reading(children, {1991: 5, 2001: 900}.get(year, 100 + year), str(year)))
    an_absence(children, "1970")
    published(a_reading(children, 1, "1990", kind="target", set_on="1989"))
    results = results_of([children], limit=26)[0]
    assert results.sentence == (
        "2,117 (2017), the last; of the latest 26 most: 2,117 (2017); least: 900 (2001), "
        "as Harbour Aid states."
    )
    assert [row.period for row in results.rows] == [str(year) for year in range(1992, 2018)]


def test_targets_take_no_place_of_a_reading(children):
    published(a_reading(children, 40, "2024"))
    for year in ("2028", "2029"):
        published(a_reading(children, 60, year, kind="target", set_on="2022"))
    assert results_of([children], limit=2)[0].sentence == "40 (2024), as Harbour Aid states."


def test_who_states_a_value_is_not_said_to_state_that_of_another(children):
    law, council = an_indicator("A law", measure="yes or no"), an_organisation("Harbour Council")
    for indicator in (children, law):
        published(a_reading(indicator, 0, "2023", organisation=council))
        published(a_reading(indicator, 1, "2024"))
    assert said(children) == "1 (2024), as Harbour Aid states."
    assert said(law) == "No (2023), yes (2024), as its texts state."


def test_support_of_the_last_of_many_is_not_said_to_be_that_of_all(children):
    for year in range(1990, 2015):
        claim = a_reading(children, 100 + year, str(year))
        if year == 2014:
            cite(claim, a_source("Gazette"), "supports", INDEPENDENT)
        published(claim)
    assert said(children).endswith("as Harbour Aid states; an independent source supports the last.")


@pytest.mark.parametrize(
    ("absences", "sentence"),
    [
        (["2021"], "Nothing is on record for 2021."),
        (["2021", "2022", "2024"], "Nothing is on record for 2021 to 2024."),
    ],
)
def test_where_nothing_is_reported_it_says_for_which_periods(children, absences, sentence):
    for period in absences:
        an_absence(children, period)
    an_absence(children, "2025", "not due")
    assert said(children) == sentence


def test_answers_and_words_have_no_verb():
    law, told = an_indicator("A law", measure="yes or no"), an_indicator("What they say", measure="words")
    for period, value in (("2024", 0), ("2025", 1)):
        published(a_reading(law, value, period))
        claim = a_reading(told, 40, period, as_written="40")
        claim.figures.update(value=None)
        published(claim)
    assert said(law) == "No (2024), yes (2025), as Harbour Aid states."
    assert said(told) == "2 readings in words."


def test_a_reading_of_somebody_else_is_not_said_to_be_the_reporter_s(children):
    published(a_reading(children, 40, organisation=an_organisation("Harbour Council")))
    assert said(children) == "40 (2024), as Harbour Council states."


@pytest.mark.parametrize(
    ("direction", "reading", "target", "promise"),
    [
        ("up", ("14,610", ""), ("15,000", ""), "was 15,000: missed by 390."),
        ("up", ("15,000", ""), ("15,000", ""), "was 15,000: reached."),
        ("up", ("over 25,000", "over"), ("24,000", ""), "was 24,000: reached."),
        ("up", ("at least 24,000", "at least"), ("24,000", ""), "was 24,000: reached."),
        (
            "up",
            ("over 21,000", "over"),
            ("24,000", ""),
            "was 24,000: “over 21,000” does not say whether 24,000 was reached.",
        ),
        ("up", ("nearly 20,000", "nearly"), ("24,000", ""), "was 24,000: missed."),
        (
            "up",
            ("about 24,000", "about"),
            ("24,000", ""),
            "was 24,000: “about 24,000” does not say whether 24,000 was reached.",
        ),
        ("down", ("3", ""), ("5", ""), "was 5: reached."),
        ("down", ("7", ""), ("5", ""), "was 5: missed by 2."),
        ("down", ("0", ""), ("0", ""), "was 0: as aimed."),
        ("neither", ("7", ""), ("5", ""), "was 5."),
        ("up", ("7", ""), ("about 5", "about"), "was about 5."),
    ],
)
def test_a_qualifier_decides_on_a_target_only_where_it_must(direction, reading, target, promise):
    indicator = an_indicator(direction=direction)
    give(indicator, ("2024", *reading))
    give(indicator, ("2024", *target), kind="target", set_on="2022")
    assert read(indicator).promise == f"The target for 2024 {promise}"


def test_percentages_miss_by_points_and_without_a_target_it_is_said():
    share = an_indicator("Monitors trained", measure="percentage", timing="day", unit="per cent")
    give(share, ("2025", "71", ""))
    assert read(share).promise == "No target is on record."
    give(share, ("2025", "90", ""), kind="target", set_on="2022")
    assert read(share).promise == "The target for 2025 was 90%: missed by 19 percentage points."


def test_a_target_of_which_the_reading_is_still_to_come_has_no_verdict(children):
    give(children, ("2024", "40", ""))
    give(children, ("2027", "60", ""), kind="target", set_on="2022")
    assert read(children).promise == "The target for 2027 was 60."
    assert said(children) == "40 (2024), as Harbour Aid states."
