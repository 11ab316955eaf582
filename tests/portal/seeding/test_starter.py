"""A portal of one's own begins with pages that say nothing false, and grows with what is put on record."""

import json
import re
from pathlib import Path

import pytest
from cms.api import add_plugin
from cms.models import Page, PageContent
from cms.toolbar.utils import get_object_edit_url
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import transaction
from django.test import Client
from djangocms_versioning.models import Version

from organisation.models import Milestone, Organisation, Source, Statement, Term
from portal.pages import workflow
from portal.pages.legal import LEGAL_TEMPLATES
from portal.seeding.demonstration import standing_records
from portal.seeding.staff import seed_accounts
from tests.support.crawl import crawl
from tests.support.factory import a_claim, a_figure, a_source, a_statement, an_organisation, cite, published
from tests.support.lists import read_list, text_of
from tests.support.people import alice, bob
from tests.support.sections import empty_parts, parsed
from tests.test_made_up_names import NAMES
from tests.test_markup import Document, misplaced

pytestmark = [
    pytest.mark.usefixtures("starter_site"),
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore:get_current_site"),
]

DEMONSTRATION = Path(__file__).parents[3] / "fixtures" / "demo"
# The pages, and whether they are there for a list alone, which is empty at first.
PAGES = {
    "/": False,
    "/about/": False,
    "/impact/": True,
    "/advocacy/": True,
    "/evidence/": False,
    "/publications/": True,
    "/timeline/": True,
    "/support/": False,
    "/contact/": False,
    "/data/": False,
    "/corrections/": False,
    "/safeguarding/": False,
}
FILES = """
    /impact/report/ /impact/report.pdf /feeds/claims.atom /feeds/corrections.atom /feeds/publications.atom
    /sitemap.xml /robots.txt /site.webmanifest /share.png /timeline.ics /timeline.csv /data/datapackage.json
    /data/claims.csv /data/claims.json /data/claims.xlsx /data/evidence.csv /data/organisations.csv
    /data/publications.csv /api/v1/ /search/?q=mission /readyz
""".split()


@pytest.fixture(autouse=True)
def people(db):
    seed_accounts()


@pytest.fixture
def harbour_aid():
    """Puts one organisation on record, its mission and a published claim with a figure."""
    aid = an_organisation(profiled=True, founded="1999")
    log = a_source("Log of Harbour Aid", author=aid)
    mission = a_statement("We keep every harbour safe.", kind="mission")
    cite(mission, log)
    claim = a_claim(source=log)
    a_figure(claim, 40)
    published(claim)
    return aid


def read(client, path):
    response = client.get(path)
    assert response.status_code == 200, path
    return response.content.decode()


def main_of(html):
    return text_of(next(parsed(html).iter("main")))


def menu(html):
    """Returns the titles of the main menu."""
    [nav] = parsed(html).iterfind(".//nav[@aria-label='Main']")
    return [text_of(link) for link in nav.iter("a")]


def crawled(client):
    """Returns {path: HTML} of what a visitor reaches by links, and of each page of the start."""
    pages, broken = crawl(client)
    assert broken == []
    return {page.path: page.html for page in pages.values()} | {path: read(client, path) for path in PAGES}


def check(pages):
    """Fails where a page says nothing somewhere, breaks the rules of HTML or has no title of its own."""
    documents = {path: Document(html) for path, html in pages.items()}
    faults = {path: page.faults + misplaced(page) for path, page in documents.items()}
    assert {path: each for path, each in faults.items() if each} == {}
    empty = {path: empty_parts(html) for path, html in pages.items() if "<main" in html}
    assert {path: each for path, each in empty.items() if each} == {}
    titles = [text_of(page.root.find("head/title")) for page in documents.values()]
    assert "" not in titles and len(set(titles)) == len(titles)
    assert [path for path, page in documents.items() if len(page.all("h1")) != 1] == []


def draft_of(path):
    """Returns the content of a new draft of Alice's of a published page."""
    content = PageContent.objects.get(page__urls__path=path.strip("/"))
    return Version.objects.get_for_content(content).copy(alice()).content


def edited(client, content):
    client.force_login(alice())
    return read(client, get_object_edit_url(content))


def legal_draft(template):
    return PageContent.admin_manager.get(template=template)


def words_of_the_demonstration():
    """Returns the names and the longer sentences of its records, in small letters."""
    names = {"official_name", "short_name", "text", "statement", "title"}
    found = set()
    for file in DEMONSTRATION.glob("*.json"):
        for entry in json.loads(file.read_text()) if file.stem != "site" else []:
            found |= {str(value).lower() for name, value in entry.items() if name in names}
            found |= {each["words"].lower() for each in entry.get("citations", []) if "words" in each}
    return {words for words in found if len(words.split()) > 2}


def test_it_begins_with_groups_terms_and_pages_and_without_a_record():
    assert not any(model.objects.exists() for model in (Organisation, Source, Statement))
    assert standing_records() == 0
    assert set(Group.objects.values_list("name", flat=True)) == {"editor", "publisher"}
    assert {"training", "partner"} <= set(Term.objects.values_list("slug", flat=True))


@pytest.fixture(scope="module")
def pages_at_first(starter_site, django_db_blocker):
    """The pages of a portal that has nothing on record, {path: HTML}."""
    with django_db_blocker.unblock(), transaction.atomic():
        pages = crawled(Client())
        transaction.set_rollback(True)
    return pages


def test_a_visitor_finds_every_page_whole_and_nothing_empty_on_it(pages_at_first):
    check(pages_at_first)
    assert PAGES.keys() <= pages_at_first.keys()


def test_nothing_of_the_demonstration_stands_in_it(pages_at_first):
    words = words_of_the_demonstration()
    assert len(words) > 150
    for path, html in pages_at_first.items():
        text = " ".join(re.sub(r"<[^>]*>", " ", html).split()).lower()
        assert not NAMES.search(html), path
        assert [each for each in words if each in text] == [], path


def test_the_pages_say_no_number_no_year_and_nothing_of_money(pages_at_first):
    for path in PAGES.keys() - {"/data/"}:
        assert not re.search(r"\d{2}|[$€£]|per cent|million", main_of(pages_at_first[path])), path


def test_the_menu_leaves_out_what_is_there_for_a_list_alone_until_the_list_has_something(client, harbour_aid):
    assert menu(read(client, "/about/")) == ["About us", "Impact", "Evidence", "Support"]
    Statement.objects.get().delete()
    a_source("First report", kind="report", author=harbour_aid, published="2005")
    assert menu(read(client, "/about/")) == ["About us", "Impact", "Evidence", "Publications", "Support"]


def test_the_menu_of_a_portal_that_has_nothing_names_what_says_something(client):
    assert menu(read(client, "/about/")) == ["About us", "Evidence", "Support"]
    # Whoever has the address is told, and sees where they are.
    assert "Impact" in menu(read(client, "/impact/"))
    for path in [path for path, is_list in PAGES.items() if is_list]:
        assert "Not on record." in main_of(read(client, path)), path


def test_whoever_edits_finds_every_page_in_the_menu(client):
    found = menu(edited(client, draft_of("/about/")))
    assert {"Impact", "Publications", "Timeline"} <= set(found)


def test_every_file_and_feed_answers_with_nothing_on_record(client):
    answers = {path: client.get(path) for path in FILES}
    assert {path: each.status_code for path, each in answers.items() if each.status_code != 200} == {}
    assert client.get("/support/factsheet.pdf").status_code == 404
    assert "factsheet" not in read(client, "/support/")
    assert json.loads(b"".join(answers["/data/claims.json"].streaming_content)) == {"claims": []}


@pytest.mark.parametrize(
    ("path", "sentences"),
    [
        ("/impact/", ["Nothing is claimed yet. Drop your annual report on the desk"]),
        ("/about/", ["Our vision No such statement is on record yet.", "No moment of the history"]),
        ("/", ["Our mission No such statement", "No figure is put forward here yet."]),
        ("/publications/", ["No report or other publication is on record yet. Drop one on the desk"]),
        ("/timeline/", ["No moment of the history is on record yet."]),
        ("/advocacy/", ["Nothing is asked yet. Add what you ask, and of whom"]),
        ("/evidence/", ["Our sources No document is on record yet."]),
        ("/contact/", ["Write one into the settings of the site."]),
    ],
)
def test_staff_read_what_to_do_where_visitors_see_nothing(client, path, sentences):
    shown = main_of(read(client, path))
    staff = main_of(edited(client, draft_of(path)))
    for sentence in sentences:
        assert sentence in staff and sentence not in shown


def test_a_list_of_chosen_claims_leads_who_edits_to_the_form_with_its_place(client):
    main = next(parsed(edited(client, draft_of("/"))).iter("main"))
    addresses = [link.get("href") for link in main.iter("a") if text_of(link) == "Choose one"]
    forms = [client.get(address).context["adminform"].form for address in addresses]
    assert [form["where"].value() for form in forms] == ["home figures", "home claims"]
    assert "Choose one" not in main_of(read(client, "/"))


def test_one_organisation_is_no_choice_on_its_timeline(client):
    def choices():
        return read_list(client, "/timeline/").rows.get("Organisation", {})

    for count in (1, 2):
        aid = an_organisation(f"Pier Aid {count}")
        Milestone.objects.create(organisation=aid, slug="m", title="Founded", text="Founded.", date="1801")
        assert bool(choices()) is (count > 1)


@pytest.mark.parametrize("template", LEGAL_TEMPLATES)
def test_a_legal_page_says_to_staff_what_belongs_there_and_is_not_published_unwritten(client, template):
    content = legal_draft(template)
    version = Version.objects.get_for_content(content)
    address = f"/{Path(template).stem.replace('_', '-')}/"
    assert client.get(address).status_code == 404
    assert "cannot be published before it has words of its own" in main_of(edited(client, content))
    with pytest.raises(ValidationError, match="Nothing is written on this page yet"):
        workflow.submit(version, alice())
    with pytest.raises(ValidationError, match="Nothing is written on this page yet"):
        workflow.publish(version, bob())
    write(content)
    workflow.submit(Version.objects.get(pk=version.pk), alice())
    workflow.publish(Version.objects.get(pk=version.pk), bob())
    client.logout()
    page = read(client, address)
    assert "We wrote this." in page and "cannot be published" not in page


def write(content):
    slot = content.get_placeholders().get(slot="content")
    add_plugin(slot, "TextPlugin", "en", body="<p>We wrote this.</p>", position="first-child")


def test_with_one_organisation_its_words_stand_on_the_pages_in_the_we_form(client, harbour_aid):
    pages = crawled(client)
    check(pages)
    for path in ("/", "/about/", "/support/"):
        assert "We keep every harbour safe." in main_of(pages[path]), path
    assert "At a glance" in main_of(pages["/about/"]) and "1999" in main_of(pages["/about/"])
    assert "1 claim" in main_of(pages["/impact/"]) and "We taught 40 pilots" in main_of(pages["/impact/"])
    assert not any(words in main_of(pages["/about/"]) for words in ("Our vision", "Closed"))
    assert "Log of Harbour Aid" in main_of(pages["/evidence/"])
    assert not any(NAMES.search(html) for html in pages.values())


def test_with_one_organisation_every_file_answers_and_the_fact_sheet_is_printed(client, harbour_aid):
    answers = {path: client.get(path).status_code for path in [*FILES, "/support/factsheet.pdf"]}
    assert {path: status for path, status in answers.items() if status != 200} == {}
    assert "/support/factsheet.pdf" in read(client, "/support/")


def test_it_is_refused_where_there_are_pages_and_makes_none():
    count = Page.objects.count()
    with pytest.raises(CommandError, match="This portal has pages already"):
        call_command("seed", "--starter", verbosity=0)
    assert Page.objects.count() == count


def test_the_demonstration_is_never_added_to_it():
    with pytest.raises(CommandError, match="the demonstration is not added to them"):
        call_command("seed", verbosity=0)
    assert not Organisation.objects.exists() and standing_records() == 0
