"""The values that texts give on one subject: those of claims, and those of what contradicts them."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from impact.checklist import findings
from impact.conflicts import find_conflicts
from impact.differences import differences
from impact.models import Claim, Conflict, Edition
from organisation.models import Citation
from tests.support.api import read_rows
from tests.support.factory import a_claim, a_figure, a_passage, a_source, an_organisation, cite, published
from tests.support.forms import errors_in, filled_in
from tests.support.people import alice, bob
from tests.support.review import claim_form
from tests.support.spreadsheets import confirm, csv_bytes, dry_run
from tests.support.values import figures_in_doubt, values_on

pytestmark = pytest.mark.django_db

NOTE = "Speaks of about 30 pilots."
ABOUT_30 = {"value_as_written": "about 30", "value_qualifier": "about", "value": Decimal(30)}


@pytest.fixture
def gazette():
    return a_source("Port gazette", published="1804")


@pytest.fixture
def claim(gazette):
    """A draft that gives a figure, which a source without text contradicts."""
    claim = a_claim("We taught 40 pilots", 40)
    cite(claim, gazette, "contradicts", "independent", note=NOTE)
    return claim


@pytest.fixture
def desk(client):
    client.force_login(alice())
    return client


def send(desk, claim, **changes):
    """Sends the form of a claim with some fields of its contradicting citation changed."""
    data = filled_in(desk.get(claim_form(claim)))
    prefix = next(name for name, value in data.items() if value == "contradicts").removesuffix("relation")
    return desk.post(claim_form(claim), data | {f"{prefix}{name}": value for name, value in changes.items()})


def contradiction(claim):
    return claim.citations.get(relation="contradicts")


def test_alice_enters_the_value_as_written_and_its_digits_are_read_from_it(desk, claim):
    assert send(desk, claim, value_as_written="about 30").status_code == 302
    stored = contradiction(claim)
    assert (stored.value_as_written, stored.value_qualifier, stored.value) == ("about 30", "about", 30)
    assert send(desk, claim, value_as_written="30").status_code == 302
    assert (contradiction(claim).value_qualifier, contradiction(claim).value) == ("", 30)
    assert send(desk, claim, value_as_written="").status_code == 302
    assert contradiction(claim).value is None


@pytest.mark.parametrize("written", ["about 300", "0", "bout 30", "thirty"])
def test_a_value_that_the_note_does_not_say_is_refused(desk, claim, written):
    assert errors_in(send(desk, claim, value_as_written=written, value="30")) == [
        f"Neither the words that are quoted nor, without any, the note says “{written}”: "
        "copy the number letter by letter."
    ]
    assert contradiction(claim).value is None


def test_a_value_stands_in_the_words_that_are_quoted_where_there_are_any(desk, claim):
    passage = a_passage("In all, 31 pilots came.", title="Log of the port")
    source = {"source": passage.source.pk, "words": passage.words}
    [sentence] = errors_in(send(desk, claim, value_as_written="about 30", **source))
    assert sentence.endswith("the note says “about 30”: copy the number letter by letter.")
    assert send(desk, claim, value_as_written="31", **source).status_code == 302
    assert (contradiction(claim).passage, contradiction(claim).value) == (passage, 31)


def test_only_a_source_that_contradicts_gives_another_value(desk, claim):
    sentence = (
        "Only a source that contradicts the claim gives another value: "
        "write it as the source does and in digits, or leave all of it empty."
    )
    assert sentence in errors_in(send(desk, claim, relation="supports", value_as_written="about 30"))
    assert sentence in errors_in(send(desk, claim, value="30"))
    citation = contradiction(claim)
    for values in ({"value": 30}, {"value_of": "pilots"}, {"value_as_written": "about 30"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Citation.objects.filter(pk=citation.pk).update(**values)


def with_value(claim, **values):
    citation = contradiction(claim)
    for name, value in (ABOUT_30 | values).items():
        setattr(citation, name, value)
    citation.full_clean()
    citation.save()
    return Claim.objects.get(pk=claim.pk)


def refusals(claim):
    with pytest.raises(ValidationError) as refused:
        claim.publish(bob(), seen=Claim.AS_STORED)
    return refused.value.messages


def test_a_value_says_which_figure_it_contradicts_where_there_are_several(claim):
    assert published(with_value(claim)).current_edition
    a_figure(claim, 2, label="winters", unit="winters")
    assert refusals(with_value(claim)) == [
        "“about 30” does not say which figure it contradicts: give the label of one of them."
    ]
    assert refusals(with_value(claim, value_of="summers")) == [
        "“about 30” is to contradict the figure “summers”, which the claim does not give."
    ]
    with_value(claim, value_of="pilots")
    assert [each.label for each in values_on("Pilots")] == ["pilots", "pilots"]
    published(Claim.objects.get(pk=claim.pk))
    assert [(each.label, each.as_written) for each in values_on("Pilots")] == [
        ("pilots", "40"),
        ("pilots", "about 30"),
        ("winters", "2 winters"),
    ]


def test_a_value_contradicts_a_figure_and_no_claim_without_one(gazette):
    claim = a_claim("We taught pilots")
    cite(claim, gazette, "contradicts", "independent", note=NOTE, **ABOUT_30)
    assert refusals(claim) == ["“about 30” contradicts a figure, and the claim gives none: add it."]


def test_digits_that_are_not_those_of_the_words_are_found(claim):
    def found(**values):
        claim_now = with_value(claim, **values)
        return [each.sentence for each in findings(claim_now) if each.rule == "other_value_not_as_written"]

    assert found() == []
    assert found(value=Decimal(300)) == ["“Port gazette”: as written “about 30”, entered as “about 300”."]
    assert found(value_qualifier="") == ["“Port gazette”: as written “about 30”, entered as “30”."]


def test_the_value_is_frozen_and_told_among_the_changes(claim):
    before = published(claim).current_edition
    after = published(with_value(claim)).current_edition
    assert [each.value_as_written for each in after.citations.all()][-1] == "about 30"
    changes = differences(Edition.objects.get(pk=before.pk), Edition.objects.get(pk=after.pk))
    assert [each.new.splitlines()[-1] for each in changes] == ["It gives another value: about 30."]
    assert not Claim.objects.get(pk=claim.pk).differs_from_published()


def test_the_figure_that_a_value_speaks_of_is_told_among_the_changes(claim):
    a_figure(claim, 2, label="winters", unit="winters")
    editions = [published(with_value(claim, value_of=each)).current_edition for each in ("pilots", "winters")]
    [change] = differences(*(Edition.objects.get(pk=each.pk) for each in editions))
    lines = [each.splitlines()[-1] for each in (change.old, change.new)]
    assert lines == ["It speaks of the figure “pilots”.", "It speaks of the figure “winters”."]


def test_the_digits_of_a_value_are_told_among_the_changes_where_they_read_otherwise(claim):
    editions = [published(with_value(claim, value=Decimal(each))).current_edition for each in (30, 300)]
    [change] = differences(*(Edition.objects.get(pk=each.pk) for each in editions))
    lines = [each.splitlines()[-1] for each in (change.old, change.new)]
    assert lines == [
        "It gives another value: about 30.",
        "It gives another value: about 30, entered as about 300.",
    ]


def test_the_values_on_a_subject_stand_with_their_texts_and_dates(claim, gazette):
    published(with_value(claim))
    own = a_passage("We taught over 40 pilots", title="Log", published="1802", author=an_organisation())
    other = a_claim("We taught over 40 pilots", source=own.source)
    other.citations.update(passage=own)
    a_figure(other, 40, qualifier="over", as_written="over 40")
    cite(other, gazette, "contradicts", "independent", note=NOTE, **ABOUT_30)
    cite(
        other,
        a_source("Tide table"),
        "contradicts",
        "own",
        note="Counts 38.",
        value_as_written="38",
        value=38,
    )
    published(other)
    values = values_on("Pilots")
    assert [
        (each.text, each.as_written, each.qualifier, str(each.source), each.dated, each.is_claimed)
        for each in values
    ] == [
        ("40 pilots", "40", "", "Yearbook of Harbour Aid", "", True),
        ("over 40 pilots", "over 40", "over", "Log", "1802", True),
        ("38 pilots", "38", "", "Tide table", "", False),
        ("about 30 pilots", "about 30", "about", "Port gazette", "1804", False),
    ]
    claims = [[edition.claim for edition in each.editions] for each in values]
    assert claims == [[claim], [other], [other], [claim, other]]
    assert [(each.subject, each.label, each.unit) for each in figures_in_doubt("Pilots")] == [
        ("Pilots", "pilots", "pilots")
    ]


def test_drafts_and_what_was_withdrawn_give_no_value(claim):
    with_value(claim)
    assert values_on("Pilots") == [] == values_on("Nothing")
    published(claim)
    assert len(values_on("Pilots")) == 2
    Claim.objects.get(pk=claim.pk).withdraw(bob(), "It was wrong", seen=Claim.AS_STORED)
    assert values_on("Pilots") == [] == figures_in_doubt("Pilots")


def test_a_subject_on_which_all_texts_agree_does_not_differ(gazette):
    claim = a_claim("We taught 40 pilots", 40)
    published(claim)
    assert figures_in_doubt("Pilots") == []


def test_a_confirmed_conflict_makes_its_subject_differ_and_a_dismissed_one_does_not():
    one, passage = a_claim("We taught 40 pilots", 40), a_passage("We taught over 40 pilots")
    two = a_claim(passage.words, source=passage.source)
    two.citations.update(passage=passage)
    a_figure(two, 40, qualifier="over", as_written="over 40")
    for each in (one, two):
        published(each)
    find_conflicts()
    conflict = Conflict.objects.get(first=one, second=two)

    def decide(decision):
        values = {"decision": decision, "why": "Both are undated.", "decided_at": timezone.now()}
        Conflict.objects.filter(pk=conflict.pk).update(**values)
        return bool(figures_in_doubt("Pilots"))

    assert not decide("dismissed") and decide("confirmed")


def test_the_queries_are_the_same_for_any_number_of_texts(django_assert_num_queries, claim, gazette):
    published(with_value(claim))
    for number in range(5):
        cite(claim, a_source(f"Log {number}"), "contradicts", "own", note=NOTE, **ABOUT_30)
    published(claim)
    with django_assert_num_queries(3):
        assert [str(each.source) for each in values_on("Pilots")][1:] == [
            *(f"Log {number}" for number in range(5)),
            "Port gazette",
        ]


def test_the_table_of_evidence_gives_the_value(client, claim):
    reference = published(with_value(claim)).reference
    row = read_rows(client, f"/api/v1/evidence?claim={reference}&relation=contradicts")[0]
    assert [row[name] for name in ("value_as_written", "value_qualifier", "value", "value_of")] == [
        "about 30",
        "about",
        "30",
        "",
    ]


def test_a_table_brings_the_value_in_and_refuses_what_the_form_refuses(desk, claim):
    headings = ["claim", "source", "words", "value_as_written", "value_qualifier", "value"]

    def bring_in(*cells):
        row = [claim.reference, "port-gazette", "", *cells]
        response = dry_run(desk, "evidence", csv_bytes(headings, row))
        if not response.context["errors"]:
            confirm(desk, response, "evidence")
        return [error[-1] for error in response.context["errors"]]

    assert bring_in("about 30", "about", "30") == []
    assert contradiction(claim).value == 30
    assert "copy the number letter by letter." in bring_in("about 31", "about", "31")[0]
    assert bring_in("", "", "") == [] and contradiction(claim).value is None
