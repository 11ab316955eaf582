"""Alice adds a claim: she selects its words in the source, and similar claims are shown while she types."""

import pytest
from playwright.sync_api import expect

from tests.support.sampling import drill_only

NEW = "/admin/impact/claim/new/"
WORDS = "We also write to every harbour council three times a year"
SOURCE = "What we do at sea (Harbour Aid)"
MADE_UP = f"""
from tests.support.factory import a_claim, a_source, an_organisation
aid = an_organisation(profiled=True)
a_source("What we do at sea", author=aid, publisher=aid, text="What we do\\n\\n{WORDS}.")
print(a_claim("Training harbour pilots in 35 towns worldwide").reference)
"""


@pytest.fixture(autouse=True)
def known(site):
    """Returns the reference of a draft of Harbour Aid's, which has a document too."""
    return site.execute_script(MADE_UP).strip()


def test_alice_adds_a_claim_by_selecting_its_words_in_the_source(window):
    alice = window("editor")
    alice.goto("/admin/")
    alice.get_by_role("link", name="New claim").click()
    alice.get_by_label("Statement").fill(WORDS)
    alice.get_by_label("Speaker").select_option(label="Harbour Aid")
    alice.get_by_label("Source", exact=True).select_option(label=SOURCE)
    text = alice.get_by_label("Text of the source")
    words = alice.get_by_label("Exact words")
    select(text, "We also write to")
    expect(words).to_have_value("We also write to")
    alice.keyboard.press("Shift+Control+ArrowRight")
    expect(words).to_have_value("We also write to every")
    before = text.input_value()
    alice.keyboard.press("x")
    assert text.input_value() == before
    alice.get_by_role("button", name="Save the draft").click()
    alice.wait_for_selector("text=is saved as a draft")
    assert alice.locator('[name$="-0-words"]').input_value() == "We also write to every"


def select(text, words):
    """Selects words with the keyboard, from their start on by whole words."""
    start = text.input_value().index(words)
    text.evaluate("(text, start) => { text.focus(); text.setSelectionRange(start, start) }", start)
    for _word in words.split():
        text.page.keyboard.press("Shift+Control+ArrowRight")


def test_what_is_like_a_claim_is_offered_while_alice_types_and_she_is_not_asked_again(window, known):
    alice = window("editor")
    alice.goto(NEW)
    alice.get_by_label("Speaker").select_option(label="Harbour Aid")
    alice.get_by_label("Statement").press_sequentially("Training harbour pilots in 36 towns")
    offered = alice.get_by_role("status").get_by_role("link", name=known)
    offered.wait_for()
    assert offered.get_attribute("href").startswith("/admin/impact/claim/")
    alice.get_by_label("Source", exact=True).select_option(label=SOURCE)
    alice.get_by_label("Exact words").fill(WORDS)
    alice.get_by_role("button", name="Save the draft").click()
    alice.wait_for_selector("text=is saved as a draft")


@drill_only("tests/impact/test_new_claim.py")
def test_without_scripts_words_are_pasted_and_what_is_like_it_is_shown_once(window, known):
    alice = window("editor", java_script_enabled=False)
    alice.goto(NEW)
    alice.get_by_label("Statement").fill("Training harbour pilots in 36 towns")
    alice.get_by_label("Speaker").select_option(label="Harbour Aid")
    alice.get_by_label("Source", exact=True).select_option(label=SOURCE)
    alice.get_by_label("Exact words").fill(WORDS)
    alice.get_by_role("button", name="Save the draft").click()
    assert alice.get_by_role("link", name=known).count() == 1
    alice.get_by_role("button", name="Save it all the same").click()
    alice.wait_for_selector("text=is saved as a draft")
