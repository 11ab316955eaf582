"""Of two people who do the same at the same moment, one is the second, and nothing is done twice."""

import pytest
from cms.models import Page
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from impact import conflicts
from impact.models import Claim, Conflict, ReviewLink, ReviewStep
from impact.models.claim import ClaimQuerySet
from organisation.models import Statement
from portal.staff.desk import undo
from tests.support.factory import a_claim, published
from tests.support.pages import change_pages
from tests.support.people import alice, bob
from tests.support.transactions import Meeting, at_once

from .test_half_way import SEEN, a_statement, due, submitted


@pytest.fixture
def bea():
    """Another publisher."""
    person = get_user_model().objects.create_user("bea", is_staff=True)
    person.groups.set(bob().groups.all())
    return person


def outcome(results):
    """Returns the only refusal among the results of two people."""
    [refusal] = [each for each in results if isinstance(each, Exception)]
    assert isinstance(refusal, ValidationError), refusal
    return refusal.messages


def stored(claim):
    return Claim.objects.get(pk=claim.pk)


def test_two_publishers_publish_one_edition(monkeypatch, bea):
    meeting, claim = Meeting(monkeypatch, Claim, "check_four_eyes"), submitted()
    seen = claim.fingerprint
    results = at_once(*(lambda by=by: stored(claim).publish(by, "A count", seen=seen) for by in (bob(), bea)))
    assert not meeting.took_place
    assert outcome(results) == ["The claim does not wait for a decision any more: somebody else was first."]
    assert claim.editions.count() == 2


def test_two_clocks_publish_one_edition(monkeypatch):
    meeting, claim = Meeting(monkeypatch, Claim, "publish_unchecked"), due()
    at_once(*[lambda: stored(claim).publish_scheduled()] * 2)
    assert not meeting.took_place
    assert claim.editions.count() == 2


def test_a_claim_is_submitted_once(monkeypatch):
    meeting, claim = Meeting(monkeypatch, Claim, "check_publishable"), a_claim(figure=40)
    results = at_once(*[lambda: stored(claim).submit(alice(), **SEEN)] * 2)
    assert not meeting.took_place
    assert outcome(results) == ["The claim is submitted already and waits for a decision."]
    assert claim.steps.count() == 1


def test_an_outside_reviewer_who_clicks_twice_is_recorded_once(monkeypatch):
    claim = submitted()
    link, _address = ReviewLink.issue(claim, alice(), "Dana")
    meeting, kind = Meeting(monkeypatch, Claim, "check_seen"), ReviewStep.Kind.APPROVED
    first, second = at_once(
        *[lambda: ReviewLink.objects.get(pk=link.pk).respond(kind, "", claim.fingerprint)] * 2
    )
    assert not meeting.took_place
    assert first == second and claim.steps.filter(kind=kind).count() == 1


def test_two_new_claims_get_a_number_each(monkeypatch):
    source = a_claim().citations.get().source
    meeting = Meeting(monkeypatch, ClaimQuerySet, "next_number")
    made = at_once(*[lambda: a_claim("We taught sailors", source=source)] * 2)
    assert (
        meeting.took_place
    )  # nothing locks: the database refuses the number that is taken, and it is retried
    assert len({claim.number for claim in made}) == 2


def test_a_conflict_that_two_people_find_is_stored_once(monkeypatch):
    Meeting(monkeypatch, conflicts, "conflicting_pairs")
    one, other = a_claim(figure=40), a_claim(figure=50)
    results = at_once(*[conflicts.find_conflicts] * 2)
    assert not [each for each in results if isinstance(each, Exception)]
    assert Conflict.objects.filter(first=one, second=other).count() == 1


def test_an_edition_is_undone_once(monkeypatch, bea):
    edition = published(published(a_claim(figure=40)), statement="We taught many pilots").current_edition
    meeting = Meeting(monkeypatch, undo, "previous_edition")
    results = at_once(*(lambda by=by: undo.revert_edition(edition, by, "By mistake") for by in (bob(), bea)))
    assert not meeting.took_place
    assert outcome(results) == ["It was changed again since: nothing was undone."]
    assert edition.claim.editions.count() == 3


def test_a_withdrawal_is_undone_once(monkeypatch, bea):
    claim = published(a_claim(figure=40)).withdraw(bob(), "It was wrong", **SEEN)
    meeting = Meeting(monkeypatch, Claim, "restore")
    step = claim.withdrawal
    results = at_once(*(lambda by=by: undo.revert_withdrawal(step, by, "By mistake") for by in (bob(), bea)))
    assert not meeting.took_place
    assert outcome(results) == ["It was changed again since: nothing was undone."]
    assert claim.editions.count() == 2


def test_a_save_is_undone_once(monkeypatch):
    statement = a_statement()
    statement.text = "We teach sailors"
    statement.save()
    row, meeting = statement.history.first(), Meeting(monkeypatch, undo, "previous_row")
    results = at_once(*[lambda: undo.revert_record(row)] * 2)
    assert not meeting.took_place
    assert outcome(results) == ["It was changed again since: nothing was undone."]
    assert Statement.objects.get(pk=statement.pk).text == "We teach pilots"
    assert statement.history.count() == 3


def test_pages_are_moved_one_after_the_other(monkeypatch, bea):
    meeting = Meeting(monkeypatch, Page, "move_page")
    *moved, target = [Page.objects.get(urls__path=path) for path in ("about", "impact", "advocacy")]

    def move(person, page):
        browser = Client()
        browser.force_login(person)
        address = reverse("admin:cms_page_move_page", args=[page.pk])
        r = change_pages(browser, address, {"target": target.pk, "position": 0})
        return r.status_code

    statuses = at_once(lambda: move(bob(), moved[0]), lambda: move(bea, moved[1]))
    assert not meeting.took_place
    assert statuses == [302, 302] and not any(Page.find_problems())
    children = Page.objects.get(pk=target.pk).get_child_pages()
    assert set(moved) <= set(children) and len(children) == target.numchild + 2
