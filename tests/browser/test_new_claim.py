"""Alice adds a claim: she selects its words in the source, and similar claims are shown while she types."""

from playwright.sync_api import expect

NEW = "/admin/impact/claim/new/"
WORDS = "We also submit country information three times a year"


def test_alice_adds_a_claim_by_selecting_its_words_in_the_source(window):
    alice = window("editor")
    alice.get_by_role("link", name="New claim").click()
    alice.get_by_label("Statement").fill(WORDS)
    alice.get_by_label("Speaker").select_option(label="Coalition to Stop the Use of Child Soldiers")
    alice.get_by_label("Source", exact=True).select_option(
        label="What We Do (Coalition to Stop the Use of Child Soldiers)"
    )
    text = alice.get_by_label("Text of the source")
    words = alice.get_by_label("Exact words")
    select(text, "We also submit country")
    expect(words).to_have_value("We also submit country")
    alice.keyboard.press("Shift+Control+ArrowRight")
    expect(words).to_have_value("We also submit country information")
    before = text.input_value()
    alice.keyboard.press("x")
    assert text.input_value() == before
    alice.get_by_role("button", name="Save the draft").click()
    alice.wait_for_selector("text=is saved as a draft")
    assert alice.locator('[name$="-0-words"]').input_value() == "We also submit country information"


def select(text, words):
    """Selects words with the keyboard, from their start on by whole words."""
    start = text.input_value().index(words)
    text.evaluate("(text, start) => { text.focus(); text.setSelectionRange(start, start) }", start)
    for _word in words.split():
        text.page.keyboard.press("Shift+Control+ArrowRight")


def test_what_is_like_a_claim_is_offered_while_alice_types_and_she_is_not_asked_again(window):
    alice = window("editor")
    alice.goto(NEW)
    alice.get_by_label("Speaker").select_option(label="Coalition to Stop the Use of Child Soldiers")
    alice.get_by_label("Statement").press_sequentially("Forming national coalitions in 36 countries")
    offered = alice.get_by_role("status").get_by_role("link", name="E24")
    offered.wait_for()
    assert offered.get_attribute("href").startswith("/admin/impact/claim/")
    alice.get_by_label("Source", exact=True).select_option(
        label="What We Do (Coalition to Stop the Use of Child Soldiers)"
    )
    alice.get_by_label("Exact words").fill(WORDS)
    alice.get_by_role("button", name="Save the draft").click()
    alice.wait_for_selector("text=is saved as a draft")


def test_without_scripts_words_are_pasted_and_what_is_like_it_is_shown_once(window):
    alice = window("editor", java_script_enabled=False)
    alice.goto(NEW)
    alice.get_by_label("Statement").fill("Forming national coalitions in 36 countries")
    alice.get_by_label("Speaker").select_option(label="Coalition to Stop the Use of Child Soldiers")
    alice.get_by_label("Source", exact=True).select_option(
        label="What We Do (Coalition to Stop the Use of Child Soldiers)"
    )
    alice.get_by_label("Exact words").fill(WORDS)
    alice.get_by_role("button", name="Save the draft").click()
    assert alice.get_by_role("link", name="E24").count() == 1
    alice.get_by_role("button", name="Save it all the same").click()
    alice.wait_for_selector("text=is saved as a draft")
