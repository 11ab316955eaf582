"""What nobody sees is not saved unread at the moment at which somebody else makes it public."""

from django.db import transaction
from django.test import Client
from django.urls import reverse

from impact.admin import review_forms
from impact.models import Claim
from organisation.admin.proposals.row_changes import RowRecorder
from organisation.models import Source
from tests.support.factory import an_organisation
from tests.support.forms import filled_in
from tests.support.people import alice, bob
from tests.support.proposals import at_desk, propose, the_proposal
from tests.support.transactions import Meeting, at_once

from .test_half_way import submitted


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
