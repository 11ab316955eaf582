"""The headings and links of a page for which it is not published, and those that are in order."""

import pytest

from portal.pages.review import accessibility_faults
from tests.support.factory import an_organisation
from tests.support.pages import a_page

pytestmark = pytest.mark.django_db

ONE = "“{}” has a heading of level 1, but a page has only one: choose level 2."
STEP = "“{}” goes from a heading of level {} to one of level {}: choose level {}."
LINK = "“{}” has a link without words: write where it leads."


def faults(*blocks, **values):
    return list(accessibility_faults(a_page("Made up", *blocks, **values)))


def opening():
    visions = an_organisation(profiled=True).statements
    return "HeroPlugin", {"statement": visions.get_or_create(slug="v", kind="vision", text="x")[0]}


@pytest.mark.parametrize(
    ("bodies", "expected"),
    [
        (["<h2>a</h2><h3>b</h3><h4>c</h4><h2>d</h2>"], []),
        (["<h2>a</h2>", "<h3>b</h3>", "<p>c</p>", "<h4>d</h4>"], []),
        (["<h2>a</h2><h3>b</h3><h5>c</h5><h6>d</h6>"], [STEP.format("a b c d", 3, 5, 4)]),
        (["<h3>a</h3>", "<h5>b</h5>"], [STEP.format("a", 1, 3, 2), STEP.format("b", 3, 5, 4)]),
        (["<h1>a</h1><h2>b</h2>"], []),  # a text has no heading of level 1: it becomes one of level 2
        (["<h2></h2><h4></h4>"], [STEP.format("Text", 2, 4, 3)]),
        (["<h4>" + "word " * 20 + "</h4>"], [STEP.format("word " * 11 + "word…", 1, 4, 2)]),
    ],
)
def test_a_heading_may_go_one_level_deeper_and_level_one_stands_once(bodies, expected):
    assert faults(*bodies) == expected


def test_the_heading_of_a_block_is_of_level_two_and_one_without_is_none():
    facts = {"organisation": an_organisation(profiled=True)}
    assert faults("<h2>a</h2>", ("FactsPlugin", facts | {"heading": "Facts"}), "<h3>b</h3>") == []
    assert faults(("FactsPlugin", facts | {"heading": "Facts"}), "<h4>b</h4>") == [STEP.format("b", 2, 4, 3)]
    assert faults(("FactsPlugin", facts), "<h3>b</h3>") == [STEP.format("b", 1, 3, 2)]


def test_an_opening_statement_is_the_heading_of_level_one_of_a_home_page():
    home = {"template": "pages/home.html"}
    assert faults(opening(), "<h2>a</h2>", **home) == []
    assert faults(opening()) == [ONE.format("Opening statement")]
    assert faults(opening(), "<h2>a</h2>", opening(), **home) == [ONE.format("Opening statement")]
    assert faults("<h3>a</h3>", **home) == [STEP.format("a", 1, 3, 2)]


@pytest.mark.parametrize("template", ["privacy", "legal_notice", "accessibility"])
def test_a_legal_page_has_its_heading_of_level_one_as_any_other_page(template):
    values = {"template": f"pages/{template}.html"}
    assert faults("<h2>a</h2>", **values) == []
    assert faults(opening(), **values) == [ONE.format("Opening statement")]


@pytest.mark.parametrize(
    ("link", "is_empty"),
    [
        ('<a href="/x/">x</a>', False),
        ('<a href="/x/"></a>', True),
        ('<a href="/x/"> &nbsp; </a>', True),
        ('<a href="/x/"><b>x</b></a>', False),
        ('<a href="/x/"><img src="/x.png" alt="x"></a>', False),  # no text keeps a picture, nor such a link
        ('<a href="/x/"></a><a href="/y/">y</a>', True),
        ('<a href="/y/">y</a> text <a href="/x/"></a>', True),
    ],
)
def test_a_link_needs_words_or_a_picture_with_words(link, is_empty):
    assert faults(f"<p>Read {link}</p>") == ([LINK.format(name_of(link))] if is_empty else [])


def name_of(link):
    """Returns the words of the block that holds a link."""
    return " ".join(f"Read {'y' if '>y<' in link else ''}{' text' if ' text ' in link else ''}".split())
