"""A figure as it reads, and what the database takes of one."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from impact.models import Figure
from tests.support.factory import a_claim, a_figure, published

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("value", "qualifier", "text", "name"),
    [
        ("4500", "over", "over 4,500 pilots", "over 4500 pilots"),
        ("2.50", "", "2.5 pilots", "2.5 pilots"),
        ("100", "about", "about 100 pilots", "about 100 pilots"),
        ("3000000", "up to", "up to 3 million pilots", "up to 3000000 pilots"),
        ("0", "exactly", "exactly 0 pilots", "exactly 0 pilots"),
    ],
)
def test_a_figure_reads_with_its_qualifier_and_unit(value, qualifier, text, name):
    figure = a_figure(a_claim(), value, qualifier=qualifier)
    figure.refresh_from_db()
    assert (figure.text, str(figure)) == (text, name)


@pytest.mark.parametrize(
    ("value", "is_taken"),
    [("0", True), ("-0.01", False), ("0.01", True), ("0.001", False), ("1" * 18, True), ("1" * 19, False)],
)
def test_a_figure_is_not_negative_and_has_up_to_two_decimals(value, is_taken):
    figure = Figure(claim=a_claim(), label="pilots", value=value, unit="pilots")
    if is_taken:
        return figure.full_clean()
    with pytest.raises(ValidationError):
        figure.full_clean()


def test_a_figure_belongs_to_a_claim_or_to_an_edition_and_its_label_once_to_a_claim():
    claim, other = published(a_claim(figure=40)), a_claim("We taught 41 pilots", figure=41)
    values = {"label": "pilots", "value": 1, "unit": "pilots"}
    for owners in ({}, {"claim": other, "edition": claim.current_edition}, {"claim": claim}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Figure.objects.create(**values | owners)
    a_figure(claim, 2, label="boats")


def test_figures_stand_in_their_order_and_those_of_one_order_as_they_were_added():
    claim = a_claim()
    for label, order in (("c", 2), ("a", 0), ("d", 2), ("b", 1)):
        a_figure(claim, 1, label=label, order=order)
    assert [figure.label for figure in claim.figures.all()] == ["a", "b", "c", "d"]
