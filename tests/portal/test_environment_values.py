"""Each kind of setting: what it takes, what it makes of nothing, and the first value that it refuses."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.test import Client

from portal import environment
from tests.support.people import alice

NAME = "PORTAL_MADE_UP"


@pytest.fixture
def value(monkeypatch):
    """Returns a function that reads a setting by one of the functions of the environment."""

    def read(text, function, *arguments):
        if text is None:
            monkeypatch.delenv(NAME, raising=False)
        else:
            monkeypatch.setenv(NAME, text)
        return getattr(environment, function)(NAME, *arguments)

    return read


@pytest.mark.parametrize(
    ("text", "function", "arguments", "expected"),
    [
        *[(None, "text", ("x",), "x"), ("", "text", ("x",), "x"), (" a ", "text", ("x",), "a")],
        *[
            (None, "flag", (), False),
            ("0", "flag", (), False),
            ("1", "flag", (), True),
            ("", "flag", (), False),
        ],
        *[(None, "whole_number", (1,), 1), ("1", "whole_number", (1,), 1), ("99", "whole_number", (1,), 99)],
        ("0", "whole_number", (0,), 0),
        *[(None, "choice", ("a", "b"), "a"), ("b", "choice", ("a", "b"), "b")],
        (" a, b ,,c,", "comma_separated", ("x",), ["a", "b", "c"]),
        (None, "comma_separated", ("x,y",), ["x", "y"]),
        (None, "languages", ("en",), [("en", "English")]),
        (
            "en, fr,pt-br",
            "languages",
            ("en",),
            [("en", "English"), ("fr", "French"), ("pt-br", "Brazilian Portuguese")],
        ),
        *[(text, "redis", (), text) for text in ("redis://h:1/0", "rediss://h", "unix:///run/redis.sock")],
        (None, "redis", (), ""),
    ],
)
def test_a_value_is_read(value, text, function, arguments, expected):
    assert value(text, function, *arguments) == expected


@pytest.mark.parametrize(
    ("text", "function", "arguments"),
    [
        *[(text, "flag", ()) for text in ("2", "true", "-1")],
        *[(text, "whole_number", (1,)) for text in ("0", "100", "-1", "1.5", "²", "٣", "one")],
        ("-1", "whole_number", (0,)),
        *[("c", "choice", ("a", "b")), ("A", "choice", ("a", "b"))],
        *[(text, "languages", ("en",)) for text in ("fr,en", "fr", "en,en", "en,xx", "en,fr,fr")],
        *[(text, "redis", ()) for text in ("http://h", "redis://", "redis://a b", "localhost")],
    ],
)
def test_a_wrong_value_is_refused_by_its_name(value, text, function, arguments):
    with pytest.raises(ImproperlyConfigured, match=f"^{NAME} is "):
        value(text, function, *arguments)


def test_the_secret_key_of_the_environment_comes_before_that_of_the_file(value, tmp_path):
    path = tmp_path / "key"
    assert value("given", "secret_key", path) == "given" and not path.exists()
    made = value(None, "secret_key", path)
    assert len(made) >= 50 and path.read_text() == made == value(None, "secret_key", path)
    other = value(None, "secret_key", tmp_path / "other")
    assert other != made and path.stat().st_mode & 0o777 == 0o600


def test_a_directory_is_made_with_those_above_it(value, tmp_path):
    for _time in range(2):
        assert value(str(tmp_path / "a/b"), "directory", "x").is_dir()
    assert value(None, "directory", tmp_path / "c").is_dir()
    (tmp_path / "file").write_text("")
    with pytest.raises(ImproperlyConfigured, match="name a folder you may write to"):
        value(str(tmp_path / "file/below"), "directory", "x")


def test_without_an_address_the_database_is_a_file_that_waits_and_loses_nothing(value, tmp_path):
    database = value(None, "database", tmp_path / "x")
    assert (database["ENGINE"], database["NAME"]) == ("django.db.backends.sqlite3", tmp_path / "x")
    options = database["OPTIONS"]
    assert (options["transaction_mode"], options["timeout"]) == ("IMMEDIATE", 20)
    for pragma in ("journal_mode=WAL", "synchronous=FULL"):
        assert f"PRAGMA {pragma};" in options["init_command"]


def test_a_database_server_hangs_nobody_for_long_and_its_connections_are_looked_at(value):
    for text, timeout in (("postgres://a:b@h:5433/n", 5), ("postgres://h/n?connect_timeout=9", 9)):
        database = value(text, "database", "x")
        assert (database["ENGINE"], database["NAME"]) == ("django.db.backends.postgresql", "n")
        assert int(database["OPTIONS"]["connect_timeout"]) == timeout
        assert (database["CONN_MAX_AGE"], database["CONN_HEALTH_CHECKS"]) == (60, True)


@pytest.mark.parametrize(
    "text", ["mysql://a:hush@h/n", "postgres://a:hush@h", "postgres://margin:hush@h:x/n", "hush"]
)
def test_an_address_of_anything_else_is_refused_and_not_repeated(value, text):
    with pytest.raises(ImproperlyConfigured, match="or leave it out to use SQLite") as refusal:
        value(text, "database", "x")
    assert "hush" not in str(refusal.value)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("password", "is_taken"),
    [
        *[("k4tz!moruL9b", True), ("k4tz!moruL9", False), ("1" * 14, False), ("9283746501928", False)],
        *[("password1234", False), ("zugzwangboats", False)],
    ],
)
def test_a_password_has_twelve_signs_and_is_nobodys_guess(quick_hash, password, is_taken):
    client = Client()
    client.force_login(alice())
    data = {"oldpassword": quick_hash, "password1": password, "password2": password}
    response = client.post("/accounts/password/change/", data)
    assert (response.status_code == 302) is is_taken


@pytest.fixture
def quick_hash(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    account = alice()
    account.last_name = "Zugzwangboats"
    account.set_password("the old one")
    account.save()
    return "the old one"


def test_sessions_and_cookies_of_staff_are_kept_short_and_close():
    assert settings.SESSION_COOKIE_AGE == 8 * 3600
    assert (settings.CSRF_COOKIE_HTTPONLY, settings.ACCOUNT_SESSION_REMEMBER) == (True, False)
    assert settings.MFA_SUPPORTED_TYPES == ["totp", "webauthn", "recovery_codes"]
    assert settings.CACHES["default"]["OPTIONS"]["MAX_ENTRIES"] == 10_000


HTTPS = """
import django; django.setup()
from django.conf import settings as s
print([getattr(s, n, None) for n in (
    "SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE",
    "SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS", "SECURE_PROXY_SSL_HEADER", "SECURE_REDIRECT_EXEMPT",
    "MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN", "ALLAUTH_TRUSTED_PROXY_COUNT")])
"""


@pytest.mark.parametrize(
    ("https", "proxies", "expected"),
    [
        ("0", "1", ["sessionid", "csrftoken", False, False, False, 0, None, [], True, 1]),
        (
            "1",
            "0",
            [
                *["__Host-session", "__Host-csrf", True, True, True, 63_072_000, None],
                *[["^healthz$", "^readyz$"], False, 0],
            ],
        ),
        (
            "1",
            "2",
            [
                *["__Host-session", "__Host-csrf", True, True, True, 63_072_000],
                *[("HTTP_X_FORWARDED_PROTO", "https"), ["^healthz$", "^readyz$"], False, 2],
            ],
        ),
    ],
)
def test_https_and_proxies_decide_on_cookies_redirects_and_what_is_believed(
    tmp_path, https, proxies, expected
):
    process = subprocess.run(
        [sys.executable, "-c", HTTPS],
        cwd=settings.BASE_DIR,
        env={
            "PATH": os.environ["PATH"],
            "PORTAL_VAR": str(tmp_path),
            "DJANGO_SETTINGS_MODULE": "portal.settings",
            "PORTAL_HTTPS": https,
            "PORTAL_PROXIES": proxies,
        },
        capture_output=True,
        text=True,
    )
    assert process.stdout.splitlines()[-1:] == [repr(expected)], process.stderr
