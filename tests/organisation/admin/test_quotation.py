"""The forms of records that quote: words that part from their passages are refused, or marked as ours."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from advocacy.models import Ask
from organisation.models import (
    Affiliation,
    Mend,
    Milestone,
    Organisation,
    Passage,
    Proposal,
    Statement,
    Succession,
)
from tests.support.blocks import read_block, text_of
from tests.support.desk import section
from tests.support.factory import (
    a_page_with,
    a_passage,
    a_source,
    a_statement,
    an_ask,
    an_organisation,
    cite,
)
from tests.support.forms import errors_in, filled_in
from tests.support.people import alice, bob
from tests.support.proposals import at_desk, decide, form_of, propose

pytestmark = pytest.mark.django_db

WORDS = "We keep every harbour safe."
REWORDED = "We keep every single harbour safe."
PARTED = "The words are not a quotation: they part from the passages that are cited."


def quoting(record, words=WORDS):
    """Returns the record with a citation of its words in a document of its organisation."""
    passage = a_passage(words, title="Our story")
    cite(record, passage.source, passage=passage)
    return record


def a_milestone(text=WORDS):
    return Milestone.objects.create(organisation=an_organisation(), slug="safe", title="Safe", text=text)


@pytest.fixture
def mission():
    return quoting(a_statement(WORDS, kind="mission", owner=alice()))


def block_of(client, statement):
    return text_of(read_block(client, "StatementPlugin", statement=statement))


@pytest.mark.parametrize("make", [a_statement, a_milestone, an_ask])
def test_a_word_that_no_passage_has_is_refused_and_shown_and_nothing_is_lost(make):
    record = quoting(make(WORDS))
    if isinstance(record, Statement):
        Statement.objects.filter(pk=record.pk).update(owner=alice())
    response = propose(alice(), record, text=REWORDED)
    [refusal] = errors_in(response)
    assert PARTED in refusal and "Our story" in refusal and "tick “in our words”" in refusal
    assert '<ins><span class="unseen">added: </span>single<span class="unseen"> (end)</span></ins>' in refusal
    assert response.context["adminform"].form["text"].value() == REWORDED
    assert not Proposal.objects.exists()
    assert type(record).objects.get(pk=record.pk).text == WORDS


def test_a_slip_that_is_mended_in_the_text_is_proposed(mission):
    assert propose(alice(), mission, text="We keep every harbour").status_code == 302


def test_a_slip_of_the_source_is_mended_at_its_passage(mission):
    passage = mission.citations.get().passage
    Mend.objects.create(passage=passage, says="every", shows="every single", why="A word was lost.")
    assert propose(alice(), mission, text=REWORDED).status_code == 302


def test_readers_are_told_beside_a_quotation_that_it_was_mended_and_of_no_other(client, mission):
    passage = mission.citations.get().passage
    Mend.objects.create(passage=passage, says="keep", shows="kept", why="A slip of the pen.")
    address = a_page_with("StatementPlugin", statement=mission)
    page = text_of(client.get(address).content.decode())
    assert "Our story, line 1 its own words" in page and "mended" not in page
    Statement.objects.filter(pk=mission.pk).update(text=WORDS.replace("keep", "kept"))
    page = text_of(client.get(address).content.decode())
    assert "Our story, line 1 its own words, mended" in page


def test_another_passage_may_be_quoted_in_the_same_form(mission):
    source = a_source("Log", text=f"Log\n{REWORDED}")
    name = "organisation-citation-content_type-object_id-0"
    fields = {f"{name}-source": source.pk, f"{name}-words": REWORDED}
    assert propose(alice(), mission, text=REWORDED, **fields).status_code == 302
    decide(bob())
    assert Passage.objects.filter(words=REWORDED, cited_by__object_id=mission.pk).exists()


def test_a_passage_that_the_form_deletes_is_no_source_of_its_words(mission):
    source = a_source("Log", text=f"Log\n{REWORDED}")
    name = "organisation-citation-content_type-object_id"
    fields = {f"{name}-TOTAL_FORMS": 2, f"{name}-0-DELETE": "on", f"{name}-1-source": source.pk}
    fields |= {f"{name}-1-words": REWORDED, f"{name}-1-relation": "states", f"{name}-1-independence": "own"}
    [refusal] = errors_in(propose(alice(), mission, **fields))
    assert "Log" in refusal


def test_words_that_are_marked_as_ours_are_read_so_once_they_are_accepted(client, mission):
    before = block_of(client, mission)
    assert "Our story, line 1 its own words" in before and "In our words" not in before
    propose(alice(), mission, text=REWORDED, in_our_words="on")
    decide(bob())
    reworded = Statement.objects.get(pk=mission.pk)
    assert (reworded.text, reworded.in_our_words) == (REWORDED, True)
    after = text_of(client.get("/page-of-a-test/").content.decode())
    assert "In our words Our story" in after
    assert "line 1" not in after and "its own words" not in after


def test_a_proposal_that_quoted_when_it_was_made_is_not_accepted_once_its_mend_is_gone(mission):
    passage = mission.citations.get().passage
    mend = Mend.objects.create(passage=passage, says="every", shows="every single", why="A word was lost.")
    propose(alice(), mission, text=REWORDED)
    mend.delete()
    page = decide(bob()).content.decode()
    assert "It would change something else now" in page
    assert Statement.objects.get(pk=mission.pk).text == WORDS


def test_words_with_no_passage_are_saved_and_read_as_ours(client):
    mission = a_statement(WORDS, owner=alice())
    cite(mission, a_source("Our story"))
    assert propose(alice(), mission, text=REWORDED).status_code == 302
    shown = block_of(client, mission)
    assert "In our words Our story" in shown and "its own words" not in shown


def test_a_new_record_is_asked_as_well():
    client, source = at_desk(alice()), a_source("Our story", text=WORDS)
    address = reverse("admin:advocacy_ask_add")
    name = "organisation-citation-content_type-object_id"
    fields = {f"{name}-TOTAL_FORMS": 1, f"{name}-0-source": source.pk, f"{name}-0-words": WORDS}
    fields |= {f"{name}-0-relation": "states", f"{name}-0-independence": "own"}
    fields |= {"organisation": an_organisation().pk, "slug": "safe", "text": REWORDED}
    form = filled_in(client.get(address), **fields)
    [refusal] = errors_in(client.post(address, form))
    assert PARTED in refusal
    assert client.post(address, form | {"text": "every harbour"}).status_code == 302
    assert not Ask.objects.filter(slug="safe").exists() and Proposal.objects.waiting().count() == 1


def test_a_record_reworded_before_is_on_the_desk_once_and_its_form_shows_where_it_parts(mission):
    Statement.objects.filter(pk=mission.pk).update(text=REWORDED)
    desk = at_desk(alice()).get("/admin/").content.decode()
    assert section(desk, "Words that no cited passage has").count(f'href="{form_of(mission)}"') == 1
    assert PARTED in at_desk(alice()).get(form_of(mission)).content.decode()
    Statement.objects.filter(pk=mission.pk).update(in_our_words=True)
    assert "Words that no cited passage has" not in at_desk(alice()).get("/admin/").content.decode()
    assert PARTED not in at_desk(alice()).get(form_of(mission)).content.decode()


@pytest.mark.parametrize("text", [WORDS, "every  harbour", "We keep\n\nsafe."])
def test_a_quotation_is_on_nobodys_desk(mission, text):
    Statement.objects.filter(pk=mission.pk).update(text=text)
    assert "Words that no cited passage has" not in at_desk(alice()).get("/admin/").content.decode()
    assert not list(Statement.objects.parted_from_passages())


def test_those_asked_and_regions_are_named_in_the_words_of_the_source():
    ask = quoting(an_ask(WORDS, addressees="Coastal states"), f"Coastal states: {WORDS}")
    region = Affiliation.objects.create(organisation=an_organisation(), region="The coast", role="partner")
    passage = a_passage("Partners on The coast and inland")
    cite(region, passage.source, passage=passage)
    for record, name, words in ((ask, "addressees", "Harbour masters"), (region, "region", "The hills")):
        [refusal] = errors_in(propose(alice(), record, **{name: words}))
        assert refusal.startswith(f"“{name}”: no passage that is cited says “{words}”.")
    assert propose(alice(), region, region="inland").status_code == 302
    assert propose(alice(), ask, addressees="Masters", in_our_words="on").status_code == 302


@pytest.mark.parametrize(
    "make",
    [
        lambda date: Organisation(slug="x", official_name="X", closed=date),
        lambda date: Succession(earlier=an_organisation(), kind="closed", date=date),
    ],
)
def test_an_end_that_is_still_to_come_is_refused(make):
    today = timezone.localdate()
    tomorrow = today + timedelta(days=1)
    for date in (today.isoformat(), f"{today:%Y-%m}", f"{today:%Y}", ""):
        make(date).full_clean()
    for date in (tomorrow.isoformat(), f"{today.year + 1}"):
        with pytest.raises(ValidationError, match="is still to come"):
            make(date).full_clean()
