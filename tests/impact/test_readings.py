"""The rules for readings: what conflicts with what, and what the checklist finds."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from impact.checklist import findings
from impact.conflicts import explanations, find_conflicts
from impact.differences import differences
from impact.models import Conflict, Figure
from impact.values import differing
from tests.support.factory import a_claim, a_reading, an_absence, an_indicator, published
from tests.support.values import values_on

pytestmark = pytest.mark.django_db


@pytest.fixture
def children():
    return an_indicator()


def conflicts(*claims):
    return [
        (claims.index(each.first), claims.index(each.second), each.rule)
        for each in Conflict.objects.filter(first__in=claims, second__in=claims).order_by("first", "second")
    ]


def found(claim, rule):
    return [each.sentence for each in findings(claim) if each.rule == rule]


@pytest.mark.parametrize(
    ("one", "other", "is_conflict"),
    [
        ({"period": "2023"}, {"period": "2024"}, False),
        ({"period": "2024"}, {"period": "2024"}, True),
        ({"period": "2024"}, {"period": "2024-05"}, True),
        ({"period": "2023-04/2024-03"}, {"period": "2023-04/2024-03"}, True),
        ({"period": "2023-04/2024-03"}, {"period": "2023"}, False),
        ({"period": ""}, {"period": ""}, True),
        ({"period": ""}, {"period": "2024"}, False),
        ({"kind": "target"}, {"kind": "actual"}, False),
        ({"kind": "target"}, {"kind": "target"}, True),
        ({"subject": "Schools"}, {"subject": "Harbours"}, True),
        ({"subject": ""}, {"subject": ""}, True),
    ],
)
def test_readings_are_compared_like_with_like(children, one, other, is_conflict):
    claims = a_reading(children, 40, **one), a_reading(children, 41, **other)
    expected = [(0, 1, "value")] if is_conflict else []
    for find in (find_conflicts, lambda: find_conflicts(claims[1])):
        Conflict.objects.all().delete()
        find()
        assert conflicts(*claims) == expected
    assert len(explanations("value", *claims)) == len(expected)


def test_readings_of_two_indicators_and_figures_that_stand_alone_are_not_compared(children):
    claims = (
        a_reading(children, 40),
        a_reading(an_indicator("Boats"), 41),
        a_claim("In 2024 it was 42 children", subject=children.title, as_of="2024"),
    )
    Figure.objects.create(claim=claims[2], label=children.title, unit="children", value=42, as_written="42")
    find_conflicts()
    assert conflicts(*claims) == []


def test_parts_are_compared_with_the_same_part_of_the_same_period(children):
    claims = (
        a_reading(children, 40, parts=[("sex", "girls", "25"), ("sex", "boys", "15")]),
        a_reading(children, 40, parts=[("sex", "girls", "24"), ("sex", "boys", "not collected")]),
        a_reading(children, 30, "2023", parts=[("sex", "girls", "20")]),
    )
    find_conflicts()
    assert conflicts(*claims) == [(0, 1, "value")]
    assert explanations("value", *claims[:2]) == [
        f"{claims[0].reference} says “sex, girls: 25”, {claims[1].reference} says “sex, girls: 24”."
    ]


def test_a_conflict_ends_when_a_reading_leaves_the_period_and_the_others_are_found_again(children):
    first, second, third = (a_reading(children, value, subject=f"{value}") for value in (40, 41, 41))
    find_conflicts()
    assert conflicts(first, second, third) == [(0, 1, "value")]
    second.figures.update(starts="2023", ends="2023")
    find_conflicts(second)
    assert conflicts(first, second, third) == [(0, 2, "value")]


def test_readings_of_three_years_are_not_called_values_that_differ(children):
    for year, value in (("2022", 38), ("2023", 39), ("2024", 40)):
        published(a_reading(children, value, year))
    assert differing(values_on(children.title)) == {}
    published(a_reading(children, 41, "2024"))
    assert [[each.value for each in values] for values in differing(values_on(children.title)).values()] == [
        [40, 41]
    ]


def test_the_checklist_asks_for_the_period_of_a_reading_and_the_day_of_a_target(children):
    reading, target = a_reading(children, 40, ""), a_reading(children, 50, "2025", kind="target")
    assert found(reading, "reading_without_period") == [
        "“Children back in school” does not say of which period it is: it stands in no drawing."
    ]
    assert found(target, "reading_without_period") == []
    assert found(target, "target_without_day") == [
        "The target “Children back in school” does not say on which day it was set."
    ]
    assert found(a_reading(children, 50, "2025", kind="target", set_on="2023"), "target_without_day") == []
    late = a_reading(children, 50, "2025", kind="target", set_on="2026-02")
    assert found(late, "target_after_its_period") == [
        "The target “Children back in school” was set on February 2026, after its period."
    ]
    assert "figure" not in "".join(found(reading, "day_not_stated"))


def test_the_checklist_finds_another_unit_a_repeated_reading_and_an_absence_beside_it(children):
    claim = a_reading(children, 40)
    claim.figures.update(unit="pupils")
    other = a_reading(children, 41, "2024")
    an_absence(children, "2024")
    an_absence(children, "2024", axis="sex", group="girls")
    assert found(claim, "reading_of_another_unit") == [
        f"“Children back in school” counts pupils, and its indicator “{children}” counts children."
    ]
    assert found(claim, "reading_repeated") == [
        f"{other.reference} gives a reading of “{children}” for the same period, too: 41 children."
    ]
    assert found(claim, "reading_beside_absence") == [
        f"“{children}” says that there is no value: 2024: not collected. Delete one of the two."
    ]


@pytest.mark.parametrize(
    ("parts", "sentences"),
    [
        ([("sex", "girls", "25"), ("sex", "boys", "15")], []),
        (
            [("sex", "girls", "25"), ("sex", "boys", "14")],
            ["“Children back in school”, by sex: the parts give 39, and the total is 40."],
        ),
        ([("sex", "girls", "25"), ("sex", "boys", "not collected")], []),
    ],
)
def test_parts_that_do_not_add_up_are_said_and_not_refused(children, parts, sentences):
    claim = a_reading(children, 40, parts=parts)
    assert found(claim, "parts_do_not_add_up") == sentences
    published(claim)


def test_a_part_stands_letter_by_letter_in_a_passage(children):
    claim = a_reading(children, 40, parts=[("sex", "girls", "25")])
    claim.figures.get().parts.update(as_written="26", value=26)
    with pytest.raises(ValidationError, match="The part “girls” is written “26”, which stands in no passage"):
        published(claim)


def test_without_its_citation_a_reading_is_not_published(children):
    claim = a_reading(children, 40)
    claim.citations.get().delete()
    with pytest.raises(ValidationError, match="The claim has no source"):
        published(claim)


def test_a_changed_period_and_part_are_told_among_the_changes(children):
    claim = published(a_reading(children, 40, parts=[("sex", "girls", "25")]))
    before = claim.current_edition
    claim.figures.update(starts="2023", ends="2023")
    told = {each.name: (each.old, each.new) for each in differences(before, claim)}
    name = "figure “Children back in school”"
    assert told[name] == (
        f"40 children\n{children.reference}, actual, 2024\nsex, girls: 25",
        f"40 children\n{children.reference}, actual, 2023\nsex, girls: 25",
    )


def test_no_reading_among_the_changes_costs_a_query_of_its_own(client, children):
    def queries(path):
        with CaptureQueriesContext(connection) as captured:
            assert client.get(path).status_code == 200
        return len(captured)

    def corrected(year):
        claim = published(a_reading(children, 40, year, parts=[("sex", "girls", "25")]))
        return published(claim, as_of=year)

    claim, counts = corrected("2020"), []
    paths = ["/corrections/", claim.get_absolute_url()]
    for year in ("2021", "2024"):
        queries(paths[0])  # what is read once a process
        counts.append([queries(path) for path in paths])
        for other in range(2):
            corrected(str(int(year) + 1 + other))
        for label in ("others", "more of them"):
            figure = claim.figures.first()
            figure.pk, figure.label, figure._state.adding = None, f"{label} {year}", True
            figure.save()
        published(claim)
    assert counts[0] == counts[1]
