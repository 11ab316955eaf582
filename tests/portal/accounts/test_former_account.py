"""Whoever had an account is named by what they did, after the account is deleted."""

import pytest
from cms.models import Page, PageContent
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from djangocms_versioning.models import Version

from impact.models import Claim
from organisation.models import Milestone, Proposal
from portal.models import PageStep
from portal.pages import workflow
from tests.support.factory import a_claim, an_organisation
from tests.support.people import alice, bob, staff_with
from tests.support.proposals import at_desk, propose

pytestmark = pytest.mark.django_db


@pytest.fixture
def dora():
    dora = staff_with("view_milestone", "change_milestone", "change_page", "publish_page")
    dora.first_name, dora.last_name = "Dora", "Dee"
    dora.save()
    return dora


@pytest.fixture
def administrator():
    return get_user_model().objects.create_superuser("vera")


def a_milestone(by):
    milestone = Milestone(organisation=an_organisation(), slug="a", date="1998", title="Begun", text="So.")
    milestone._history_user = by
    milestone.save()
    return milestone


def lines_of(name, administrator):
    page = at_desk(administrator).get(reverse("admin:log"))
    return [change.title for change in page.context["changes"] if change.person == name]


def delete(account, administrator):
    address = reverse("admin:auth_user_delete", args=[account.pk])
    return at_desk(administrator).post(address, {"post": "yes"})


def test_the_log_the_history_and_the_proposals_name_whoever_is_gone(dora, administrator):
    milestone = a_milestone(dora)
    propose(dora, milestone, title="Launched")
    page = PageContent.objects.get(page__reverse_id="about")
    draft = Version.objects.get_for_content(page).copy(alice())
    workflow.submit(draft, dora, "Look at the end")
    other = Version.objects.get_for_content(PageContent.objects.get(page__reverse_id="contact")).copy(alice())
    other.publish(dora)
    LogEntry.objects.create(
        user=dora,
        content_type=ContentType.objects.get_for_model(Page),
        object_repr="A page",
        action_flag=CHANGE,
        change_message="Moved",
    )
    before = lines_of("Dora Dee", administrator)
    assert len(before) == 3

    assert delete(dora, administrator).status_code == 302
    assert not get_user_model().objects.filter(username="dora").exists()
    assert lines_of("Dora Dee", administrator) == before
    proposal = Proposal.objects.get()
    assert (proposal.author, proposal.author_name, proposal.state) == (None, "Dora Dee", "waiting")
    assert "Dora Dee proposed" in at_desk(bob()).get(proposal.get_absolute_url()).content.decode()
    step = PageStep.objects.get(version=draft)
    assert (step.by, step.by_name) == (None, "Dora Dee")
    history = reverse("admin:organisation_milestone_history", args=[milestone.pk])
    assert "Dora Dee" in at_desk(bob()).get(history).content.decode()


def test_nobody_logs_in_to_the_name_that_stays(dora, administrator):
    a_milestone(dora)
    delete(dora, administrator)
    former = get_user_model().objects.get(first_name="Dora Dee")
    assert not (former.is_active or former.is_staff or former.has_usable_password() or former.email)


def test_several_accounts_are_deleted_at_once_and_who_did_nothing_leaves_nothing(dora, administrator):
    a_milestone(dora)
    erin = staff_with(name="erin")
    data = {"action": "delete_selected", "_selected_action": [dora.pk, erin.pk], "post": "yes"}
    at_desk(administrator).post(reverse("admin:auth_user_changelist"), data)
    names = get_user_model().objects.values_list("username", flat=True)
    assert {"dora", "erin"} & set(names) == set()
    assert [name for name in names if name.endswith(")")] == [f"Dora Dee ({dora.pk})"]


def test_an_account_with_a_step_in_the_review_of_a_claim_is_not_deleted(dora, administrator):
    claim = a_claim()
    claim.submit(dora, seen=Claim.AS_STORED)
    page = delete(dora, administrator)
    assert "cannot be deleted" in page.content.decode()
    assert claim.steps.get().who == "Dora Dee"
