"""An editor and a publisher get everything public and away again, in both roles; so does one alone."""

import pytest
from cms.models import Page, PageContent
from django.test import Client
from django.urls import reverse
from djangocms_versioning.models import Version

from organisation.models import Milestone, Proposal, Takedown
from tests.support.factory import an_organisation
from tests.support.forms import filled_in
from tests.support.pages import a_page, change_pages, version_of
from tests.support.people import alice, bob
from tests.support.proposals import at_desk, form_of
from tests.support.sampling import in_turn
from tests.support.site_settings import set_up_site

from .pages.drafts import Desk, buttons

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:get_current_site")]

PUBLISHER = bob
PEOPLE = {"editor": (alice, bob), "publisher": (bob, alice), "alone": (bob, None)}


def somebody(number):
    """Lets the test of this number be done by one of them in turn, and in the drill by everybody."""
    names = in_turn(list(PEOPLE), number)
    return pytest.mark.parametrize(("author", "other"), [PEOPLE[name] for name in names], ids=names)


@pytest.fixture(autouse=True)
def people(db, request):
    """Lets one person alone publish where there is no other."""
    set_up_site(one_person_alone=request.node.callspec.params["other"] is None)


def stored():
    return list(Milestone.objects.filter(organisation__slug="harbour-aid").values_list("title", flat=True))


def settle(other):
    """Lets the other person accept what waits; without one, nothing may wait."""
    for proposal in Proposal.objects.waiting():
        assert other, "it waits for somebody who does not exist"
        assert at_desk(other()).post(proposal.get_absolute_url(), {"do": "accept"}).status_code == 302
    assert not Proposal.objects.waiting().exists()


def look_again(other):
    """Lets the other person confirm what was taken down; without one, no second look is due."""
    for takedown in Takedown.objects.due():
        assert at_desk(other()).post(takedown.get_absolute_url(), {"do": "confirm"}).status_code == 302
    assert not Takedown.objects.due().exists()


@somebody(0)
def test_a_record_is_made_changed_undone_and_taken_down(author, other):
    desk, organisation = at_desk(author()), an_organisation("Harbour Aid", profiled=True)
    add = reverse("admin:organisation_milestone_add")
    values = {"organisation": organisation.pk, "slug": "founded", "date": "1998", "title": "Founded"}
    desk.post(add, filled_in(desk.get(add), text="It was.", **values))
    settle(other)
    assert stored() == ["Founded"]

    milestone = Milestone.objects.get(organisation=organisation)
    desk.post(form_of(milestone), filled_in(desk.get(form_of(milestone)), title="Begun"))
    settle(other)
    assert stored() == ["Begun"]

    label, key = milestone._meta.label_lower, milestone.history.latest().history_id
    desk.post(reverse("admin:undo-record", args=[label, key]))
    settle(other)
    assert stored() == ["Founded"]

    address, data = reverse("admin:organisation_milestone_delete", args=[milestone.pk]), {"post": "yes"}
    if author is alice:
        assert desk.post(address, data | {"reason": "Wrong"}).status_code == 403
        assert stored() == ["Founded"]
    at_desk(PUBLISHER()).post(address, data | {"reason": "Wrong"})
    look_again(author if other is PUBLISHER else other)
    assert stored() == []


def publish(draft, author, other):
    """Gets a draft published, as the buttons of its review page allow."""
    desk = Desk(author())
    desk.press(draft, "submit")
    if other and "publish" not in buttons(Desk(other()).open(draft)):
        Desk(other()).press(draft, "confirm")
    publisher = next(
        desk for desk in map(Desk, (author(), PUBLISHER())) if "publish" in buttons(desk.open(draft))
    )
    publisher.press(draft, "publish")
    assert Version.objects.get(pk=draft.pk).state == "published"


def shown(address="/tides/"):
    response = Client().get(address)
    return response.content.decode() if response.status_code == 200 else response.status_code


def version_address(action, version):
    return reverse(f"admin:djangocms_versioning_pagecontentversion_{action}", args=[version.pk])


@somebody(1)
def test_a_page_is_made_changed_reverted_and_taken_down(author, other):
    desk, add = Desk(author()), reverse("admin:cms_pagecontent_add") + "?language=en"
    desk.post(add, filled_in(desk.get(add), title="Tides", slug="tides"))
    made = Version.objects.get_for_content(PageContent.admin_manager.get(title="Tides"))
    assert shown() == 404
    publish(made, author, other)
    assert "<h1>Tides</h1>" in shown()

    desk.post(version_address("edit_redirect", made))
    draft = Version.objects.filter_by_grouper(made.content.page).get(state="draft")
    form = reverse("admin:cms_pagecontent_change", args=[draft.object_id])
    desk.post(form, filled_in(desk.get(form), title="Ebb and flow"))
    assert "<h1>Tides</h1>" in shown()
    publish(draft, author, other)
    assert "<h1>Ebb and flow</h1>" in shown()

    desk.post(version_address("revert", made))
    publish(Version.objects.filter_by_grouper(made.content.page).get(state="draft"), author, other)
    assert "<h1>Tides</h1>" in shown()

    published = version_of(PageContent.objects.get(page=made.content.page))
    if author is alice:
        change_pages(desk, version_address("unpublish", published), {"reason": "Wrong"})
        assert "<h1>Tides</h1>" in shown()
    change_pages(at_desk(PUBLISHER()), version_address("unpublish", published), {"reason": "Wrong"})
    look_again(author if other is PUBLISHER else other)
    assert shown() == 410


@somebody(2)
def test_a_page_is_moved_set_home_and_given_other_settings_by_publishers(author, other):
    tides, coast, home = a_page("Tides"), a_page("Coast"), Page.objects.get(is_home=True)
    settings = reverse("admin:cms_page_advanced", args=[tides.page_id])
    actions = {
        "move": (
            reverse("admin:cms_page_move_page", args=[tides.page_id]),
            lambda desk: {"position": 0, "target": coast.page_id},
            lambda: shown("/coast/tides/") != 404,
        ),
        "home": (
            reverse("admin:cms_page_set_home", args=[coast.page_id]),
            lambda desk: {},
            lambda: not Page.objects.get(pk=home.pk).is_home,
        ),
        "settings": (
            settings,
            lambda desk: filled_in(desk.get(settings), login_required="on"),
            lambda: Page.objects.get(pk=tides.page_id).login_required,
        ),
    }
    for address, data, is_done in actions.values():
        if author is alice:
            change_pages(at_desk(alice()), address, data(at_desk(PUBLISHER())))
            assert not is_done()
        change_pages(at_desk(PUBLISHER()), address, data(at_desk(PUBLISHER())))
        assert is_done()
