"""Settings from the environment: each wrong value fails with the variable's name and what to do."""

import os
import re
import secrets
from pathlib import Path

import dj_database_url
from django.conf import global_settings
from django.core.exceptions import ImproperlyConfigured


def text(name, default=""):
    return os.environ.get(name, "").strip() or default


def flag(name):
    value = text(name, "0")
    if value not in ("0", "1"):
        raise ImproperlyConfigured(f"{name} is “{value}”: set it to 1 or 0, or leave it out.")
    return value == "1"


def number(name, least):
    """A whole number; the least is meant where none is given."""
    value = text(name, str(least))
    if not (value.isascii() and value.isdigit() and least <= int(value) < 100):
        raise ImproperlyConfigured(
            f"{name} is “{value}”: write a whole number from {least} to 99, or leave it out."
        )
    return int(value)


def choice(name, *values):
    """One of a few words; the first is meant where none is given."""
    value = text(name, values[0])
    if value not in values:
        raise ImproperlyConfigured(f"{name} is “{value}”: write {' or '.join(values)}, or leave it out.")
    return value


def words(name, default):
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def languages(name, first):
    """Pairs of code and name, as LANGUAGES wants them; the first is that of addresses without a prefix."""
    known = dict(global_settings.LANGUAGES)
    codes = words(name, first)
    if codes[:1] != [first] or len(set(codes)) < len(codes) or not set(codes) <= set(known):
        raise ImproperlyConfigured(
            f"{name} is “{text(name)}”: write codes of languages that Django knows, each once, “{first}” before the others, "
            f"for example {first},fr."
        )
    return [(code, known[code]) for code in codes]


def licence(name):
    value = text(name)
    if value and not re.fullmatch(r"https?://[^\s\"<>]+|[-A-Za-z0-9._]+", value):
        raise ImproperlyConfigured(
            f"{name} is “{value}”: write the usual name of a licence, such as CC-BY-4.0, or its address, or leave it out."
        )
    return value


def redis(name):
    value = text(name)
    if value and not re.fullmatch(r"(rediss?|unix)://\S+", value):
        raise ImproperlyConfigured(
            f"{name} is not the address of a Redis server: write it as redis://host:6379/0, or leave it out."
        )
    return value


def directory(name, default):
    path = Path(text(name, str(default)))
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ImproperlyConfigured(
            f"{name} is “{path}”, which cannot be used ({error.strerror}): name a folder you may write to."
        ) from error
    return path


def secret_key(name, kept_in):
    """The key from the environment, else one made once and kept in a file only its owner can read."""
    if key := text(name):
        return key
    try:
        descriptor = os.open(kept_in, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return kept_in.read_text()
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(50))
    return kept_in.read_text()


def database(name, sqlite_path):
    """The database that the variable names, else SQLite in a file with settings that lose no acknowledged write."""
    address = text(name)
    if not address:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": sqlite_path,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": (
                    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
                    "PRAGMA mmap_size=134217728; PRAGMA cache_size=-20000;"
                ),
            },
        }
    return postgresql(name, address, ", or leave it out to use SQLite")


def postgresql(name, address, otherwise=""):
    """The settings of the database at this address, which stood in `name`."""
    try:
        parsed = dj_database_url.parse(address, conn_max_age=60, conn_health_checks=True)
        parsed.setdefault("OPTIONS", {}).setdefault(
            "connect_timeout", 5
        )  # a server that hangs must not hang every visitor
    except ValueError as error:
        parsed = {"ENGINE": "", "NAME": ""}
        del error
    if parsed["ENGINE"] != "django.db.backends.postgresql" or not parsed["NAME"]:
        raise ImproperlyConfigured(
            f"{name} is not the address of a PostgreSQL database: write it as "
            f"postgres://user:password@host:5432/name{otherwise}."
        )
    return parsed
