"""A claim whose words stand in no cited passage is saved as a draft, not submitted, and read as ours."""

import json

import pytest

from impact.models import Claim, Edition
from organisation.models import Mend
from tests.support.blocks import text_of
from tests.support.factory import a_claim, a_passage, published
from tests.support.forms import filled_in
from tests.support.people import alice, bob
from tests.support.proposals import at_desk
from tests.support.review import claim_form

pytestmark = pytest.mark.django_db

WORDS = "We taught 40 pilots"
REWORDED = "We taught 40 able pilots"


@pytest.fixture
def claim():
    """A draft of Harbour Aid that quotes its story."""
    passage = a_passage(f"{WORDS}.", title="Our story")
    claim = a_claim(WORDS, source=passage.source)
    claim.citations.update(passage=passage)
    return claim


def save(claim, follow=True, **changes):
    client = at_desk(alice())
    return client.post(claim_form(claim), filled_in(client.get(claim_form(claim)), **changes), follow=follow)


def messages_of(response):
    return " ".join(str(message) for message in response.context["messages"])


def stored(claim):
    return Claim.objects.get(pk=claim.pk)


def test_a_reworded_draft_is_saved_with_a_warning_and_not_submitted(claim):
    response = save(claim, statement=REWORDED, _submit="1")
    said = messages_of(response)
    assert stored(claim).statement == REWORDED and stored(claim).stage == "draft"
    assert "The words are not a quotation" in said and "is saved and not submitted" in said
    assert f"“{REWORDED}” is not what the passage says: “{WORDS}”." in said


def mend(claim):
    passage = claim.citations.get().passage
    Mend.objects.create(passage=passage, says="40", shows="40 able", why="A word was lost.")
    return {}


def quote(claim):
    passage = a_passage(f"{REWORDED}.", title="Yearbook")
    name = "organisation-citation-content_type-object_id-0"
    return {f"{name}-source": passage.source_id, f"{name}-words": passage.words}


def mark(claim):
    return {"in_our_words": "on"}


@pytest.mark.parametrize("way_out", [mend, quote, mark])
def test_each_way_out_lets_it_be_submitted(claim, way_out):
    save(claim, statement=REWORDED, _submit="1", **way_out(claim))
    assert stored(claim).stage == "submitted"


def test_what_was_submitted_is_not_published_once_its_mend_is_gone(claim):
    mend(claim)
    save(claim, statement=REWORDED, _submit="1")
    Mend.objects.get(shows="40 able").delete()
    page = at_desk(bob()).get(f"/admin/impact/claim/{claim.pk}/review/").content.decode()
    assert "is not what the passage says" in page and "In the way of publishing" in page


def ways_out(client, claim):
    """Returns {way out: what a visitor reads of the one claim there}."""
    address = claim.get_absolute_url()
    pages = {"page": address, "card": f"/embed/{claim.reference.lower()}/", "source": "/sources/our-story/"}
    read = {name: text_of(client.get(path).content.decode()) for name, path in pages.items()}
    read["share"] = client.get(address).content.decode().split('og:image:alt" content="')[1].split('"')[0]
    read["feed"] = client.get("/feeds/claims.atom").content.decode()
    rows = client.get(f"/data/claims.csv?organisation={claim.organisation.slug}").streaming_content
    read["table"] = b"".join(rows).decode()
    read["citation"] = client.get(f"/evidence/{claim.reference.lower()}/v1/cite.ris").content.decode()
    data = client.get(address).content.decode().split('application/ld+json">')[1].split("</script>")[0]
    read["linked data"] = str(json.loads(data))
    read["api"] = client.get(f"/api/v1/claims/{claim.reference}").content.decode()
    return read


def says_ours(text):
    return "in our words" in text.lower()


@pytest.mark.parametrize("is_marked", [False, True])
def test_words_that_are_no_quotation_are_read_as_ours_everywhere(client, claim, is_marked):
    if not is_marked:  # words with no passage quote nothing
        claim.citations.update(passage=None)
    claim = published(claim, statement=REWORDED, in_our_words=is_marked)
    read = ways_out(client, claim)
    assert {name for name, text in read.items() if not says_ours(text)} == set()
    assert not [name for name, text in read.items() if f"“{REWORDED}" in text]


def test_a_quotation_is_read_as_one_everywhere_whatever_is_ticked(client, claim):
    read = ways_out(client, published(claim, in_our_words=True))
    assert {name for name, text in read.items() if says_ours(text)} == set()
    shown = {name: read[name].replace("“ ", "“").replace(" ”", "”") for name in read}
    assert [name for name in ("page", "card", "source", "share") if f"“{WORDS}”" not in shown[name]] == []


def test_an_edition_is_ours_from_the_day_on_which_its_mend_is_gone(client, claim):
    mend(claim)
    claim = published(claim, statement=REWORDED)
    assert not says_ours(text_of(client.get(claim.get_absolute_url()).content.decode()))
    Mend.objects.get(shows="40 able").delete()
    assert says_ours(text_of(client.get(claim.get_absolute_url()).content.decode()))
    assert [each.pk for each in Claim.objects.parted_from_passages()] == [claim.pk]


def test_the_tick_is_frozen_and_named_among_the_changes(claim):
    claim = published(published(claim), statement=REWORDED, in_our_words=True)
    first, second = Edition.objects.filter(claim=claim).order_by("number")
    assert (first.in_our_words, second.in_our_words) == (False, True)
    page = at_desk(alice()).get(second.get_absolute_url()).content.decode()
    assert "In our words" in page


def test_a_draft_of_earlier_versions_keeps_its_fingerprint(claim):
    """Nothing stands in it for a box that nobody has ticked."""
    assert False not in claim.content()[0]
    ticked = stored(claim)
    ticked.in_our_words = True
    assert ticked.fingerprint != claim.fingerprint
