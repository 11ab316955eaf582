"""PDFs and share images are set by a child process: its failure is the visitor's error page, and no hang."""

import os
import sys

import pytest

from portal.graphics import typesetting

pytestmark = pytest.mark.django_db

REPORT, SHARE_IMAGE = "/impact/report.pdf", "/evidence/e10/v1/share.png"


@pytest.fixture(autouse=True)
def empty_cache(settings, tmp_path):
    settings.VAR_DIR = tmp_path


@pytest.fixture
def visitor(client):
    client.raise_request_exception = False
    return client


@pytest.fixture
def child(monkeypatch, tmp_path):
    """Returns a function that lets another script run as the child."""

    def replace(script):
        file = tmp_path / "child.py"
        file.write_text(script)
        monkeypatch.setattr(typesetting, "CHILD", file)

    return replace


def assert_is_error_page(response):
    assert response.status_code == 500
    assert response["Content-Type"].startswith("text/html")
    assert "Something went wrong" in response.content.decode()


@pytest.mark.parametrize("path", [REPORT, SHARE_IMAGE])
@pytest.mark.parametrize(
    ("script", "reason"),
    [
        ("import sys; sys.exit('unknown font')", "failed (1): unknown font"),
        ("import os; os.kill(os.getpid(), 9)", "failed (-9)"),
        ("no Python", "SyntaxError"),
    ],
)
def test_a_child_that_fails_is_an_error_page_and_its_reason_is_logged(
    visitor, child, caplog, path, script, reason
):
    child(script)
    assert_is_error_page(visitor.get(path))
    assert reason in caplog.text


@pytest.mark.parametrize("path", [REPORT, SHARE_IMAGE])
def test_a_child_that_hangs_is_ended_and_the_visitor_gets_an_error_page(
    visitor, child, caplog, monkeypatch, tmp_path, path
):
    child(f"import os, signal\nopen({str(tmp_path / 'pid')!r}, 'w').write(str(os.getpid()))\nsignal.pause()")
    monkeypatch.setattr(typesetting, "MAX_SECONDS", 1)
    assert_is_error_page(visitor.get(path))
    assert "took longer than 1 seconds" in caplog.text
    with pytest.raises(ProcessLookupError):
        os.kill(int((tmp_path / "pid").read_text()), 0)


@pytest.mark.parametrize("path", [REPORT, SHARE_IMAGE])
def test_after_a_failure_the_next_visitor_gets_the_file(visitor, monkeypatch, path):
    with monkeypatch.context() as patched:
        patched.setattr(typesetting, "MAX_SECONDS", 0)
        assert_is_error_page(visitor.get(path))
    assert visitor.get(path).status_code == 200


def test_the_child_is_isolated_from_the_environment(visitor, child, monkeypatch, tmp_path):
    """A module of the environment's own choice must not run instead of one of the site's."""
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    (tmp_path / "typst.py").write_text("raise SystemExit('not Typst')")
    assert visitor.get(SHARE_IMAGE).status_code == 200


def test_the_process_that_asks_for_a_file_never_loads_typst(client):
    for path in (REPORT, SHARE_IMAGE):
        assert client.get(path).status_code == 200
    assert "typst" not in sys.modules
