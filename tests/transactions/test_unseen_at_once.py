"""What nobody sees is not saved unread at the moment at which somebody else makes it public."""

from threading import Event

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from advocacy.models import Fold, StoryOfChange
from impact.admin import review_forms
from impact.models import Claim
from organisation.admin.proposals import row_changes
from organisation.admin.proposals.row_changes import RowRecorder
from organisation.models import Source, SourceNote, Takedown
from portal.staff.desk.undo import revert_withdrawal
from tests.support.factory import a_claim, a_passage, a_source, a_statement, an_organisation, cite, published
from tests.support.forms import filled_in
from tests.support.people import alice, bob
from tests.support.proposals import at_desk, form_of, propose, the_proposal
from tests.support.transactions import PATIENCE, Meeting, at_once

from .test_half_way import TOMORROW, submitted


def test_a_report_is_added_while_its_author_is_given_a_profile(monkeypatch):
    author = an_organisation("Pier School")
    propose(alice(), author, profiled=True)
    editor, publisher, proposal = at_desk(alice()), at_desk(bob()), the_proposal()
    form = reverse("admin:organisation_source_add")
    report = filled_in(editor.get(form), title="Unread", slug="unread", kind="report", author=author.pk)
    meeting = Meeting(monkeypatch, RowRecorder, "changes")
    at_once(
        lambda: editor.post(form, report),
        lambda: publisher.post(proposal.get_absolute_url(), {"do": "accept"}),
    )
    assert not meeting.took_place
    # Whoever is the second finds the other: the report is proposed, or the profile is refused.
    assert not Source.objects.public().filter(slug="unread").exists()
    assert Client().get("/publications/unread/").status_code == 404


def test_what_a_publisher_has_seen_is_compared_once_nobody_else_changes_the_claim(monkeypatch):
    claim, publisher = submitted(), at_desk(bob())
    address = reverse("admin:impact_claim_review", args=[claim.pk])
    form = publisher.get(address).context["forms"]["publish"]
    sent = {"do": "publish", "publish-change": "update", "publish-reason": "A newer count"}
    sent |= {f"publish-{each.key}": "on" for each in form.findings}
    sent["publish-seen"] = publisher.get(address).context["fingerprint"]
    meeting = Meeting(monkeypatch, review_forms, "is_seen")

    def change_meanwhile():
        with transaction.atomic():
            Claim.objects.get(pk=claim.pk).locked()
            meeting.wait()

    at_once(lambda: publisher.post(address, sent), change_meanwhile)
    assert not meeting.took_place
    assert claim.editions.count() == 2


class Between:
    """Lets somebody decide between two looks of a save: whether readers see a row, and what waits."""

    def __init__(self, monkeypatch):
        self.is_looking, self.is_decided = Event(), Event()
        stock = row_changes.awaited_keys

        def look(*args):
            self.is_looking.set()
            self.is_decided.wait(PATIENCE)
            return stock(*args)

        monkeypatch.setattr(row_changes, "awaited_keys", look)

    def decide(self, decision):
        self.is_looking.wait()
        try:
            return decision()
        finally:
            self.is_decided.set()


def put_back(takedown):
    """Returns the decision of the second look, which the editor takes alone."""
    desk = at_desk(alice())
    return lambda: desk.post(takedown.get_absolute_url(), {"do": "put back", "reason": "It was right"})


def a_deleted_statement(document):
    statement = a_statement(organisation=an_organisation("Harbour Aid", profiled=True), owner=alice())
    cite(statement, document)
    address = reverse("admin:organisation_statement_delete", args=[statement.pk])
    at_desk(bob()).post(address, {"post": "yes", "reason": "Urgent"})
    return put_back(Takedown.objects.get())


def a_withdrawn_claim(document):
    withdrawn(document)
    return put_back(Takedown.objects.get())


def an_undone_withdrawal(document):
    claim = withdrawn(document)
    return lambda: revert_withdrawal(claim.withdrawal, bob(), "It was right")


def a_claim_that_is_due(document):
    claim = a_claim(organisation=an_organisation("Harbour Aid", profiled=True), source=document)
    claim._history_user = alice()
    claim.save()
    claim.submit(alice(), seen=Claim.AS_STORED).schedule(bob(), TOMORROW, seen=Claim.AS_STORED)
    Claim.objects.filter(pk=claim.pk).update(publish_at=timezone.now())
    return lambda: Claim.objects.get(pk=claim.pk).publish_scheduled()


def withdrawn(document):
    claim = a_claim(organisation=an_organisation("Harbour Aid", profiled=True), source=document)
    return published(claim).withdraw(bob(), "Wrong", seen=Claim.AS_STORED)


def story_of_a_claim_that_is_due():
    """Returns a story that nobody sees, and the decision of the clock by which readers see it."""
    decision = a_claim_that_is_due(a_source())
    story = StoryOfChange.objects.create(slug="light", title="A light, fold by fold")
    Fold.objects.create(story=story, claim=Claim.objects.latest("pk"), heading="And then?")
    return story, decision


def test_a_story_is_renamed_while_the_clock_makes_it_public(monkeypatch):
    (story, decision), editor = story_of_a_claim_that_is_due(), at_desk(alice())
    sent = filled_in(editor.get(form_of(story)), title="Read by nobody")
    between = Between(monkeypatch)
    at_once(lambda: editor.post(form_of(story), sent), lambda: between.decide(decision))
    assert StoryOfChange.objects.public().get(pk=story.pk).title == "A light, fold by fold"


WAYS = [a_deleted_statement, a_withdrawn_claim, an_undone_withdrawal, a_claim_that_is_due]


@pytest.mark.parametrize("waiting", WAYS)
def test_a_note_is_written_beside_a_document_while_what_rests_on_it_becomes_public(monkeypatch, waiting):
    passage = a_passage("We taught 40 pilots.")
    decision, editor = waiting(passage.source), at_desk(alice())
    form = reverse("admin:organisation_sourcenote_add")
    sent = filled_in(editor.get(form), passage=passage.pk, note="Read by nobody")
    between = Between(monkeypatch)
    at_once(lambda: editor.post(form, sent), lambda: between.decide(decision))
    assert Source.objects.public().filter(pk=passage.source.pk).exists()
    assert not SourceNote.objects.filter(passage=passage).exists()
