"""Alice imports a document, by mouse or by keyboard, and ends with a draft that rests on its words."""

import pytest
from playwright.sync_api import expect

from tests.support.documents import REVIEW, docx
from tests.support.sampling import drill_only, in_turn

from .test_accessibility import faults_of_page, violations

TAUGHT = "We taught over 1,240 pupils from 14 towns"
MADE_UP = "from tests.support.factory import an_organisation; an_organisation(profiled=True)"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
DROP = """async (field, [name, type, bytes]) => {
  const files = new DataTransfer();
  files.items.add(new File([new Uint8Array(bytes)], name, {type}));
  field.files = files.files;
}"""


@pytest.fixture
def harbour_aid(site):
    site.execute_script(MADE_UP)


def bring(alice, contents):
    alice.goto("/admin/")
    alice.get_by_role("link", name="Bring in a document").click()
    alice.get_by_label("Document", exact=True).evaluate(DROP, ["review.docx", WORD, list(contents)])
    alice.get_by_label("Kind").select_option("web page")
    alice.get_by_label("Title").fill("Annual review")
    alice.get_by_label("Author", exact=True).select_option(label="Harbour Aid")
    alice.get_by_role("button", name="Keep it and read it").click()


def test_alice_drops_a_document_and_ends_with_a_draft_in_one_more_click(harbour_aid, window):
    alice = window("editor")
    bring(alice, docx(*REVIEW))
    expect(alice.get_by_text("6 suggestions are not decided.")).to_be_visible()
    alice.get_by_role("button", name=f"Accept as a draft “{TAUGHT}”").click()
    expect(alice.get_by_text("is a draft now, resting on these words.")).to_be_visible()
    alice.get_by_role("link", name=TAUGHT).click()
    assert alice.locator("[name=statement]").input_value() == TAUGHT
    assert alice.locator('[name$="-0-words"]').input_value() == TAUGHT
    assert alice.locator("[name=figures-0-qualifier]").input_value() == "over"


@drill_only("tests/browser/test_document.py::test_alice_decides_on_all_with_keys")
def test_alice_changes_and_refuses_suggestions_with_the_keyboard_alone(harbour_aid, window):
    alice = window("editor")
    bring(alice, docx(*REVIEW))
    reach(alice, f"Refuse “{TAUGHT}”")
    alice.keyboard.press("Enter")
    expect(alice.get_by_text("5 suggestions are not decided.")).to_be_visible()
    reach(alice, "Change it first “We printed two readers”")
    alice.keyboard.press("Enter")
    reach(alice, "Text")
    alice.keyboard.press("Control+a")
    alice.keyboard.type("Printing two readers")
    alice.keyboard.press("Shift+Tab")
    reach(alice, "Accept as a draft “We printed two readers”", "Shift+Tab")
    alice.keyboard.press("Enter")
    expect(alice.get_by_text("is a draft now")).to_be_visible()
    expect(alice.get_by_role("link", name="Printing two readers")).to_be_visible()


def reach(page, name, key="Tab"):
    """Presses a key until the focus is on the element of this name."""
    for _step in range(80):
        page.keyboard.press(key)
        if page.evaluate(NAME) == name:
            return
    raise AssertionError(f"no key leads to “{name}”")


NAME = """() => {
  const here = document.activeElement;
  return (here.labels?.[0] ?? here).textContent.replace(/\\s+/g, " ").trim();
}"""


@pytest.mark.parametrize("width", in_turn([1440, 768, 320]))
def test_the_pages_of_an_import_serve_everyone(harbour_aid, window, width):
    alice = window("editor", viewport={"width": width, "height": 900}, reduced_motion="reduce")
    bring(alice, docx(*REVIEW))
    reading = alice.url
    alice.get_by_role("button", name="Accept “Courage").click()
    faults = []
    pages = [
        reading,
        "/admin/organisation/source/document/",
        f"{reading}held/",
        "/admin/tables/",
        "/admin/tables/claims/",
    ]
    for number, path in enumerate(pages):
        alice.goto(path)
        if path == reading:
            alice.evaluate("document.querySelector('.suggestion details').open = true")
        faults += [(path, fault) for fault in faults_of_page(alice, number)]
    assert faults == []


def test_alice_brings_a_table_in_and_sees_each_change_before_she_saves_it(window):
    alice = window("editor")
    alice.goto("/admin/")
    alice.get_by_role("link", name="Tables").click()
    alice.get_by_role("link", name="Claims", exact=True).click()
    table = b"reference,statement\nE11,We have signed MoUs with 5 countries\n"
    alice.get_by_label("Table").evaluate(DROP, ["claims.csv", "text/csv", list(table)])
    alice.get_by_role("button", name="See what it would change").click()
    expect(alice.get_by_role("deletion").filter(has_text="4")).to_be_visible()
    expect(alice.get_by_role("insertion").filter(has_text="5")).to_be_visible()
    assert violations(alice) == []
    alice.get_by_role("button", name="Save this change").click()
    expect(alice.get_by_text("1 record was brought in.")).to_be_visible()


def test_alice_decides_on_all_with_keys(harbour_aid, window):
    alice = window("editor")
    bring(alice, docx(*REVIEW))
    alice.keyboard.press("j")
    alice.keyboard.press("r")
    expect(alice.get_by_text("5 suggestions are not decided.")).to_be_visible()
    expect(alice.locator(".suggestion:focus")).to_contain_text("Milestone")  # the next one has the focus
    alice.keyboard.press("j")
    alice.keyboard.press("a")
    expect(alice.get_by_text("is a draft now")).to_be_visible()
    expect(alice.locator(".suggestion:focus")).to_contain_text("Claim")
    for _step in range(3):
        alice.keyboard.press("k")
    expect(alice.locator(".suggestion:focus")).to_contain_text("refused")
    alice.keyboard.press("u")
    expect(alice.get_by_text("5 suggestions are not decided.")).to_be_visible()
    alice.keyboard.press("R")
    alice.get_by_role("button", name="Refuse them").press("Enter")
    expect(alice.get_by_text("0 suggestions are not decided.")).to_be_visible()
