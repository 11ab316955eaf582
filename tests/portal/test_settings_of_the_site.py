"""What the settings of the site say is read wherever the site speaks of itself."""

import json
import re

import pytest
from cms.models import CMSPlugin
from django.conf import settings
from django.test import Client

from organisation.models import Organisation, SiteSettings
from portal.accounts.adapter import SecondFactorAdapter
from tests.support.factory import a_claim, an_organisation, published
from tests.support.pages import a_page
from tests.support.pdf import compact, read_pdf
from tests.support.people import alice, bob
from tests.support.proposals import at_desk, decide, propose
from tests.support.sampling import every
from tests.support.site_settings import set_up_site

pytestmark = pytest.mark.django_db

NAME = "Harbour Aid in Words"
BEFORE = "Lights of the Bay"
# The places that say the name of the site, and the words in which they say it.
PLACES = {
    "/": f"<title>{NAME}</title>",
    "/contact/": f" · {NAME}</title>",
    "/nowhere/": f" · {NAME}</title>",
    "/search/": f'<meta property="og:site_name" content="{NAME}">',
    "/accounts/login/": f" · {NAME}</title>",
    "/feeds/claims.atom": f": {NAME}</title>",
    "/feeds/corrections.atom": f"<name>{NAME}</name>",
    "/site.webmanifest": f'"name": "{NAME}"',
    "/data/datapackage.json": f'"title": "{NAME}"',
    "/api/v1/openapi.json": f'"title": "{NAME}"',
}


def read(path, client=None):
    answer = (client or Client()).get(path)
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return body.decode()


def main_of(path):
    return read(path).split("<main")[1].split("</main>")[0]


def footer_of(path="/"):
    return read(path).split("<footer")[1].split("</footer>")[0]


def test_an_accepted_name_stands_wherever_the_site_names_itself():
    set_up_site(name=BEFORE)
    propose(alice(), SiteSettings.objects.get(), name=NAME)
    assert [path for path in PLACES if NAME in read(path)] == []
    decide(bob())
    assert [path for path, words in PLACES.items() if words not in read(path)] == []
    assert [path for path in PLACES if BEFORE in read(path)] == []
    assert f"| {NAME}</title>" in read("/admin/", at_desk(bob()))
    assert SecondFactorAdapter().get_totp_issuer() == NAME


def test_citations_cards_and_linked_data_name_the_site_and_who_publishes_it():
    set_up_site(name=NAME, publisher="Harbour Aid")
    claim = published(a_claim())
    path = claim.current_edition.get_absolute_url()
    assert NAME in read(f"{path}cite.bib") and NAME in main_of(f"/embed/e{claim.number}/")
    source = claim.citations.get().source
    assert f"On record at {NAME}." in read(f"{source.get_absolute_url()}cite.bib")
    data = re.search(r'<script type="application/ld\+json"[^>]*>(.*?)</script>', read("/"), re.DOTALL)[1]
    [site] = [each for each in json.loads(data)["@graph"] if each["@type"] == "WebSite"]
    assert (site["name"], site["publisher"]["name"]) == (NAME, "Harbour Aid")
    assert "Published by Harbour Aid." in footer_of()
    set_up_site(publisher="")
    assert '"publisher"' not in read("/") and "Published by" not in footer_of()


@pytest.mark.parametrize("has_statement", [True, False])
def test_home_says_above_its_first_section_what_the_site_is_and_whose(has_statement):
    if not has_statement:
        CMSPlugin.objects.filter(plugin_type="HeroPlugin").delete()
    set_up_site(name=NAME, sentence="What the harbour did, and what shows it.", publisher="Harbour Network")
    opening = main_of("/").partition("</section>")[0]
    assert "What the harbour did, and what shows it." in opening
    assert "Published by Harbour Network." in opening
    assert (NAME in opening) is not has_statement
    set_up_site(name=NAME, sentence="", publisher="")
    assert "Published by" not in main_of("/")


def test_home_names_the_only_organisation_that_its_site_speaks_of():
    CMSPlugin.objects.filter(plugin_type="HeroPlugin").delete()
    Organisation.objects.update(profiled=False)
    an_organisation("Harbour Aid", profiled=True)
    set_up_site(name=NAME, publisher="", several_organisations=False)
    assert '<p class="eyebrow">Harbour Aid</p>' in main_of("/").partition("<h1")[0]
    for settings_of_site in (
        {"name": "Harbour Aid"},
        {"publisher": "Harbour Aid"},
        {"several_organisations": True},
    ):
        set_up_site(**{"name": NAME, "publisher": "", "several_organisations": False} | settings_of_site)
        assert "eyebrow" not in main_of("/"), settings_of_site


def test_documents_bear_the_name_of_the_site_and_its_note_and_not_that_of_the_software():
    set_up_site(name=NAME, footer_note="Registered in Tidewater.")
    document = read_pdf(Client(), "/impact/report.pdf")
    assert document.says(NAME) and document.says("Registered in Tidewater.")
    assert "Margin" not in document.text and not document.says("Demonstration content")
    set_up_site(footer_note="")
    assert not read_pdf(Client(), "/impact/report.pdf").says("Registered in Tidewater.")


def test_a_note_stands_at_the_foot_of_every_page_and_none_where_there_is_none():
    set_up_site(footer_note="Registered in Tidewater.")
    for path in ("/", "/contact/", "/nowhere/"):
        assert "<p>Registered in Tidewater.</p>" in footer_of(path)
    set_up_site(footer_note="")
    assert "Registered" not in footer_of() and "Demonstration" not in footer_of()


@pytest.mark.parametrize("path", ["/", "/contact/", "/accounts/login/", "/accounts/2fa/", "/admin/"])
def test_the_name_of_the_software_stands_in_one_line_at_the_foot_of_public_pages_alone(path):
    page = re.sub(r"<style.*?</style>", "", read(path, at_desk(bob())), flags=re.DOTALL)
    is_public = path in ("/", "/contact/")
    assert page.count("Margin") == is_public
    assert (f">Made with Margin {settings.VERSION}.</p>" in page) is is_public


# Whom it speaks for


@pytest.mark.parametrize(
    ("several", "said", "unsaid"),
    [
        (True, "Who these organisations are, what they say they have done", "Who we are"),
        (False, "Who we are, what we say we have done", "these organisations"),
    ],
)
def test_the_site_says_we_or_they_in_whole_sentences(several, said, unsaid):
    set_up_site(several_organisations=several, sentence="")
    description = re.search(r'name="description" content="([^"]*)"', read("/nowhere/"))[1]
    assert said in description and unsaid not in description
    report = "What the organisations say of themselves" if several else "What we say of ourselves"
    assert report in main_of("/impact/report/")
    assert read_pdf(Client(), "/impact/report.pdf").says(report)


def test_a_sentence_of_ones_own_takes_the_place_of_that_of_the_house():
    set_up_site(sentence="A harbour for every ship.")
    assert 'name="description" content="A harbour for every ship."' in read("/nowhere/")


# How to reach, give and help


def test_a_contact_block_shows_all_that_is_on_record():
    a_page("Write", ("ContactPlugin", {}))
    set_up_site(
        email="us@example.org",
        telephone="+44 20 7946 0000",
        postal_address="Quay 1\nTidewater",
        social_addresses="https://www.example.org/@harbour\nhttps://social.example/aid",
    )
    page = main_of("/write/")
    assert '<a href="tel:+442079460000">+44 20 7946 0000</a>' in page and "Quay 1<br>Tidewater" in page
    assert '<a href="https://www.example.org/@harbour">example.org</a>' in page
    assert '<a href="https://social.example/aid">social.example</a>' in page
    assert "not on record" not in page
    set_up_site(email="", telephone="", postal_address="", social_addresses="")
    assert "A contact address is not on record." in main_of("/write/")


@pytest.mark.parametrize("field", ["giving_address", "helping_address"])
def test_pages_lead_to_where_one_gives_and_helps_only_where_an_address_is_on_record(field):
    a_page("Support us", ("GivingPlugin", {"heading": "Give or help"}))
    for path in ("/support-us/", "/contact/", "/support/"):
        assert "Give or help" not in main_of(path)
    set_up_site(**{field: "https://example.org/now"})
    for path in ("/support-us/", "/contact/", "/support/"):
        page = main_of(path)
        assert ">Give or help</h2>" in page and page.count('<a href="https://example.org/now">') == 1


# Where it stands


@pytest.mark.parametrize("host", ["localhost:8000", "old.example.net"])
def test_citations_name_the_public_address_that_is_on_record_whoever_asks(settings, host):
    settings.ALLOWED_HOSTS = ["localhost", "old.example.net"]
    path = published(a_claim()).current_edition.get_absolute_url()

    def cited():
        return Client().get(f"{path}cite.bib", headers={"host": host}).content.decode()

    set_up_site(public_address="https://www.example.org")
    assert f"https://www.example.org{path}" in cited() and "old.example.net" not in cited()
    set_up_site(public_address="")
    assert "www.example.org" not in cited() and f"http://old.example.net{path}" in cited()


# What others keep of the site, and where its addresses stand in it.
KEPT = """
    / /evidence/e10/v1/ /sitemap.xml /robots.txt /feeds/claims.atom /feeds/corrections.atom
    /feeds/publications.atom /data/claims.csv /data/datapackage.json /data/charts/claims.csv /api/v1/claims
    /timeline.ics /.well-known/security.txt
""".split()


@pytest.mark.parametrize("path", every(2, KEPT))
def test_what_others_keep_names_the_public_address_that_is_on_record(path):
    set_up_site(public_address="https://www.example.org", email="office@example.org")
    assert "//www.example.org" in read(path) and "//testserver" not in read(path)
    set_up_site(public_address="")
    assert "//www.example.org" not in read(path) and "//testserver" in read(path)


def test_a_program_asks_for_further_rows_where_it_has_asked_for_the_first():
    set_up_site(public_address="https://www.example.org")
    assert '"next": "http://testserver/api/v1/claims?' in read("/api/v1/claims?limit=1")


def test_the_card_of_a_claim_is_found_by_its_public_address_and_by_the_one_asked_at(client):
    set_up_site(public_address="https://www.example.org")
    for host, status in (("https://www.example.org", 200), ("http://testserver", 200), ("http://x.org", 404)):
        assert client.get("/oembed", {"url": f"{host}/evidence/e10/"}).status_code == status, host


def test_a_new_site_without_a_name_says_nothing_of_anybody():
    SiteSettings.objects.update(name="", footer_note="", several_organisations=False)
    assert "<title>This site</title>" in read("/")
    assert compact("This site") in compact(read("/site.webmanifest"))
