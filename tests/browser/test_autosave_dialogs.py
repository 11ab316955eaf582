"""What staff type into the small windows over a text is kept, and none of them closes with it unasked."""

import pytest

from tests.support.sampling import drill_only

from .kept_words import (
    BAR,
    dialogs_of,
    edit,
    kill,
    open_block,
    wait_until_gone,
    wait_until_kept,
    window_over,
)
from .test_editing import block, save_window

# {the button of a small window: (the field in it, what is typed, what the text then has around its words)}
SMALL_WINDOWS = {
    "Link": (".cms-linkfield-input", "https://example.org/evening", "a[href='https://example.org/evening']"),
    "Abbreviation": ("[name=title]", "Evening of Tides", "abbr[title='Evening of Tides']"),
    "Time": ("[name=datetime]", "2019-05-31", "time[datetime='2019-05-31']"),
    "TextLanguage": ("[name=lang]", "fr", "span[lang=fr]"),
}
SAVE = ".cms-modal-buttons .cms-btn-action"


def text_window(page):
    """Opens the window of a text; returns what it is in."""
    open_block(page, "The following core")
    window_over(page).locator(".tiptap").wait_for()
    return window_over(page)


def text_of_the_page(page):
    edit(page)
    page.locator(".cms-editor-inline-wrapper .tiptap").click()
    return page


def small_window(within, button):
    """Opens a small window over all words of a text; returns its field."""
    within.locator(".tiptap").press("Control+a")
    within.locator(f".cms-toolbar [data-action={button}]").first.click()
    return within.locator(f"dialog {SMALL_WINDOWS[button][0]}")


def bring_back(within, button):
    within.get_by_role("button", name="Bring it back").click()
    return within.locator(f"dialog {SMALL_WINDOWS[button][0]}")


PAIRS = [
    ("Link", text_window),
    ("Time", text_window),
    ("Abbreviation", text_of_the_page),
    ("TextLanguage", text_of_the_page),
]


@drill_only("tests/browser/test_autosave.py::test_what_is_typed_comes_back_after_the_browser_was_killed")
@pytest.mark.parametrize(("button", "open_text"), PAIRS)
def test_what_is_typed_into_a_small_window_comes_back_after_the_browser_was_killed(
    harbour_aid, machine, tmp_path, button, open_text
):
    page = machine().new_page()
    _field, words, made = SMALL_WINDOWS[button]
    field = small_window(open_text(page), button)
    field.press_sequentially(words)
    wait_until_kept(page, words)
    kill(tmp_path)

    page = machine().new_page()
    within = open_text(page)
    assert "It stood in a small window over the text" in within.locator(BAR).inner_text()
    field = bring_back(within, button)
    assert field.input_value() == words and within.locator(BAR).count() == 0
    field.press("Enter")
    assert within.locator(f".tiptap {made}").inner_text() == "The following core values guide us."


def test_a_small_window_with_changes_asks_before_it_closes_and_offers_them_again(harbour_aid, window):
    alice = window("editor")
    asked = dialogs_of(alice)
    within = text_window(alice)
    field = small_window(within, "Abbreviation")
    field.press("Escape")
    field.wait_for(state="detached")
    assert asked == []

    small_window(within, "Abbreviation").press_sequentially("Evening of Tides")
    for count, leave in enumerate(
        [
            lambda: field.press("Escape"),
            lambda: within.locator(".tiptap").click(),
            lambda: within.locator("dialog .cancel").click(),
            lambda: alice.locator(SAVE).click(),
            lambda: alice.locator(".cms-modal-close").click(),
        ],
        start=1,
    ):
        leave()
        assert asked == ["confirm"] * count
        assert field.input_value() == "Evening of Tides"
    field.press("Enter")
    assert within.locator(".tiptap abbr").get_attribute("title") == "Evening of Tides"
    save_window(alice)
    wait_until_gone(alice, "Evening of Tides")
    assert asked == ["confirm"] * 5


def test_what_was_left_in_a_small_window_is_offered_when_it_is_opened_again(harbour_aid, window):
    alice = window("editor")
    asked = dialogs_of(alice, accept=True)
    within = text_window(alice)
    address = "https://example.org/evening"
    field = small_window(within, "Link")
    field.press_sequentially(address)
    within.locator("dialog .cancel").click()
    field.wait_for(state="detached")
    assert asked == ["confirm"]
    small_window(within, "Link")
    bring_back(within, "Link")
    assert field.input_value() == address
    save_window(alice)  # without what stands in the small window
    assert asked == ["confirm"] * 2

    block(alice, "The following core").locator(".cms-submenu-edit").first.click()
    within.locator(BAR).wait_for()
    within.get_by_role("button", name="Throw it away").click()
    assert within.locator(BAR).count() == 0
    wait_until_gone(alice, address)
    small_window(within, "Link")
    assert within.locator(BAR).count() == 0 and field.input_value() == ""


def test_a_page_that_a_link_leads_to_comes_back_by_its_name(harbour_aid, window):
    alice = window("editor")
    dialogs_of(alice, accept=True)
    within = text_window(alice)
    field = small_window(within, "Link")
    field.press_sequentially("Vision")
    within.locator(".cms-linkfield-option", has_text="Vision").first.click()
    assert "Vision" in field.input_value()
    wait_until_kept(alice, "href_select")
    alice.locator(".cms-modal-close").click()
    alice.wait_for_selector(".cms-modal", state="hidden")

    within = text_window(alice)
    bring_back(within, "Link")
    within.locator("dialog .cms-linkfield-selected").wait_for()
    assert "Vision" in field.input_value()
    within.locator("dialog .submit").click()
    save_window(alice)
    wait_until_gone(alice, "href_select")
    alice.reload()
    assert "/vision-of-harbour-aid/" in alice.locator("main a", has_text="following core").get_attribute(
        "href"
    )
