"""A page is found by what people call it, which its editors say in a block that its readers do not see."""

import pytest
from cms.toolbar.utils import get_object_edit_url, get_object_preview_url

from advocacy.models import Ask
from portal.cms_plugins import SearchWordsPlugin
from portal.pages.search_words import SearchWordsForm
from tests.support.factory import an_organisation
from tests.support.pages import a_page, profile_of
from tests.support.people import alice
from tests.support.proposals import at_desk

from .results_page import hit_titles

pytestmark = pytest.mark.django_db


def words(text):
    return ("SearchWordsPlugin", {"heading": text})


def test_what_people_call_a_page_finds_it_before_a_page_that_only_says_so(client):
    a_page("Tides", "<p>Who would zorble the habrog?</p>")
    a_page("Support", words("zorble, one page portax , quibble"))
    assert hit_titles(client, "zorble") == ["Support", "Tides"]
    for query in ("one page portax", "quibble", "zorble quibble"):
        assert hit_titles(client, query) == ["Support"], query


def test_a_profile_is_found_by_the_words_of_its_page(client):
    profile_of(an_organisation(profiled=True), words("zorble"))
    assert hit_titles(client, "zorble") == ["Harbour Aid"]


def test_readers_see_nothing_of_the_words_and_whoever_edits_or_decides_reads_them(client):
    content = a_page("Support", "<p>We do.</p>", words("zorble, quibble"))
    assert "zorble" not in client.get("/support/").content.decode()
    assert "zorble" not in client.get("/search/?q=quibble").content.decode()
    for address in (get_object_edit_url(content), get_object_preview_url(content)):
        shown = at_desk(alice()).get(address, follow=True).content.decode()
        assert "The search finds this page by: zorble, quibble." in shown, address


def test_a_page_without_anything_but_the_words_is_as_empty_as_it_was(client):
    for ask in Ask.objects.all():
        ask.citations.all().delete()
        ask.delete()
    a_page("Zorbled", ("AsksPlugin", {}), words("quibble"), in_navigation=True)
    assert "Zorbled" not in client.get("/").content.decode()


def test_the_form_asks_for_words_and_holds_as_many_as_a_heading(client):
    assert SearchWordsForm({"heading": "x" * 200}).is_valid()
    assert not SearchWordsForm({"heading": "x" * 201}).is_valid()
    assert not SearchWordsForm({"heading": ""}).is_valid()
    assert SearchWordsPlugin.form is SearchWordsForm
