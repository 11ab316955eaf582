"""What staff type comes back from wherever a form can stand: windows, frames, lists, decisions, imports."""

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
from .test_edit_conflict import open_integrity
from .test_editing import block, save_window

DECISIONS = """
from organisation.models import Proposal
from tests.portal.delivery.addresses import a_read_document, submitted_claim
from tests.support.people import alice
print(Proposal.objects.get().pk, submitted_claim(alice()).pk, a_read_document().pk)
"""
TO_TAKE_DOWN = """
from cms.models import PageContent
from djangocms_versioning.models import Version
print(Version.objects.get_for_content(PageContent.objects.get(title="Values")).pk)
"""
VERSIONS = "/admin/djangocms_versioning/pagecontentversion/"


def popup_of_a_record(page):
    open_integrity(page)
    with page.expect_popup() as opened:
        page.locator("a.add-related[href*='/organisation/add/']").first.click()
    return opened.value.locator("[name=official_name]")


def order_of_a_list(page):
    page.goto("/admin/impact/highlight/")
    return page.locator("[name=form-0-order]")


def frame_beside(page):
    return page.frame_locator(".cms-sideframe-frame iframe")


def form_beside_a_page(page):
    edit(page)
    page.locator(".cms-toolbar-item-navigation > li > a").first.click()
    page.locator(".cms-toolbar-item-navigation a", has_text="Administration").click()
    frame_beside(page).get_by_role("link", name="New claim").first.click()
    return frame_beside(page).locator("[name=statement]")


OF_AN_EDITOR = {
    "popup": popup_of_a_record,
    "27182": order_of_a_list,
    "frame": form_beside_a_page,
}


@pytest.fixture
def decisions(harbour_aid, site, window):
    """Returns {name: function that opens the field of a decision} of what waits for a publisher."""
    alice = window("editor")
    open_integrity(alice)
    alice.locator("[name=text]").fill("Words that Alice wrote.")
    alice.get_by_role("button", name="Save", exact=True).click()
    proposal, claim, source = site.execute_script(DECISIONS).split()

    def opener(path, name):
        def open_field(page, name=name):
            page.goto(path)
            return page.locator(f"[name={name}]")

        return open_field

    def bulk(page):
        page.goto("/admin/impact/claim/?q=wants+to+say")
        page.locator(f".action-select[value='{claim}']").check()
        page.locator("[name=action]").select_option("return_claims")
        page.locator("button[name=index]").click()
        return page.locator("[name=all-reason]")

    def suggestion(page):
        page.goto(f"/admin/organisation/source/{source}/reading/")
        return page.locator(".suggestion textarea[name$=-text]").last

    return {
        "proposal": opener(f"/admin/organisation/proposal/{proposal}/change/", "reason"),
        "review": opener(f"/admin/impact/claim/{claim}/review/", "return-reason"),
        "bulk": bulk,
        "suggestion": suggestion,
    }


def type_all(context, kinds):
    for words, open_field in kinds.items():
        field = open_field(context.new_page())
        field.evaluate("field => field.closest('details')?.setAttribute('open', '')")
        field.click()
        field.press_sequentially(words if words.isdigit() else f"Evening {words}")
        wait_until_kept(field.page, words)


def bring_back_all(context, kinds):
    for words, open_field in kinds.items():
        field = open_field(context.new_page())
        form = field.locator("xpath=ancestor::form")
        form.get_by_role("button", name="Bring it back").click()
        assert words in field.input_value()
        assert field.is_visible()


@drill_only("tests/browser/test_autosave.py::test_what_is_typed_comes_back_after_the_browser_was_killed")
def test_what_an_editor_types_into_windows_and_lists_comes_back(harbour_aid, machine, tmp_path):
    type_all(machine(), OF_AN_EDITOR)
    kill(tmp_path)
    bring_back_all(machine(), OF_AN_EDITOR)


@drill_only("tests/browser/test_autosave.py::test_what_is_typed_comes_back_after_the_browser_was_killed")
def test_what_a_publisher_types_into_a_decision_comes_back(decisions, machine, tmp_path):
    type_all(machine("publisher"), decisions)
    kill(tmp_path)
    bring_back_all(machine("publisher"), decisions)


def test_a_frame_beside_a_page_asks_before_it_closes_and_once_alone(harbour_aid, window):
    alice = window("editor")
    asked = []

    def answer(dialog):
        asked.append(dialog.type)
        dialog.accept() if len(asked) == 3 else dialog.dismiss()

    alice.on("dialog", answer)
    field = form_beside_a_page(alice)
    field.fill("Words of the evening")
    for count, leave in enumerate(
        [
            lambda: field.press("Escape"),
            lambda: alice.locator(".cms-sideframe .cms-icon-close").click(),
            lambda: alice.locator(".cms-sideframe .cms-icon-close").click(),
        ],
        start=1,
    ):
        leave()
        assert asked == ["confirm"] * count
        assert field.input_value() == "Words of the evening"
    alice.locator(".cms-sideframe").wait_for(state="hidden")
    form_beside_a_page(alice)
    frame_beside(alice).get_by_role("button", name="Bring it back").click()
    assert asked == ["confirm"] * 3 and field.input_value() == "Words of the evening"


def test_a_window_asks_before_another_is_opened_in_its_place(harbour_aid, window):
    alice = window("editor")
    asked = dialogs_of(alice)
    open_block(alice, "Statements of one kind")
    heading = window_over(alice).locator("[name=heading]")
    heading.fill("A heading of the evening")
    edit_button = block(alice, "The following core").locator(".cms-submenu-edit").first
    edit_button.evaluate("button => button.click()")
    assert asked == ["confirm"] and heading.input_value() == "A heading of the evening"


def test_the_form_of_a_block_that_is_stale_is_sent_again_or_brought_back(harbour_aid, window):
    alice = window("editor")
    asked = dialogs_of(alice, accept=True)

    def send_stale(words):
        open_block(alice, "Statements of one kind")
        window_over(alice).locator("[name=heading]").fill(words)
        alice.wait_for_load_state("networkidle")  # an answer on its way would set the cookie again
        alice.context.clear_cookies(name="csrftoken")
        alice.locator(".cms-modal-buttons .cms-btn-action").click()
        alice.locator(".cms-modal-buttons .cms-btn-action", has_text="Send it again").wait_for()

    send_stale("A heading of the evening")
    alice.locator(".cms-modal-close").click()
    assert asked == ["confirm"]
    open_block(alice, "Statements of one kind")
    window_over(alice).get_by_role("button", name="Bring it back").click()
    assert window_over(alice).locator("[name=heading]").input_value() == "A heading of the evening"
    save_window(alice)
    wait_until_gone(alice, "A heading of the evening")

    send_stale("Another heading")
    save_window(alice)
    wait_until_gone(alice, "Another heading")
    open_block(alice, "Statements of one kind")
    assert window_over(alice).locator("[name=heading]").input_value() == "Another heading"
    assert asked == ["confirm"] and window_over(alice).locator(BAR).count() == 0


def test_words_that_are_sent_by_a_script_are_not_asked_for_again(harbour_aid, site, window):
    bob = window("publisher")
    asked = dialogs_of(bob)
    bob.goto(f"{VERSIONS}{site.execute_script(TO_TAKE_DOWN).strip()}/unpublish/")
    bob.locator("[name=reason]").fill("Nobody holds these values")
    bob.get_by_role("button", name="Take it down").click()
    bob.wait_for_url("**/preview/**")
    wait_until_gone(bob, "Nobody holds these values")
    assert asked == []


def test_a_page_that_is_created_in_a_window_of_the_cms_leaves_nothing_to_bring_back(harbour_aid, window):
    alice = window("editor")
    edit(alice)
    alice.locator(".cms-toolbar a", has_text="Create").locator("visible=true").first.click()
    alice.locator(".cms-modal-buttons .cms-btn-action", has_text="Next").click()
    window_over(alice).locator("[name='1-title']").fill("Tides of the evening")
    wait_until_kept(alice, "Tides of the evening")
    alice.locator(".cms-modal-buttons .cms-btn-action", has_text="Create").click()
    alice.get_by_role("heading", name="Tides of the evening").wait_for()
    wait_until_gone(alice, "Tides of the evening")


@drill_only("tests/browser/test_autosave.py")
def test_a_link_for_a_reviewer_that_is_made_leaves_nothing_to_bring_back(decisions, window):
    alice = window("editor")
    link = decisions["review"](alice, "link-for_whom")
    link.fill("Eve of the quay")
    wait_until_kept(alice, "Eve of the quay")
    alice.get_by_role("button", name="Make a link").click()
    alice.locator(".link-made").wait_for()
    wait_until_gone(alice, "Eve of the quay")
