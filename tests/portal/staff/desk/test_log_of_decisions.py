"""The log tells who decided what, when and why: proposals, takedowns, settings and menus of pages."""

import csv

import pytest
from cms.models import PageContent
from django.urls import reverse
from djangocms_versioning.models import Version

from organisation.models import Takedown
from portal.models import PageStep
from portal.pages import workflow
from tests.support.factory import a_statement
from tests.support.forms import filled_in
from tests.support.pages import a_page, change_pages, version_of
from tests.support.people import alice, bob, staff_with
from tests.support.proposals import at_desk, decide, propose

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:get_current_site")]

LOG = reverse("admin:log")


def read_log(user=None, **query):
    return at_desk(user or bob()).get(LOG, query).context["changes"]


def told(changes):
    return [(change.title, change.action, change.person, change.reason) for change in changes]


def take_down(content):
    names = "admin:djangocms_versioning_pagecontentversion"
    address = reverse(f"{names}_unpublish", args=[version_of(content).pk])
    change_pages(at_desk(bob()), address, {"reason": "Not ours"})


def look(user, do, reason=""):
    address = Takedown.objects.latest("pk").get_absolute_url()
    at_desk(user).post(address, {"do": do, "reason": reason})


def test_a_decision_on_a_proposal_is_told_with_its_reason():
    propose(alice(), a_statement("Our mission", owner=alice()), text="Another mission", _note="Told anew")
    assert read_log(kind="proposals") == []
    decide(bob(), "return", reason="Not our words")
    propose(alice(), a_statement("Our vision", owner=alice()), text="Another vision", _note="Better now")
    decide(bob())
    assert [(each.action, each.person, each.reason) for each in read_log(kind="proposals")] == [
        ("accepted", "publisher", "Better now"),
        ("returned", "publisher", "Not our words"),
    ]


def test_a_page_that_is_taken_down_is_told_with_its_reason_and_leads_to_the_second_look():
    take_down(a_page("Tides"))
    [change] = [each for each in read_log(kind="pages") if each.action == "taken down"]
    assert (change.reason, change.undo_url) == ("Not ours", Takedown.objects.get().get_absolute_url())
    look(alice(), "put back", "It is ours")
    assert told(read_log(kind="second looks")) == [
        ("Tides", "second look: put back as it was", "editor", "It is ours")
    ]
    [change, publication] = [each for each in read_log(kind="pages") if each.title == "Tides"]
    assert (change.action, change.undo_url, publication.action) == ("taken down", "", "published")


def test_a_record_that_is_taken_down_and_put_back_is_told_once_each():
    statement = a_statement()
    address = reverse("admin:organisation_statement_delete", args=[statement.pk])
    at_desk(bob()).post(address, {"post": "yes", "reason": "Not ours"})
    change = read_log(kind="records")[0]
    assert (change.action, change.reason, change.undo_url) == (
        "deleted",
        "Not ours",
        Takedown.objects.get().get_absolute_url(),
    )
    rows = len(read_log(kind="records"))
    look(alice(), "put back", "It is ours")
    assert len(read_log(kind="records")) == rows
    assert [change.reason for change in read_log(kind="second looks")] == ["It is ours"]


def test_a_second_look_that_confirms_is_told_with_why_it_was_taken_down():
    take_down(a_page("Tides"))
    look(alice(), "confirm")
    assert told(read_log(kind="second looks", person=alice().pk)) == [
        ("Tides", "second look: it stays down", "editor", "Not ours")
    ]
    assert read_log(kind="second looks", person=bob().pk) == []


def test_who_may_not_look_up_proposals_is_told_no_decision():
    take_down(a_page("Tides"))
    assert {each.undo_url for each in read_log(staff_with("view_page"))} == {""}
    look(alice(), "confirm")
    assert read_log(staff_with("view_page"), kind="second looks") == []


def test_settings_of_a_page_are_told_by_their_names():
    content = a_page("Tides")
    client, address = at_desk(bob()), reverse("admin:cms_page_advanced", args=[content.page_id])
    change_pages(client, address, filled_in(client.get(address)) | {"login_required": "on"})
    [change] = read_log(kind="settings")
    assert (change.title, change.action, change.person) == ("Tides", "Changed Login required.", "publisher")


def test_a_page_that_comes_into_the_menus_or_leaves_them_with_its_next_version_says_so():
    version = version_of(a_page("Tides", in_navigation=True))
    for in_navigation in (False, True, True):
        version = Version.objects.get(pk=version.pk).copy(alice())
        PageContent.admin_manager.filter(pk=version.object_id).update(in_navigation=in_navigation)
        Version.objects.get(pk=version.pk).publish(bob())
    assert [each.action for each in read_log(kind="pages") if each.title == "Tides"] == [
        "published",
        "published, now in the menus",
        "published, no longer in the menus",
        "published",
    ]


def test_a_publication_is_told_with_the_note_that_it_was_submitted_with():
    draft = version_of(a_page("Tides")).copy(alice())
    workflow.submit(draft, alice(), "Higher than last year")
    workflow.publish(draft, bob())
    assert read_log(kind="pages")[0].reason == "Higher than last year"
    assert PageStep.objects.get().note == "Higher than last year"


def test_the_table_holds_the_same_rows():
    take_down(a_page("Tides"))
    look(alice(), "put back", "It is ours")
    lines = list(csv.reader(at_desk(bob()).get(LOG, {"csv": 1}).content.decode("utf-8-sig").splitlines()))
    changes = read_log()
    assert [line[1:] for line in lines[1:]] == [
        [each.title, str(each.kind), str(each.action), str(each.person), each.reason] for each in changes
    ]
    assert {"taken down", "second look: put back as it was"} <= {line[3] for line in lines}
