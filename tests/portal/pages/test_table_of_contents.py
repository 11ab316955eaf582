"""A long page has a table of contents under its title."""

import html5rdf
import pytest
from cms.api import add_plugin, create_page
from cms.models import PageContent
from cms.toolbar.utils import get_object_edit_url, get_object_preview_url
from djangocms_versioning.models import Version

from impact.models import Claim
from portal.templatetags.table_of_contents import add_anchors
from tests.support.factory import an_organisation
from tests.support.lists import text_of
from tests.support.pages import profile_of
from tests.support.people import alice, bob

pytestmark = pytest.mark.django_db


def table_of_contents(client, path):
    """Returns (text, address) of each entry of the table of contents, and the parsed page."""
    page = html5rdf.parse(client.get(path).content.decode(), namespaceHTMLElements=False)
    return [(text_of(link), link.get("href")) for link in page.iterfind(".//nav[@class='contents']//a")], page


def publish_page(*bodies):
    page = create_page("Made up", "pages/page.html", "en", slug="made-up", created_by=alice())
    content = PageContent.admin_manager.get(page=page)
    for body in bodies:
        add_plugin(content.get_placeholders().get(slot="content"), "TextPlugin", "en", body=body)
    Version.objects.get_for_content(content).publish(bob())
    return "/made-up/"


def test_a_long_page_lists_its_sections_in_order_and_each_entry_leads_to_its_heading(client):
    headings = [f"<h2>Part {number}</h2><p>Text</p>" for number in range(4)]
    profile_of(an_organisation(profiled=True), *headings)
    for path in ("/organisations/harbour-aid/", "/press/", "/method/"):
        entries, page = table_of_contents(client, path)
        headings = [(text_of(heading), f"#{heading.get('id')}") for heading in page.iterfind(".//main//h2")]
        assert entries == headings and len(entries) >= 4, path


def test_sections_of_blocks_and_of_prose_are_listed_alike(client):
    entries, _page = table_of_contents(client, "/press/")
    titles = [title for title, _address in entries]
    assert titles[:2] == ["Figures to copy", "How to quote a claim"]


def test_figures_to_copy_that_open_a_page_stand_above_its_contents(client):
    page = client.get("/press/").content.decode()
    places = [
        page.index(words)
        for words in ("</h1>", "Figures to copy</h2>", "On this page", "How to quote a claim</h2>")
    ]
    assert places == sorted(places)
    page = client.get("/method/").content.decode()
    assert page.index("On this page") < page.index("<h2")


def test_a_short_page_home_one_of_questions_and_the_page_of_a_record_list_none(client):
    for path in ("/", "/about/", "/evidence/", "/support/", Claim.objects.get(number=10).get_absolute_url()):
        assert table_of_contents(client, path)[0] == [], path


def test_the_main_element_says_whether_its_page_is_one_of_questions(client):
    for path, of_questions in (("/support/", True), ("/press/", False), ("/", False)):
        page = html5rdf.parse(client.get(path).content.decode(), namespaceHTMLElements=False)
        [main] = page.iter("main")
        assert (main.get("class") == "of-questions") is of_questions, path


def test_two_sections_of_one_name_have_an_anchor_each(client):
    path = publish_page(
        "<h2>Aims</h2><p>a</p><h2>Aims</h2><p>b</p>",
        "<h2>Aims &amp; <em>means</em></h2><p>c</p><h2>الأهداف</h2><p>d</p>",
    )
    assert table_of_contents(client, path)[0] == [
        ("Aims", "#aims"),
        ("Aims", "#aims-2"),
        ("Aims & means", "#aims-means"),
        ("الأهداف", "#section"),
    ]


def test_script_in_a_heading_is_shown_and_not_run(client):
    path = publish_page(
        "".join(f"<h2>&lt;script&gt;alert({n})&lt;/script&gt;</h2><p>a</p>" for n in range(4))
    )
    assert table_of_contents(client, path)[0][0][0] == "<script>alert(0)</script>"
    assert "<script>alert" not in client.get(path).content.decode()


def test_alice_edits_the_headings_as_she_wrote_them(client):
    publish_page("<h2>One</h2><h2>Two</h2><h2>Three</h2><h2>Four</h2>")
    draft = Version.objects.get_for_content(PageContent.objects.get(title="Made up")).copy(alice()).content
    client.force_login(alice())
    edited = client.get(get_object_edit_url(draft, "en")).content.decode()
    assert "<h2>One</h2>" in edited and 'class="contents"' not in edited
    preview = client.get(get_object_preview_url(draft, "en")).content.decode()
    assert '<h2 id="one">One</h2>' in preview and 'class="contents"' in preview


@pytest.mark.parametrize(("count", "is_listed"), [(3, False), (4, True), (5, True)])
def test_a_page_of_four_sections_has_a_table_of_contents(client, count, is_listed):
    path = publish_page("".join(f"<h2>Part {number}</h2><h3>x</h3>" for number in range(count)))
    entries, page = table_of_contents(client, path)
    assert len(entries) == (count if is_listed else 0)
    assert [heading.get("id") for heading in page.iterfind(".//main//h2")] == (
        [f"part-{number}" for number in range(count)] if is_listed else [None] * count
    )


def test_an_anchor_that_the_page_uses_already_is_used_by_no_other_heading():
    entries, content = add_anchors(
        '<h2>Aims</h2><h2 class="x">Own &amp; <em>all</em></h2><h2 id=kept>Kept</h2><p id="aims">x</p>'
        "<h2>Aims</h2><h2>Kept</h2><h2>!</h2><h2>?</h2><h3>Aims</h3>"
    )
    assert entries == [
        ("aims-2", "Aims"),
        ("own-all", "Own & all"),
        ("kept", "Kept"),
        ("aims-3", "Aims"),
        ("kept-2", "Kept"),
        ("section", "!"),
        ("section-2", "?"),
    ]
    assert '<h2 id="own-all" class="x">Own &amp; <em>all</em></h2><h2 id=kept>Kept</h2>' in content
    assert content.endswith("<h3>Aims</h3>")
