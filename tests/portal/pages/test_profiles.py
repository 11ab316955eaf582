"""An organisation is linked once its page answers, and whoever makes one has begun its page."""

import pytest
from cms.models import Page, PageContent
from django.test import Client
from django.urls import reverse
from djangocms_versioning.models import Version

from organisation.models import Organisation
from portal.models import PageStep
from portal.staff.desk import page_tasks
from tests.support.factory import a_profiled_organisation, an_organisation
from tests.support.forms import filled_in
from tests.support.pages import a_page, change_pages, version_of
from tests.support.people import alice, bob
from tests.support.proposals import at_desk, decide, propose

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:get_current_site")]

ADDRESS = "/organisations/harbour-aid/"
LINK = f'href="{ADDRESS}"'
ADD = "admin:organisation_organisation_add"


def make(user, **values):
    """Sends the form of a new organisation."""
    client = at_desk(user)
    values = {"official_name": "Harbour Aid", "slug": "harbour-aid", "profiled": "on"} | values
    return client.post(reverse(ADD), filled_in(client.get(reverse(ADD)), **values))


def begun_pages():
    contents = PageContent.admin_manager.filter(slug="harbour-aid")
    return Version.objects.filter(state="draft", object_id__in=contents.values("pk"))


def directory():
    return Client().get("/organisations/").content.decode()


def test_the_page_of_an_accepted_organisation_is_begun_by_whoever_proposed_it():
    make(alice())
    assert not begun_pages().exists()
    decide(bob())
    draft = begun_pages().get()
    assert draft.created_by == alice() and not PageStep.objects.exists()
    assert [task.title for task in page_tasks.drafts(alice())] == ["Harbour Aid"]
    assert page_tasks.waiting(bob()) == []
    blocks = draft.content.get_placeholders().get(slot="content").get_plugins("en")
    assert [each.plugin_type for each in blocks] == [
        "StatementsPlugin",
        "StatementsPlugin",
        "HistoryPlugin",
        "FactsPlugin",
        "AffiliationsPlugin",
        "OrganisationAsksPlugin",
        "SourceNotesPlugin",
    ]


def test_a_new_organisation_is_named_at_once_and_linked_once_its_page_is_published(alone):
    make(alice())
    assert "Harbour Aid" in directory() and LINK not in directory()
    assert Client().get(ADDRESS).status_code == 404
    begun_pages().get().publish(bob())
    assert LINK in directory() and Client().get(ADDRESS).status_code == 200


def test_a_page_is_begun_once_and_for_a_profile_alone(alone):
    make(alice(), profiled="")
    organisation = Organisation.objects.get(slug="harbour-aid")
    assert not begun_pages().exists()
    propose(alice(), organisation, profiled="on")
    begun_pages().get()
    Page.objects.get(pk=begun_pages().get().content.page_id).delete()
    propose(alice(), organisation, seat="Quayside")  # who throws the draft away does not get another
    assert not begun_pages().exists()


def test_no_second_page_is_begun_at_an_address_that_a_page_has(alone):
    above = PageContent.objects.get(page__urls__path="organisations")
    a_page("We were here", parent=above, slug="harbour-aid")
    make(alice())
    assert not begun_pages().exists() and LINK in directory()


def test_no_page_is_begun_where_organisations_have_none_and_by_a_command(alone):
    an_organisation(profiled=True)
    assert not begun_pages().exists()
    PageContent.admin_manager.filter(slug="organisations").update(slug="bodies")
    make(alice(), official_name="River Aid", slug="river")
    assert not PageContent.admin_manager.filter(slug="river").exists()


@pytest.fixture
def profile():
    return PageContent.objects.get(page__urls__path=a_profiled_organisation().page_path)


def at_bobs(address, **data):
    return change_pages(at_desk(bob()), address, data)


def take_down(content):
    address = reverse(
        "admin:djangocms_versioning_pagecontentversion_unpublish", args=[version_of(content).pk]
    )
    at_bobs(address, reason="It is not so.")


def move(content):
    at_bobs(reverse("admin:cms_page_move_page", args=[content.page_id]), position=0, target="")


def require_login(content):
    address = reverse("admin:cms_page_advanced", args=[content.page_id])
    at_bobs(address, **filled_in(at_desk(bob()).get(address)) | {"login_required": "on"})


@pytest.mark.parametrize("act", [take_down, move, require_login])
def test_an_organisation_is_named_without_a_link_once_its_page_does_not_answer(profile, act):
    assert LINK in directory()
    act(profile)
    assert "Harbour Aid" in directory() and LINK not in directory()


def test_an_organisation_is_linked_again_once_its_page_is_published_again(profile):
    take_down(profile)
    draft = version_of(profile).copy(alice())
    draft.publish(bob())
    assert LINK in directory()


def test_neither_an_undone_change_nor_a_saved_form_brings_back_a_link_to_no_page(profile):
    organisation = Organisation.objects.get(slug="harbour-aid")
    take_down(profile)
    organisation.seat = "Quayside"
    organisation.save()  # it was read while the page answered
    assert LINK not in directory()
    before = organisation.history.earliest()
    before.instance.save()
    assert LINK not in directory()


def test_a_page_in_another_language_stands_below_a_profile_that_is_in_one_alone(client, settings):
    settings.LANGUAGES = [("en", "English"), ("fr", "French")]
    a_profiled_organisation()
    profile = PageContent.objects.get(page__urls__path="organisations/harbour-aid")
    a_page("Ce qui fut", parent=profile, language="fr", slug="ce-qui-fut")
    a_page("Nulle part", parent=profile.page.parent.get_content_obj("en"), language="fr", slug="nulle-part")
    for address, picture in (
        (f"/fr{ADDRESS}ce-qui-fut/", "/fr/organisations/harbour-aid/share.png"),
        ("/fr/organisations/nulle-part/", "/fr/share.png"),
    ):
        page = client.get(address)
        assert page.status_code == 200 and picture in page.content.decode(), address
        assert client.get(picture).status_code == 200
