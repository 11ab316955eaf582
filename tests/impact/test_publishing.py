"""Publishing freezes a claim's words, figures and citations; what is published never changes."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from impact.models import Claim, Edition, Figure
from tests.support.factory import a_claim, a_figure, a_source, cite
from tests.support.people import bob

pytestmark = pytest.mark.django_db


@pytest.fixture
def claim():
    claim = a_claim("We taught pilots")
    a_figure(claim, 4500, qualifier="over")
    return claim


def test_a_claim_gets_the_next_reference_and_an_address_of_its_words(claim):
    assert claim.reference == f"E{Claim.objects.exclude(pk=claim.pk).order_by('-number')[0].number + 1}"
    assert claim.get_absolute_url() == f"/evidence/e{claim.number}-we-taught-pilots/"


def test_a_statement_without_latin_letters_has_an_address_too():
    claim = a_claim("درّبنا الناس")
    assert claim.get_absolute_url() == f"/evidence/e{claim.number}-claim/"


def test_a_reference_is_never_given_twice(claim):
    number = claim.number
    claim.figures.all().delete()
    claim.delete()
    again = a_claim("We")
    assert again.number == number + 1


def test_publishing_freezes_the_words_figures_and_citations(claim):
    first = claim.publish(by=bob(), reason="First edition", seen=Claim.AS_STORED).current_edition
    claim.statement = "We taught more pilots"
    claim.save()
    claim.figures.update(value=5000)
    claim.citations.all().delete()
    first = Edition.objects.get(pk=first.pk)
    assert (first.statement, str(first.figures.get()), first.citations.count()) == (
        "We taught pilots",
        "over 4500 pilots",
        1,
    )


def test_editions_are_numbered_without_gaps_and_the_last_is_current(claim):
    publisher = bob()
    for expected in (1, 2, 3):
        assert claim.publish(by=publisher, seen=Claim.AS_STORED).current_edition.number == expected
    assert Claim.objects.get(pk=claim.pk).current_edition.number == 3
    assert [edition.number for edition in Edition.objects.current().filter(claim=claim)] == [3]


def test_a_claim_without_a_source_is_not_published(claim):
    claim.citations.all().delete()
    with pytest.raises(
        ValidationError, match="The claim has no source: add a citation with the passage it comes from"
    ):
        claim.publish(by=bob(), seen=Claim.AS_STORED)
    assert not claim.editions.exists()


@pytest.mark.parametrize("name", ["subject", "theme", "type"])
def test_a_claim_without_its_classification_is_not_published(claim, name):
    setattr(claim, name, "")
    claim.save()
    with pytest.raises(ValidationError, match=f"“{name}” is empty: fill it in"):
        claim.publish(by=bob(), seen=Claim.AS_STORED)
    assert not claim.editions.exists()


@pytest.mark.parametrize(
    ("change", "needs_a_reason"),
    [
        (lambda claim: claim.figures.update(value=5000), True),
        (lambda claim: claim.figures.update(as_of="2004"), True),
        (lambda claim: claim.figures.all().delete(), True),
        (lambda claim: a_figure(claim, 5, label="ships"), False),
        (lambda claim: cite(claim, a_source("Port gazette")), False),
    ],
)
def test_a_published_figure_that_changes_or_goes_needs_a_reason_and_a_new_one_none(
    claim, change, needs_a_reason
):
    claim.publish(by=bob(), seen=Claim.AS_STORED)
    change(claim)
    if needs_a_reason:
        with pytest.raises(ValidationError, match="A published figure changes: say why"):
            claim.publish(by=bob(), reason=" ", seen=Claim.AS_STORED)
    claim.publish(by=bob(), reason="A newer count" if needs_a_reason else "", seen=Claim.AS_STORED)
    assert Edition.objects.filter(claim=claim).count() == 2


def test_a_published_edition_is_never_changed_or_deleted(claim):
    edition = claim.publish(by=bob(), seen=Claim.AS_STORED).current_edition
    for change in (
        lambda: edition.save(),
        lambda: edition.delete(),
        lambda: Edition.objects.filter(pk=edition.pk).update(statement="other"),
        lambda: Edition.objects.filter(pk=edition.pk).delete(),
        lambda: edition.figures.get().save(),
        lambda: edition.figures.get().delete(),
        lambda: edition.citations.get().save(),
        lambda: edition.citations.get().delete(),
    ):
        with (
            pytest.raises(
                ValidationError, match="never changed or deleted: change the claim and publish it again"
            ),
            transaction.atomic(),
        ):
            change()


def test_what_an_edition_rests_on_cannot_be_deleted(claim):
    publisher = bob()
    claim.publish(by=publisher, seen=Claim.AS_STORED)
    for record in (claim, claim.organisation, publisher, claim.citations.get().source):
        with pytest.raises(ProtectedError):
            record.delete()


def test_a_figure_without_a_unit_is_refused_by_form_and_database(claim):
    with pytest.raises(ValidationError, match="A figure needs a unit: say what is counted"):
        Figure(claim=claim, label="people", value=1).full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        Figure.objects.create(claim=claim, label="other people", value=1, unit="")


def test_a_grade_belongs_to_its_edition_and_follows_new_evidence_only_with_the_next(claim):
    publisher = bob()
    assert claim.publish(by=publisher, seen=Claim.AS_STORED).current_edition.grade == "organisation only"
    cite(claim, a_source("Port gazette"), "contradicts", "independent")
    assert Edition.objects.get(claim=claim).grade == "organisation only"
    assert claim.publish(by=publisher, seen=Claim.AS_STORED).current_edition.grade == "disputed"


def test_a_copy_that_says_the_same_does_not_differ_from_what_is_published(claim):
    assert claim.differs_from_published()
    claim.publish(by=bob(), seen=Claim.AS_STORED)
    assert not Claim.objects.get(pk=claim.pk).differs_from_published()
    claim.figures.update(qualifier="about")
    assert Claim.objects.get(pk=claim.pk).differs_from_published()
