"""The tree of pages.json becomes pages with blocks; what an editor did to a page is left as it is."""

import pytest
from cms.api import add_plugin
from cms.models import Page, PageContent, PageUrl
from djangocms_versioning.models import Version

from organisation.models import Milestone
from portal.seeding import SeedError
from portal.seeding.pages import PageSeeder
from portal.seeding.staff import seed_user
from tests.support.factory import an_organisation
from tests.support.people import alice, bob

pytestmark = pytest.mark.django_db

BELOW = {"key": "below", "title": "Below"}
PAGE = {
    "key": "made-up",
    "title": "Made up",
    "slug": "elsewhere",
    "description": "About it",
    "in_navigation": True,
    "blocks": [
        {"plugin": "TextPlugin", "body": ["<p>One</p>", "<p>Two</p>"]},
        {"plugin": "SourcesPlugin", "heading": "Sources"},
        {"plugin": "StatementPlugin", "statement": "harbour-aid/vision"},
        {"plugin": "MomentsPlugin", "milestones": ["harbour-aid/a", "harbour-aid/b"]},
    ],
    "children": [BELOW],
}


@pytest.fixture
def load(fixtures):
    """Returns a function that loads these pages and returns (number written, titles skipped)."""
    aid = an_organisation(profiled=True)
    aid.statements.create(slug="vision", kind="vision", text="A calm sea")
    for slug in "abc":
        Milestone.objects.create(organisation=aid, slug=slug, title=slug, text="x", date="1801")

    def load(*pages, overwrite=False):
        fixtures.write("pages", pages)
        seeder = PageSeeder(seed_user(), overwrite)
        seeder.load()
        return seeder.written, seeder.skipped

    return load


def content(key="made-up"):
    return PageContent.objects.get(page__reverse_id=key)


def blocks(key="made-up"):
    plugins = content(key).get_placeholders().get(slot="content").get_plugins("en").order_by("position")
    return [plugin.get_plugin_instance()[0] for plugin in plugins]


def versions():
    return list(
        Version.objects.filter_by_grouper(content().page).order_by("pk").values_list("state", flat=True)
    )


def test_a_page_has_its_values_its_blocks_in_their_order_and_its_children(client, load):
    assert load(PAGE) == (2, [])
    made = content()
    assert (made.title, made.meta_description, made.in_navigation, made.template) == (
        "Made up",
        "About it",
        True,
        "pages/page.html",
    )
    text, sources, statement, moments = blocks()
    assert text.body == "<p>One</p><p>Two</p>" and sources.heading == "Sources"
    assert statement.statement.text == "A calm sea" and statement.heading == ""
    assert sorted(each.slug for each in moments.milestones.all()) == ["a", "b"]
    assert content("below").page.parent == made.page
    assert sorted(PageUrl.objects.filter(path__startswith="elsewhere").values_list("path", flat=True)) == [
        "elsewhere",
        "elsewhere/below",
    ]
    assert client.get("/elsewhere/below/").status_code == 200
    below = content("below")
    assert (below.in_navigation, below.meta_description, blocks("below")) == (False, "", [])
    assert load(PAGE) == (0, []) and versions() == ["published"]


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Another"},
        {"description": ""},
        {"in_navigation": False},
        {"template": "pages/home.html"},
        {"blocks": PAGE["blocks"][:3]},
        {"blocks": PAGE["blocks"][::-1]},
        {"blocks": [*PAGE["blocks"], {"plugin": "TextPlugin", "body": "<p>x</p>"}]},
        {"blocks": [PAGE["blocks"][0], {"plugin": "SourcesPlugin"}, *PAGE["blocks"][2:]]},
        {
            "blocks": [
                *PAGE["blocks"][:3],
                PAGE["blocks"][3] | {"milestones": ["harbour-aid/c", "harbour-aid/b"]},
            ]
        },
        {"blocks": []},
    ],
)
def test_a_changed_entry_is_published_as_the_next_version_and_that_once(load, change):
    load(PAGE)
    page = content().page
    assert load(PAGE | change) == (1, []) and content().page == page
    assert versions() == ["unpublished", "published"]
    assert len(blocks()) == len((PAGE | change)["blocks"])
    assert load(PAGE | change) == (0, []) and load(PAGE | change, overwrite=True) == (0, [])


def test_the_order_of_chosen_milestones_makes_no_difference(load):
    load(PAGE)
    moments = PAGE["blocks"][3] | {"milestones": ["harbour-aid/b", "harbour-aid/a"]}
    assert load(PAGE | {"blocks": [*PAGE["blocks"][:3], moments]}) == (0, [])


def test_a_page_of_an_editors_is_left_alone_and_the_pages_below_it_are_not(load):
    load(PAGE)
    draft = Version.objects.get_for_content(content()).copy(alice())
    changed = PAGE | {"title": "Ours", "children": [BELOW | {"title": "Deeper"}]}
    assert load(changed) == (1, ["Ours"])  # a draft of Alice's is the last version
    draft.publish(bob())
    assert load(changed) == (0, ["Ours"]) and content().title == "Made up"
    Version.objects.get_for_content(content()).copy(alice())
    assert load(changed, overwrite=True) == (1, []) and content().title == "Ours"
    assert versions() == ["unpublished", "unpublished", "archived", "published"]
    assert load(changed) == (0, [])


def test_a_page_that_was_taken_down_stays_away_until_it_is_overwritten(client, load):
    load(PAGE)
    Version.objects.get_for_content(content("below")).unpublish(bob())
    assert load(PAGE) == (0, ["Below"]) and client.get("/elsewhere/below/").status_code == 404
    assert load(PAGE, overwrite=True) == (1, []) and client.get("/elsewhere/below/").status_code == 200


def test_a_page_that_was_deleted_stays_away_until_it_is_overwritten(client, load):
    load(PAGE)
    content("below").page.delete()
    assert load(PAGE) == (0, ["Below"]) and client.get("/elsewhere/below/").status_code == 404
    assert load(PAGE, overwrite=True) == (1, []) and client.get("/elsewhere/below/").status_code == 200


def test_a_block_of_a_record_that_an_editor_deleted_leaves_its_page_alone(load):
    load(PAGE)
    missing = PAGE["blocks"][2] | {"statement": "harbour-aid/gone"}
    assert load(PAGE | {"blocks": [missing]}) == (0, ["Made up"]) and len(blocks()) == 4
    with pytest.raises(SeedError, match="there is no statement “harbour-aid/gone”: correct the name."):
        load(PAGE | {"key": "new", "slug": "new", "blocks": [missing]})


def test_home_is_the_page_that_says_so(client, load):
    load(PAGE | {"is_home": True, "children": []})
    assert content().page.is_home and Page.objects.filter(is_home=True).count() == 1
    assert "<title>Made up" in client.get("/").content.decode()


def test_the_menu_says_the_short_title_and_the_page_the_long_one(client, load):
    page = PAGE | {"menu_title": "Short"}
    assert load(page) == (2, [])
    html = client.get("/elsewhere/").content.decode()
    assert "<h1>Made up</h1>" in html and ">Short</a>" in html.split("<main")[0]
    assert load(page) == (0, [])
    assert load(PAGE) == (1, []) and content().menu_title == ""


def test_a_slip_in_the_tree_is_named_by_the_key_of_its_page(load):
    with pytest.raises(SeedError, match="pages.json, below: .*'colour'. Correct the names of its values."):
        load(PAGE | {"children": [BELOW | {"colour": "red"}]})
    with pytest.raises(SeedError, match=r"pages.json, \{'title': 'x'\}: .*'key'"):
        load({"title": "x"})
    assert not Page.objects.filter(reverse_id="made-up").exists()


def test_a_version_that_an_editor_made_without_a_change_counts_as_the_editors(load):
    load(PAGE)
    version = Version.objects.get_for_content(content()).copy(alice())
    add_plugin(version.content.get_placeholders().get(slot="content"), "TextPlugin", "en", body="<p>x</p>")
    version.publish(bob())
    assert load(PAGE)[1] == ["Made up"]
