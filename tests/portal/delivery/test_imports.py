"""A process of the server imports what is heavy when it is first used, and Typst never."""

import shutil
import subprocess
import sys

import pytest
from django.conf import settings

from tests.support.seeded_database import SECRET_KEY, seeded_site

FIRST_PAGE = "/"
HEAVY = {
    *{"openpyxl", "import_export", "tablib", "typst", "rapidfuzz", "redis", "PIL", "fido2", "cryptography"},
    "snowballstemmer",
}
# Serves paths as the server does, and prints the names of the packages that are then loaded.
SERVE = """
import sys
from wsgiref.util import setup_testing_defaults
from portal.wsgi import application
for path in sys.argv[1:]:
    environ = {"PATH_INFO": path.partition("?")[0], "QUERY_STRING": path.partition("?")[2]}
    environ["REMOTE_ADDR"] = "127.0.0.1"
    setup_testing_defaults(environ)
    statuses = []
    b"".join(application(environ, lambda status, headers: statuses.append(status)))
    assert statuses == ["200 OK"], (path, statuses)
print(*{name.partition(".")[0] for name in sys.modules})
"""


@pytest.fixture
def loaded_after(tmp_path):
    """Returns a function that says which heavy packages a new process has loaded after these paths."""
    shutil.copy(seeded_site() / "portal.sqlite3", tmp_path)
    (tmp_path / "static").symlink_to(seeded_site() / "static")

    def serve(*paths, **variables):
        environment = {"PORTAL_VAR": str(tmp_path), "SECRET_KEY": SECRET_KEY, "PYTHONPATH": "."} | variables
        done = subprocess.run(
            [sys.executable, "-c", SERVE, *paths],
            cwd=settings.BASE_DIR,
            env=environment,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr
        return HEAVY & set(done.stdout.split())

    return serve


def test_the_first_page_needs_nothing_heavy(loaded_after):
    assert loaded_after(FIRST_PAGE) == set()


def test_pdfs_and_share_images_load_nothing_heavy(loaded_after):
    assert loaded_after("/impact/report.pdf", "/evidence/e10/v1/share.png") == set()


def test_redis_is_loaded_only_where_several_servers_share_one(loaded_after):
    assert "redis" in loaded_after(FIRST_PAGE, REDIS_URL="redis://127.0.0.1:1/0")
    assert "redis" not in loaded_after(FIRST_PAGE)


@pytest.mark.parametrize(
    ("path", "packages"),
    [
        ("/search/?q=child", {"snowballstemmer"}),
        ("/search/?q=recruitmnt", {"snowballstemmer", "rapidfuzz"}),
        ("/data/claims.csv", set()),
        ("/data/claims.xlsx", {"openpyxl"}),
        ("/accounts/login/", set()),
    ],
)
def test_what_a_page_needs_is_loaded_with_it(loaded_after, path, packages):
    assert loaded_after(path) - {"PIL"} == packages  # openpyxl takes PIL where it is installed
