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
# Serves paths as the server does, and prints for each the packages that are loaded after it.
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
    """Returns a function that serves paths in a new process, and says what heavy packages each loaded."""
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
        loaded = [HEAVY & set(line.split()) for line in done.stdout.splitlines()]
        return [after - before for before, after in zip([set(), *loaded], loaded, strict=False)]

    return serve


def test_what_a_page_needs_is_loaded_with_it(loaded_after):
    needs = {
        FIRST_PAGE: set(),
        "/impact/report.pdf": set(),
        "/evidence/e10/v1/share.png": set(),
        "/accounts/login/": set(),
        "/data/claims.csv": set(),
        "/search/?q=child": {"snowballstemmer"},
        "/search/?q=recruitmnt": {"rapidfuzz"},
        "/data/claims.xlsx": {"openpyxl"},
    }
    loaded = dict(zip(needs, loaded_after(*needs), strict=True))
    loaded["/data/claims.xlsx"] -= {"PIL"}  # openpyxl takes it where it is installed
    assert loaded == needs


def test_redis_is_loaded_only_where_several_servers_share_one(loaded_after):
    [loaded] = loaded_after(FIRST_PAGE, REDIS_URL="redis://127.0.0.1:1/0")
    assert "redis" in loaded
