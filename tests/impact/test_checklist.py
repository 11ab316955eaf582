"""The checklist of the review page, rule by rule."""

from datetime import date

import pytest

from impact.checklist import RULES, findings
from impact.models import Claim, Conflict, Figure
from organisation.models import Citation, Mend, Organisation, Passage, Source

pytestmark = pytest.mark.django_db

QUOTATION = "We also submit country information three times a year"


@pytest.fixture
def claim():
    """A claim of which the checklist has nothing to say."""
    source = Source.objects.get(slug="coalition-what-we-do")
    claim = Claim.objects.create(
        organisation=Organisation.objects.get(slug="coalition"),
        statement=QUOTATION,
        subject="s",
        theme="training",
        type="output",
        as_of="2004",
    )
    Citation.objects.create(record=claim, source=source, passage=Passage.objects.quote(source, QUOTATION))
    Citation.objects.create(
        record=claim,
        source=Source.objects.get(slug="csi-who-we-are"),
        relation="supports",
        independence="independent",
    )
    return claim


def sentences(claim):
    return [finding.sentence for finding in findings(Claim.objects.get(pk=claim.pk))]


def change(claim, **values):
    for name, value in values.items():
        setattr(claim, name, value)
    claim.save()
    return claim


def test_of_a_claim_in_order_nothing_is_said(claim):
    assert sentences(claim) == []


def test_every_rule_says_in_one_sentence_what_it_wants():
    assert [rule.__name__ for rule in RULES if not (rule.__doc__ or "").endswith(".")] == []


def test_a_claim_and_each_figure_without_a_day(claim):
    Figure.objects.create(claim=claim, label="times", value=3, unit="times")
    assert sentences(claim) == [
        "The figures “times” do not say for which day they hold: readers will see “not stated”."
    ]
    assert sentences(change(claim, as_of="")) == [
        "The claim and its figures “times” do not say for which day they hold: readers will see “not stated”."
    ]
    claim.figures.get(label="times").delete()
    assert sentences(claim) == [
        "The claim does not say for which day it holds: readers will see “not stated”."
    ]


def test_nothing_but_own_evidence(claim):
    claim.citations.filter(independence="independent").delete()
    assert sentences(claim) == [
        "Only the organisation itself says so: "
        "no partner and no independent source on record states or supports it."
    ]


def test_a_review_date_that_has_passed(claim):
    assert sentences(change(claim, review_by=date(2020, 2, 1))) == [
        "The claim was to be looked at again by 1 February 2020, and nobody has."
    ]


def test_an_outside_source_without_an_archived_copy(claim):
    source = Source.objects.create(
        slug="outside", kind="news", title="News", address="https://example.org/news"
    )
    Citation.objects.create(record=claim, source=source, relation="context", independence="independent")
    assert sentences(claim) == [
        "No archived copy of “News” is on record: the evidence is lost when its publisher takes it down."
    ]
    source.archived = "https://archive.example.org/news"
    source.save()
    assert sentences(claim) == []


def test_a_sentence_of_more_than_thirty_words(claim):
    assert sentences(change(claim, limitations="It is so. " + "we do " * 15 + "it.")) == [
        "In “limitations” the sentence that begins “we do we do we do …” has 31 words."
    ]
    assert sentences(change(claim, limitations="It is so. " + "we do " * 14 + "do it.")) == []


def test_a_text_that_is_hard_to_read(claim):
    assert sentences(
        change(claim, limitations="Internationally acknowledged organisations disseminate recommendations.")
    ) == ["“limitations” is hard to read: its LIX is 105, and above 55 is heavy going."]


def test_a_superlative_without_an_independent_source_that_supports_it(claim):
    change(claim, statement="The first ever report on country information")
    superlative = "“first ever”: nobody else before: an independent source would have to say so."
    assert superlative not in sentences(claim)
    claim.citations.filter(independence="independent").update(relation="context")
    assert superlative in sentences(claim)


def test_words_that_age(claim):
    assert "“currently”: speaks of a time that passes." in sentences(
        change(claim, statement="We currently submit country information")
    )


def test_a_conflict_that_nobody_has_decided(claim):
    other = Claim.objects.get(number=10)
    conflict = Conflict.objects.create(first=other, second=claim, rule="value")
    assert sentences(claim) == [
        "It may disagree with E10, and nobody has decided whether it does: the figures differ."
    ]
    conflict.decision, conflict.why, conflict.decided_at = "dismissed", "Another year", "2026-01-01T00:00Z"
    conflict.save()
    assert sentences(claim) == []


def test_a_statement_that_none_of_its_passages_says_as_found_or_mended(claim):
    change(claim, statement=QUOTATION.replace("three", "4"))
    assert sentences(claim) == [
        "No passage that is cited says the statement word for word, and readers take it for a quotation."
    ]
    Mend.objects.create(passage=claim.citations.first().passage, says="three", shows="4", why="A test")
    assert sentences(claim) == []


def test_a_former_name_without_a_date(claim):
    name = Organisation.objects.get(slug="coalition").official_name
    change(claim, as_of="", limitations=f"Said by the {name}.")
    sentence = f"“{name}” is a former name of “Child Soldiers International”, and no date goes with it."
    assert sentence in sentences(claim)
    assert sentence not in sentences(change(claim, limitations=f"Said by the {name} in 2004."))
