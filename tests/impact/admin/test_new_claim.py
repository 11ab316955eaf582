"""The short form for a new claim at its limits: similar claims, keys, independence, order."""

import re

import pytest

from impact.models import Claim, Highlight
from organisation.models import Affiliation
from tests.impact.test_new_claim import LETTERS, NEW, SIMILAR, TEXT, five_fields, newest, refused, similar
from tests.support.factory import a_claim, a_source, an_organisation
from tests.support.people import alice

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client):
    client.force_login(alice())
    return client


@pytest.fixture
def harbour_aid():
    return an_organisation(profiled=True)


def found(client, statement, organisation=None):
    """Returns the references of the similar claims that are offered, the likeliest first."""
    page = similar(client, statement=statement, organisation=organisation.pk if organisation else "")
    return re.findall(r">(E\d+)</a>", page)


@pytest.mark.parametrize(
    ("known", "typed", "is_found"),
    [
        ("x" * 19, "x" * 19, False),
        ("x" * 20, "x" * 20, True),
        ("x" * 20, f"  {'X' * 19}… ", False),
        ("x" * 15 + "y" * 5, "x" * 15 + "z" * 5, True),  # a score of 75
        ("x" * 20 + "y" * 7, "x" * 20 + "z" * 7, False),  # a score of 74
    ],
)
def test_claims_are_alike_from_twenty_letters_and_a_score_of_seventy_five(
    desk, harbour_aid, known, typed, is_found
):
    claim = a_claim(known)
    assert found(desk, typed, harbour_aid) == ([claim.reference] if is_found else [])


def test_the_likeliest_comes_first_and_of_too_many_only_the_newest_are_compared(
    desk, harbour_aid, monkeypatch
):
    claims = [
        a_claim(f"We taught sailing to {who}") for who in ("forty pilots", "forty pilotz", "some pilotz")
    ]
    references = [claim.reference for claim in claims]
    typed = "We taught sailing to forty pilots"
    assert found(desk, typed, harbour_aid) == references
    monkeypatch.setattr("impact.admin.new_claim.MAX_COMPARED", 2)
    assert found(desk, typed, harbour_aid) == references[1:]


def test_without_a_speaker_the_claims_of_all_are_compared(desk, harbour_aid):
    other = a_claim("We taught sailing to forty pilots", organisation=an_organisation("Lantern Fund"))
    assert found(desk, other.statement) == [other.reference]
    assert found(desk, other.statement, harbour_aid) == []


def test_a_claim_that_was_not_among_those_that_alice_has_seen_holds_hers_once_more(desk, harbour_aid):
    first = a_claim(LETTERS)
    assert first.reference in refused(desk, organisation=harbour_aid.pk)
    second = a_claim(f"{LETTERS}!")
    assert second.reference in refused(desk, organisation=harbour_aid.pk, seen=[first.pk])
    sent = desk.post(NEW, five_fields(organisation=harbour_aid.pk, seen=[first.pk, second.pk]))
    assert sent.status_code == 302


@pytest.mark.parametrize("digits", [18, 19, 20])
def test_a_key_of_any_length_that_nothing_has_breaks_nothing(desk, digits):
    for address in (NEW, SIMILAR, TEXT):
        query = {"organisation": "9" * digits, "source": "9" * digits, "statement": LETTERS}
        assert desk.get(address, query).status_code == 200
    assert "Nothing is saved yet" in refused(desk, source="9" * digits)


@pytest.mark.parametrize(
    ("author", "publisher", "affiliation", "independence"),
    [
        ("Harbour Aid", None, None, "own"),
        (None, None, None, "own"),
        (None, "Harbour Aid", None, "own"),
        ("Harbour Aid", "Lantern Fund", None, "own"),
        ("Lantern Fund", "Harbour Aid", None, "independent"),
        (None, "Lantern Fund", None, "independent"),
        ("Lantern Fund", None, ("Harbour Aid", "Lantern Fund"), "partner"),
        ("Lantern Fund", None, ("Lantern Fund", "Harbour Aid"), "partner"),
        ("Lantern Fund", None, ("Coast Fund", "Harbour Aid"), "independent"),
        ("Lantern Fund", None, ("Lantern Fund", "Coast Fund"), "independent"),
    ],
)
def test_the_author_or_else_the_publisher_makes_a_source_own_a_partners_or_independent(
    desk, harbour_aid, author, publisher, affiliation, independence
):
    named = {name: an_organisation(name) for name in ("Harbour Aid", "Lantern Fund", "Coast Fund")}
    if affiliation:
        one, other = (named[name] for name in affiliation)
        Affiliation.objects.create(organisation=one, with_whom=other, role="partner")
    document = a_source("Logbook", text="We row.", author=named.get(author), publisher=named.get(publisher))
    fields = {"statement": "We row", "organisation": harbour_aid.pk, "source": document.pk, "words": "We row"}
    assert desk.post(NEW, five_fields(**fields)).status_code == 302
    assert newest().citations.get().independence == independence


def test_if_its_source_cannot_be_stored_no_claim_is_either(desk, monkeypatch):
    def fail(form, claim):
        raise RuntimeError("The source is gone")

    monkeypatch.setattr("impact.admin.new_claim.QuotationForm.save_for", fail)
    desk.raise_request_exception = False
    before = Claim.objects.count(), Highlight.objects.count()
    assert desk.post(NEW, five_fields(where=["impact"])).status_code == 500
    assert (Claim.objects.count(), Highlight.objects.count()) == before


def test_a_new_highlight_comes_last_in_its_place_and_first_where_there_is_none(desk):
    Highlight.objects.filter(where="home claims").delete()
    last = Highlight.objects.filter(where="impact").order_by("order").last()
    desk.post(NEW, five_fields(where=["impact", "home claims"]))
    orders = dict(newest().highlights.values_list("where", "order"))
    assert orders == {"impact": last.order + 1, "home claims": 1}


def test_speakers_have_a_profile_and_sources_with_a_text_come_first_by_author_and_title(desk, harbour_aid):
    lantern_fund = an_organisation("Lantern Fund")
    for title, author, text in (
        ("Yearbook", harbour_aid, ""),
        ("Zebras", harbour_aid, "We row."),
        ("Anchors", harbour_aid, "We sail."),
        ("Boats", lantern_fund, "We steer."),
    ):
        a_source(title, author=author, text=text)
    page = desk.get(NEW).context
    speakers = list(page["form"].fields["organisation"].queryset)
    assert harbour_aid in speakers and lantern_fund not in speakers
    labels = [
        label
        for _value, label in page["quotation_form"].fields["source"].choices
        if "(Harbour" in label or "(Lantern" in label
    ]
    assert labels == [
        "Anchors (Harbour Aid)",
        "Zebras (Harbour Aid)",
        "Boats (Lantern Fund)",
        "Yearbook (Harbour Aid)",
    ]
