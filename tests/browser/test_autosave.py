"""What staff type is kept on their machine until it is saved, and nobody leaves it unasked."""

from tests.support.sampling import every
from tests.support.seeded_database import session_key

from .kept_words import (
    ALL_KEPT,
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
from .test_editing import block, open_claim, save_window

ADMINISTRATOR = """
from django.contrib.auth import get_user_model
get_user_model().objects.filter(username="publisher").update(is_superuser=True)
"""

NO_DATABASE_IN_THE_FIRST_FORM = """
if (location.pathname.endsWith("/change/") && !sessionStorage.tried) {
  sessionStorage.tried = "yes";
  indexedDB.open = () => ({});
}
"""


def record(page):
    open_integrity(page)
    return page.locator("[name=text]")


def row_of_a_table(page):
    open_claim(page, "over 4,500")
    return page.locator("[name=figures-2-label]")


def add_row_of_a_table(page):
    field = row_of_a_table(page)
    page.locator("#figures-group .add-row a").click()
    return field


def new_claim(page):
    page.goto("/admin/impact/claim/new/")
    return page.locator("[name=statement]")


def note_for_the_reviewer(page):
    edit(page)
    page.get_by_role("link", name="Submit or review").click()
    return page.locator("[name=submit-note]")


def settings_of_a_page(page):
    edit(page)
    page.locator(".cms-toolbar-item-navigation > li > a").get_by_text("Page", exact=True).click()
    page.locator(".cms-toolbar-item-navigation a", has_text="Page settings").click()
    return window_over(page).locator("[name=title]")


def block_in_a_window(page):
    open_block(page, "Statements of one kind")
    return window_over(page).locator("[name=heading]")


def text_in_a_window(page):
    open_block(page, "The following core")
    return window_over(page).locator(".tiptap")


def text_in_its_page(page):
    edit(page)
    return page.locator(".cms-editor-inline-wrapper .tiptap")


OPEN = {
    "record": (record, record),
    "row": (add_row_of_a_table, row_of_a_table),
    "claim": (new_claim, new_claim),
    "settings": (settings_of_a_page, settings_of_a_page),
    "note": (note_for_the_reviewer, note_for_the_reviewer),
    "block": (block_in_a_window, block_in_a_window),
    "text": (text_in_a_window, text_in_a_window),
}


def shown_in(field):
    return field.inner_text() if field.get_attribute("contenteditable") else field.input_value()


def test_what_is_typed_comes_back_after_the_browser_was_killed(harbour_aid, machine, tmp_path):
    context, chosen = machine(), every(6, list(OPEN.items()))
    for name, (open_form, _) in chosen:
        page = context.new_page()
        field = open_form(page)
        field.click()
        field.press_sequentially(f"Evening {name}")
        wait_until_kept(page, f"Evening {name}")
    kill(tmp_path)
    context = machine()
    for name, (_, open_again) in chosen:
        page = context.new_page()
        field = open_again(page)
        form = window_over(page) if window_over(page).owner.count() else page
        form.get_by_role("button", name="Bring it back").click()
        assert f"Evening {name}" in shown_in(field)


def test_a_text_that_was_typed_into_its_page_comes_back_and_is_saved(harbour_aid, machine, tmp_path):
    context = machine()
    page = context.new_page()
    text_in_its_page(page).click()
    page.keyboard.type("Words of the evening")
    wait_until_kept(page, "Words of the evening")
    kill(tmp_path)
    page = machine().new_page()
    field = text_in_its_page(page)
    page.get_by_role("button", name="Bring it back").click()
    assert "Words of the evening" in field.inner_text()
    with page.expect_response("**/edit-plugin/**"):
        page.locator("main h1").first.click()
    wait_until_gone(page, "Words of the evening")


def test_a_window_with_changes_asks_before_it_closes_and_one_without_does_not(harbour_aid, window):
    alice = window("editor")
    asked = dialogs_of(alice)
    open_block(alice, "The following core")
    text = window_over(alice).locator(".tiptap")
    text.press("Escape")
    alice.wait_for_selector(".cms-modal", state="hidden")
    assert asked == []

    block(alice, "The following core").locator(".cms-submenu-edit").first.click()
    text.click()
    text.press_sequentially("Words of the evening")
    for count, leave in enumerate(
        [
            lambda: text.press("Escape"),
            lambda: alice.locator(".cms-modal-close").click(),
            lambda: alice.locator(".cms-modal-buttons .cms-btn", has_text="Cancel").click(),
        ],
        start=1,
    ):
        leave()
        assert asked == ["confirm"] * count, asked
        assert "Words of the evening" in text.inner_text()
    with alice.expect_event("dialog", lambda dialog: dialog.type == "beforeunload"):
        alice.evaluate("void setTimeout(() => history.back())")
    assert "Words of the evening" in text.inner_text()


def test_what_was_typed_is_offered_though_the_page_was_left_before_it_could_be_stored(harbour_aid, window):
    alice = window("editor")
    dialogs_of(alice, accept=True)
    alice.add_init_script(NO_DATABASE_IN_THE_FIRST_FORM)
    record(alice).fill("Words of a moment")
    alice.locator(".breadcrumbs a").first.click()

    field = record(alice)
    alice.locator(BAR).get_by_role("button", name="Bring it back").click()
    assert field.input_value() == "Words of a moment"
    alice.get_by_role("button", name="Save", exact=True).click()
    alice.wait_for_selector(".messagelist .success")
    record(alice)
    wait_until_gone(alice, "Words of a moment")
    assert alice.locator(BAR).count() == 0


def test_a_form_asks_only_if_something_was_changed_and_offers_nothing_once_it_is_saved(harbour_aid, window):
    alice = window("editor")
    asked = dialogs_of(alice, accept=True)
    record(alice)
    alice.locator(".breadcrumbs a").first.click()
    assert asked == []
    record(alice).fill("Words of the evening")
    alice.locator(".breadcrumbs a").first.click()
    assert asked == ["beforeunload"]

    field = record(alice)
    assert field.input_value() != "Words of the evening"
    bar = alice.locator(BAR)
    assert "that was not saved" in bar.inner_text() and "has changed since" not in bar.inner_text()
    bar.get_by_role("button", name="Bring it back").press("Enter")
    assert field.input_value() == "Words of the evening" and bar.count() == 0
    alice.get_by_role("button", name="Save", exact=True).click()
    alice.wait_for_selector(".messagelist .success")
    wait_until_gone(alice, "Words of the evening")
    record(alice)
    assert asked == ["beforeunload"] and bar.count() == 0

    open_block(alice, "Statements of one kind")
    window_over(alice).locator("[name=heading]").fill("A heading of the evening")
    wait_until_kept(alice, "A heading of the evening")
    save_window(alice)
    wait_until_gone(alice, "A heading of the evening")
    assert asked == ["beforeunload"]


def test_a_form_that_was_refused_is_as_unsaved_as_before(window):
    alice = window("editor")
    asked = dialogs_of(alice, accept=True)
    new_claim(alice).fill("Words of the evening")
    alice.get_by_role("button", name="Save the draft").click()
    alice.wait_for_selector(".errornote")
    assert new_claim_field(alice) == "Words of the evening" and asked == []
    assert alice.locator(BAR).count() == 0
    alice.locator(".breadcrumbs a").first.click()
    assert asked == ["beforeunload"]
    new_claim(alice)
    alice.get_by_role("button", name="Throw it away").click()
    wait_until_gone(alice, "Words of the evening")


def new_claim_field(page):
    return page.locator("[name=statement]").input_value()


def test_what_is_typed_goes_at_the_logout_and_is_shown_to_nobody_else(harbour_aid, site, window):
    page = window("editor")
    asked, bar = dialogs_of(page, accept=True), page.locator(BAR)

    def switch_to(account):
        page.goto("/")
        page.context.add_cookies([{"name": "sessionid", "value": session_key(account), "url": site.url}])
        record(page)

    record(page).fill("Words of the evening")
    wait_until_kept(page, "Words of the evening")
    switch_to("publisher")
    wait_until_kept(page, "Words of the evening")
    assert bar.count() == 0
    switch_to("editor")
    bar.get_by_role("button", name="Bring it back").click()
    asked.clear()
    page.locator("#logout-form button").click()
    wait_until_gone(page, "Words of the evening")
    assert asked == ["confirm"]


def test_a_password_is_not_kept(site, window):
    site.execute_script(ADMINISTRATOR)
    administrator = window("publisher")
    administrator.goto("/admin/auth/user/add/")
    administrator.fill("[name=password1]", "a secret of this evening")
    administrator.fill("[name=username]", "dora")
    wait_until_kept(administrator, "dora")
    assert "a secret" not in administrator.evaluate(ALL_KEPT)


def test_what_is_chosen_in_two_boxes_comes_back(site, window):
    site.execute_script(ADMINISTRATOR)
    administrator = window("publisher")
    asked = dialogs_of(administrator, accept=True)
    chosen = administrator.locator("#id_groups_to option")

    def open_account():
        administrator.goto("/admin/auth/user/?q=editor")
        administrator.locator("#result_list tbody th a").first.click()
        administrator.locator("#id_groups_from").wait_for()

    open_account()
    before = chosen.all_inner_texts()
    assert before == ["editor"]
    administrator.locator(".breadcrumbs a").first.click()
    assert asked == []
    open_account()
    administrator.locator("#id_groups_from").select_option(label="publisher")
    administrator.locator(".field-groups .selector-add").click()
    assert chosen.all_inner_texts() == ["editor", "publisher"]
    administrator.locator(".breadcrumbs a").first.click()
    assert asked == ["beforeunload"]
    open_account()
    assert chosen.all_inner_texts() == before
    administrator.get_by_role("button", name="Bring it back").click()
    assert sorted(chosen.all_inner_texts()) == ["editor", "publisher"]
    administrator.get_by_role("button", name="Save", exact=True).click()
    administrator.wait_for_selector(".messagelist .success")
    open_account()
    assert sorted(chosen.all_inner_texts()) == ["editor", "publisher"]
    assert administrator.locator(BAR).count() == 0
