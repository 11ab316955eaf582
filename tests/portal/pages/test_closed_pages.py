"""Charlie, a visitor, finds nothing of a page that he may not open now, wherever he looks."""

import pytest
from cms.models import Page
from django.db.models.signals import pre_save
from django.test import Client

from organisation.models import Organisation
from organisation.usage import pages_holding
from portal.models import SearchEntry
from portal.search.query import suggested_entries
from tests.support.factory import a_profiled_organisation, an_organisation
from tests.support.pages import a_page, version_of
from tests.support.people import alice, bob
from tests.support.public_site import read_all

pytestmark = pytest.mark.django_db

FACTS = "FactsPlugin"


@pytest.fixture
def pages():
    """A page above two others, of which one has an address of its own, and a page that links to both."""
    above = a_page("Quay", slug="quay", in_navigation=True)
    shows = (FACTS, {"organisation": an_organisation()})
    below = a_page("Zugzwang", shows, "<p>We zugzwang.</p>", parent=above, slug="below", in_navigation=True)
    own = a_page("Zugzwang of its own", "<p>zugzwang</p>", parent=above, overwrite_url="zugzwang-apart")
    body = "".join(
        f'<p><a data-cms-href="cms.page:{each.page_id}" href="#">a</a></p>' for each in (below, own)
    )
    a_page("Links", body, slug="links")
    return above, below, own


def close_by_login(above, login_required=True):
    page = Page.objects.get(pk=above.page_id)
    page.login_required = login_required
    page.save()


def close_by_taking_down(above):
    version_of(above).unpublish(bob())


OUTLETS = [
    "/",
    "/quay/",
    "/links/",
    "/sitemap.xml",
    "/search/?q=zugzwang",
    "/search/?q=zugzwan",
    "/search/suggest/?q=zugz",
    "/robots.txt",
]


def outlets_with(text):
    return [
        address
        for address, (_status, _kind, _target, body) in read_all(Client(), OUTLETS).items()
        if text in body.replace(b"?q=zugz", b"").replace(b'value="zugz', b"").decode()
    ]


def test_what_is_open_is_found_everywhere(pages):
    assert outlets_with("/quay/below/") == [
        "/links/",
        "/sitemap.xml",
        "/search/?q=zugzwang",
        "/search/suggest/?q=zugz",
    ]
    assert [Client().get(each).status_code for each in ("/quay/below/", "/zugzwang-apart/")] == [200, 200]


@pytest.mark.parametrize(
    ("close", "status"), [(close_by_login, 302), (close_by_taking_down, 404)], ids=["login", "taken down"]
)
def test_a_page_is_closed_with_the_page_above_it_in_every_outlet(pages, close, status):
    above, below, own = pages
    close(above)
    for text in ("/quay/below/", "/zugzwang-apart/", "We zugzwang", "Zugzwang"):
        assert outlets_with(text) == [], text
    for address in ("/quay/below/", "/zugzwang-apart/"):
        assert Client().get(address).status_code == status
    assert not pages_holding(below.get_placeholders()[0].get_plugins())
    # The index itself holds nothing of them.
    assert not SearchEntry.objects.filter(title__icontains="zugzwang").exists()


def test_who_is_logged_in_reads_what_asks_for_a_login(pages):
    close_by_login(pages[0])
    client = Client()
    client.force_login(alice())
    assert client.get("/quay/below/").status_code == 200


def test_a_page_opens_again_with_the_page_above_it(pages):
    close_by_login(pages[0])
    close_by_login(pages[0], login_required=False)
    assert "/search/?q=zugzwang" in outlets_with("/quay/below/")
    assert Client().get("/zugzwang-apart/").status_code == 200


def test_nothing_closed_is_found_while_the_index_is_behind(pages):
    Page.objects.filter(pk=pages[0].page_id).update(login_required=True)  # without a signal
    assert SearchEntry.objects.filter(title__icontains="zugzwang").count() == 2
    assert outlets_with("/quay/below/") == outlets_with("We zugzwang") == []
    assert suggested_entries("zugz") == []


def test_an_organisation_whose_page_is_closed_is_no_hit_and_has_no_picture():
    organisation = a_profiled_organisation("Zugzwang Aid")
    page = Page.objects.get(urls__path="organisations/zugzwang-aid")
    assert suggested_entries("zugzwang")
    Page.objects.filter(pk=page.pk).update(login_required=True)
    assert suggested_entries("zugzwang") == []
    Organisation.objects.find_pages()
    assert Client().get(f"/organisations/{organisation.slug}/share.png").status_code == 404


def test_what_is_saved_of_an_organisation_while_its_page_is_found_to_be_closed_stays():
    organisation = a_profiled_organisation("Harbour Aid")
    rows = Organisation.objects.filter(pk=organisation.pk)
    Page.objects.filter(urls__path="organisations/harbour-aid").update(login_required=True)

    def save_meanwhile(**kwargs):
        rows.update(seat="Pier Town")

    pre_save.connect(save_meanwhile, sender=Organisation)
    try:
        Organisation.objects.find_pages()
    finally:
        pre_save.disconnect(save_meanwhile, sender=Organisation)
    assert rows.values_list("seat", "has_page").get() == ("Pier Town", False)
