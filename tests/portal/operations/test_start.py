"""`make run` says in one sentence why it cannot start."""

import os
import socket
import subprocess
import sys

import pytest
from django.conf import settings

from tests.support.sampling import every


@pytest.fixture
def start(tmp_path):
    """Returns a function that runs `manage.py start` on an empty folder, with these variables alone."""

    def run(*arguments, **variables):
        return subprocess.run(
            [sys.executable, "manage.py", "start", *arguments],
            cwd=settings.BASE_DIR,
            env={"PATH": os.environ["PATH"], "PORTAL_VAR": str(tmp_path)} | variables,
            capture_output=True,
            text=True,
        )

    return run


@pytest.fixture
def taken_port():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener.getsockname()[1]


@pytest.fixture
def free_port():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    return port


def test_a_port_in_use_is_named_and_nothing_is_written(start, taken_port, tmp_path):
    process = start("--port", str(taken_port))
    assert process.returncode == 1
    assert process.stderr == (
        f"CommandError: Port {taken_port} is in use: stop what listens there, or choose another, "
        f"for example `make run PORT={taken_port + 1}`.\n"
    )
    assert not list(tmp_path.glob("*.sqlite3*"))


@pytest.mark.parametrize("port", every(3, ["0", "80x", "²", "65536"]))
def test_a_wrong_port_is_answered_with_one_sentence(start, port):
    process = start(PORT=port)
    assert process.returncode == 1
    assert process.stderr == f"CommandError: “{port}” is not a port: choose a number from 1 to 65535.\n"


def test_an_unreachable_database_is_answered_with_one_sentence_without_its_password(start, free_port):
    process = start("--port", str(free_port), DATABASE_URL="postgres://margin:hush@127.0.0.1:1/margin")
    assert process.returncode == 1
    assert process.stderr.count("\n") == 1
    assert "DATABASE_URL" in process.stderr
    assert "hush" not in process.stdout + process.stderr


def test_a_database_file_that_is_none_is_answered_with_one_sentence(start, free_port, tmp_path):
    database = tmp_path / "portal.sqlite3"
    database.write_text("Dear diary, this is no database.")
    process = start("--port", str(free_port))
    assert process.returncode == 1
    assert process.stderr.count("\n") == 1
    assert str(database) in process.stderr
    assert database.read_text() == "Dear diary, this is no database."


def test_https_without_proxies_is_answered_with_one_sentence_and_nothing_is_written(
    start, free_port, tmp_path
):
    process = start("--port", str(free_port), PORTAL_HTTPS="1")
    assert process.returncode == 1
    assert process.stderr.count("\n") == 1 and "set PORTAL_PROXIES to the number of proxies" in process.stderr
    assert not list(tmp_path.glob("*.sqlite3*"))
