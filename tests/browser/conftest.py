"""Runs a real Chromium on a real server; an error in a page, or a call to another host, fails the test."""

from contextlib import ExitStack, contextmanager
from functools import partial, wraps
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Error, Locator, sync_playwright

from portal.delivery.generation import SharedMemory
from tests.support.chromium import installed
from tests.support.seeded_database import SECRET_KEY, seeded_site, session_key

from .csp_violations import report_violations
from .harbour_aid import MADE_UP
from .page_kinds import DESK, kinds_of_page
from .site import Databases, Site

# Without motion, so that what a test looks at stands still.
CHARLIE = {"viewport": DESK, "reduced_motion": "reduce"}
WINDOW = {"viewport": {"width": 1400, "height": 1000}}

# No sandbox, because the tests may run as root; no feature of the browser that calls outside hosts.
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def browser():
    with pytest.MonkeyPatch.context() as environment, sync_playwright() as playwright:
        # Playwright keeps an event loop in this thread, in which Django would refuse the database.
        environment.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        for action in (Locator.click, Locator.press):
            environment.setattr(Locator, action.__name__, until_parsed(action))
        with playwright.chromium.launch(executable_path=installed(), args=ARGUMENTS) as browser:
            yield browser


def until_parsed(action):
    """Returns an action of a locator that ends only when the page is parsed to which it has led.

    Playwright waits for the new page's first bytes alone: a text that is read at once may be cut off.
    """

    @wraps(action)
    def act(locator, *arguments, **options):
        action(locator, *arguments, **options)
        try:
            locator.page.wait_for_load_state("domcontentloaded")
        except Error:
            if not locator.page.is_closed():  # the windows that Django's admin opens close themselves
                raise

    return act


@pytest.fixture(scope="session")
def databases():
    return Databases()


@pytest.fixture(scope="session")
def shared_site(databases, tmp_path_factory):
    with served(databases, "site", tmp_path_factory.mktemp("site")) as site:
        yield site


@pytest.fixture
def site(databases, shared_site):
    """The seeded site, served; it is reset to the seeded state, and further servers are stopped."""
    databases.reset("site", shared_site.folder)
    SharedMemory(shared_site.folder / "generation").bump()
    yield shared_site
    shared_site.stop(keep=1)


@pytest.fixture
def harbour_aid(site):
    """Has a value on a page of its values, and a vision on two pages."""
    site.execute_script(MADE_UP)


@pytest.fixture(scope="session")
def public_site(databases, tmp_path_factory):
    """The seeded site, served for tests that only read; of claim E10 it has an old edition."""
    with served(databases, "public", tmp_path_factory.mktemp("public"), PUBLISH_ANEW) as site:
        yield site


PUBLISH_ANEW = """
from django.contrib.auth import get_user_model
from impact.models import Claim
publisher = get_user_model().objects.get(username="publisher")
Claim.objects.get(number=10).publish(by=publisher, reason="Published once more", seen=Claim.AS_STORED)
"""


@contextmanager
def served(databases, name, folder, *scripts, **environment):
    """Yields a served site on a copy of the seeded database, which the scripts have changed.

    `site.outputs` holds what each script printed.
    """
    (folder / "static").symlink_to(seeded_site() / "static")
    site = Site(folder, databases.copy(name, folder), SECRET_KEY=SECRET_KEY, **environment)
    try:
        site.outputs = [site.execute_script(script) for script in scripts]
        site.url = site.serve()
        yield site
    finally:
        site.stop()
        databases.remove(name)


@pytest.fixture(scope="session")
def kinds(seeded_pages):
    """The path of one page of each kind."""
    return kinds_of_page(seeded_pages)


@pytest.fixture
def window(browser, site):
    """Opens a window of the browser for another person: a visitor, or the member of staff of an account."""
    with ExitStack() as windows:

        def open_window(account=None, **options):
            page = windows.enter_context(window_on(browser, site.url, **WINDOW | options))
            if account:
                cookie = {"name": "sessionid", "value": session_key(account), "url": site.url}
                page.context.add_cookies([cookie])
            return page

        yield open_window


@pytest.fixture
def machine(browser, site, tmp_path):
    """Starts a browser that has its storage in a folder, so that it can be killed and started again."""
    contexts = []

    def start(account="editor"):
        context = browser.browser_type.launch_persistent_context(
            tmp_path, executable_path=installed(), args=ARGUMENTS, base_url=site.url, locale="en-GB", **WINDOW
        )
        context.set_default_timeout(30_000)
        context.add_cookies([{"name": "sessionid", "value": session_key(account), "url": site.url}])
        contexts.append(context)
        return context

    yield start
    contexts[-1].close()


@pytest.fixture
def visit(browser, public_site):
    """Opens a window for Charlie on the site that tests only read."""
    with ExitStack() as windows:
        yield lambda **options: windows.enter_context(
            window_on(browser, public_site.url, **CHARLIE | options)
        )


@pytest.fixture
def visit_in_motion(visit):
    """Opens a window for Charlie as most people have it: smaller, and with motion."""
    return partial(visit, **WINDOW, reduced_motion="no-preference")


@contextmanager
def window_on(browser, url, **options):
    """Yields a page in a window of its own; an error in it, or a call to another host, fails the test."""
    faults = []
    with browser.new_context(base_url=url, **{"locale": "en-GB"} | options) as context:
        context.set_default_timeout(15_000)
        context.on("weberror", lambda error: faults.extend(script_errors(error)))
        context.on("request", lambda request: faults.extend(calls_to_other_hosts(request.url)))
        report_violations(context, faults)
        yield context.new_page()
    assert not faults


def script_errors(error):
    """Returns an error of a page's script, unless Django's pop-ups throw it in every window of the CMS."""
    known = "dismissChangeRelatedObjectPopup" in str(error.error)
    return [] if known else [f"error in {error.page.url}: {error.error}"]


def calls_to_other_hosts(address):
    """Returns the address if it is another host's; those of data have no host."""
    host = urlsplit(address).hostname
    return [f"request to {address}"] if host and host != "localhost" else []
