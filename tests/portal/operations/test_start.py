"""What `make run` says when it cannot start."""

import os
import socket
import subprocess
import sys

import pytest
from django.conf import settings


@pytest.fixture
def start(tmp_path):
    """Runs `manage.py start` on an empty folder, with these variables and nothing else of ours."""

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
    answer = start("--port", str(taken_port))
    assert answer.returncode == 1
    assert answer.stderr == (
        f"CommandError: Port {taken_port} is in use: stop what listens there, or choose another, "
        f"for example `make run PORT={taken_port + 1}`.\n"
    )
    assert not list(tmp_path.glob("*.sqlite3*"))


@pytest.mark.parametrize("port", ["0", "65536", "80x", "²"])
def test_a_wrong_port_is_answered_with_one_sentence(start, port):
    answer = start(PORT=port)
    assert answer.returncode == 1
    assert answer.stderr == f"CommandError: “{port}” is not a port: choose a number from 1 to 65535.\n"


def test_an_unreachable_database_is_answered_with_one_sentence_without_its_password(start, free_port):
    answer = start("--port", str(free_port), DATABASE_URL="postgres://margin:hush@127.0.0.1:1/margin")
    assert answer.returncode == 1
    assert answer.stderr.count("\n") == 1
    assert "DATABASE_URL" in answer.stderr
    assert "hush" not in answer.stdout + answer.stderr


def test_a_database_file_that_is_none_is_answered_with_one_sentence(start, free_port, tmp_path):
    database = tmp_path / "portal.sqlite3"
    database.write_text("Dear diary, this is no database.")
    answer = start("--port", str(free_port))
    assert answer.returncode == 1
    assert answer.stderr.count("\n") == 1
    assert str(database) in answer.stderr
    assert database.read_text() == "Dear diary, this is no database."
