"""A second person publishes a page, as with claims, and only if it is accessible."""

import pytest
from cms.api import add_plugin
from cms.models import PageContent
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from djangocms_text.models import Text
from djangocms_versioning.models import Version

from portal.pages.review import accessibility_faults
from tests.support.factory import an_organisation
from tests.support.pages import a_page, change_pages, profile_of, publish, version_of
from tests.support.people import alice, bob
from tests.support.sampling import every
from tests.support.site_settings import set_up_site

# djangocms-versioning uses what the next django CMS will drop.
pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:get_current_site")]

OWN_CHANGE = "The last change to this page is your own: somebody else has to publish or confirm it."


def carol():
    """Returns a second publisher, an administrator."""
    return get_user_model().objects.create_superuser("carol", password=None)


class Desk(Client):
    """A member of staff at work on pages."""

    def __init__(self, user):
        super().__init__()
        self.force_login(user)
        self.user = user

    def press(self, action, version):
        """Presses a button of a version, and returns the messages of the page that follows."""
        address = reverse(f"admin:djangocms_versioning_pagecontentversion_{action}", args=[version.pk])
        page = change_pages(self, address, {"reason": "It is not so."}, follow=True)
        return [str(message) for message in page.context["messages"]] if page.context else []

    def draft(self):
        """Begins a new draft of the page about the portal."""
        published = Version.objects.get_for_content(PageContent.objects.get(page__reverse_id="about"))
        self.press("edit_redirect", published)
        return Version.objects.get(state="draft")

    def write(self, version, body):
        """Changes the first text of a page, as the editor of the CMS does."""
        text = texts_of(version).first()
        page = self.post(
            reverse("admin:cms_placeholder_edit_plugin", args=[text.pk]) + "?cms_path=/about/", {"body": body}
        )
        assert page.status_code == 200 and Text.objects.get(pk=text.pk).body == body, page.content.decode()

    def rename(self, version, title):
        address = reverse("admin:cms_pagecontent_change", args=[version.object_id])
        form = self.get(address).context["adminform"].form
        data = {bound.html_name: "" if bound.value() in (None, False) else bound.value() for bound in form}
        assert self.post(address, data | {"title": title}).status_code == 302

    def version_list(self, version):
        page = self.get(
            reverse("admin:djangocms_versioning_pagecontentversion_changelist"),
            {"page": version.content.page_id},
        )
        return page.content.decode()


def state_of(version):
    return Version.objects.get(pk=version.pk).state


def texts_of(version):
    return Text.objects.filter(placeholder__in=version.content.get_placeholders()).order_by("position")


@pytest.fixture
def at_alices():
    return Desk(alice())


@pytest.fixture
def at_bobs():
    return Desk(bob())


def test_bob_publishes_what_alice_wrote_but_not_what_he_wrote_himself(at_alices, at_bobs):
    draft = at_alices.draft()
    at_alices.write(draft, "<p>Alice's words</p>")
    assert publish(draft, bob()) == []

    own = at_bobs.draft()
    assert publish(own, bob()) == [OWN_CHANGE]
    assert state_of(own) == "draft"


@pytest.mark.parametrize(
    "change",
    [
        lambda desk, draft: desk.write(draft, "<p>Bob's words</p>"),
        lambda desk, draft: desk.rename(draft, "Bob's title"),
    ],
)
def test_a_draft_of_alices_that_bob_changed_last_is_not_bobs_to_publish(at_alices, at_bobs, change):
    draft = at_alices.draft()
    at_alices.write(draft, "<p>Alice's words</p>")
    at_bobs.press("unlock", draft)
    at_bobs.press("edit_redirect", draft)
    change(at_bobs, draft)
    at_bobs.press("unlock", draft)
    assert publish(draft, bob()) == [OWN_CHANGE]

    at_alices.press("edit_redirect", draft)
    at_alices.write(draft, "<p>Alice's words again</p>")
    assert publish(draft, bob()) == []


def test_who_only_looked_at_a_draft_may_publish_it(at_alices, at_bobs):
    draft = at_alices.draft()
    at_bobs.press("unlock", draft)
    at_bobs.press("edit_redirect", draft)
    assert Version.objects.get(pk=draft.pk).locked_by == bob()
    assert publish(draft, bob()) == []


def test_an_administrator_follows_the_rule_as_well():
    at_carols = Desk(carol())
    draft = at_carols.draft()
    assert publish(draft, at_carols.user) == [OWN_CHANGE]


def test_a_single_editor_publishes_alone(at_bobs):
    draft = at_bobs.draft()
    set_up_site(one_person_alone=True)
    assert publish(draft, bob()) == []


def test_alice_is_offered_nothing_that_only_a_publisher_may_do(at_alices, at_bobs):
    draft = at_alices.draft()
    published = Version.objects.get(
        state="published", object_id__in=PageContent.objects.filter(page=draft.content.page)
    )
    for name in ("publish", "archive", "unpublish"):
        assert f"cms-action-{name}" not in at_alices.version_list(draft)
        assert at_bobs.version_list(draft).count(f"cms-action-{name}") == 1
    assert reverse("admin:page-review", args=[draft.pk]) in at_bobs.version_list(draft)
    assert "/publish/" not in at_bobs.version_list(draft)
    assert publish(draft, alice()) == ["You do not have publish permissions"]
    assert at_alices.press("archive", draft) == ["Only a publisher archives a version."]
    assert at_alices.press("unpublish", published) == ["Only a publisher takes a page down."]
    assert (state_of(draft), state_of(published)) == ("draft", "published")
    at_bobs.press("unlock", draft)
    assert at_bobs.press("archive", draft) == ["Version archived"]
    assert at_bobs.press("unpublish", published) == ["Version unpublished"]


def test_a_page_that_was_taken_down_comes_back_as_it_was_with_all_below_it(client, at_bobs):
    profile = profile_of(an_organisation(profiled=True), "<p>We pull ships off rocks.</p>")
    a_page("History", "<p>We began with one rope.</p>", parent=profile)
    paths = ["/organisations/harbour-aid/", "/organisations/harbour-aid/history/"]
    before = [client.get(path).content for path in paths]
    assert b"off rocks" in before[0] and b"one rope" in before[1]
    published = version_of(profile)
    assert at_bobs.press("unpublish", published) == ["Version unpublished"]
    assert client.get(paths[0]).status_code == 410
    at_bobs.press("revert", published)
    again = Version.objects.filter_by_grouper(published.content.page).get(state="draft")
    assert publish(again, carol()) == []
    assert [client.get(path).content for path in paths] == before


@pytest.mark.parametrize(
    ("body", "refusal"),
    [
        (
            "<p>What we do</p><h1>All of it</h1>",
            "“What we do All of it” has a heading of level 1, but a page has only one: choose level 2.",
        ),
        (
            "<h2>Work</h2><h4>Training</h4>",
            "“Work Training” goes from a heading of level 2 to one of level 4: choose level 3.",
        ),
        (
            "<h3>Law &amp; work</h3>",
            "“Law & work” goes from a heading of level 1 to one of level 3: choose level 2.",
        ),
        (
            '<p>Read <a href="/method/"> </a> first</p>',
            "“Read first” has a link without words: write where it leads.",
        ),
    ],
)
def test_a_page_that_is_not_accessible_is_refused_with_the_name_of_the_block(at_alices, body, refusal):
    draft = at_alices.draft()
    at_alices.write(draft, "<p>Plain words</p>")
    Text.objects.filter(pk=texts_of(draft).first().pk).update(body=body)
    assert publish(draft, bob()) == [refusal]
    assert state_of(draft) == "draft"
    at_alices.write(
        draft,
        "<h2>Work</h2><p><a href='/method/'>Method</a></p><h3>Training</h3><h2>More</h2>".replace("'", '"'),
    )
    assert publish(draft, bob()) == []


def test_a_second_opening_statement_is_a_second_heading_of_level_one(at_alices):
    home = PageContent.objects.get(page__is_home=True)
    at_alices.press("edit_redirect", Version.objects.get_for_content(home))
    draft = Version.objects.get(state="draft")
    hero = next(
        plugin
        for plugin in home.get_placeholders().get(slot="content").get_plugins("en")
        if plugin.plugin_type == "HeroPlugin"
    )
    add_plugin(
        draft.content.get_placeholders().get(slot="content"),
        "HeroPlugin",
        "en",
        statement=hero.get_plugin_instance()[0].statement,
    )
    refusal = "“Opening statement” has a heading of level 1, but a page has only one: choose level 2."
    assert publish(draft, bob()) == [refusal]


def test_every_seeded_page_is_accessible():
    contents = every(4, list(PageContent.objects.order_by("pk")))
    faults = {str(content): list(accessibility_faults(content)) for content in contents}
    assert faults and not any(faults.values()), faults


def test_the_log_names_each_who_changed_a_draft_after_somebody_else(at_alices, at_bobs):
    def changes():
        entries = LogEntry.objects.filter(object_id=draft.pk, change_message="Changed the page")
        return [(entry.user.username, entry.action_flag) for entry in entries.order_by("pk")]

    draft = at_alices.draft()
    at_alices.write(draft, "<p>Alice's words</p>")
    assert changes() == []
    for desk in (at_bobs, at_alices):
        desk.press("unlock", draft)
        desk.press("edit_redirect", draft)
        Version.objects.filter(pk=draft.pk).update(locked_by=desk.user)
        for words in ("One", "Two"):
            desk.write(draft, f"<p>{words} of {desk.user}</p>")
    assert changes() == [("publisher", CHANGE), ("editor", CHANGE)]
