"""What Alice has written is still there when her session is not."""

from tests.support.people import PASSWORD

from .test_edit_conflict import open_integrity

WORDS = 'Words that took Alice the whole evening.\n\nAnd a second paragraph: <b>not</b> "markup" & more.'


def open_the_form(page):
    open_integrity(page)
    page.locator("[name=text]").fill(WORDS)


def save(page):
    page.get_by_role("button", name="Save", exact=True).click()


def log_in_beside(page):
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Log in in a new window").click()
    beside = opened.value
    beside.fill("[name=login]", "editor")
    beside.fill("[name=password]", PASSWORD)
    beside.get_by_role("button", name="Log in", exact=True).click()
    beside.wait_for_selector("#logout-form")
    beside.close()


def test_who_is_logged_out_while_writing_logs_in_beside_the_form_and_saves_it(window):
    alice = window("editor")
    open_the_form(alice)
    alice.context.clear_cookies(name="sessionid")
    save(alice)
    assert "You are logged out" in alice.inner_text("h1")
    assert "nothing of what you wrote is lost" in alice.inner_text("main")
    alice.get_by_role("button", name="I am logged in: go on").click()
    assert "You are logged out" in alice.inner_text("h1")
    log_in_beside(alice)
    alice.get_by_role("button", name="I am logged in: go on").click()
    assert "you have logged in anew, as editor" in alice.inner_text("main")
    alice.get_by_role("button", name="Send it again").click()
    alice.wait_for_selector(".messagelist .success")
    open_integrity(alice)
    assert alice.locator("[name=text]").input_value() == WORDS


def test_who_has_logged_in_anew_in_another_window_sends_the_form_again(window):
    alice = window("editor")
    open_the_form(alice)
    beside = alice.context.new_page()
    beside.goto("/admin/")
    beside.locator("#logout-form button").click()
    beside.goto("/admin/")
    beside.fill("[name=login]", "editor")
    beside.fill("[name=password]", PASSWORD)
    beside.get_by_role("button", name="Log in", exact=True).click()
    beside.wait_for_selector("#logout-form")
    save(alice)
    alice.get_by_role("button", name="Send it again").click()
    alice.wait_for_selector(".messagelist .success")
    open_integrity(alice)
    assert alice.locator("[name=text]").input_value() == WORDS
