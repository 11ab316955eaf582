"""A site in English and French: the addresses of its pages, their language, and what stays in English."""

import pytest

from .conftest import CHARLIE, served, window_on

CLAIM = "/evidence/e10-training-programmes/"


@pytest.fixture(scope="module")
def charlie(browser, databases, tmp_path_factory):
    """Charlie, whose browser asks for French, at a site that is also French but for the pages of the CMS."""
    folder = tmp_path_factory.mktemp("french")
    with (
        served(databases, "french", folder, PORTAL_LANGUAGES="en,fr") as site,
        window_on(browser, site.url, **CHARLIE | {"locale": "fr-FR"}) as page,
    ):
        yield page


def language(page):
    return page.locator("html").get_attribute("lang")


def test_a_record_is_read_in_french_under_a_prefix_with_french_dates_and_numbers(charlie):
    assert charlie.goto(f"/fr{CLAIM}").status == 200
    assert language(charlie) == "fr"
    assert charlie.get_by_role("link", name="Accueil").get_attribute("href") == "/fr/"
    assert charlie.locator(".figure-number").first.inner_text() == "over 4\u00a0500 participants"
    charlie.goto("/fr/instruments/opac/")
    assert "12 février 2002" in charlie.locator(".facts").inner_text()


def test_english_stays_without_a_prefix_whatever_the_browser_asks_for(charlie):
    charlie.goto(CLAIM)
    assert language(charlie) == "en"
    assert charlie.get_by_role("link", name="Home").get_attribute("href") == "/"
    assert charlie.locator(".figure-number").first.inner_text() == "over 4,500 participants"


def test_the_words_of_a_record_say_their_own_language_on_a_french_page_only(charlie):
    charlie.goto(f"/fr{CLAIM}")
    assert charlie.locator("h1").get_attribute("lang") == "en"
    charlie.goto(CLAIM)
    assert charlie.locator("main [lang]").count() == 0


def test_every_kind_of_record_answers_in_french_and_no_address_fails(charlie):
    for path in (
        "/search/?q=children",
        "/sources/dallaire-our-story/",
        "/instruments/opac/",
        "/evidence/e10/",
        "/evidence/e10/v1/",
        "/api/docs/",
        "/feeds/claims.atom",
    ):
        assert charlie.request.get(f"/fr{path}").status == 200, path
    assert charlie.goto("/fr/nowhere/").status == 404
    assert language(charlie) == "fr"


def test_what_programs_read_has_one_address_and_one_language(charlie):
    for path in ("/timeline.csv", "/data/claims.csv", "/api/v1/claims"):
        assert charlie.request.get(f"/fr{path}").status == 404, path
        answer = charlie.request.get(path)
        assert answer.status == 200 and "/fr/" not in answer.text(), path


def test_a_page_that_is_not_written_in_french_yet_leads_to_the_english_one(charlie):
    for path in ("/", "/evidence/", "/organisations/coalition/"):
        assert charlie.goto(f"/fr{path}").status == 200
        assert charlie.url.endswith(path) and "/fr/" not in charlie.url
        assert language(charlie) == "en"


def test_a_language_that_the_site_does_not_have_is_not_found(charlie):
    assert charlie.goto("/de/").status == 404
