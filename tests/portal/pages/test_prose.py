"""What staff write into a page themselves is compared with what is on record, and they are told of it."""

import re
from html import unescape

import pytest
from cms.models import PageContent
from django.test import Client
from django.utils.html import strip_tags

from organisation.models import Mend, Passage
from tests.support.factory import (
    a_claim,
    a_figure,
    a_profiled_organisation,
    a_source,
    an_instrument,
    an_organisation,
    cite,
    published,
)
from tests.support.pages import a_page
from tests.support.people import alice

from .drafts import Desk

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:get_current_site")]

SAID = "We teach over 4,500 young pilots, in 14 harbours"
HEADING = "To be seen before readers see it"


@pytest.fixture
def tides():
    """A page with a text."""
    return a_page("Tides", "<p>High at noon.</p>", slug="tides")


@pytest.fixture
def source():
    source = a_source("Who we are", text=f"{SAID}.\nWho ever asks is answered.\n", kind="report")
    claim = a_claim(SAID, source=source)
    cite(claim, source, passage=Passage.objects.quote(source, SAID))
    a_figure(claim, 4500, label="pilots", as_written="over 4,500", qualifier="over")
    published(claim)
    return source


def told(content, body):
    """Returns what Alice is told of a draft with this text, before she submits it."""
    desk = Desk(alice())
    page = desk.open(desk.begin(content, body))
    text = re.sub(r"\s+", " ", unescape(page.content.decode()))
    found = re.search(f"{HEADING}</h2>(.*?)</section>", text)
    assert 'name="do" value="submit"' in text
    return re.findall("<li>(.*?)</li>", found[1]) if found else []


@pytest.mark.parametrize(
    "body",
    [
        f"<blockquote><p>{SAID}.</p></blockquote>",
        f"<p>They say: <q>{SAID}</q></p>",
        "<p>“We teach … pilots, in 14 harbours”, they say.</p>",
        "<p>“We teach over 4,500 [of the] young pilots”</p>",
        "<p>The so-called “tide of pilots” comes in.</p>",
        "<p>On 31 May 2019 at 14:30, in 1998 and 2004–2007, in the 1990s and on 2019-05-31.</p>",
        "<p>See article 38(2), page 12, no. 4 and § 7. Call +44 20 7946 0000.</p>",
        "<p>Over 4,500 pilots, in 14 harbours, as the Treaty on 30 Harbours has it.</p>",
        "<p>Two pages, three lists and one half of a table for everyone under 18.</p>",
    ],
)
def test_of_what_is_on_record_or_counts_nothing_nobody_is_told(tides, source, body):
    an_instrument("Treaty on 30 Harbours")
    assert told(tides, body) == []


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (
            "<blockquote><p>We teach over 4,700 young pilots.</p></blockquote>",
            "We teach over 4,700 young pilots.",
        ),
        ("<p>They say: <q>We train over 4,500 young pilots</q></p>", "We train over 4,500 young pilots"),
        ("<p>“We teach … pilots, in 15 harbours”, they say.</p>", "We teach … pilots, in 15 harbours"),
        ('<p>They "taught everybody who ever asked" there.</p>', "taught everybody who ever asked"),
        ("<p>Elles disent « nous avons formé des pilotes ».</p>", " nous avons formé des pilotes "),
    ],
)
def test_a_quotation_that_no_source_says_is_named(tides, source, body, words):
    sentences = told(tides, body)
    assert len(sentences) == 1 and f"quotes “{words}”, and no source on record says so" in sentences[0]


@pytest.mark.parametrize(
    ("body", "numbers"),
    [
        ("<p>We taught 4,700 pilots.</p>", "“4,700”"),
        ("<p>Over 4,500 pilots in 815 harbours and 862 towns.</p>", "“815” and “862”"),
        ("<p>Twenty-five villages, 3 of them islands.</p>", "“Twenty-five” and “3”"),
        ("<p>It reached thousands of children.</p>", "“thousands”"),
        ("<table><tbody><tr><th>2019</th><td>812 boats</td></tr></tbody></table>", "“812”"),
    ],
)
def test_a_number_that_no_claim_says_is_named(tides, source, body, numbers):
    sentences = told(tides, body)
    assert len(sentences) == 1 and f"says {numbers}, and no published claim" in sentences[0]


def test_a_quotation_of_what_was_mended_or_of_what_no_visitor_may_read(tides, source):
    slip = Passage.objects.quote(source, "Who ever asks is answered")
    body = "<blockquote>Whoever asks is answered.</blockquote>"
    assert len(told(tides, body)) == 1
    Mend.objects.create(passage=slip, says="Who ever", shows="Whoever", why="One word")
    claim = a_claim("Whoever asks is answered", source=source)
    cite(claim, source, passage=slip)
    published(claim)
    assert told(tides, body) == []
    hidden = a_source("Letters", text="Nobody sails at night on this coast.", author=None, kind="web page")
    assert not type(hidden).objects.public().filter(pk=hidden.pk).exists()
    assert len(told(tides, "<p>“Nobody sails at night on this coast”</p>")) == 1


@pytest.fixture
def closed():
    """Harbour Aid, which has closed, and whose profile visitors find."""
    names = {"short_name": "Harbour Aid", "other_names": "Aide des ports"}
    return a_profiled_organisation("Harbour Aid International", closed="2019-06-07", **names)


def read(content):
    page = Client().get(content.page.get_absolute_url("en")).content.decode().partition("<main")[2]
    return re.sub(r"\s+", " ", unescape(strip_tags(page.partition("</main>")[0])))


LIFE = "Harbour Aid International Closed on 7 June 2019."


@pytest.mark.parametrize(
    "body",
    [
        "<p>Harbour Aid International teaches pilots.</p>",
        "<p>Ask Harbour Aid.</p>",
        "<ul><li>Aide des ports</li></ul>",
        '<p><a href="/organisations/harbour-aid-international/history/">Its history</a></p>',
    ],
)
def test_prose_that_speaks_of_a_body_that_is_over_says_once_what_became_of_it(tides, closed, body):
    sentences = told(tides, body)
    assert len(sentences) == 1 and "speaks of Harbour Aid International (closed 2019)" in sentences[0]
    quay = a_page("Quay", body, "<p>Harbour Aid once more.</p>", slug="quay")
    assert read(quay).count(LIFE) == 1
    assert read(quay).index(LIFE) < read(quay).index("once more")


@pytest.mark.parametrize(
    "body",
    ["<p>Harbour Aidance and harbour aid.</p>", "<p>Ask Harbour Aid Network.</p>", "<p>High at noon.</p>"],
)
def test_prose_that_speaks_of_nobody_or_of_somebody_who_is_there_still_says_nothing(tides, closed, body):
    an_organisation("Harbour Aid Network", profiled=True)
    assert told(tides, body) == []
    assert LIFE not in read(a_page("Quay", body, slug="quay"))


def test_a_name_that_two_bodies_bear_is_that_of_the_one_that_is_there_still(tides, closed):
    an_organisation("Harbour Aid", profiled=True)
    assert told(tides, "<p>Ask Harbour Aid.</p>") == []
    assert len(told(tides, "<p>Ask Harbour Aid International.</p>")) == 1


def test_a_body_that_readers_do_not_find_takes_nothing_from_what_they_read(tides, closed):
    quay = a_page("Quay", "<p>Ask the friends of Harbour Aid International.</p>", slug="quay")
    an_organisation("the friends of Harbour Aid International")
    assert LIFE in read(quay)


def test_a_link_to_a_page_of_the_cms_is_followed_and_its_own_pages_say_once_what_became_of_it(tides, closed):
    profile = PageContent.objects.get(page__urls__path=closed.page_path)
    a_page("Values", "<p>Harbour Aid taught pilots.</p>", parent=profile, slug="values")
    link = f'<p><a data-cms-href="cms.page:{profile.page_id}" href="#">It</a></p>'
    assert len(told(tides, link)) == 1
    assert LIFE in read(a_page("Quay", link, slug="quay"))
    values = PageContent.objects.get(page__urls__path=f"{closed.page_path}/values")
    assert LIFE not in read(values) and read(values).count("Closed on 7 June 2019.") == 1


def test_the_sentence_for_search_engines_is_read_and_a_legal_page_is_not(source):
    content = a_page("Quay", "<p>High.</p>", slug="quay", meta_description="Of 815 boats.")
    assert "“815”" in told(content, "<p>Higher.</p>")[0]
    legal = a_page("Privacy", "<p>High.</p>", slug="private", template="pages/privacy.html")
    assert told(legal, "<p>We keep it for 815 days.</p>") == []
