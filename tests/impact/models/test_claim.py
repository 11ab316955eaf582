"""A claim: its reference, its address, and the editions that are made of it."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, transaction

from impact.models import Claim, Edition, Highlight, RegisterEntry
from tests.support.factory import a_claim, a_figure, a_source, an_organisation, cite, published
from tests.support.people import bob

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("statement", "slug"),
    [
        ("We taught 40 pilots", "we-taught-40-pilots"),
        ("a" * 60, "a" * 60),
        ("a" * 61, "claim"),
        (f"{'a' * 30} {'b' * 29}", f"{'a' * 30}-{'b' * 29}"),
        (f"{'a' * 30} {'b' * 30}", "a" * 30),
        (f"one {'b' * 50} c{'d' * 9}", f"one-{'b' * 50}"),
        ("علّمنا", "claim"),
        ("…", "claim"),
    ],
)
def test_an_address_has_the_first_words_up_to_sixty_letters(statement, slug):
    claim = a_claim(statement)
    assert claim.slug == slug
    claim.statement = "Other words"
    claim.save()
    assert claim.slug == slug
    claim.slug = ""
    claim.save()
    assert claim.slug == "other-words"


def test_a_claim_is_called_by_its_reference_and_its_first_sixty_letters():
    words = "word " * 11 + "fives"
    claim = a_claim(words)
    assert str(claim) == f"{claim.reference} {words}"
    claim.statement += "s"
    assert str(claim) == f"{claim.reference} {'word ' * 10}word…"
    assert (str(Claim(statement=words)), Claim().reference) == (words, "–")


def test_a_claim_is_found_by_its_reference_alone():
    claim = a_claim()
    Claim.objects.filter(pk=claim.pk).update(number=123456789)
    longest = f"E{123456789}"
    for reference in (longest, longest.lower()):
        assert list(Claim.objects.by_reference(reference)) == [claim]
    assert Claim.objects.by_reference("E1").exists()
    for reference in (f"{longest}0", "E0", "E01", "E", longest[1:], "XE1", "E1x", "E1\n", "E-1", "E١", ""):
        assert not Claim.objects.by_reference(reference).exists(), reference
    Claim.objects.filter(pk=claim.pk).update(number=1234567890)
    assert not Claim.objects.by_reference(f"{longest}0").exists()


def test_a_number_that_somebody_else_took_meanwhile_is_passed_over_and_another_fault_is_not(monkeypatch):
    taken = a_claim().number
    numbers = iter([taken, taken, taken + 1])
    manager = type(Claim.objects)
    monkeypatch.setattr(manager, "next_number", lambda self: next(numbers), raising=False)
    assert a_claim("We taught 41 pilots").number == taken + 1
    monkeypatch.setattr(manager, "next_number", lambda self: taken + 2, raising=False)
    with pytest.raises(IntegrityError), transaction.atomic():
        Claim.objects.create(organisation=an_organisation(), statement="We row", subject=None)


def test_an_edition_is_the_first_then_an_update_unless_it_is_said_to_be_another_kind():
    claim = a_claim()
    for number, (change, kept) in enumerate(
        (("retired", "first"), ("", "update"), ("correction", "correction")), start=1
    ):
        edition = published(claim, f"Reason {number}", change).current_edition
        assert (edition.number, edition.change, edition.reason) == (number, kept, f"Reason {number}")
        assert (edition.published_by, edition.grade) == (bob(), "organisation only")
        assert edition.get_absolute_url() == f"/evidence/e{claim.number}/v{number}/"
        assert str(edition) == f"{claim.reference}, edition {number}"


@pytest.mark.parametrize(
    ("change", "state"),
    [("correction", "corrected"), ("retired", "retired"), ("update", "current"), ("", "current")],
)
def test_a_correction_or_retirement_shows_until_the_next_edition(change, state):
    claim = published(a_claim())
    edition = published(claim, change=change).current_edition
    assert (edition.state, claim.editions.first().state) == (state, "earlier")
    published(claim)
    assert Edition.objects.get(pk=edition.pk).state == "earlier"


def test_an_edition_keeps_figures_and_citations_in_their_order_and_its_grade():
    claim = a_claim()
    for order, label in ((2, "sails"), (0, "pilots"), (1, "boats")):
        a_figure(claim, order, label=label, order=order, as_of="2004", qualifier="over")
    for title, relation in (("Logbook", "supports"), ("Diary", "context")):
        cite(claim, a_source(title), relation=relation, independence="independent", note=title)
    edition = published(claim).current_edition
    assert [figure.label for figure in edition.figures.all()] == ["pilots", "boats", "sails"]
    assert edition.content() == claim.content()
    assert (edition.grade, claim.grade) == ("supported", "supported")
    claim.citations.filter(relation="supports").delete()
    assert (Edition.objects.get(pk=edition.pk).grade, claim.grade) == ("supported", "organisation only")


def test_the_current_editions_are_one_of_each_public_claim_by_its_number():
    claims = [published(a_claim(f"We taught {number} pilots")) for number in range(3)]
    published(claims[0], together_with="Partners")
    draft, withdrawn = a_claim("We taught in a draft"), published(a_claim("We taught nobody"))
    withdrawn.withdraw(by=bob(), reason="Miscounted", seen=Claim.AS_STORED)
    ours = Edition.objects.filter(organisation=an_organisation())
    assert list(ours.current()) == [claim.current_edition for claim in claims]
    readable = ours.public().values_list("claim__number", "number").order_by("claim__number", "number")
    numbers = [claim.number for claim in claims]
    assert list(readable) == [(numbers[0], 1), (numbers[0], 2), (numbers[1], 1), (numbers[2], 1)]
    assert not draft.editions.exists() and withdrawn.editions.count() == 1


def test_the_register_follows_the_current_edition_of_its_own_claim():
    claim, other = published(a_claim()), published(a_claim("We taught 41 pilots"))
    columns = ("organisation__slug", "type", "theme", "grade", "subject", "number", "edition__number")

    def entry(claim):
        return RegisterEntry.objects.filter(claim=claim).values_list(*columns).first()

    assert entry(claim) == (
        "harbour-aid",
        "output",
        "training",
        "organisation only",
        "Pilots",
        claim.number,
        1,
    )
    claim.citations.update(relation="contradicts")
    lantern_fund = an_organisation("Lantern Fund")
    published(claim, organisation=lantern_fund, type="outcome", theme="advocacy", subject="Boats")
    changed = ("lantern-fund", "outcome", "advocacy", "disputed", "Boats", claim.number, 2)
    assert entry(claim) == changed
    assert RegisterEntry.objects.get(claim=claim).published_at == claim.current_edition.published_at
    second = claim.current_edition
    claim.withdraw(by=bob(), reason="Miscounted", seen=Claim.AS_STORED)
    assert entry(claim) is None
    assert entry(other) == (
        "harbour-aid",
        "output",
        "training",
        "organisation only",
        "Pilots",
        other.number,
        1,
    )
    claim.restore(second, by=bob(), reason="It was right", seen=Claim.AS_STORED)
    assert entry(claim) == (*changed[:-1], 3)


def test_a_claim_is_put_forward_once_a_place():
    claim = a_claim()
    for where in ("impact", "home claims"):
        highlight = Highlight.objects.create(claim=claim, where=where)
    assert str(highlight) == f"claims, put first: {claim.reference}"
    with pytest.raises(IntegrityError), transaction.atomic():
        Highlight.objects.create(claim=claim, where="impact")


def test_a_draft_is_at_no_address_and_an_edition_at_that_of_its_own_slug():
    claim = published(a_claim())
    claim.slug = "drafted"
    assert claim.get_absolute_url() == f"/evidence/e{claim.number}-we-taught-40-pilots/"
    claim.current_edition = None
    assert claim.get_absolute_url() == f"/evidence/e{claim.number}-drafted/"


def test_only_what_is_scheduled_is_due():
    time, claim = datetime(2020, 1, 1, tzinfo=UTC), a_claim()
    for stage in ("draft", "submitted", "returned", "published"):
        Claim.objects.filter(pk=claim.pk).update(stage=stage, publish_at=time)
        assert not Claim.objects.due().exists()
    Claim.objects.filter(pk=claim.pk).update(stage="scheduled")
    assert list(Claim.objects.due()) == [claim]
