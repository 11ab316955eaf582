"""A wrong setting fails with the name of its variable and what to do."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

from tests.support.sampling import every


@pytest.fixture
def check(tmp_path):
    """Runs `manage.py check` with these variables and no others."""

    def run(*options, **variables):
        return subprocess.run(
            [sys.executable, "manage.py", "check", *options],
            cwd=settings.BASE_DIR,
            env={"PATH": os.environ["PATH"], "PORTAL_VAR": str(tmp_path)} | variables,
            capture_output=True,
            text=True,
        )

    return run


# One of each variable, and in the drill more: each is read by a process of its own, and
# tests/portal/test_environment_values.py tries out what is refused.
@pytest.mark.parametrize(
    ("name", "value"),
    every(
        2,
        [
            ("DATABASE_URL", "mysql://margin:hush@localhost/margin"),
            ("DATABASE_URL", "postgre:/x"),
            ("REDIS_URL", "hush@localhost:6379"),
            ("DATABASE_URL", "postgres://margin:hush@localhost"),
            ("PORTAL_PROXIES", "two"),
            ("DATABASE_URL", "postgres://margin:hush@localhost:port/margin"),
            ("PORTAL_LANGUAGES", "fr"),
            ("PORTAL_LANGUAGES", "fr,en"),
            ("PORTAL_LOG", "xml"),
            ("PORTAL_LANGUAGES", "en,french"),
            ("PORTAL_VAR", "/dev/null/margin"),
            ("PORTAL_LANGUAGES", "en,fr,fr"),
            ("PORTAL_WORKERS", "many"),
            ("PORTAL_WORKERS", "0"),
            ("PORTAL_DEBUG", "yes"),
        ],
    ),
)
def test_a_wrong_value_fails_with_one_sentence_that_names_the_variable(check, name, value):
    result = check(**{name: value})
    assert result.returncode == 1
    assert result.stderr.count("\n") == 1
    assert name in result.stderr
    assert "hush" not in result.stderr


def test_several_server_processes_want_a_database_and_a_redis_that_they_can_share(check):
    result = check(PORTAL_WORKERS="4")
    assert result.returncode == 1
    assert "PostgreSQL (DATABASE_URL)" in result.stderr and "Redis (REDIS_URL)" in result.stderr
    assert (
        check(
            PORTAL_WORKERS="4",
            REDIS_URL="redis://localhost:6379/0",
            DATABASE_URL="postgres://localhost/margin",
        ).returncode
        == 0
    )


@pytest.mark.parametrize(
    ("variables", "is_refused"),
    every(
        2,
        [
            ({"PORTAL_HTTPS": "1"}, True),
            ({"PORTAL_HTTPS": "1", "PORTAL_PROXIES": ""}, True),
            ({"PORTAL_HTTPS": "1", "PORTAL_PROXIES": "1"}, False),
            ({"PORTAL_HTTPS": "1", "PORTAL_PROXIES": "0"}, False),
            ({"PORTAL_PROXIES": "1"}, False),
        ],
    ),
)
def test_https_needs_a_word_on_the_proxies_or_visitors_may_be_led_in_a_circle(check, variables, is_refused):
    result = check(**variables)
    assert result.returncode == is_refused
    assert ("Set PORTAL_PROXIES to the number of proxies before the site" in result.stderr) is is_refused


@pytest.mark.parametrize(("proxies", "is_told"), [("", True), ("0", False), ("2", False)])
def test_a_server_that_is_started_by_itself_says_so_in_its_log(tmp_path, proxies, is_told):
    variables = {"PORTAL_VAR": str(tmp_path), "PORTAL_HTTPS": "1", "PORTAL_PROXIES": proxies}
    process = subprocess.run(
        [sys.executable, "-c", "import portal.wsgi"],
        cwd=settings.BASE_DIR,
        env={"PATH": os.environ["PATH"]} | variables,
        capture_output=True,
        text=True,
        check=True,
    )
    assert ("leads whoever comes through a proxy in a circle" in process.stderr) is is_told


def test_without_any_variable_the_site_is_ready_for_work(check):
    result = check()
    assert result.returncode == 0, result.stderr


def test_the_secret_key_is_made_once_and_only_its_owner_can_read_it(tmp_path):
    def read_settings():
        environment = {"PATH": os.environ["PATH"], "PORTAL_VAR": str(tmp_path)}
        command = [sys.executable, "-c", "import portal.settings"]
        subprocess.run(command, cwd=settings.BASE_DIR, env=environment, check=True)

    read_settings()
    key = tmp_path / "secret-key"
    first = key.read_text()
    read_settings()
    assert key.read_text() == first
    assert len(first) >= 50
    assert key.stat().st_mode & 0o777 == 0o600


def test_with_https_django_finds_nothing_that_a_site_in_use_should_do_otherwise(check):
    result = check("--deploy", "--fail-level", "WARNING", PORTAL_HTTPS="1", PORTAL_PROXIES="1")
    assert result.returncode == 0, result.stderr


def test_without_https_django_says_what_is_missing(check):
    result = check("--deploy", "--fail-level", "WARNING")
    assert result.returncode == 1 and "security.W008" in result.stderr
