"""Alice writes a text: what she pastes is shown as it will be saved, and what she sends covers nothing."""

import re
from pathlib import Path

from tests.support.hostile_text import HOSTILE, everything, words

from .harbour_aid import VALUES
from .page_kinds import PHONE
from .test_editing import PUBLISH, block, open_versions, save_window, start_draft, submit

CLIPBOARDS = Path(__file__).parents[1] / "portal/pages/clipboards"
PASTE = """(editor, html) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/html", html);
  editor.dispatchEvent(new ClipboardEvent("paste", {clipboardData, bubbles: true, cancelable: true}));
}"""
# As a script would send it, with the token of the form that is open.
SEND = """async (form, body) => {
  const data = new FormData(form);
  data.set("body", body);
  const answer = await fetch(form.action || location.href, {method: "POST", body: data});
  return answer.status;
}"""
# The links and buttons in sight, of staff's toolbar too, that something of a text lies over; and what of a
# text is laid out by other rules than those of text.
COVERED = """() => {
  const main = document.querySelector("main");
  const faults = [];
  for (const control of document.querySelectorAll("a, button, input")) {
    const box = control.getBoundingClientRect();
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    const top = box.width && box.height && document.elementFromPoint(x, y);
    if (top && !main.contains(control) && main.contains(top)) faults.push(control.outerHTML);
  }
  for (const element of main.querySelectorAll("*")) {
    if (getComputedStyle(element).position === "fixed") faults.push(element.outerHTML);
  }
  return faults;
}"""


def open_text(page, text):
    """Opens the window of a text from the structure of a draft; returns its frame."""
    page.locator(".cms-toolbar-item-cms-mode-switcher a").click()
    block(page, text).locator(".cms-submenu-edit").first.click()
    frame = page.frame_locator(".cms-modal-frame iframe")
    frame.locator(".tiptap").wait_for()
    return frame


def test_what_alice_pastes_from_word_is_shown_saved_and_published_as_clean_lists(harbour_aid, window):
    alice = window("editor")
    start_draft(alice, VALUES)
    frame = open_text(alice, "The following core")
    titles = [
        each.get_attribute("title") or each.inner_text()
        for each in frame.locator(".cms-toolbar button").all()
    ]
    assert "Abbreviation" in titles and "Language" in titles
    assert not {"Heading 1", "Text color", "Styles", "Underline", "Code"} & set(titles)
    frame.locator(".tiptap").press("Control+End")
    frame.locator(".tiptap").press("Enter")
    frame.locator(".tiptap").evaluate(PASTE, (CLIPBOARDS / "word.html").read_text())
    frame.locator(".tiptap ul ul li", has_text="Sailing boats").wait_for()
    save_window(alice)
    submit(alice, "Values")
    alice.get_by_role("link", name="Read the draft").click()
    main = alice.locator("main")
    assert main.locator("ul ul li").all_inner_texts() == ["Rowing boats", "Sailing boats"]
    assert main.locator("ol li").all_inner_texts() == ["Look", "Call"]
    assert main.locator("table th").all_inner_texts() == ["Year", "Boats"]
    paragraphs = main.locator("p").filter(has_text=re.compile("core values|In this order|bientôt"))
    colours = paragraphs.evaluate_all("all => all.map(each => getComputedStyle(each).color)")
    assert len(colours) == 3 and len(set(colours)) == 1


def test_hostile_text_covers_neither_the_publishers_screen_nor_a_visitors_telephone(harbour_aid, window):
    alice, bob, charlie = window("editor"), window("publisher"), window(viewport=PHONE)
    start_draft(alice, VALUES)
    form = open_text(alice, "The following core").locator("form:has(.tiptap)")
    assert form.evaluate(SEND, everything()) == 200
    submit(alice, "Values")
    open_versions(bob, VALUES)
    bob.locator(PUBLISH).click()
    review = bob.url
    bob.get_by_role("link", name="Read the draft").click()
    assert words("style") in bob.inner_text("main") and bob.evaluate(COVERED) == []
    bob.goto(review)
    bob.get_by_role("button", name="Publish now").click()
    bob.wait_for_selector(".messagelist .success")
    charlie.goto(VALUES)
    text = charlie.inner_text("main")
    assert [kind for kind in HOSTILE if words(kind) not in text] == []
    assert charlie.evaluate(COVERED) == []
    assert charlie.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
