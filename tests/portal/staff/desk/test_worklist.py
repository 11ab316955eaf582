"""The worklist shows Alice her drafts, Bob what waits for his review, and both what is scheduled."""

from datetime import timedelta

import pytest
from cms.models import PageContent
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from djangocms_versioning.models import Version

from impact.models import Claim, ReviewStep
from organisation.models import Citation, Proposal
from portal.pages import workflow
from tests.support.desk import (
    DESK,
    save_draft,
    save_record,
    section,
    submit_draft,
    vision,
)
from tests.support.factory import a_source, an_organisation
from tests.support.people import alice, bob
from tests.support.site_settings import set_up_site

pytestmark = pytest.mark.django_db


def test_alice_sees_the_drafts_that_she_owns_or_touched_last(open_page):
    save_draft(10, bob(), "Words that Bob began on Alice's claim")
    claim = Claim.objects.get(number=11)
    Claim.objects.filter(pk=claim.pk).update(owner=bob())
    save_draft(11, alice(), "Words that Alice began on Bob's claim")
    Claim.objects.filter(number=12).update(owner=bob())
    save_draft(12, bob(), "Words of Bob's alone")
    drafts = section(open_page(alice()), "My drafts")
    assert (
        "Words that Bob began" in drafts
        and "Words that Alice began" in drafts
        and "of Bob's alone" not in drafts
    )
    assert reverse("admin:impact_claim_change", args=[claim.pk]) in drafts


def test_alice_sees_what_was_returned_to_her_and_why(open_page):
    submit_draft(10, alice(), "New words").send_back(bob(), "Which document says so?", seen=Claim.AS_STORED)
    assert "Which document says so?" in section(open_page(alice()), "Waiting for me")
    assert "returned" in section(open_page(alice()), "My drafts")


def test_bob_sees_what_others_submitted_and_not_his_own(open_page):
    submit_draft(10, alice(), "Words of Alice")
    submit_draft(11, bob(), "Words of Bob")
    waiting = section(open_page(bob()), "Waiting for me")
    assert "Words of Alice" in waiting and "Words of Bob" not in waiting


def test_a_new_review_date_does_not_make_the_words_bobs_own(open_page):
    claim = submit_draft(10, alice(), "Words of Alice")
    claim.review_by += timedelta(days=1)
    claim._history_user = bob()
    claim.save()
    assert "Words of Alice" in section(open_page(bob()), "Waiting for me")


def test_a_figure_that_bob_changed_makes_the_claim_his_own(open_page):
    claim = save_draft(10, alice(), "Words of Alice on over 4,500 and over 55")
    figure = claim.figures.first()
    figure.value, figure._history_user = 5000, bob()
    figure.save()
    claim.submit(alice(), seen=Claim.AS_STORED)
    assert "Words of Alice" not in section(open_page(bob()), "Waiting for me")


def test_one_who_publishes_alone_sees_their_own(open_page):
    set_up_site(one_person_alone=True)
    submit_draft(11, bob(), "Words of Bob")
    assert "Words of Bob" in section(open_page(bob()), "Waiting for me")


def test_what_an_outside_reviewer_said_waits_until_the_claim_is_submitted_again(open_page):
    claim = submit_draft(10, alice(), "New words")
    claim.add_step(ReviewStep.Kind.COMMENTED, note="The year is missing", outsider="Dr Vera Outside")
    for person in (alice(), bob()):
        waiting = section(open_page(person), "Waiting for me")
        assert "The year is missing" in waiting and "Dr Vera Outside" in waiting
    save_draft(10, alice(), "New words of 2014").submit(alice(), seen=Claim.AS_STORED)
    for person in (alice(), bob()):
        assert "The year is missing" not in open_page(person)


def test_the_schedule_says_what_comes_when_and_by_whom(open_page):
    when = timezone.now() + timedelta(days=3)
    submit_draft(10, alice(), "Words to come").schedule(bob(), when, "Why", seen=Claim.AS_STORED)
    scheduled = section(open_page(alice()), "Scheduled")
    assert (
        "Words to come" in scheduled
        and f"{when:%Y-%m-%dT%H:%M}+0000" in scheduled
        and "publisher" in scheduled
    )


def test_a_draft_of_a_page_is_alices_and_waits_for_bob_once_it_is_submitted(open_page):
    draft = Version.objects.get_for_content(PageContent.objects.get(page__reverse_id="about")).copy(alice())
    title = PageContent.objects.get(page__reverse_id="about").title
    assert title in section(open_page(alice()), "My drafts")
    assert title not in section(open_page(bob()), "Waiting for me")
    workflow.submit(draft, alice())
    desk = open_page(bob())
    assert title in section(desk, "Waiting for me") and title not in section(desk, "My drafts")


def test_fifty_more_claims_cost_the_desk_no_more_queries(client):
    source, aid = a_source(), an_organisation()

    def add_claims(count):
        for number in range(count):
            values = {
                "statement": f"Number {number}",
                "subject": "s",
                "theme": "training",
                "type": "output",
                "owner": bob(),
            }
            claim = Claim(organisation=aid, **values)
            claim._history_user = alice()
            claim.save()
            Citation.objects.create(record=claim, source=source)
            if number % 3 == 0:
                claim.submit(alice(), seen=Claim.AS_STORED)
                claim.add_step(ReviewStep.Kind.COMMENTED, note="Good", outsider="Vera")
            if number % 3 == 1:
                claim.publish(bob(), seen=Claim.AS_STORED)
            if number % 6 == 3:
                Claim.objects.get(pk=claim.pk).schedule(
                    bob(), timezone.now() + timedelta(days=1), seen=Claim.AS_STORED
                )

    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(DESK).status_code == 200
        return len(captured)

    client.force_login(bob())
    add_claims(6)
    save_record(alice(), vision(), text="Alice's words")
    queries()  # the first request fills caches of the process, such as content types
    before = queries()
    add_claims(50)
    assert queries() <= before


def test_a_proposal_of_several_records_names_them_and_one_of_a_single_record_does_not(open_page):
    rows = [("organisation.milestone", "Founded"), ("organisation.citation", "A report"), ("x.y", "In 2016")]
    for title, kept in (("A report", rows), ("A letter", rows[:2])):
        Proposal.objects.create(
            title=title,
            path=f"/admin/{title}/",
            author=alice(),
            author_name="alice",
            changes=[{"model": model, "title": name} for model, name in kept],
        )
    waiting = section(open_page(bob()), "Waiting for me")
    assert "Founded; In 2016" in waiting and waiting.count("Founded") == 1
