"""The cache of the PDFs: typeset once for each content, the same bytes every time, no half-written file."""

import re
from datetime import timedelta
from unittest.mock import patch

import pytest
from django.utils import timezone

from portal.exports.report import pdf
from portal.graphics.typesetting import TypesettingError
from tests.support.factory import a_statement

from . import ORGANISATION_REPORT, PDFS, REPORT

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", PDFS)
def test_a_pdf_is_typeset_once_and_then_read_from_the_cache_whatever_the_day(
    client, path, settings, tmp_path, harbour_aid
):
    settings.VAR_DIR = tmp_path
    first = client.get(path)
    assert [file.read_bytes() for file in (tmp_path / "reports").iterdir()] == [first.content]
    later = timezone.now() + timedelta(days=40)
    with (
        patch("portal.exports.report.pdf.typeset", side_effect=AssertionError),
        patch("django.utils.timezone.now", return_value=later),
    ):
        again = client.get(path)
    assert (again.content, again["ETag"]) == (first.content, first["ETag"])


def test_a_browser_that_has_the_pdf_is_not_sent_it_again(client):
    first = client.get(REPORT)
    again = client.get(REPORT, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert re.fullmatch(
        r'inline; filename="published-record-\d{4}-\d{2}-\d{2}\.pdf"', first["Content-Disposition"]
    )


def test_the_same_record_gives_the_same_bytes(client, settings, tmp_path):
    files = []
    for name in ("one", "two"):
        settings.VAR_DIR = tmp_path / name
        settings.VAR_DIR.mkdir()
        files.append(client.get(REPORT).content)
    assert files[0] == files[1]


def test_the_cache_is_pruned_to_the_newest_files(client, settings, tmp_path, monkeypatch, harbour_aid):
    settings.VAR_DIR = tmp_path
    assert pdf.MAX_CACHED_FILES == 40
    monkeypatch.setattr(pdf, "MAX_CACHED_FILES", 2)
    mission = a_statement(kind="mission")
    for number in range(4):
        mission.text = f"The mission, told for the {number}th time"
        mission.save()
        newest = client.get(ORGANISATION_REPORT).content
    files = list((tmp_path / "reports").iterdir())
    assert len(files) == 2
    assert newest in [file.read_bytes() for file in files]
    assert {file.suffix for file in files} == {".pdf"}


def test_an_error_of_typst_leaves_no_file(client, settings, tmp_path, monkeypatch):
    settings.VAR_DIR = tmp_path
    with monkeypatch.context() as patched, pytest.raises(TypesettingError, match="no such standard"):
        patched.setattr(pdf, "PDF_STANDARDS", ["no such standard"])
        client.get(REPORT)
    assert not (tmp_path / "reports").exists()
    assert client.get(REPORT).status_code == 200
