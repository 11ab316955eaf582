import re
from contextlib import suppress
from html import unescape
from unittest.mock import patch

import pytest
from django.core.management import CommandError, call_command

from portal.operations import address_check, doctor
from portal.operations.static_copy import crawl
from tests.support.desk import DESK
from tests.support.people import bob
from tests.support.second_factor import log_in_with_app

# One of each kind; the whole site is copied by a drill.
FEW = [
    "/",
    "/search/",
    "/evidence/e10/",
    "/data/claims.csv",
    "/favicon.ico",
    "/site.webmanifest",
    "/share.png",
    "/feeds/corrections.atom",
    "/.well-known/security.txt",
]


@pytest.fixture
def mirror(tmp_path, capsys):
    """Returns a function that copies FEW paths and what they show, and returns the command's output.

    `root` is the folder of the last copy, `few` are FEW, and `report` is the list of faults.
    """

    def run(paths=FEW, follow=False, **options):
        def shown_alone(self, path, target, content):
            return [
                linked
                for linked in linked_paths(self, path, target, content)
                if follow or re.search(r"\.[a-z0-9]+$", linked)
            ]

        linked_paths = crawl.Crawl.linked_paths
        with (
            patch("portal.operations.static_copy.static_copy.start_paths", lambda: paths),
            patch("portal.operations.static_copy.crawl.Crawl.linked_paths", shown_alone),
        ):
            call_command("mirror", tmp_path, **options)
        output, run.report = capsys.readouterr()
        return output

    run.root, run.few = tmp_path / "current", FEW
    return run


@pytest.fixture
def live_site(settings, tmp_path, monkeypatch):
    """A site at example.org, whose address answers."""
    tmp_path.chmod(0o700)
    settings.VAR_DIR, settings.ALLOWED_HOSTS = tmp_path, ["example.org", "testserver"]
    settings.PORTAL_HTTPS, settings.PORTAL_PROXIES = True, 1
    settings.PORTAL_PASSWORD_ONLY = False
    monkeypatch.setenv("PORTAL_PROXIES", "1")
    monkeypatch.setattr(address_check, "ask", lambda address: None)


@pytest.fixture
def before_going_live(client, capsys, monkeypatch):
    """Returns a function that gives (level, sentence) of a check, which the doctor and Bob's desk say alike.

    Bob, who has a second factor, opens his desk after the doctor has looked.
    """
    monkeypatch.setattr(doctor, "DATABASE_CHECKS", ())
    monkeypatch.setattr(doctor, "OTHER_CHECKS", ())

    def run(name):
        log_in_with_app(client, bob())
        with suppress(CommandError):
            call_command("doctor")
        lines = [line for line in capsys.readouterr().out.splitlines() if line[7:].startswith(f"{name}: ")]
        [(level, sentence)] = [(line[:5].strip(), line[7:]) for line in lines]
        [row] = [row for row in rows_of_the_desk(client) if sentence in row]
        assert ("In order" in row, "To be done" in row) == (level == "ok", level != "ok")
        return level, sentence.partition(": ")[2]

    return run


def rows_of_the_desk(client):
    """Returns the text of each line below “Before you go live”, as whoever is logged in reads it."""
    page = client.get(DESK).content.decode()
    rows = page.partition("<h2>Before you go live</h2>")[2].partition("</section>")[0].split("<li>")[1:]
    return [unescape(re.sub(r"<[^>]+>", "", row)) for row in rows]
