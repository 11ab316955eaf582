"""The menus and the trail of a page: which pages they name, in which order, and which is the present one."""

import html5rdf
import pytest
from cms.models import PageContent

from tests.support.factory import a_claim, published
from tests.support.lists import text_of
from tests.support.pages import a_page, version_of
from tests.support.people import bob

pytestmark = pytest.mark.django_db


def menus(client, path):
    """Returns {name of a menu: [(title, address, value of aria-current)]} of a page."""
    page = html5rdf.parse(client.get(path).content.decode(), namespaceHTMLElements=False)
    return {
        nav.get("aria-label"): [
            (text_of(link), link.get("href"), link.get("aria-current")) for link in nav.iter("a")
        ]
        for nav in page.iterfind(".//nav[@class='menu']")
    }


def trail(client, path):
    page = html5rdf.parse(client.get(path).content.decode(), namespaceHTMLElements=False)
    [nav] = page.iterfind(".//nav[@aria-label='Breadcrumb']") or [None]
    return [
        (text_of(item), item.find(".//a").get("href") if item.find(".//a") is not None else "")
        for item in nav.iter("li")
    ]


@pytest.fixture
def tree():
    """Makes a tree of pages four levels deep, with a second branch on the second level."""
    top = a_page("Top", in_navigation=True)
    a_page("Foot", in_navigation=False)
    first = a_page("First", parent=top, menu_title="One")
    second = a_page("Second", parent=top)
    a_page("Lower", parent=first)
    lowest = a_page("Later", parent=first)
    a_page("Lowest", parent=lowest)
    return {"top": top, "first": first, "second": second}


def test_top_pages_stand_in_the_main_menu_or_in_that_of_the_foot(client, tree):
    found = menus(client, "/top/")
    assert found["Main"][-1] == ("Top", "/top/", "page") and found["About this site"][-1] == (
        "Foot",
        "/foot/",
        None,
    )
    assert not {"/", "/foot/", "/top/first/"} & {address for _title, address, _current in found["Main"]}
    assert "/top/" not in {address for _title, address, _current in found["About this site"]}
    assert menus(client, "/foot/")["About this site"][-1] == ("Foot", "/foot/", "page")
    assert [each for each in menus(client, "/")["Main"] if each[2]] == []


@pytest.mark.parametrize(
    "path", ["/top/first/", "/top/first/lower/", "/top/first/later/lowest/", "/top/second/"]
)
def test_the_section_of_the_present_page_is_marked_in_the_main_menu(client, tree, path):
    assert menus(client, path)["Main"][-1] == ("Top", "/top/", "true")


def test_the_page_of_a_record_stands_in_the_section_of_its_list(client):
    current = [each for each in menus(client, "/evidence/e10-training-programmes/")["Main"] if each[2]]
    assert [(address, value) for _title, address, value in current] == [("/evidence/", "true")]


@pytest.mark.parametrize(
    ("path", "current"),
    [
        ("/top/first/", 0),
        ("/top/first/lower/", 1),
        ("/top/first/later/", 2),
        ("/top/first/later/lowest/", None),
    ],
)
def test_a_section_lists_its_page_of_the_second_level_and_those_right_below_it(client, tree, path, current):
    addresses = ["/top/first/", "/top/first/lower/", "/top/first/later/"]
    found = menus(client, path)["In this section"]
    assert [(title, address) for title, address, _current in found] == list(
        zip(("One", "Lower", "Later"), addresses, strict=True)
    )
    assert [index for index, each in enumerate(found) if each[2]] == ([] if current is None else [current])


@pytest.mark.parametrize("path", ["/", "/top/", "/top/second/", "/foot/"])
def test_a_page_alone_in_its_section_and_a_top_page_have_no_menu_of_it(client, tree, path):
    assert "In this section" not in menus(client, path)


def test_the_trail_names_every_page_above_by_its_title_in_menus(client, tree):
    assert trail(client, "/top/first/later/lowest/") == [
        ("Home", "/"),
        ("Top", "/top/"),
        ("One", "/top/first/"),
        ("Later", "/top/first/later/"),
        ("Lowest", ""),
    ]
    assert trail(client, "/top/") == [("Home", "/"), ("Top", "")]


def test_a_page_that_is_taken_down_is_in_no_menu(client, tree):
    version_of(tree["first"]).unpublish(bob())
    assert menus(client, "/top/")["Main"][-1] == ("Top", "/top/", "page")
    version_of(tree["top"]).unpublish(bob())
    assert "/top/" not in {address for _title, address, _current in menus(client, "/foot/")["Main"]}


def test_the_trail_of_a_record_leads_over_the_page_of_its_list_while_that_is_published(client):
    claim = published(a_claim())
    path = claim.get_absolute_url()
    assert [address for _title, address in trail(client, path)] == ["/", "/evidence/", ""]


def test_pages_stand_in_the_order_of_the_tree_and_not_in_that_of_their_making(client, tree):
    last = a_page("Last made", in_navigation=True)
    for content, place in ((last, tree["top"]), (tree["second"], tree["first"])):
        content.page.refresh_from_db()
        place.page.refresh_from_db()
        content.page.move_page(place.page, "left")
    later = PageContent.objects.get(title="Later").page
    later.move_page(PageContent.objects.get(title="Lower").page, "left")
    assert [title for title, _address, _current in menus(client, "/foot/")["Main"]][-2:] == [
        "Last made",
        "Top",
    ]
    titles = [title for title, _address, _current in menus(client, "/top/first/")["In this section"]]
    assert titles == ["One", "Later", "Lower"]
