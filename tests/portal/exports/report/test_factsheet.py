"""The fact sheet says what stands on the page that holds its block, in that order, and nothing else."""

import re

import pytest
from cms.models import CMSPlugin

from impact.models import Highlight, RegisterEntry
from organisation.models import Milestone, Organisation
from portal.exports.report.factsheet import MOST, factsheet_data
from portal.exports.report.prose import paragraphs_of
from portal.pages.questions import questions_of
from tests.portal.exports import FACTSHEET
from tests.support.factory import (
    a_claim,
    a_figure,
    a_passage,
    a_source,
    a_statement,
    an_organisation,
    cite,
    published,
)
from tests.support.pages import a_page
from tests.support.pdf import read_pdf
from tests.support.site_settings import set_up_site

pytestmark = pytest.mark.django_db

SITE = "https://example.org"
LINK = f'href="{FACTSHEET}">Print this on one page (PDF)</a>'


@pytest.fixture(autouse=True)
def no_other_sheet():
    """The site has no page yet of which a sheet would be printed."""
    CMSPlugin.objects.filter(plugin_type__in=["FactSheetPlugin", "StandingPlugin"]).delete()


def sections():
    return factsheet_data(SITE)["sections"]


def kinds():
    return [(each["title"], [answer["kind"] for answer in each["answers"]]) for each in sections()]


def questions_on(client, path):
    """Returns the questions that a page asks, in its order."""
    main = client.get(path).content.decode().partition("<main")[2].partition("</main>")[0]
    return re.findall(r"<h2[^>]*>(.*?)</h2>", main)


def a_milestone(title="Opened", **values):
    values = {"slug": title.lower(), "text": f"{title} in the harbour."} | values
    return Milestone.objects.create(organisation=an_organisation(), title=title, **values)


def a_sheet(*blocks, slug="give"):
    return a_page("Give", *blocks, ("FactSheetPlugin", {}), slug=slug)


def test_the_sheet_of_one_organisation_says_what_its_page_says(client):
    aid = an_organisation(profiled=True)
    claim = a_claim(figure=40)
    published(claim)
    a_sheet(
        ("StatementsPlugin", {"heading": "What for", "organisation": aid, "kind": "vision"}),
        ("StandingPlugin", {"heading": "Still at work"}),
        "<h2>One winter</h2><p>How the first boat was built.</p>",
        ("MomentsPlugin", {"milestones": [a_milestone(date="1998-05")]}),
        ("ClaimsPlugin", {"claims": [claim]}),
        '<h2>Money</h2><p>Nobody has audited us.</p><p><a href="/">Home</a></p>',
    )
    a_statement()
    assert LINK in client.get("/give/").content.decode()
    sheet = read_pdf(client, FACTSHEET)
    assert len(sheet.pages) == 1
    said = (
        "What for",
        "A harbour for every ship.",
        "Still at work",
        "Harbour Aid: no source on record says that it has closed.",
        "One winter",
        "How the first boat was built.",
        "Opened in the harbour.",
        f"{claim.reference} v1",
        "Money",
        "Nobody has audited us.",
        "testserver/give/",
    )
    assert [each for each in said if not sheet.says(each)] == []
    unsaid = ("treaty", "Where to give", "How funds are used", "Independence", "Who stands behind it", "E20")
    assert [each for each in unsaid if sheet.says(each)] == []
    places = [sheet.text.index(each.replace(" ", "")) for each in ("Whatfor", "Stillatwork", "Onewinter")]
    assert places == sorted(places)
    assert kinds() == [
        ("What for", ["words"]),
        ("Still at work", ["prose"] * Organisation.objects.profiled().count()),
        ("One winter", ["prose", "words", "quote"]),
        ("Money", ["prose"]),
    ]
    assert questions_on(client, "/give/") == [title for title, _kinds in kinds()]


@pytest.mark.parametrize("place", [0, 1, 2])
def test_the_sheet_is_its_whole_page_wherever_its_block_stands(client, place):
    quay = a_statement("A quay.", slug="quay", kind="mission")
    blocks = [
        ("StatementPlugin", {"heading": "Who?", "statement": a_statement()}),
        ("StatementPlugin", {"heading": "What?", "statement": quay}),
    ]
    blocks.insert(place, ("FactSheetPlugin", {}))
    a_page("Thinking of giving", *blocks, slug="give")
    sheet = read_pdf(client, FACTSHEET)
    assert sheet.says("Thinking of giving")
    assert sheet.says("A harbour for every ship.") and sheet.says("A quay.")
    assert questions_on(client, "/give/") == ["Who?", "What?"] == [title for title, _kinds in kinds()]


def test_a_moved_question_moves_on_the_sheet_too(client):
    first = ("StatementPlugin", {"heading": "First?", "statement": a_statement()})
    a_sheet("<h2>Second?</h2><p>Two.</p>", first)
    assert [title for title, _kinds in kinds()] == ["Second?", "First?"] == questions_on(client, "/give/")


def test_a_bold_last_paragraph_says_how_an_answer_is_known(client):
    a_sheet(
        ("StatementPlugin", {"statement": a_statement()}),
        "<h2>Money?</h2><p>Nobody has <strong>audited</strong> us.</p><p><strong>Not on record</strong></p>",
    )
    page = client.get("/give/").content.decode()
    assert "<p><strong>Not on record</strong></p></div>" in page
    assert "<p>Nobody has <strong>audited</strong> us.</p>" in page
    [money] = [each for each in sections() if each["title"] == "Money?"]
    assert [(each["text"], [known["text"] for known in each["known"]]) for each in money["answers"]] == [
        ("Nobody has audited us.", ["Not on record"])
    ]


@pytest.mark.parametrize(
    ("settings_of_the_site", "said"),
    [
        ({}, ["No money is taken on this site, and it does not say where to give."]),
        (
            {"giving_address": "https://example.org/now", "email": "us@example.org"},
            ["No money is taken on this site.", "example.org/now", "us@example.org"],
        ),
        ({"telephone": "+44 20 7946 0000"}, ["+44 20 7946 0000"]),
        ({"postal_address": "Quay 1\nTidewater"}, ["by letter to Quay 1, Tidewater"]),
    ],
)
def test_page_and_sheet_say_that_no_money_is_taken_and_where_one_gives_or_asks(
    client, settings_of_the_site, said
):
    a_sheet(("GivingPlugin", {"heading": "Give or help"}), ("StatementPlugin", {"statement": a_statement()}))
    set_up_site(**settings_of_the_site)
    page, sheet = client.get("/give/").content.decode(), read_pdf(client, FACTSHEET)
    box = page.partition("must-know")[2].partition("</section>")[0]
    assert [each for each in said if each not in box or not sheet.says(each)] == []
    assert "not on record" not in box.lower()


@pytest.mark.parametrize("count", [1, 3])
def test_page_and_sheet_count_the_claims_by_how_far_they_are_shown(client, count):
    RegisterEntry.objects.all().delete()
    for number in range(count):
        published(a_claim(f"Claim {number}", source=a_source(f"S{number}")))
    a_sheet(("StatementPlugin", {"statement": a_statement()}), ("TallyPlugin", {"heading": "Who else?"}))
    tally = client.get("/give/").content.decode().partition("Who else?")[2].partition("</section>")[0]
    assert f"<b>{count}</b> <a" in tally and "<svg" not in tally
    [counts] = sections()[-1]["answers"]
    assert counts["list"] == [{"count": str(count), "words": "only the organisation says so"}]


@pytest.mark.parametrize("blocks", [(), ("<h2>Nothing yet</h2><p>We begin.</p>", ("StandingPlugin", {}))])
def test_with_nothing_to_say_there_is_no_sheet_and_no_link_to_it(client, blocks):
    a_sheet(*blocks)
    assert FACTSHEET not in client.get("/give/").content.decode()
    assert client.get(FACTSHEET).status_code == 404


def test_a_block_of_figures_says_nothing_of_a_claim_that_has_none(client):
    Highlight.objects.all().delete()
    claim = published(a_claim())
    Highlight.objects.create(claim=claim, where="home figures")
    a_sheet(("FiguresPlugin", {"heading": "In numbers", "where": "home figures"}))
    assert FACTSHEET not in client.get("/give/").content.decode()
    assert client.get(FACTSHEET).status_code == 404


def test_without_a_page_that_holds_the_block_there_is_no_sheet(client):
    a_page("Give", ("StatementPlugin", {"statement": a_statement()}), slug="give")
    assert client.get(FACTSHEET).status_code == 404 and factsheet_data(SITE) is None


def test_a_page_that_says_who_is_still_there_is_printed_where_no_page_holds_the_block(client):
    blocks = ("StandingPlugin", {"heading": "Who"}), ("StatementPlugin", {"statement": a_statement()})
    a_page("Still there", *blocks, slug="still-there")
    assert read_pdf(client, FACTSHEET).says("A harbour for every ship.")
    assert factsheet_data(SITE)["address"] == f"{SITE}/still-there/"


def test_of_two_pages_with_the_block_the_first_is_printed_and_leads_to_it(client):
    a_sheet(("StatementPlugin", {"statement": a_statement()}))
    a_sheet(("StatementPlugin", {"statement": a_statement("A quay.", slug="quay")}), slug="second")
    assert LINK in client.get("/give/").content.decode()
    assert FACTSHEET not in client.get("/second/").content.decode()
    assert factsheet_data(SITE)["address"] == f"{SITE}/give/"


def test_what_no_block_has_records_of_is_named_once_without_a_heading():
    aid = an_organisation(profiled=True)
    a_sheet(
        ("StatementsPlugin", {"heading": "What for", "organisation": aid, "kind": "vision"}),
        ("StatementPlugin", {"heading": "How", "statement": a_statement(kind="mission")}),
    )
    assert [title for title, _kinds in kinds()] == ["How"]
    assert factsheet_data(SITE)["missing"] == "Not answered on this sheet: What for"
    a_statement("A pier.", slug="pier", organisation=aid)
    assert len(sections()) == 2 and factsheet_data(SITE)["missing"] == ""


def test_of_the_highlights_four_figures_are_printed_and_the_claims_are_named_in_the_foot(client):
    Highlight.objects.all().delete()
    claims = [a_claim(f"Claim {number}", source=a_source(f"S{number}")) for number in range(3)]
    for number, claim in enumerate(claims):
        for part in range(2):
            a_figure(claim, part + 1, label=f"f{number}{part}", unit="u")
        published(claim)
        Highlight.objects.create(claim=claim, where="home figures", order=3 - number)
    a_sheet(("FiguresPlugin", {"heading": "In numbers", "where": "home figures"}))
    data = factsheet_data(SITE)
    [figures] = data["sections"][0]["answers"]
    _first, second, third = (claim.reference for claim in claims)
    assert MOST["figures"] == 4
    assert [figure["label"] for figure in figures["list"]] == ["f20", "f21", "f10", "f11"]
    assert [figure["reference"] for figure in figures["list"]] == [third, third, second, second]
    assert data["editions"] == [f"{third} v1", f"{second} v1"]
    assert figures["small"] == "No source says on what day any of them held."
    assert [figure["as_of"] for figure in figures["list"]] == [""] * 4
    assert read_pdf(client, FACTSHEET).says("This sheet has no room for all that its page says.")


@pytest.mark.parametrize(("count", "is_cut"), [(6, False), (7, True)])
def test_six_statements_have_room(count, is_cut):
    for number in range(count):
        a_statement(f"Value {number}.", kind="position", slug=f"v{number}")
    aid = an_organisation(profiled=True)
    a_sheet(("StatementsPlugin", {"heading": "Values", "organisation": aid, "kind": "position"}))
    assert len(sections()[0]["answers"]) == 6 == MOST["statements"]
    assert bool(factsheet_data(SITE)["omission_note"]) == is_cut


def test_all_that_has_room_fits_on_one_sheet_whatever_its_length(client):
    aid, long = an_organisation(profiled=True), "Long words of the harbour. " * 60
    claims = [a_claim(f"{number} {long[:900]}", source=a_source(f"S{number}")) for number in range(6)]
    for claim in claims:
        published(claim)
    for number in range(7):
        cite(
            a_statement(f"{number} {long}", kind="position", slug=f"v{number}"), a_passage(f"{number}").source
        )
    a_sheet(
        ("StatementsPlugin", {"heading": "Values", "organisation": aid, "kind": "position"}),
        ("ClaimsPlugin", {"heading": "Claims", "claims": claims}),
        "".join(f"<h2>{number} {long[:90]}</h2><p>{long}</p>" for number in range(12)),
    )
    assert len(read_pdf(client, FACTSHEET).pages) == 1


def test_prose_is_read_by_its_headings_and_without_what_only_links():
    body = (
        "<p>Before.</p><h2>One <em>heading</em></h2><p>Text with <a href='/'>a link</a>.</p>"
        "<ul><li>An item</li><li><p>A paragraph in it</p></li></ul>"
        "<p><a href='/'>Only</a> <a href='/'>links</a></p>"
        "<h2>Another</h2>"
    )
    assert [(each.heading, paragraphs_of(each.answer)) for each in questions_of(body)] == [
        ("", ["Before."]),
        ("<h2>One <em>heading</em></h2>", ["Text with a link.", "An item", "A paragraph in it"]),
        ("<h2>Another</h2>", []),
    ]
    assert questions_of("") == [] == questions_of(" ")
