"""A suggestion of a claim asks for what its draft needs before it is submitted, and says what is missing."""

import re

import pytest
from django.core.exceptions import ValidationError

from impact.models import Claim
from organisation.models import Term
from portal.models import Decision
from tests.support.blocks import text_of
from tests.support.factory import a_claim, a_source, an_organisation
from tests.support.people import alice, bob

from .test_decisions import address, decide, item

pytestmark = pytest.mark.django_db

TEXT = (
    "We taught 40 pupils.\nWe have built a school.\nIt was founded in May 1998.\nCourage: We speak up here."
)
WHOLE = {"subject": "Pupils", "theme": "training", "type": "output"}
ALL = "Before it can be submitted, fill in its subject, theme and type."


@pytest.fixture
def source(client):
    client.force_login(alice())
    return a_source("A text", text=TEXT, author=an_organisation(profiled=True))


def draft():
    return Claim.objects.latest("number")


def suggestion(client, source, opening):
    """Returns what the page shows of the suggestion whose words begin so."""
    key = item(client, source, opening).suggestion.key
    page = client.get(address(source)).content.decode()
    return page.partition(f'id="{key}"')[2].partition("</section>")[0]


def test_what_is_filled_in_beside_the_suggestion_makes_a_draft_that_can_be_submitted(client, source):
    page = client.get(decide(client, source, "We taught", **WHOLE).url).content.decode()
    assert f"{draft().reference} is a draft now, resting on these words." in page
    assert "Before it can be submitted" not in text_of(suggestion(client, source, "We taught"))
    assert (draft().subject, draft().theme, draft().type) == ("Pupils", "training", "output")
    draft().check_publishable()
    draft().submit(alice(), seen=Claim.AS_STORED)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({}, ALL),
        ({"theme": "training"}, "Before it can be submitted, fill in its subject and type."),
        ({"theme": "training", "type": "output"}, "Before it can be submitted, fill in its subject."),
    ],
)
def test_a_draft_is_made_without_it_and_told_at_once_and_beside_its_words_what_is_missing(
    client, source, given, sentence
):
    page = client.get(decide(client, source, "We taught", **given).url).content.decode()
    assert f"{draft().reference} is a draft now, resting on these words. {sentence}" in page
    assert sentence in text_of(suggestion(client, source, "We taught"))
    with pytest.raises(ValidationError):
        draft().submit(alice(), seen=Claim.AS_STORED)
    Claim.objects.filter(pk=draft().pk).update(**WHOLE)
    assert "Before it can be submitted" not in text_of(suggestion(client, source, "We taught"))


def test_where_no_theme_is_on_record_none_is_asked_for(client, source):
    Term.objects.filter(vocabulary="theme")._raw_delete(using="default")  # past the records that have one
    page = client.get(decide(client, source, "We taught").url).content.decode()
    assert "fill in its subject and type." in page


def test_the_fields_stand_beside_claims_alone_and_offer_what_is_on_record(client, source):
    a_claim(subject="Schools by the sea")
    for opening, is_asked in (("We taught", True), ("It was founded", False), ("Courage:", False)):
        shown = suggestion(client, source, opening).partition("<details")[0]
        assert ("Needed before it is submitted" in shown, 'list="subjects-on-record"' in shown) == (
            (is_asked, is_asked)
        )
    page = client.get(address(source)).content.decode()
    assert page.count('<datalist id="subjects-on-record">') == 1
    assert '<option value="Schools by the sea">' in page
    themes = re.findall(r"<option value=\"([^\"]*)\"", suggestion(client, source, "We taught"))
    assert set(Term.objects.filter(vocabulary="theme").values_list("slug", flat=True)) <= set(themes)


@pytest.mark.parametrize(
    ("name", "value"), [("theme", "juggling"), ("type", "miracle"), ("subject", "x" * 201)]
)
def test_what_is_no_theme_no_type_or_too_long_is_refused_and_no_draft_made(client, source, name, value):
    before = Claim.objects.count()
    page = decide(client, source, "We taught", **WHOLE | {name: value}).context["invalid_form"]
    assert list(page.errors) == [name] and Claim.objects.count() == before
    assert not Decision.objects.exists()


def test_a_statement_that_becomes_a_claim_takes_them_too_and_any_other_record_does_without(client, source):
    decide(client, source, "Courage:", becomes="claim", **WHOLE)
    assert (draft().subject, draft().theme) == ("Pupils", "training")
    decide(client, source, "It was founded", **WHOLE)
    assert not WHOLE.keys() & Decision.objects.get(kind="milestone").values.keys()


def test_what_is_the_same_for_all_is_given_once(client, source):
    client.force_login(bob())
    asked = client.post(f"{address(source)}?show=claim", {"do": "accept all"}).content.decode()
    assert "The same for all claims among them" in asked
    answers = {"do": "accept all", "number": "2", "theme": "training", "type": "output"}
    page = client.post(f"{address(source)}?show=claim", answers, follow=True).content.decode()
    assert "2 drafts cannot be submitted yet: their suggestions say what is missing." in page
    drafts = Claim.objects.order_by("-number")[:2]
    assert {(each.subject, each.theme, each.type) for each in drafts} == {("", "training", "output")}


def test_nothing_is_missing_once_all_was_given_for_all(client, source):
    answers = {"do": "accept all", "number": "2", **WHOLE}
    page = client.post(f"{address(source)}?show=claim", answers, follow=True).content.decode()
    assert "2 suggestions are accepted." in page and "cannot be submitted yet" not in page


def test_no_claim_is_asked_about_where_none_is_accepted_or_all_are_refused(client, source):
    for show, do in (("milestone", "accept all"), ("claim", "refuse all")):
        asked = client.post(f"{address(source)}?show={show}", {"do": do}).content.decode()
        assert "The same for all claims among them" not in asked
