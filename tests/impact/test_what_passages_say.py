"""A figure is what a passage says that speaks for the claim, and evidence is whose it is."""

import pytest
from django.core.exceptions import ValidationError

from impact.admin.new_claim import independence_of
from impact.checklist import partner_called_independent, qualifier_in_no_passage
from impact.models import Claim
from organisation.models import Affiliation, Succession
from tests.support.factory import a_claim, a_figure, a_passage, a_source, an_organisation, cite
from tests.support.forms import errors_in, filled_in
from tests.support.people import alice, bob
from tests.support.proposals import at_desk
from tests.support.review import claim_form

pytestmark = pytest.mark.django_db

SAID = "We taught over 4,500 pilots"


def a_claim_with_figure(passage_words):
    passage = a_passage(passage_words)
    claim = a_claim(SAID, source=passage.source)
    claim.citations.update(passage=passage)
    a_figure(claim, 4500, qualifier="over", as_written="4,500")
    return claim


def refusals(claim):
    """Returns what the form of a claim and its publication refuse, in turn."""
    desk, form = at_desk(alice()), claim_form(claim)
    at_form = errors_in(desk.post(form, filled_in(desk.get(form))))
    with pytest.raises(ValidationError) as refused:
        Claim.objects.get(pk=claim.pk).publish(bob(), seen=Claim.AS_STORED)
    return at_form, refused.value.messages


def is_saved(claim):
    desk, form = at_desk(alice()), claim_form(claim)
    return desk.post(form, filled_in(desk.get(form))).status_code == 302


@pytest.mark.parametrize(
    ("passage", "said"),
    [
        ("nearly 4,500 pilots", "“nearly”"),
        ("4,500 pilots", "“none”"),
        ("more than 4,500 pilots", ""),
        ("over\n4,500 pilots", ""),
    ],
)
def test_a_word_before_the_number_that_no_passage_puts_there_is_a_finding(passage, said):
    claim = a_claim_with_figure(f"We taught {passage}")
    sentence = f"“pilots”: qualifier “over”, and the passages say {said}."
    assert list(qualifier_in_no_passage(claim)) == [sentence] * bool(said)


def test_what_contradicts_a_claim_says_neither_its_words_nor_its_figure():
    claim = a_claim_with_figure("We taught 3,000 pilots")
    against = a_passage(SAID)
    cite(claim, against.source, "contradicts", "independent", passage=against)
    assert not claim.is_quotation
    Claim.objects.filter(pk=claim.pk).update(in_our_words=True)
    for sentences in refusals(claim):
        assert [each for each in sentences if "stands in no passage that the claim cites" in each]
    claim.citations.update(relation="states")
    assert is_saved(claim)


@pytest.mark.parametrize("author", ["Harbour Aid", "Harbour Union"])
@pytest.mark.parametrize("relation", ["supports", "states"])
def test_what_a_speaker_wrote_under_any_of_its_names_is_no_independent_evidence(author, relation):
    former = an_organisation("Harbour Union")
    Succession.objects.create(kind="renamed", earlier=former, later=an_organisation())
    claim = a_claim()
    source = a_source("Report", author=an_organisation(author))
    assert independence_of(source, claim.organisation) == "own"
    citation = cite(claim, source, relation, "independent")
    for sentences in refusals(claim):
        assert sentences == ["“Report” is a document of Harbour Aid itself: its evidence is “own”."]
    citation.independence = "own"
    citation.save()
    assert is_saved(claim)


@pytest.mark.parametrize("role", ["partner", "founder", "addressee"])
def test_a_source_of_a_partner_that_is_called_independent_is_a_finding(role):
    ally, claim = an_organisation("Lantern Fund"), a_claim()
    Affiliation.objects.create(organisation=claim.organisation, with_whom=ally, role=role)
    citation = cite(claim, a_source("Review", author=ally), "supports", "independent")
    sentence = "“Review” is called independent, and its author Lantern Fund stands with the speaker."
    assert list(partner_called_independent(claim)) == [sentence] * (role != "addressee")
    citation.independence = "partner"
    citation.save()
    assert list(partner_called_independent(claim)) == []


def test_what_a_speaker_published_and_nobody_signed_is_its_own():
    claim = a_claim()
    cite(claim, a_source("Report", publisher=claim.organisation), "supports", "partner")
    for sentences in refusals(claim):
        assert sentences == ["“Report” is a document of Harbour Aid itself: its evidence is “own”."]
