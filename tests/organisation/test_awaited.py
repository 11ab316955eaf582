"""What nobody sees yet changes by a proposal as soon as something that waits would make it public."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from impact.models import Claim, Conflict, Highlight
from organisation.admin.proposals.awaited import awaited_keys
from organisation.models import Proposal, Source, SourceNote, Takedown
from tests.support.factory import a_claim, a_passage, a_statement, an_organisation, cite, published
from tests.support.forms import filled_in
from tests.support.people import alice, bob
from tests.support.proposals import at_desk, decide, propose, the_proposal
from tests.support.sampling import in_turn

pytestmark = pytest.mark.django_db

CITATION = "organisation-citation-content_type-object_id"


@pytest.fixture
def passage():
    """Words of a document by Press House, which nobody sees."""
    return a_passage("We taught 40 pilots.", author=an_organisation("Press House"))


def a_draft(passage):
    claim = a_claim(organisation=an_organisation(profiled=True), source=passage.source)
    claim._history_user = alice()
    claim.save()
    return claim


def submitted(passage):
    return a_draft(passage).submit(alice(), seen=Claim.AS_STORED)


def scheduled(passage):
    at = timezone.now() + timedelta(days=1)
    return submitted(passage).schedule(bob(), at, seen=Claim.AS_STORED)


def withdrawn(passage):
    return published(a_draft(passage)).withdraw(bob(), "Wrong", seen=Claim.AS_STORED)


def taken_down(passage):
    statement = a_statement(organisation=an_organisation(profiled=True), owner=alice())
    cite(statement, passage.source)
    delete(bob(), statement, reason="Urgent")
    assert Takedown.objects.exists()


def proposed(passage):
    statement = a_statement(organisation=an_organisation(profiled=True), owner=alice())
    fields = {"source": passage.source.pk, "relation": "states", "independence": "own"}
    changes = {f"{CITATION}-0-{name}": value for name, value in fields.items()}
    propose(alice(), statement, **changes, **{f"{CITATION}-TOTAL_FORMS": 1})


WAYS = [submitted, scheduled, withdrawn, taken_down, proposed]


def delete(user, record, **data):
    address = reverse(f"admin:organisation_{record._meta.model_name}_delete", args=[record.pk])
    return at_desk(user).post(address, {"post": "yes"} | data, follow=True)


def add(user, model, **fields):
    client, form = at_desk(user), reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_add")
    return client.post(form, filled_in(client.get(form), **fields))


@pytest.mark.parametrize(
    ("wait", "person"),
    [(wait, person) for n, wait in enumerate(WAYS) for person in in_turn([alice, bob], n)],
)
def test_a_document_its_author_and_its_notes_change_by_a_proposal_once_something_rests_on_them(
    passage, wait, person
):
    propose(alice(), passage.source, title="A draft's title")
    assert not Proposal.objects.exists()
    wait(passage)
    before = Proposal.objects.count()
    propose(person(), Source.objects.get(pk=passage.source.pk), title="Another title")
    propose(person(), passage.source.author, official_name="Another House")
    add(person(), SourceNote, passage=passage.pk, note="Another note")
    assert Proposal.objects.count() == before + 3
    assert str(Source.objects.get(pk=passage.source.pk)) == "A draft's title"
    assert not SourceNote.objects.filter(passage=passage).exists()


@pytest.mark.parametrize("wait", [taken_down, proposed])
def test_a_document_on_which_something_rests_is_deleted_by_a_proposal(wait):
    passage = a_passage("We sail at dawn.")
    wait(passage)
    document, takedowns = passage.source, Takedown.objects.count()
    passage.delete()
    delete(bob(), document, reason="Urgent")
    assert Source.objects.filter(pk=document.pk).exists() and Takedown.objects.count() == takedowns
    assert Proposal.objects.waiting().filter(object_id=document.pk).exists()


def test_a_document_on_which_nothing_rests_is_changed_and_deleted_at_once(passage):
    a_draft(a_passage("We sail at dawn."))
    propose(alice(), passage.source, title="Another title")
    assert str(Source.objects.get(pk=passage.source.pk)) == "Another title"
    passage.delete()
    delete(bob(), passage.source)
    assert not Source.objects.filter(pk=passage.source.pk).exists() and not Proposal.objects.exists()


@pytest.mark.parametrize(("wait", "proposals"), [(a_draft, 0), (submitted, 1), (withdrawn, 1)])
def test_a_highlight_of_a_claim_that_waits_is_proposed(passage, wait, proposals):
    claim = wait(passage)
    add(bob(), Highlight, claim=claim.pk, where="home claims", order=0)
    assert Proposal.objects.count() == proposals
    assert Highlight.objects.filter(claim=claim).exists() is not bool(proposals)


@pytest.mark.parametrize(("wait", "proposals"), [(a_draft, 0), (submitted, 1)])
def test_a_conflict_with_a_claim_that_waits_is_confirmed_by_a_proposal(passage, wait, proposals):
    first = published(a_claim(organisation=an_organisation(profiled=True)))
    conflict = Conflict.objects.create(first=first, second=wait(passage), rule="value")
    propose(bob(), conflict, decision="confirmed", why="They disagree")
    assert Proposal.objects.count() == proposals


def test_whoever_accepts_reads_what_becomes_public_beside_it_and_nothing_else_is_accepted(passage):
    SourceNote.objects.create(passage=passage, note="Why it is no record")
    proposed(passage)
    first = the_proposal()
    shown = at_desk(bob()).get(first.get_absolute_url()).content.decode()
    assert "Why it is no record" in shown and "Press House" in shown

    propose(alice(), passage.source, byline="A. Liar")
    second = Proposal.objects.waiting().exclude(pk=first.pk).get()
    decide(bob(), proposal=second)
    assert "It would change something else now" in decide(bob(), proposal=first).content.decode()
    assert Client().get(passage.source.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_a_report_and_what_rests_on_it_are_accepted_in_any_order(order):
    report = a_passage("We sail at dawn.", author=an_organisation(profiled=True))
    propose(alice(), report.source, kind="report")
    proposed(report)
    both = Proposal.objects.order_by("pk")
    for which in order:
        decide(bob(), proposal=both[which])
    assert {each.state for each in both} == {Proposal.State.ACCEPTED}
    source = Source.objects.get(pk=report.source.pk)
    assert source.kind == "report" and Client().get(source.get_absolute_url()).status_code == 200


def test_a_report_of_which_readers_saw_another_title_meanwhile_is_not_accepted():
    report = a_passage("We sail at dawn.", author=an_organisation(profiled=True))
    propose(alice(), report.source, kind="report")
    first = the_proposal()
    proposed(report)
    decide(bob(), proposal=Proposal.objects.exclude(pk=first.pk).get())
    Source.objects.filter(pk=report.source.pk).update(title="Another title")
    decide(bob(), proposal=first)
    first.refresh_from_db()
    assert first.state == Proposal.State.WAITING
    assert Source.objects.get(pk=report.source.pk).kind != "report"


def test_what_is_proposed_of_a_document_can_be_accepted_once_nothing_else_rests_on_it(passage):
    proposed(passage)
    first = the_proposal()
    propose(alice(), passage.source, byline="A. Writer")
    decide(bob(), "return", proposal=first, reason="Not so")
    decide(bob())
    assert Source.objects.get(pk=passage.source.pk).byline == "A. Writer"


def test_what_waits_is_found_with_as_many_queries_for_many_claims_as_for_one(passage):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            awaited_keys()
        return len(captured)

    submitted(passage), proposed(passage)
    before = queries()
    for number in range(3):
        submitted(a_passage(f"We sail at {number}."))
    assert queries() == before
