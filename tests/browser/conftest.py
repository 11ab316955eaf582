"""A real Chromium on a real server; whatever goes wrong in a page, or calls another host, fails the test."""

import os
import shutil
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import sync_playwright
from tests.people import PASSWORD

from .site import Databases, Site

# No sandbox, because the tests may run as root; nothing that would call outside hosts.
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
        path = os.environ.get("CHROMIUM") or shutil.which("chromium")
        with playwright.chromium.launch(executable_path=path, args=ARGUMENTS) as browser:
            yield browser


@pytest.fixture(scope="session")
def databases(tmp_path_factory):
    """A database as the commands make and fill it, to be copied; its folder also holds the collected static files."""
    folder = tmp_path_factory.mktemp("seeded")
    databases = Databases(folder)
    seeded = Site(folder, databases.make("seeded"), PORTAL_ADMIN_PASSWORD=PASSWORD)
    seeded.manage("migrate", "--verbosity=0")
    seeded.manage("seed")
    seeded.manage("collectstatic", "--no-input", "--verbosity=0")
    yield databases
    databases.remove("seeded")


@pytest.fixture
def site(databases, tmp_path):
    """The seeded site, served, on a folder and a database that are the test's own."""
    (tmp_path / "static").symlink_to(databases.folder / "static")
    site = Site(tmp_path, databases.copy("site", tmp_path))
    try:
        site.url = site.serve()
        yield site
    finally:
        site.stop()
        databases.remove("site")


@pytest.fixture
def window(browser, site):
    """Opens a window of the browser for another person: a visitor, or staff who has logged in."""
    people, troubles = [], []

    def open_window(account=None, **options):
        person = browser.new_context(base_url=site.url, locale="en-GB", viewport={"width": 1400, "height": 1000}, **options)
        person.set_default_timeout(15_000)
        person.on("weberror", lambda error: troubles.extend(ours(error)))
        person.on("request", lambda request: troubles.extend(elsewhere(request.url)))
        people.append(person)
        page = person.new_page()
        if account:
            log_in(page, account)
        return page

    yield open_window
    for person in people:
        person.close()
    assert not troubles


def log_in(page, account):
    page.goto("/admin/")
    page.fill("[name=username]", account)
    page.fill("[name=password]", PASSWORD)
    page.click("[type=submit]")
    page.wait_for_selector("text=Site administration")


def ours(error):
    """An error of a page's script, but for the one that Django's pop-ups throw in every window of the CMS."""
    known = "dismissChangeRelatedObjectPopup" in str(error.error)
    return [] if known else [f"error in {error.page.url}: {error.error}"]


def elsewhere(address):
    """The address when it is another host's; pages made of data have none."""
    host = urlsplit(address).hostname
    return [f"request to {address}"] if host and host != "localhost" else []
