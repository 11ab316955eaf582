"""No organisation of the demonstration that is closed or renamed seems to be there still."""

import re
from html import unescape

import pytest
from django.utils.html import strip_tags

from advocacy.models import Ask
from impact.models import Edition
from organisation.models import Milestone, Statement
from tests.browser.page_kinds import kind_of
from tests.portal.exports import FACTSHEET
from tests.portal.search.results_page import hit_addresses
from tests.support.crawl import Reader, crawl
from tests.support.pdf import read_pdf

pytestmark = pytest.mark.django_db

CLOSED = "/organisations/child-soldiers-international/"
HEIR = "/organisations/dallaire-initiative/"
RECORD = re.compile(r'data-record="([\w.]+:\d+)"')
TEXTS = {Statement: "text", Milestone: "text", Ask: "text", Edition: "statement"}


def plain(html):
    return re.sub(r"\s+", " ", unescape(strip_tags(html)))


def words_of_closed_bodies():
    """Returns {key of a record in a page: its words} of what organisations that are over have said."""
    return {
        f"{model._meta.label_lower}:{record.pk}": plain(getattr(record, text))[:40]
        for model, text in TEXTS.items()
        for record in model.objects.select_related("organisation")
        if record.organisation.life.is_over
    }


def parts_of_records(html):
    """Returns [key, HTML] of each record in turn, up to the next; it begins within the tag with its key."""
    _before, *pieces = RECORD.split(html)
    parts = []
    for key, html in zip(pieces[::2], pieces[1::2], strict=True):
        if parts and parts[-1][0] == key:  # the figures of a claim stand within it
            parts[-1][1] += html
        else:
            parts.append([key, html])
    return parts


def test_no_page_lets_a_closed_body_speak_undated(client):
    reader, said = Reader(client), words_of_closed_bodies()
    crawl(reader, kind_of=kind_of)
    undated, shown = [], set()
    for path, html in reader.read.items():
        for key, part in parts_of_records(html.partition("<main")[2]):
            if key in said and said[key] in plain(f"<p {part}"):
                shown.add(key)
                undated += [(path, key)] if "as it said" not in part else []
    assert undated == []
    assert shown == set(said)


def test_the_donor_page_and_the_fact_sheet_say_first_who_is_still_there(client):
    page = plain(client.get("/support/").content.decode().partition("<main")[2])
    assert page.index("no source on record says that it has closed.") < page.index("Closed on 7 June 2019.")
    assert page.index("Closed on 7 June 2019.") < page.index("Progressively ending")
    sheet = read_pdf(client, FACTSHEET)
    assert len(sheet.pages) == 1
    for sentence in (
        "Dallaire Initiative: no source on record says that it has closed.",
        "Child Soldiers International: Closed on 7 June 2019.",
        "Child Soldiers International (closed 2019), as it said of itself, undated",
        "No money is taken on this site, and it does not say where to give.",
    ):
        assert sheet.says(sentence), sentence


def test_its_own_history_names_its_closing_and_its_heirs(client):
    history = plain(client.get(f"{CLOSED}history/").content.decode().partition("<main")[2])
    for sentence in (
        "7 June 2019 Child Soldiers International closed",
        "2019 Child Soldiers International passed programmes on to Dallaire Initiative",
        "2019 Child Soldiers International passed programmes on to CRIN",
    ):
        assert sentence in history, sentence
    assert "Took over programmes of Child Soldiers International (2019)" in plain(
        client.get(HEIR).content.decode()
    )


def test_a_search_for_its_story_finds_it_and_its_heir(client):
    closed = "Child Soldiers International"
    for query in (f"{closed} story", f"what happened to {closed}", "closed in 2019"):
        assert {CLOSED, HEIR} <= set(hit_addresses(client, query)), query
    assert {CLOSED, "/organisations/coalition/"} <= set(hit_addresses(client, "Coalition story"))
