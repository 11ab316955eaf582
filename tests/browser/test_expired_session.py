"""A form that is sent after its session has ended loses nothing."""

from tests.support.people import PASSWORD
from tests.support.sampling import drill_only

from .test_edit_conflict import open_integrity

TEXT = 'Words that took Alice the whole evening.\n\nAnd a second paragraph: <b>not</b> "markup" & more.'


def open_the_form(page):
    open_integrity(page)
    page.locator("[name=text]").fill(TEXT)


def save(page):
    page.get_by_role("button", name="Save", exact=True).click()


def log_in_in_a_new_window(page):
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Log in in a new window").click()
    new_window = opened.value
    new_window.fill("[name=login]", "editor")
    new_window.fill("[name=password]", PASSWORD)
    new_window.get_by_role("button", name="Log in", exact=True).click()
    new_window.wait_for_selector("#logout-form")
    new_window.close()


@drill_only("tests/portal/accounts/test_expired_session.py")
def test_who_is_logged_out_while_writing_logs_in_beside_the_form_and_saves_it(harbour_aid, window):
    alice = window("editor")
    open_the_form(alice)
    alice.context.clear_cookies(name="sessionid")
    save(alice)
    assert "You are logged out" in alice.inner_text("h1")
    assert "nothing of what you wrote is lost" in alice.inner_text("main")
    alice.get_by_role("button", name="I am logged in: go on").click()
    assert "You are logged out" in alice.inner_text("h1")
    log_in_in_a_new_window(alice)
    alice.get_by_role("button", name="I am logged in: go on").click()
    assert "you have logged in anew, as editor" in alice.inner_text("main")
    alice.get_by_role("button", name="Send it again").click()
    alice.wait_for_selector(".messagelist .success")
    open_integrity(alice)
    assert alice.locator("[name=text]").input_value() == TEXT


@drill_only("tests/portal/accounts/test_expired_session.py")
def test_who_has_logged_in_anew_in_another_window_sends_the_form_again(harbour_aid, window):
    alice = window("editor")
    open_the_form(alice)
    new_window = alice.context.new_page()
    new_window.goto("/admin/")
    new_window.locator("#logout-form button").click()
    new_window.goto("/admin/")
    new_window.fill("[name=login]", "editor")
    new_window.fill("[name=password]", PASSWORD)
    new_window.get_by_role("button", name="Log in", exact=True).click()
    new_window.wait_for_selector("#logout-form")
    save(alice)
    alice.get_by_role("button", name="Send it again").click()
    alice.wait_for_selector(".messagelist .success")
    open_integrity(alice)
    assert alice.locator("[name=text]").input_value() == TEXT
