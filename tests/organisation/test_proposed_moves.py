"""A record that moves to another one that reads the same is a change that somebody else accepts."""

import pytest

from organisation.models import Milestone, SourceNote
from tests.support.factory import (
    a_passage,
    a_statement,
    an_organisation,
    cite,
)
from tests.support.people import alice, bob
from tests.support.proposals import decide, propose, the_proposal

pytestmark = pytest.mark.django_db


def test_a_note_that_moves_to_the_same_words_of_another_document_is_proposed():
    passage, same = (a_passage("research", title=title, slug=title.lower()) for title in ("One", "Other"))
    for each in (passage, same):
        cite(a_statement(f"We read {each.source}"), each.source)
    note = SourceNote.objects.create(passage=passage, note="A label without a sentence")
    propose(alice(), note, passage=same.pk)
    note.refresh_from_db()
    assert note.passage == passage
    [change] = the_proposal().changes
    [field] = change["fields"]
    assert (field["old"], field["new"]) == ("research (One, line 1)", "research (Other, line 1)")
    decide(bob())
    note.refresh_from_db()
    assert note.passage == same


def test_an_event_that_moves_to_another_organisation_of_the_same_name_is_proposed():
    one, other = an_organisation(), an_organisation("North", official_name="Harbour Aid")
    event = Milestone.objects.create(organisation=one, slug="founded", title="Founded", text="We began.")
    propose(alice(), event, organisation=other.pk)
    event.refresh_from_db()
    assert event.organisation == one
    decide(bob())
    event.refresh_from_db()
    assert event.organisation == other
