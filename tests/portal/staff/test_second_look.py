"""Bob takes something down alone, at once; Alice looks at it after, and it stays down or comes back."""

from datetime import timedelta

import pytest
from cms.api import add_plugin
from cms.models import Page
from django.contrib.redirects.models import Redirect
from django.test import Client
from django.urls import reverse
from djangocms_versioning.models import Version

from impact.models import Claim
from organisation.models import Citation, Milestone, Takedown
from tests.portal.pages.drafts import Desk, buttons
from tests.support.desk import DESK, move, section
from tests.support.factory import (
    a_claim,
    a_page_with,
    a_source,
    a_statement,
    an_organisation,
    cite,
    published,
)
from tests.support.pages import a_page, a_redirect, change_pages, version_of
from tests.support.people import alice, bob, staff_with
from tests.support.proposals import at_desk
from tests.support.site_settings import set_up_site

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:get_current_site")]

HEADING = "Second look at what was taken down"
TIDES = "/the-sea/tides/"


@pytest.fixture
def tides():
    return a_page("Tides", "<p>High and low.</p>", parent=a_page("The sea"), in_navigation=True)


def take_page_down(content, user=None, reason="It is not so."):
    address = reverse(
        "admin:djangocms_versioning_pagecontentversion_unpublish", args=[version_of(content).pk]
    )
    return change_pages(at_desk(user or bob()), address, {"reason": reason}, follow=True)


def delete(record, user=None, reason="It is not so."):
    name = f"admin:{record._meta.app_label}_{record._meta.model_name}_delete"
    data = {"post": "yes", "reason": reason}
    return at_desk(user or bob()).post(reverse(name, args=[record.pk]), data, follow=True)


def withdraw(claim):
    claim.withdraw(bob(), "Wrong", seen=Claim.AS_STORED)


def look(user, do, reason="", takedown=None):
    takedown = takedown or Takedown.objects.latest("pk")
    return at_desk(user).post(takedown.get_absolute_url(), {"do": do, "reason": reason}, follow=True)


def seen(address):
    """Returns what a visitor gets at an address."""
    response = Client().get(address)
    return response.status_code, response.content


def messages_in(response):
    return [str(message) for message in response.context["messages"]]


def on_desk_of(user):
    page = at_desk(user).get(DESK).content.decode()
    return section(page, HEADING) if HEADING in page else ""


def test_a_page_that_is_taken_down_is_gone_at_once_and_alice_puts_it_back_as_it_was(tides):
    old, home = a_redirect("/ebb/", TIDES), Client().get("/").content
    before, version = seen(TIDES), version_of(tides)
    take_page_down(tides)
    assert seen(TIDES)[0] == 410 and seen("/ebb/")[0] == 410

    assert "Say why you put it back" in look(alice(), "put back").content.decode()
    assert seen(TIDES)[0] == 410
    assert messages_in(look(alice(), "put back", "It is so."))[0].endswith("is back as it was.")
    assert seen(TIDES) == before and Client().get("/").content == home
    assert Version.objects.get(pk=version.pk).state == "published"
    assert Client().get("/ebb/")["Location"] == TIDES
    assert [redirect.pk for redirect in Redirect.objects.all()] == [old.pk]


def test_the_home_page_comes_back_as_the_home_page():
    home = Page.objects.get(is_home=True)
    before = seen("/")
    take_page_down(home.pagecontent_set.get())
    assert seen("/")[0] == 404  # and no visitor is led to the login of staff
    assert at_desk(bob()).get("/")["Location"].startswith("/admin/")
    look(alice(), "put back", "It is our home.")
    assert seen("/") == before


def test_a_page_is_taken_down_with_a_reason_by_a_publisher_alone(tides):
    take_page_down(tides, reason=" ")
    take_page_down(tides, user=alice())
    assert seen(TIDES)[0] == 200 and not Takedown.objects.exists()


def test_a_draft_of_the_page_stays_as_it_is(tides):
    draft = version_of(tides).copy(alice())
    take_page_down(tides)
    look(alice(), "put back", "It is so.")
    assert seen(TIDES)[0] == 200 and Version.objects.get(pk=draft.pk).state == "draft"


def test_a_withdrawn_claim_comes_back_with_the_same_edition():
    claim = published(a_claim())
    address, edition = claim.get_absolute_url(), claim.current_edition
    before = seen(address)
    withdraw(claim)
    assert seen(address)[0] == 410
    look(alice(), "put back", "It is so.")
    claim.refresh_from_db()
    assert (claim.current_edition, claim.stage) == (edition, "published") and seen(address) == before
    assert [step.kind for step in claim.steps.all()] == ["published", "withdrawn", "restored"]


def test_a_record_that_bob_deletes_is_gone_at_once_and_comes_back_with_all_that_went():
    source = a_source(text="We keep every harbour safe.")
    mission = a_statement("We keep every harbour safe.", kind="mission")
    cite(mission, source)
    page = a_page_with("StatementsPlugin", organisation=mission.organisation, kind="mission")
    before, rows = seen(page), list(Citation.objects.order_by("pk").values())
    delete(mission)
    assert b"harbour safe" not in seen(page)[1] and Client().get(source.get_absolute_url()).status_code == 404
    assert (
        "We keep every harbour safe."
        in at_desk(alice()).get(Takedown.objects.get().get_absolute_url()).content.decode()
    )
    look(alice(), "put back", "It is so.")
    assert seen(page) == before and list(Citation.objects.order_by("pk").values()) == rows
    assert mission.history.first().history_user == alice()


def test_a_block_that_showed_a_deleted_milestone_shows_it_again():
    milestone = Milestone.objects.create(
        organisation=an_organisation(), slug="rope", title="Rope", date="1998"
    )
    a_page("Then", ("MomentsPlugin", {"milestones": [milestone]}))
    before = seen("/then/")
    delete(milestone)
    assert b"Rope" not in seen("/then/")[1]
    look(alice(), "put back", "It is so.")
    assert seen("/then/") == before


def test_nothing_public_is_deleted_without_a_reason_and_what_nobody_sees_needs_none():
    statement, unseen = a_statement(), an_organisation("Hill Aid")
    assert messages_in(delete(statement, reason="")) == ["Say why you take it down: nothing was deleted."]
    delete(unseen, reason="")
    assert type(statement).objects.filter(pk=statement.pk).exists()
    assert not type(unseen).objects.filter(pk=unseen.pk).exists() and not Takedown.objects.exists()


def test_a_record_whose_place_was_taken_does_not_come_back_and_says_so():
    statement = a_statement()
    delete(statement)
    a_statement(slug=statement.slug)
    [message] = messages_in(look(alice(), "put back", "It is so."))
    assert "Something else stands in its place" in message
    assert Takedown.objects.get().state == "due"


def test_it_stands_on_the_desk_of_everybody_but_bob_with_the_day_it_is_due():
    withdraw(published(a_claim()))
    assert "due on" in on_desk_of(alice()) and "Wrong" in on_desk_of(alice())
    assert on_desk_of(bob()) == "" == on_desk_of(staff_with("view_claim"))
    takedown = Takedown.objects.get()
    move(takedown, at=takedown.at - timedelta(days=7) + timedelta(minutes=5))
    assert "due on" in on_desk_of(alice()) and not Takedown.objects.overdue()
    move(takedown, at=takedown.at - timedelta(days=7))
    assert "overdue since" in on_desk_of(alice()) and Takedown.objects.overdue()


def test_what_alice_confirms_stays_down_and_leaves_the_desk(tides):
    take_page_down(tides)
    assert messages_in(look(alice(), "confirm"))[0].endswith("stays down.")
    assert seen(TIDES)[0] == 410 and on_desk_of(alice()) == ""
    assert messages_in(look(alice(), "put back", "Too late")) == [
        "Somebody else was first: second look: it stays down."
    ]


def test_who_took_it_down_does_not_confirm_it_and_may_undo_it(tides):
    take_page_down(tides)
    assert look(bob(), "confirm").status_code == 403
    look(bob(), "put back", "My mistake")
    assert seen(TIDES)[0] == 200


def test_who_has_no_role_sees_and_decides_nothing(tides):
    take_page_down(tides)
    charlie = staff_with("view_page")
    assert at_desk(charlie).get(Takedown.objects.get().get_absolute_url()).status_code == 403
    assert look(charlie, "put back", "I may not").status_code == 403
    assert seen(TIDES)[0] == 410


def test_a_claim_or_page_that_is_published_anew_needs_no_second_look(tides):
    claim = published(a_claim())
    withdraw(claim)
    take_page_down(tides)
    claim.restore(claim.editions.last(), bob(), "Right", seen=Claim.AS_STORED)
    version_of(tides).copy(alice()).publish(bob())
    assert {takedown.state for takedown in Takedown.objects.all()} == {"public again"}
    assert on_desk_of(alice()) == ""


def test_what_alice_has_put_back_bob_takes_down_again_and_nothing_is_stuck(tides):
    for _time in range(2):
        take_page_down(tides)
        assert seen(TIDES)[0] == 410
        look(alice(), "put back", "It is so.")
        assert seen(TIDES)[0] == 200
    assert Takedown.objects.filter(state="put back").count() == 2


def test_where_one_person_publishes_alone_no_second_look_is_due_and_it_can_be_put_back(tides, alone):
    take_page_down(tides)
    withdraw(published(a_claim()))
    assert not Takedown.objects.due() and on_desk_of(alice()) == ""
    look(bob(), "put back", "My mistake", takedown=Takedown.objects.first())
    assert seen(TIDES)[0] == 200


def test_a_takedown_of_one_alone_is_not_due_once_there_are_two():
    set_up_site(one_person_alone=True)
    withdraw(published(a_claim()))
    set_up_site(one_person_alone=False)
    assert not Takedown.objects.due()


def a_draft_with(statement):
    """Returns the content of a draft with a block that shows a statement."""
    draft = version_of(a_page("The sea")).copy(alice()).content
    add_plugin(draft.get_placeholders().get(slot="content"), "StatementPlugin", "en", statement=statement)
    return draft


def test_a_block_in_a_draft_keeps_nobody_from_taking_down_what_it_shows():
    aim = a_statement(owner=alice())
    draft = a_draft_with(aim)
    asked = at_desk(bob()).get(reverse("admin:organisation_statement_delete", args=[aim.pk]))
    assert "Statement block on the page “The sea" in asked.content.decode()
    delete(aim)
    assert not type(aim).objects.filter(pk=aim.pk).exists() and Takedown.objects.get().reason
    assert draft.get_placeholders().get(slot="content").get_plugins().count() == 0


def test_a_draft_that_loses_a_block_so_is_read_again_before_it_is_published():
    aim = a_statement(owner=alice())
    draft = version_of(a_draft_with(aim))
    Desk(alice()).press(draft, "submit")
    assert "publish" in buttons(Desk(bob()).open(draft))
    delete(aim)
    assert "publish" not in buttons(Desk(bob()).open(draft))
    Desk(alice()).press(draft, "submit")
    assert "publish" not in buttons(Desk(bob()).open(draft))  # the last change is his own


def test_a_block_that_visitors_see_keeps_what_it_shows_and_every_block_in_a_draft():
    aim = a_statement(owner=alice())
    draft = a_draft_with(aim)
    a_page("Tides", ("StatementPlugin", {"statement": aim}))
    page = delete(aim).content.decode()
    assert "on the page “Tides" in page
    assert type(aim).objects.filter(pk=aim.pk).exists() and not Takedown.objects.exists()
    assert draft.get_placeholders().get(slot="content").get_plugins().count() == 1
