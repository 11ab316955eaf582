"""A donor reads on the impact page what was done, how far it is shown, and on what texts differ."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from impact.conflicts import find_conflicts
from impact.models import Conflict, Edition, Highlight, RegisterEntry
from impact.usage import pages_showing
from organisation.models import Proposal
from tests.support.blocks import PATH, page_of, read_block, text_of
from tests.support.factory import a_claim, a_figure, a_source, an_organisation, cite, published
from tests.support.forms import filled_in
from tests.support.lists import publish_claims, read_list
from tests.support.people import alice

pytestmark = pytest.mark.django_db

IMPACT = "/impact/"
ABOUT_30 = {"value_as_written": "about 30", "value_qualifier": "about", "value": 30}


def highlight(claims):
    Highlight.objects.bulk_create(
        [Highlight(claim=claim, where="impact", order=100 + n) for n, claim in enumerate(claims)]
    )


def references(editions):
    return [f"E{edition.claim.number}" for edition in editions]


def differing(subject, count=1):
    """Publishes claims on a subject, each with a text that gives another number."""
    for number in range(count):
        claim = a_claim("We taught 40 pilots", 40, subject=f"{subject} {number}" if count > 1 else subject)
        gazette = a_source(f"Gazette of {subject} {number}")
        note = "The gazette counts about 30."
        cite(claim, gazette, "contradicts", "independent", note=note, **ABOUT_30)
        published(claim)


def test_the_highlights_stand_one_a_row_and_lead_to_every_claim(client):
    shown = read_list(client, IMPACT)
    assert shown.rows == {}
    assert shown.cards == references(Edition.objects.highlighted("impact"))
    html = client.get(IMPACT).content.decode()
    assert '<a href="/evidence/">Every claim, and what shows it</a>' in html


def test_a_row_says_how_far_it_is_shown_then_the_words_then_what_holds(client):
    Highlight.objects.all().delete()
    claim = a_claim("We taught 40 pilots", limitations="Nobody counted them.")
    highlight([published(claim)])
    row = read_block(client, "HighlightsListPlugin", where="impact").split("<article")[1]
    assert text_of(f"<article{row.split('</article>')[0]}") == (
        f"{claim.reference} own word only "
        "We taught 40 pilots In our words Harbour Aid What holds Nobody counted them."
    )


def test_the_sheet_has_a_row_for_each_theme_and_each_of_its_numbers_leads_to_the_claims_it_counts(client):
    aid = an_organisation()
    publish_claims(2, organisation=aid, theme="training", grade="supported")
    publish_claims(1, organisation=aid, theme="")
    html = client.get(IMPACT).content.decode()
    table = html.split('class="sheet-table"')[1].split("</table>")[0]
    links = re.findall(r'<a href="([^"]*\?[^"]*)">(?:<bdi>)?(.*?)</a>', table)
    cells = [(address.replace("&amp;", "&"), text_of(text).split()[0]) for address, text in links]
    cells = [(address, number) for address, number in cells if number.isdigit() and "theme=" in address]
    assert ("/evidence/?theme=training&shown=independent", "2") in cells and len(cells) > 6
    for address, number in cells:
        assert len(read_list(client, address).references) == int(number), address
    assert "Without a theme 1 claim" in text_of(table)


def test_a_sheet_without_claims_is_left_out_for_visitors(client):
    RegisterEntry.objects.all().delete()
    assert read_block(client, "SheetTablePlugin", heading="What they did") == ""


def test_numbers_on_which_texts_differ_are_drawn_and_further_ones_are_named(client):
    differing("Pilots")
    html = read_block(client, "FiguresThatDifferPlugin")
    text = text_of(html)
    assert "40 or about 30?" in text and "Pilots" in text
    assert "2 texts give a number, and all of them stand." in text
    assert "Gazette of Pilots 0" in text and html.count("<h2") == html.count("values-frame")
    differing("Boats", 4)
    html = client.get(PATH).content.decode()
    assert html.count("values-frame") == 3 and "Texts differ on this, too:" in text_of(html)


def test_that_no_source_dates_the_figures_is_said_once_and_of_one_figure_as_of_one(client):
    page_of(("FiguresPlugin", {"where": "home figures"}))

    def said(*figures):
        Highlight.objects.all().delete()
        claim = a_claim("We taught 40 pilots on 2 boats")
        for number, unit, as_of in figures:
            a_figure(claim, number, unit=unit, label=unit, as_of=as_of)
        Highlight.objects.create(claim=published(claim), where="home figures")
        return text_of(client.get(PATH).content.decode())

    assert "No source says on what day it held." in said((40, "pilots", ""))
    both = said((40, "pilots", ""), (2, "boats", ""))
    assert both.count("No source says on what day any of them held.") == 1
    assert "No source says" not in said((40, "pilots", "2007"), (2, "boats", ""))


def test_a_row_costs_no_query_of_its_own(client):
    def count_queries():
        with CaptureQueriesContext(connection) as captured:
            client.get(IMPACT)
        return len(captured)

    count_queries()  # the first page of a process also fetches content types and the site
    highlight(publish_claims(60))  # more than a sheet has room for
    before = count_queries()
    highlight(publish_claims(60))
    assert count_queries() == before <= 29


def test_the_claims_on_home_are_chosen_by_staff_and_narrowed_by_nobody(client):
    assert read_list(client, "/?organisation=harbour-aid").rows == {}
    assert read_list(client, "/?organisation=harbour-aid").cards == references(
        Edition.objects.highlighted("home claims")
    )


def test_only_claims_on_whose_subject_texts_differ_are_said_to_stand_among_the_differences(client):
    differing("Pilots")
    agreed = published(a_claim("We gave 12 boats", 12, subject="Boats"))
    read_block(client, "FiguresThatDifferPlugin")
    doubted = Edition.objects.current().get(subject="Pilots")
    assert PATH in [page.address for page in pages_showing(doubted)]
    assert PATH not in [page.address for page in pages_showing(agreed.current_edition)]


def test_a_conflict_with_a_draft_tells_no_visitor_that_texts_differ(client):
    published(a_claim("We taught 40 pilots", 40, as_of="2010"))
    published(a_claim("We taught 50 pilots", 50, as_of="2015"))
    draft = a_claim("We taught 60 pilots", 60, as_of="2010")
    find_conflicts()
    conflict = Conflict.objects.get(second=draft)
    form, desk = reverse("admin:impact_conflict_change", args=[conflict.pk]), Client()
    desk.force_login(alice())
    desk.post(form, filled_in(desk.get(form), decision="confirmed", why="One of them is wrong."))
    # No visitor reads the draft, so that one person decides this alone.
    assert Conflict.objects.confirmed().contains(conflict) and not Proposal.objects.exists()
    assert "Pilots" not in text_of(read_block(client, "FiguresThatDifferPlugin"))
    published(draft)
    assert "40, 50 or 60?" in text_of(client.get(PATH).content.decode())
