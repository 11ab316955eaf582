"""Alice logs in where a password is not enough: with a passkey, and with the app on her telephone."""

from itertools import count

import pytest

from tests.support.people import PASSWORD
from tests.support.sampling import drill_only, every, in_turn
from tests.support.second_factor import code_of

from .conftest import served, window_on
from .test_accessibility import faults_of_page

KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
FORGET_FACTORS = """
from django.core.management import call_command
call_command("forget_factors", "editor")
"""


@pytest.fixture(scope="module")
def strict_site(databases, tmp_path_factory):
    with served(databases, "strict", tmp_path_factory.mktemp("strict"), PORTAL_PASSWORD_ONLY="0") as site:
        yield site


@pytest.fixture
def alice(browser, strict_site):
    strict_site.execute_script(FORGET_FACTORS)
    with window_on(browser, strict_site.url, reduced_motion="reduce") as page:
        yield page


def press(page, button):
    with page.expect_navigation():
        page.get_by_role("button", name=button, exact=True).click()


def enter(page):
    page.goto("/admin/")
    page.fill("[name=login]", "editor")
    page.fill("[name=password]", PASSWORD)
    press(page, "Log in")


def confirm(page):
    page.fill("[name=password]", PASSWORD)
    press(page, "Go on")


def log_out(page):
    with page.expect_navigation():
        page.locator("#logout-form button").click()


def test_alice_makes_a_passkey_and_needs_nothing_else_afterwards(alice):
    tools = alice.context.new_cdp_session(alice)
    tools.send("WebAuthn.enable")
    tools.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
    enter(alice)
    assert "Set up a second factor" in alice.inner_text("main")
    alice.get_by_role("link", name="Add a key").click()
    confirm(alice)
    alice.get_by_label("Passwordless").check()
    press(alice, "Add it")
    assert alice.locator(".codes li").count() == 10
    alice.get_by_role("link", name="Go on to the desk").click()
    alice.wait_for_selector(".desk")
    log_out(alice)
    alice.goto("/admin/impact/claim/")
    alice.get_by_role("button", name="Log in with a passkey").click()
    alice.wait_for_url("**/admin/impact/claim/")


@drill_only("tests/portal/accounts/test_second_factor.py")
def test_alice_sets_an_app_up_and_is_asked_for_its_code_after_her_password(alice):
    enter(alice)
    alice.get_by_role("link", name="Set up an app").click()
    confirm(alice)
    secret = alice.inner_text("code")
    alice.fill("[name=code]", code_of(secret))
    press(alice, "Set it up")
    recovery_code = alice.locator(".codes li").first.inner_text()
    alice.get_by_role("link", name="Go on to the desk").click()
    alice.wait_for_selector(".desk")
    log_out(alice)
    enter(alice)
    alice.fill("[name=code]", recovery_code)  # that of the app may be the one that set it up, used already
    press(alice, "Log in")
    alice.wait_for_selector(".desk")


def test_a_key_that_does_not_answer_is_told_on_the_page(alice):
    alice.goto("/accounts/login/")
    alice.evaluate(
        "() => { navigator.credentials.get = "
        "() => Promise.reject(new DOMException('no', 'NotAllowedError')) }"
    )
    alice.get_by_role("button", name="Log in with a passkey").click()
    alice.get_by_text("The key did not answer").wait_for()


@pytest.mark.parametrize("width", in_turn([1440, 320]))
def test_the_pages_of_the_login_serve_everyone(alice, width):
    alice.set_viewport_size({"width": width, "height": 900})
    faults, numbers = [], count()

    def check():
        faults.extend((alice.url, fault) for fault in faults_of_page(alice, next(numbers)))

    alice.goto("/accounts/login/")
    check()
    enter(alice)
    check()
    alice.goto("/accounts/2fa/totp/activate/")
    check()
    confirm(alice)
    check()
    alice.fill("[name=code]", code_of(alice.inner_text("code")))
    press(alice, "Set it up")
    pages = [
        "webauthn/add/",
        "recovery-codes/generate/",
        "",
        "webauthn/",
        "recovery-codes/",
        "totp/deactivate/",
    ]
    for path in every(2, pages):
        alice.goto(f"/accounts/2fa/{path}")
        check()
    assert faults == []
