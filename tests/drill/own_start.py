"""A volunteer begins a portal of their own at a browser, from an empty machine to the first public claim.

Afterwards all that the site serves is read: nothing of the demonstration, and nothing false, is found.
"""

import os
import pty
import re
import select
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import django
from django.test import Client
from django.test.utils import setup_test_environment
from playwright.sync_api import Error, sync_playwright

from tests.support.chromium import chromium
from tests.support.documents import docx, paragraph
from tests.support.ports import free_port

PATIENCE = 500  # seconds: a machine with other work to do is slow to migrate
MOST_ACTIONS = 60
PASSWORD, OTHER_PASSWORD = "a lantern for every pier", "no pier without a lantern"  # pragma: allowlist secret
TRAINED = "In 2024 we trained 240 lifeguards in 12 towns."
REPORT = docx(paragraph("What we did"), paragraph(TRAINED), paragraph("We keep every pier safe."))


class Person:
    """Somebody at a browser, whose actions are counted: each click, each field that is filled in."""

    actions = 0

    def __init__(self, browser, url):
        self.page = browser.new_context(base_url=url, reduced_motion="reduce").new_page()
        self.page.on("pageerror", lambda error: sys.exit(f"an error in a page: {error}"))

    def do(self, action, *arguments):
        Person.actions += 1
        action(*arguments)
        self.page.wait_for_load_state("domcontentloaded")

    def open(self, address):
        self.do(self.page.goto, address)

    def press(self, name, role="button"):
        self.do(self.page.get_by_role(role, name=name).first.click)

    def fill(self, **fields):
        for name, value in fields.items():
            self.do(self.page.locator(f"[name={name}]").fill, value)

    def tick(self, label):
        for box in self.page.get_by_label(label).all():
            self.do(box.check)

    def reads(self, words):
        self.page.get_by_text(words).first.wait_for()


def main():
    folder = Path(os.environ["PORTAL_VAR"])
    (folder / "report.docx").write_bytes(REPORT)
    with (
        started() as address,
        sync_playwright() as playwright,
        playwright.chromium.launch(
            executable_path=chromium(), args=["--headless", "--no-sandbox"]
        ) as browser,
    ):
        walk(browser, address, folder / "report.docx")
    words = read_everything()
    assert Person.actions <= MOST_ACTIONS, f"{Person.actions} actions"
    print(
        f"from an empty database to a public claim that a second person reviewed: {Person.actions} actions; "
        f"of {words} names and sentences of the demonstration none is served"
    )


@contextmanager
def started():
    """Starts an empty site as one's own in a terminal; yields the address that it shows."""
    child, terminal = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "manage.py", "start", "--port", str(free_port())],
        stdin=terminal,
        stdout=terminal,
        stderr=terminal,
        start_new_session=True,
    )
    os.close(terminal)
    try:
        assert "This site is empty." in read_until(child, "or write own: ")
        os.write(child, b"own\n")
        told = read_until(child, "Ctrl-C")
        yield re.search(r"http://localhost:\d+/accounts/start/open/[\w-]+/", told)[0]
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        os.close(child)


def read_until(terminal, words):
    """Returns what a terminal shows up to some words; what is not shown in time fails with what was."""
    told, end = "", time.monotonic() + PATIENCE
    while words not in told:
        ready = select.select([terminal], [], [], max(0, end - time.monotonic()))[0]
        assert ready, told
        try:
            told += os.read(terminal, 10_000).decode(errors="replace")
        except OSError as error:  # the other end is closed
            raise AssertionError(told) from error
    return told


def walk(browser, address, report):
    url = address.partition("/accounts/")[0]
    mira, nils, visitor = (Person(browser, url) for _person in range(3))
    wait_for_server(visitor)
    set_up(mira, address)
    propose_claim(mira, report)
    publish(nils)
    visitor.page.goto("/impact/")
    visitor.reads("1 claim")
    visitor.page.goto("/evidence/e1/")
    words = visitor.page.inner_text("main")
    assert TRAINED.rstrip(".") in words and "Annual report 2024" in words, words


def wait_for_server(visitor):
    end = time.monotonic() + PATIENCE
    while True:
        try:
            return visitor.page.goto("/readyz")
        except Error:
            if time.monotonic() > end:
                raise


def set_up(mira, address):
    mira.open(address)
    mira.press("Who you are", "link")
    mira.fill(name="The Pier Watch", sentence="What we did, and what shows it.")
    mira.fill(publisher="Pier Watch Association", short_name="Pier Watch")
    mira.press("Save and go on")
    mira.do(mira.page.locator("[name=accent_light]").fill, "#203060")
    mira.press("Save and go on")
    mira.fill(name="mira", password=PASSWORD, password_again=PASSWORD)
    mira.fill(second_name="nils", second_password=OTHER_PASSWORD)
    mira.press("Make the accounts")
    mira.press("Go on")
    mira.fill(licence="CC-BY-4.0", email="office@pier.example")
    mira.press("Save and go on")
    mira.press("Bring the first document")


def propose_claim(mira, report):
    mira.do(mira.page.set_input_files, "input[type=file]", report)
    mira.do(mira.page.get_by_label("Kind").select_option, "report")
    mira.fill(title="Annual report 2024")
    mira.do(mira.page.get_by_label("Author", exact=True).select_option, "Pier Watch Association")
    mira.tick("Readers may see it")
    mira.press("Keep it and read it")
    mira.press(f"Accept as a draft “{TRAINED}”")
    mira.open("/admin/")
    mira.press("E1", "link")
    mira.fill(subject="lifeguards trained")
    mira.do(mira.page.locator("[name=theme]").select_option, "training")
    mira.do(mira.page.locator("[name=type]").select_option, "output")
    mira.press("Save and submit for review")
    mira.reads("E1 is submitted for review")


def publish(nils):
    nils.open("/accounts/login/")
    nils.fill(login="nils", password=OTHER_PASSWORD)
    nils.press("Log in")
    nils.press("Annual report 2024", "link")
    nils.tick("I have seen this.")
    nils.press("Accept")
    nils.open("/admin/")
    nils.press("E1", "link")
    nils.tick("I have seen this.")
    nils.press("Publish now")
    nils.reads("E1 is published")


def read_everything():
    """Reads all that the site serves now; returns how many words of the demonstration it looked for there."""
    django.setup()
    setup_test_environment()
    from tests.support.demonstration_words import found_in, words_of_the_demonstration
    from tests.support.sweep import Sweep

    words, sweep = words_of_the_demonstration(), Sweep(Client(), 1)
    left = {path: found for path, text in sweep.everything() if (found := found_in(text, words))}
    assert left == {}, left
    assert sweep.faults() == []
    assert len(words) > 200
    return len(words)


if __name__ == "__main__":
    main()
