"""The old addresses of a page lead on to it in one step, and no page stands where nobody finds it."""

import pytest
from cms.api import create_page, create_page_content
from cms.models import Page, PageContent
from django.contrib.redirects.models import Redirect
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from djangocms_versioning.models import Version

from impact.models import Claim
from organisation.models import Source
from tests.support.factory import a_claim
from tests.support.forms import filled_in
from tests.support.pages import a_page, a_redirect, change_pages, publish, version_of
from tests.support.people import alice, bob

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:get_current_site")]


class Desk(Client):
    """A member of staff who moves, renames, publishes and takes down pages."""

    def __init__(self, user):
        super().__init__(headers={"X-Requested-With": "XMLHttpRequest"})
        self.force_login(user)
        self.user = user

    def move(self, content, below=None):
        address = reverse("admin:cms_page_move_page", args=[content.page_id])
        return change_pages(self, address, {"position": 0, "target": below.page_id if below else ""}).json()

    def change(self, content, **values):
        """Changes the settings of a new draft of a page; returns the draft and the page that answers."""
        published = Version.objects.get_for_content(PageContent.objects.get(page=content.page_id))
        draft = published.copy(self.user)
        address = reverse("admin:cms_pagecontent_change", args=[draft.object_id])
        return draft, self.post(address, filled_in(self.get(address)) | values)

    def press(self, action, version):
        address = reverse(f"admin:djangocms_versioning_pagecontentversion_{action}", args=[version.pk])
        return change_pages(self, address, {"reason": "It is not so."})


@pytest.fixture
def at_alices():
    return Desk(alice())


@pytest.fixture
def at_bobs():
    return Desk(bob())


@pytest.fixture
def sea():
    return a_page("The sea")


@pytest.fixture
def tides(sea):
    return a_page("Tides", parent=sea)


def answer(address):
    """Returns the status of an address, and where it leads if it does."""
    response = Client().get(address)
    return response.status_code, response.get("Location", "")


def rename(content, slug, at_alices):
    draft, _response = at_alices.change(content, slug=slug)
    assert publish(draft, bob()) == []


def test_the_addresses_of_a_page_and_of_those_below_it_lead_on_when_it_moves(at_bobs, sea, tides):
    coast = a_page("The coast")
    at_bobs.move(sea, below=coast)
    assert answer("/the-sea/") == (301, "/the-coast/the-sea/")
    assert answer("/the-sea/tides/") == (301, "/the-coast/the-sea/tides/")
    assert answer("/the-sea/tides/?q=ebb") == (301, "/the-coast/the-sea/tides/?q=ebb")
    assert answer("/the-sea/tides") == (301, "/the-coast/the-sea/tides/")
    assert answer("/the-coast/the-sea/tides/")[0] == 200
    assert answer("/the-sea/waves/") == (404, "")


def test_a_page_that_moves_twice_is_one_step_away_from_each_old_address_and_back_home_from_none(
    at_bobs, sea, tides
):
    coast = a_page("The coast")
    at_bobs.move(tides, below=coast)
    at_bobs.move(tides)
    assert answer("/the-sea/tides/") == answer("/the-coast/tides/") == (301, "/tides/")
    at_bobs.move(tides, below=sea)
    assert answer("/the-coast/tides/") == answer("/tides/") == (301, "/the-sea/tides/")
    assert answer("/the-sea/tides/") == (200, "")
    assert Redirect.objects.filter(old_path="/the-sea/tides/").count() == 0


def test_another_short_name_is_published_with_its_draft_and_the_old_one_leads_on(at_alices, at_bobs, tides):
    draft, response = at_alices.change(tides, slug="ebb-and-flow")
    assert response.status_code == 302
    assert answer("/the-sea/tides/") == (200, "")
    assert publish(draft, bob()) == []
    assert answer("/the-sea/tides/") == (301, "/the-sea/ebb-and-flow/")
    assert answer("/the-sea/ebb-and-flow/") == (200, "")


def test_two_pages_that_take_each_others_place_lead_nobody_astray(at_alices, at_bobs):
    first, second = a_page("First"), a_page("Second")
    rename(first, "third", at_alices)
    rename(second, "first", at_alices)
    assert answer("/first/") == (200, "")
    assert answer("/second/") == (301, "/first/")
    assert answer("/third/") == (200, "")


def test_what_is_taken_down_is_gone_and_what_is_put_up_again_is_there(at_bobs, sea, tides):
    at_bobs.press("unpublish", version_of(sea))
    assert answer("/the-sea/") == answer("/the-sea/tides/") == (410, "")
    page = Client().get("/the-sea/").content.decode()
    assert "The page that stood here was taken down" in page and "There is no page" not in page
    taken_down = Version.objects.get(pk=version_of(sea).pk)
    draft = taken_down.copy(alice())
    assert publish(draft, bob()) == []
    assert answer("/the-sea/") == answer("/the-sea/tides/") == (200, "")
    assert Redirect.objects.count() == 0


def test_a_new_home_page_leaves_no_address_behind(at_bobs, sea, tides):
    change_pages(at_bobs, reverse("admin:cms_page_set_home", args=[sea.page_id]))
    home = Page.objects.get(is_home=True)
    assert home.pk == sea.page_id
    assert answer("/the-sea/") == (301, "/")
    assert answer("/the-sea/tides/") == (301, "/tides/")


@pytest.mark.parametrize(
    ("above", "slug"),
    [("publications", "tides"), ("sources", "tides"), ("instruments", "tides"), ("", "search")],
)
def test_a_page_where_nobody_would_find_it_is_refused_when_it_moves_and_when_it_is_renamed(
    at_alices, at_bobs, tides, above, slug
):
    below = PageContent.objects.filter(page__urls__path=above).first() if above else None
    below = below or (a_page("Above", slug=above) if above else None)
    sentence = (
        f"Nobody would find this page: “/{above}{'/' if above else ''}{slug}/” is the address of "
        "something else. Choose another short name, or another place."
    )
    if slug == "tides":
        moved = at_bobs.move(tides, below=below)
        assert moved["status"] == 400 and sentence in moved["content"]
        assert answer("/the-sea/tides/") == (200, "")
    else:
        at_bobs.move(tides)
        _draft, response = at_alices.change(tides, slug=slug)
        assert sentence in response.context["adminform"].form.errors["slug"]


def test_a_page_is_not_made_where_nobody_would_find_it(at_alices):
    publications = PageContent.objects.get(page__urls__path="publications")
    address = reverse("admin:cms_pagecontent_add")
    form = at_alices.get(f"{address}?parent_page={publications.page_id}&language=en")
    sent = filled_in(form) | {"title": "Tides", "slug": "tides", "parent_page": publications.page_id}
    response = at_alices.post(f"{address}?parent_page={publications.page_id}&language=en", sent)
    [error] = response.context["adminform"].form.errors["slug"]
    assert error.startswith("Nobody would find this page: “/publications/tides/”")


def test_two_pages_of_two_languages_do_not_have_one_address(at_alices, settings):
    settings.LANGUAGES = [("en", "English"), ("fr", "French")]
    a_page("Ebb", slug="ebb")
    made = a_page("Marées", language="fr", slug="marees")
    sentence = "Nobody would find this page: “/ebb/” is another page, in another language."
    draft, response = at_alices.change(made, slug="ebb")
    assert response.context["adminform"].form.errors["slug"][0].startswith(sentence)
    # A new page is asked as it is published: until then its form may be that of a translation.
    draft.content.slug = "ebb"
    draft.content.save()
    [refusal] = publish(Version.objects.get(pk=draft.pk), bob())
    assert refusal.startswith(sentence)


def test_a_page_has_one_short_name_in_two_languages(at_bobs, sea, settings):
    settings.LANGUAGES = [("en", "English"), ("fr", "French")]
    with override("fr"):
        french = create_page_content("fr", "La mer", sea.page, slug="the-sea", created_by=alice())
    assert publish(version_of(french), bob()) == []
    assert at_bobs.get("/fr/the-sea/").status_code == 200


def test_a_page_of_which_nothing_is_published_moves_to_the_top(at_bobs, sea):
    draft = create_page("Ebb", "pages/page.html", "en", parent=sea.page, created_by=alice())
    content = PageContent.admin_manager.get(page=draft)
    assert at_bobs.move(content) == {"status": 200, "content": ""}
    assert Page.objects.get(pk=draft.pk).parent is None


def test_a_page_is_not_renamed_so_that_nobody_finds_a_page_below_it(at_alices, sea, tides):
    _draft, response = at_alices.change(sea, slug="instruments")
    [error] = response.context["adminform"].form.errors["slug"]
    assert error.startswith("Nobody would find this page: “/instruments/tides/”")
    assert answer("/the-sea/tides/") == (200, "")


@pytest.mark.parametrize(("length", "status"), [(200, 200), (201, 400)])
def test_an_address_has_two_hundred_characters_at_most(at_bobs, tides, length, status):
    long = a_page("Long", slug="x" * (length - len("//tides/")))
    moved = at_bobs.move(tides, below=long)
    assert moved["status"] == status
    if status == 400:
        sentence = (
            "The address of a page has 200 characters at most, and this one would have 201: "
            "choose a shorter short name, or a higher place."
        )
        assert sentence in moved["content"]


def test_bob_lets_an_address_lead_on_and_alice_only_reads_where_they_lead(at_alices, at_bobs):
    add = reverse("admin:redirects_redirect_add")
    assert at_alices.get(reverse("admin:redirects_redirect_changelist")).status_code == 200
    assert at_alices.post(add, {"old_path": "/old/", "new_path": "/about/"}).status_code == 403
    assert at_bobs.post(add, {"old_path": "/old", "new_path": "/about"}).status_code == 302
    assert answer("/old/") == (301, "/about/")


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("/about/", "/timeline/", "A page answers at this address: take it down or move it first."),
        ("/first/", "/about/", "This address leads on already: change that entry."),
        ("/timeline-of-old/", "/nowhere/", "Nothing that visitors can read is at this address."),
        ("/old/", "/admin/", "Nothing that visitors can read is at this address."),
        (
            "/old/",
            "https://evil.example/",
            "Write an address of this site: it begins with a slash, and has no “?” or “#”.",
        ),
        (
            "/old/",
            "//evil.example/",
            "Write an address of this site: it begins with a slash, and has no “?” or “#”.",
        ),
        ("/old/?q=1", "", "Write an address of this site: it begins with a slash, and has no “?” or “#”."),
        (
            "/sources/old/",
            "/about/",
            "Nobody would find this page: “/sources/old/” is the address of something else. "
            "Choose another short name, or another place.",
        ),
        ("/old/", "/first/", "Nothing that visitors can read is at this address."),
    ],
)
def test_no_redirect_leads_away_in_a_circle_or_over_what_answers(at_bobs, old, new, sentence):
    a_redirect("/first/", "/about/")
    response = at_bobs.post(reverse("admin:redirects_redirect_add"), {"old_path": old, "new_path": new})
    errors = response.context["adminform"].form.errors
    assert [error for errors in errors.values() for error in errors] == [sentence]
    assert Redirect.objects.count() == 1


def link(model, pk):
    return f'<p>See <a data-cms-href="{model}:{pk}">there</a>.</p>'


def test_a_link_follows_its_page_and_leads_to_no_record_and_to_no_draft(at_bobs, sea, tides):
    draft_of_a_claim = a_claim()
    unseen = a_page("Unseen")
    version_of(unseen).unpublish(bob())
    a_page(
        "Links",
        link("cms.page", tides.page_id),
        link("impact.claim", draft_of_a_claim.pk),
        link("impact.claim", Claim.objects.get(number=10).pk),
        link("organisation.source", Source.objects.public().first().pk),
        link("cms.page", unseen.page_id),
        link("cms.page", 987654),
    )
    at_bobs.move(tides)
    page = Client().get("/links/").content.decode()
    assert '<a href="/tides/">there</a>' in page.replace(' class="page-link"', "")
    # A text names pages alone; of those that visitors do not find, the words stay.
    assert page.count(">there</a>") == 1 and page.count(">there</span>") == 2
    assert page.count("<p>See ") == 6
    assert draft_of_a_claim.get_absolute_url() not in page
