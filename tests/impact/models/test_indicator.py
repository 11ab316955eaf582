"""An indicator, its readings and their parts, and the absences: what the database takes of them."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from impact.models import Absence, Claim, Figure, Indicator, Part
from tests.support.factory import (
    a_claim,
    a_figure,
    a_reading,
    a_source,
    an_absence,
    an_indicator,
    published,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def children():
    return an_indicator()


def refused(save):
    with pytest.raises(IntegrityError), transaction.atomic():
        save()


def test_references_are_given_in_order_and_none_twice(children):
    second = an_indicator("Schools open again")
    number = second.number
    assert (children.reference, second.reference) == (f"I{number - 1}", f"I{number}")
    assert second.get_absolute_url() == f"/indicators/i{number}-schools-open-again/"
    second.delete()
    assert an_indicator("Teachers paid").number == number + 1
    assert list(Indicator.objects.by_reference(f"i{number - 1}")) == [children]
    assert not Indicator.objects.by_reference("E1").exists()


def test_the_address_stays_when_the_title_changes(children):
    children.title = "Children who are back"
    children.save()
    assert children.slug == "children-back-in-school"
    assert an_indicator("تعليم").slug == "indicator"


def test_an_indicator_has_a_unit_and_a_change_of_its_counting_has_a_source(children):
    refused(lambda: Indicator.objects.filter(pk=children.pk).update(unit=""))
    refused(lambda: Indicator.objects.filter(pk=children.pk).update(changed_on="2022"))
    children.changed_on, children.change, children.change_source = "2022", "Two coasts more.", a_source()
    children.full_clean()
    children.save()


def test_only_numbers_counted_over_a_period_may_be_added_up():
    for values in ({"measure": "percentage"}, {"timing": "day"}):
        refused(lambda values=values: an_indicator(may_be_added_up=True, **values))
    assert an_indicator(may_be_added_up=True).pk


def test_a_reading_has_a_kind_and_a_number_that_stands_alone_has_no_period(children):
    claim = a_claim("We taught 40 pilots")
    for values in (
        {"indicator": children},
        {"kind": "actual"},
        {"starts": "2024", "ends": "2024"},
        {"indicator": children, "kind": "actual", "starts": "2024"},
        {"indicator": children, "kind": "actual", "starts": "2024", "ends": "2023"},
        {"indicator": children, "kind": "actual", "set_on": "2023"},
        {"indicator": children, "kind": "hope"},
    ):
        refused(lambda values=values: a_figure(claim, 40, **values))
    assert a_figure(
        claim, 40, indicator=children, kind="target", starts="2024", ends="2024", set_on="2023"
    ).pk


def test_a_reading_may_be_below_nothing_and_no_other_figure_may(children):
    claim = a_claim("It fell by 12", figure=None)
    refused(lambda: a_figure(claim, -12, as_written="12"))
    assert a_figure(claim, -12, as_written="12", indicator=children, kind="actual").pk


def test_only_a_reading_can_be_in_words_alone(children):
    claim = a_claim("The school opened")
    words = {"label": "school", "unit": "schools", "as_written": "opened", "value": None}
    refused(lambda: Figure.objects.create(claim=claim, **words))
    refused(
        lambda: Figure.objects.create(
            claim=claim, indicator=children, kind="actual", **words | {"as_written": ""}
        )
    )
    opened = Figure.objects.create(
        claim=claim, indicator=an_indicator(measure="words"), kind="actual", **words
    )
    assert (opened.text, opened.value_text, str(opened)) == ("opened", "opened", "opened")


@pytest.mark.parametrize(
    ("measure", "value", "is_taken"),
    [
        ("number", "40", True),
        ("number", None, False),
        ("percentage", "62.5", True),
        ("yes or no", "1", True),
        ("yes or no", "0", True),
        ("yes or no", "2", False),
        ("yes or no", None, False),
        ("words", None, True),
        ("words", "1", False),
    ],
)
def test_a_reading_has_the_form_of_its_indicator(measure, value, is_taken):
    figure = Figure(
        claim=a_claim(),
        label="pilots",
        unit="children",
        value=value,
        as_written="40",
        indicator=an_indicator(measure=measure),
        starts="2024",
    )
    if not is_taken:
        with pytest.raises(ValidationError, match="value"):
            figure.full_clean()
        return
    figure.full_clean()
    assert (figure.kind, figure.ends) == ("actual", "2024")


@pytest.mark.parametrize(
    ("measure", "value", "text", "value_text"),
    [
        ("percentage", 62, "62 children", "62%"),
        ("yes or no", 1, "yes", "yes"),
        ("yes or no", 0, "no", "no"),
        ("number", 0, "0 children", "0"),
    ],
)
def test_a_reading_reads_as_its_indicator_measures(measure, value, text, value_text):
    figure = a_reading(an_indicator(measure=measure), value).figures.get()
    assert (figure.text, figure.value_text) == (text, value_text)


@pytest.mark.parametrize(
    ("period", "text"),
    [
        ("2024", "2024"),
        ("2024-01-01/2024-12-31", "calendar year 2024"),
        ("2023-04/2024-03", "April 2023 to March 2024"),
        ("2018-02", "February 2018"),
        ("", "undated"),
    ],
)
def test_a_year_is_a_calendar_year_only_where_its_two_days_are_given(children, period, text):
    assert a_reading(children, 40, period).figures.get().period == text


def test_a_part_has_a_value_or_the_reason_why_there_is_none(children):
    figure = a_reading(children, 40).figures.get()
    for values in (
        {},
        {"value": 20},
        {"value": 20, "as_written": "20", "reason": "not collected"},
        {"reason": "unwilling"},
        {"value": 20, "as_written": "20", "group": ""},
    ):
        refused(
            lambda values=values: Part.objects.create(
                **{"figure": figure, "axis": "sex", "group": "girls"} | values
            )
        )
    girls = Part.objects.create(figure=figure, axis="sex", group="girls", value=0, as_written="0")
    boys = Part.objects.create(figure=figure, axis="sex", group="boys", reason="withheld for safety")
    assert (str(girls), str(boys)) == ("sex, girls: 0", "sex, boys: withheld for safety")
    refused(lambda: Part.objects.create(figure=figure, axis="sex", group="girls", value=1, as_written="1"))


def test_an_absence_has_a_period_and_a_reason_and_stands_once(children):
    absence = an_absence(children)
    assert str(absence) == "2020: not collected"
    for values in (
        {},
        {"period": ""},
        {"period": "2021/2020"},
        {"period": "2021", "reason": "forgotten"},
        {"period": "2021", "axis": "sex"},
        {"period": "2021", "due": "2022"},
    ):
        refused(lambda values=values: an_absence(children, **values))
    assert str(an_absence(children, axis="sex", group="girls")) == "2020, girls: not collected"
    assert an_absence(children, kind="baseline").pk
    assert an_absence(children, "2026", reason="not due", due="2027-03-31").pk


def test_an_indicator_with_a_reading_cannot_be_deleted_and_takes_its_absences_along(children):
    absence = an_absence(an_indicator("Boats"))
    absence.indicator.delete()
    assert not Absence.objects.exists()
    a_reading(children, 40)
    with pytest.raises(ProtectedError):
        children.delete()


def test_an_edition_freezes_a_reading_with_its_period_and_its_parts(children):
    parts = [("sex", "girls", "25"), ("sex", "boys", "withheld for safety")]
    claim = published(a_reading(children, 40, parts=parts, set_on="", kind="actual"))
    frozen = claim.current_edition.figures.get()
    assert frozen.reading_of == (children.pk, "actual", "2024")
    assert [str(each) for each in frozen.parts.all()] == ["sex, girls: 25", "sex, boys: withheld for safety"]
    for change in (
        lambda: frozen.parts.update(value=26),
        frozen.parts.first().save,
        frozen.parts.first().delete,
        frozen.delete,
    ):
        with pytest.raises(ValidationError, match="never changed or deleted"), transaction.atomic():
            change()
    assert not claim.differs_from_published()


@pytest.mark.parametrize("name", ["starts", "kind"])
def test_a_changed_reading_differs_from_what_is_published(children, name):
    claim = published(a_reading(children, 40))
    changed = {"starts": {"starts": "2023", "ends": "2023"}, "kind": {"kind": "target"}}[name]
    figure = claim.figures.get()
    for field, value in changed.items():
        setattr(figure, field, value)
    figure.save()
    assert claim.differs_from_published()
    assert claim.figures_differ_from_published()


def test_a_changed_part_differs_and_the_restored_wording_has_its_parts_again(children):
    claim = published(a_reading(children, 40, parts=[("sex", "girls", "25")]))
    part = claim.figures.get().parts.get()
    part.value = 24
    part.save()
    claim = Claim.objects.get(pk=claim.pk)
    assert claim.differs_from_published()
    claim.copy_text_from(claim.current_edition)
    assert [str(each) for each in claim.figures.get().parts.all()] == ["sex, girls: 25"]
    assert not Claim.objects.get(pk=claim.pk).differs_from_published()
