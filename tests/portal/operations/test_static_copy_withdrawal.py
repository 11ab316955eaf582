"""What is taken down is gone from the static copies within a minute, before anything is rendered anew."""

import json
import os
from contextlib import contextmanager
from datetime import timedelta
from unittest.mock import patch

import pytest
from cms.models import Page
from django.core.management import CommandError, call_command
from django.utils import timezone

from impact.models import Claim
from organisation.models import Passage, Takedown
from portal.delivery.generation import generation
from portal.operations.static_copy.withdrawal import remove_withdrawn
from portal.operations.static_copy.withdrawn_words import comparable, words_in
from tests.support.factory import a_claim, a_source, a_statement, an_organisation, cite, published
from tests.support.pages import a_page, version_of
from tests.support.people import bob

pytestmark = pytest.mark.django_db

WORDS = "We zugzwang the harbour at night."


@contextmanager
def commit():
    """Raises the generation, as a commit does: within the transaction of a test nothing is committed."""
    yield
    generation().bump()


@pytest.fixture
def tick(settings, tmp_path, capsys):
    """Returns a function that runs what is due each minute, and returns what it says."""
    settings.PORTAL_MIRROR = tmp_path

    def run():
        capsys.readouterr()
        call_command("tick")
        return capsys.readouterr().out

    return run


def files_with(folder, *words):
    """Returns the files of every copy that hold one of these words, as it stands there."""
    return sorted(
        str(file.relative_to(folder))
        for file in folder.rglob("*")
        if file.is_file() and any(word.encode() in file.read_bytes() for word in words)
    )


def withdraw(claim):
    claim.refresh_from_db()
    claim.withdraw(bob(), "By mistake", seen=Claim.AS_STORED)


@pytest.fixture
def claim():
    return published(a_claim(WORDS, 40))


def test_a_withdrawn_claim_is_gone_from_every_copy_and_the_rest_stays(mirror, tick, claim, tmp_path):
    number = claim.number
    a_page("Quoting", f"<p>They say: “{WORDS}”</p>", slug="quoting")
    paths = [
        "/about/",
        "/evidence/",
        "/quoting/",
        "/data/claims.csv",
        "/data/claims.xlsx",
        "/data/claims.json",
    ]
    paths += ["/support/factsheet.pdf", f"/evidence/e{number}/", f"/embed/e{number}/", "/feeds/claims.atom"]
    paths += [f"/evidence/e{number}/v1/share.png", "/data/organisations.csv"]
    first = mirror(paths) and mirror.root.resolve()
    mirror(paths)
    assert len(files_with(tmp_path, "zugzwang")) >= 12  # of two copies
    with commit():
        withdraw(claim)
    assert "files with something withdrawn are removed." in tick()
    assert files_with(tmp_path, "zugzwang", f"/e{number}/", f"/e{number}-", f"=E{number}") == []
    for copy in (first, mirror.root):
        left = {str(each.relative_to(copy)) for each in copy.rglob("*") if each.is_file()}
        assert {"about/index.html", "about/index.html.gz", "data/organisations.csv", "mirror.txt"} <= left
        assert not {"data/claims.xlsx", "support/factsheet.pdf", "data/claims.csv.gz"} & left
        assert not [each for each in left if each.startswith(("evidence/e", "embed"))]
    assert tick() == ""


def test_a_page_taken_down_is_gone_though_another_links_to_it(mirror, tick, tmp_path):
    page = a_page("Quay", f"<p>{WORDS}</p>", slug="quay")
    a_page("Links", '<p><a href="/quay/">There</a></p>', slug="links")
    paths = ["/about/", "/quay/", "/links/", "/sitemap.xml"]
    mirror(paths)
    with commit():
        version_of(page).unpublish(bob())
    tick()
    assert files_with(tmp_path, "zugzwang", "/quay/") == []
    assert not (mirror.root / "links/index.html").exists() and not (mirror.root / "quay/index.html").exists()
    assert (mirror.root / "about/index.html").exists() is False  # it names the page in its menu
    mirror(paths)
    assert mirror.report == "/quay/: answers 404 (the list of addresses)\n"
    assert "<a>There</a>" in (mirror.root / "links/index.html").read_text()


def test_what_asks_for_a_login_is_gone_with_what_stands_below_it(mirror, tick, tmp_path):
    above = a_page("Quay", slug="quay")
    a_page("Below", "<p>zugzwang</p>", parent=above, slug="below")
    mirror(["/quay/", "/quay/below/", "/robots.txt"])
    with commit():
        Page.objects.filter(pk=above.page_id).update(login_required=True)
    tick()
    assert files_with(tmp_path, "zugzwang") == [] and (mirror.root / "robots.txt").exists()
    assert not (mirror.root / "quay/index.html").exists()


def test_a_deleted_record_is_gone_wherever_its_sentence_stands(mirror, tick, tmp_path):
    statement = a_statement(f"A harbour. {WORDS}")
    a_page("Shown", ("StatementPlugin", {"statement": statement}), slug="shown")
    mirror(["/shown/", "/robots.txt"])
    rows = [
        {"model": "organisation.statement", "pk": 1, "fields": {"text": statement.text, "kind": "vision"}}
    ]
    with commit():
        Takedown.objects.note(statement, bob(), "It harms somebody", rows=rows)
        statement.save()
    tick()
    assert files_with(tmp_path, "zugzwang") == [] and (mirror.root / "robots.txt").exists()


def test_what_was_put_back_stays_in_the_copy(mirror, tick, claim):
    with commit():
        withdraw(claim)
        claim.put_back(bob(), "It was right")
    mirror(["/robots.txt", f"/evidence/e{claim.number}/"])
    with commit():
        a_source("Another")
    assert tick() == "" and (mirror.root / f"evidence/e{claim.number}/index.html").exists()


def test_a_site_that_fails_keeps_its_last_copy_without_what_was_withdrawn(mirror, claim, tmp_path):
    mirror(["/robots.txt", f"/evidence/e{claim.number}/"])
    before = mirror.root.resolve()
    with commit():
        withdraw(claim)
    with (
        patch("portal.exports.well_known.text_response", side_effect=ZeroDivisionError),
        pytest.raises(CommandError, match="The last copy stays"),
    ):
        mirror(["/robots.txt"])
    assert mirror.root.resolve() == before and (before / "robots.txt").exists()
    assert files_with(tmp_path, "zugzwang") == []


def test_what_is_withdrawn_while_a_copy_is_written_is_not_in_it(mirror, claim, tmp_path):
    def withdraw_once(command, done, waiting):
        if Claim.objects.get(pk=claim.pk).current_edition and done == 2:
            with commit():
                withdraw(claim)

    with (
        patch("portal.management.commands.mirror.Command.report_progress", withdraw_once),
        patch("portal.management.commands.mirror.PROGRESS_EVERY", 1),
    ):
        mirror([f"/evidence/e{claim.number}/", "/data/claims.csv", "/robots.txt"])
    assert files_with(tmp_path, "zugzwang") == [] and (mirror.root / "robots.txt").exists()


def test_nothing_is_looked_at_while_nothing_public_changes(mirror, tmp_path):
    mirror(["/robots.txt"])
    with patch("portal.operations.static_copy.withdrawal.remove_from", side_effect=AssertionError):
        assert remove_withdrawn(tmp_path) == 0
    stamp = json.loads((tmp_path / ".withdrawn").read_text())
    (tmp_path / ".withdrawn").write_text(json.dumps(stamp | {"generation": -1}))
    with patch("portal.operations.static_copy.withdrawal.remove_from", return_value=2) as remove_from:
        assert remove_withdrawn(tmp_path) == 2
    assert remove_from.call_count == 1


def test_there_may_be_no_copy(tmp_path):
    assert remove_withdrawn(tmp_path, since=timezone.now()) == 0 and not list(tmp_path.iterdir())


def test_a_pdf_that_was_typeset_before_a_takedown_does_not_stay_on_the_disk(tick, settings, claim, tmp_path):
    settings.VAR_DIR = tmp_path
    (tmp_path / "reports").mkdir()
    for name in ("old", "new"):
        (tmp_path / "reports" / f"{name}.pdf").write_bytes(b"%PDF")
    withdraw(claim)
    later = (timezone.now() + timedelta(seconds=5)).timestamp()
    os.utime(tmp_path / "reports/new.pdf", (later, later))
    tick()
    assert [file.name for file in (tmp_path / "reports").iterdir()] == ["new.pdf"]


@pytest.mark.parametrize("name", ["Amara", "Amara Sesay"])
def test_a_name_that_is_withheld_for_safety_is_gone_however_short_it_is(mirror, tick, tmp_path, name):
    source = a_source("Log", author=an_organisation(profiled=True), kind="report", text=f"{name} told us.")
    claim = published(a_claim("They told us", source=source))
    cite(claim.current_edition, source, passage=Passage.objects.quote(source, name))
    mirror(["/publications/log/", "/robots.txt"])
    assert files_with(tmp_path, name)
    with commit():
        claim.withdraw(bob(), "It could harm somebody.", is_for_safety=True, seen=Claim.AS_STORED)
    tick()
    assert files_with(tmp_path, name) == [] and (mirror.root / "robots.txt").exists()


def test_a_sentence_of_a_script_without_spaces_is_gone(mirror, tick, tmp_path):
    claim = published(a_claim("昨天我们签署了一项协议"))
    a_page("Quoting", f"<p>{claim.statement}。</p>", slug="quoting")
    mirror(["/quoting/", "/robots.txt"])
    with commit():
        withdraw(claim)
    tick()
    assert files_with(tmp_path, claim.statement) == [] and (mirror.root / "robots.txt").exists()


def test_the_second_line_of_a_withdrawn_text_is_found_where_a_program_reads_it(tmp_path):
    file = tmp_path / "rows.json"
    file.write_text(json.dumps({"words": "First.\nThey sailed at night."}))
    assert comparable("They sailed at night") in words_in(file)
