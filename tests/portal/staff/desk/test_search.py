"""The search of the desk finds records, drafts and commands, and opens them."""

import pytest
from cms.models import PageContent
from cms.toolbar.utils import get_object_edit_url, get_object_preview_url
from django.urls import reverse
from djangocms_versioning.models import Version

from advocacy.models import StoryOfChange
from organisation.models import Milestone, Statement
from tests.support.crawl import Page
from tests.support.desk import save_draft
from tests.support.factory import a_claim, a_source, a_statement, an_organisation
from tests.support.people import alice, staff_with
from tests.support.sampling import every

pytestmark = pytest.mark.django_db


def search(client, query):
    """Returns the results of a query as HTML."""
    response = client.get("/admin/search/", {"q": query})
    assert response.status_code == 200
    return response.content.decode().split("<main")[1]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("E10", "over 4,500 participants"),
        ("e10", "over 4,500 participants"),
        ("4,500 participants", "E10"),
        ("harbour for every", "Harbour Aid, vision"),
        ("shipowners founded", "Harbour Aid: Founded"),
        ("Northern Pilots", "Harbour Aid"),
        ("What We Do", "/admin/organisation/source/"),
        ("Support", "/admin/cms/placeholder/object/"),
        ("new claim", "/admin/impact/claim/new/"),
        ("check", "/admin/completeness/"),
    ],
)
def test_one_search_finds_records_pages_sources_and_commands(client, query, expected):
    aid = an_organisation(other_names="Northern Pilots")
    a_statement()
    Milestone.objects.create(organisation=aid, slug="m", title="Founded", text="Shipowners founded it.")
    client.force_login(alice())
    assert expected in search(client, query)


def test_a_draft_is_found_and_opens_its_form(client):
    client.force_login(alice())
    claim = save_draft(10, alice(), "We zugzwang")
    assert reverse("admin:impact_claim_change", args=[claim.pk]) in search(client, "zugzwang")


def test_every_hit_opens(client):
    client.force_login(alice())
    hits = {
        link
        for query in ("the", "", "Support")
        for link in Page(search(client, query)).links
        if link.startswith("/admin/")
    }
    assert [link for link in hits if client.get(link).status_code != 200] == []


@pytest.mark.parametrize(
    "query",
    every(
        3,
        [
            *("", " ", '"', "%", "\\", "’" * 3000, "a\x00b", "a " * 2000, "٣"),
            *("<script>alert(1)</script>", "OR 1=1 --", "E99999999999999999999"),
        ],
    ),
)
def test_no_query_breaks_the_search(client, query):
    client.force_login(alice())
    assert "<script>alert" not in search(client, query)


@pytest.fixture
def groups(client):
    """Returns a function that gives {title of a group: (titles of its hits, True if there are more)}."""

    def search(query, user=None):
        client.force_login(user or alice())
        found = client.get("/admin/search/", {"q": query}).context["groups"]
        return {group.title: ([hit.title for hit in group.hits], group.is_cut) for group in found}

    return search


@pytest.mark.parametrize(("count", "is_cut"), [(9, False), (10, False), (11, True)])
def test_ten_hits_of_a_kind_are_shown_and_more_are_told(groups, count, is_cut):
    for number in range(count):
        an_organisation(f"Zugzwang {number}")
    hits, has_more = groups("zugzwang")["Organisations"]
    assert (len(hits), has_more) == (min(count, 10), is_cut)


def test_a_record_is_found_by_each_of_its_fields(groups):
    aid = an_organisation("Harbour Qa", short_name="Qb", other_names="Qc\nQd")
    claim = a_claim("We Qe", subject="Qf", organisation=aid)
    Statement.objects.create(organisation=aid, slug="s", kind="value", title="Qg", text="Qh")
    Milestone.objects.create(organisation=aid, slug="m", title="Qi", text="Qj")
    a_source("Qk", subject="Ql", byline="Qm", author=aid, text="Qn")
    found = {
        letter: {title: hits for title, (hits, _more) in groups(f"Q{letter}").items()}
        for letter in "abcdefghijklmn"
    }
    organisation = {"Organisations": ["Harbour Qa"]}
    statement, milestone = {"Statements": ["Harbour Qa, value: Qg"]}, {"Milestones": ["Harbour Qa: Qi"]}
    source, of_claim = {"Sources": ["Qk"]}, {"Claims": [claim.reference]}
    assert found["a"] == organisation | source
    for letters, expected in (
        ("bcd", organisation),
        ("ef", of_claim),
        ("gh", statement),
        ("ij", milestone),
        ("klm", source),
        ("n", {}),
    ):
        for letter in letters:
            assert found[letter] == expected, letter


def test_every_term_has_to_stand_in_one_of_the_fields(groups):
    claim = a_claim("We taught zugzwang", subject="Chess")
    for query, hits in (
        ("ZUGZWANG chess", [claim.reference]),
        ("zug chess", [claim.reference]),
        ("zugzwang draughts", None),
        ("draughts chess", None),
    ):
        assert groups(query).get("Claims", (None,))[0] == hits, query


def test_eight_terms_and_two_hundred_signs_of_a_query_are_read(groups):
    reference = a_claim("We taught zugzwang").reference
    assert groups("zugzwang " * 7 + "zugzwang")["Claims"][0] == [reference]
    assert "Claims" not in groups("zugzwang " * 7 + "draughts")
    assert groups("zugzwang " * 8 + "draughts")["Claims"][0] == [reference]
    assert groups("zugzwang" + " " * 192 + "draughts")["Claims"][0] == [reference]
    assert "Claims" not in groups("zugzwang" + " " * 191 + "draughts")


def test_a_reference_finds_its_claim_alone_and_a_number_of_no_claim_is_a_word(groups):
    for query in ("E12", "e12", "12", "012"):
        assert groups(query)["Claims"] == (["E12"], False), query
    claim = a_claim("We taught 987654 pilots")
    for query, hits in (("987654", [claim.reference]), ("E987654", None), ("12 987654", None)):
        assert groups(query).get("Claims", (None,))[0] == hits, query


@pytest.mark.parametrize(
    ("permission", "titles"),
    [
        ("view_claim", ["Claims"]),
        ("view_statement", ["Statements"]),
        ("view_milestone", ["Milestones"]),
        ("view_storyofchange", ["Stories of change"]),
        ("view_organisation", ["Organisations"]),
        ("view_source", ["Sources"]),
        ("view_edition", []),
        ("view_reviewstep", []),
        ("view_affiliation", []),
    ],
)
def test_staff_find_the_records_that_they_may_look_up(groups, permission, titles):
    aid = an_organisation("Zugzwang Aid")
    a_claim("We zugzwang", organisation=aid)
    Statement.objects.create(organisation=aid, slug="s", kind="vision", text="zugzwang")
    Milestone.objects.create(organisation=aid, slug="m", title="x", text="zugzwang")
    a_source("Zugzwang")
    StoryOfChange.objects.create(slug="zugzwang", title="x", lead="zugzwang")
    assert list(groups("zugzwang", staff_with(permission))) == titles


@pytest.mark.parametrize(
    ("permission", "titles"),
    [
        (
            "add_claim",
            [
                *["New claim", "New claim, the long form"],
                "Bring in a table of claims, figures, publications or the timeline",
            ],
        ),
        ("add_source", ["Bring in a document", "New source"]),
        ("add_statement", ["New statement"]),
        ("add_milestone", ["New milestone"]),
        ("add_storyofchange", ["New story of change"]),
        ("add_organisation", ["New organisation"]),
        ("add_page", ["New page"]),
        ("view_claim", ["Check claims without a source", "Check conflicts between claims"]),
        ("view_organisation", ["Check what organisations have on record"]),
        ("view_sitesettings", ["Settings of the site"]),
        ("change_claim", []),
    ],
)
def test_staff_are_offered_the_commands_that_they_may_give(groups, permission, titles):
    assert groups("", staff_with(permission)) == ({"Commands": (titles, False)} if titles else {})


def test_a_command_is_found_by_words_of_its_title_in_any_order(groups):
    assert groups("LONG claim")["Commands"][0] == ["New claim, the long form"]
    assert "Commands" not in groups("long zugzwang")


def test_a_page_opens_as_its_draft_or_as_it_is_public(client):
    content = PageContent.objects.get(page__reverse_id="about")
    client.force_login(alice())

    def address():
        pages = next(
            group
            for group in client.get("/admin/search/", {"q": content.title}).context["groups"]
            if group.title == "Pages"
        )
        return pages.hits[0].url

    assert address() == get_object_preview_url(content)
    draft = Version.objects.get_for_content(content).copy(alice())
    assert address() == get_object_edit_url(draft.content)
