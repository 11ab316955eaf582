"""Reads settings from the environment; a wrong value fails with the variable's name and what to do."""

import os
import re
import secrets
from pathlib import Path

import dj_database_url
from django.conf import global_settings
from django.core.exceptions import ImproperlyConfigured


def text(name, default=""):
    """Returns the value of a variable; an empty one counts as missing."""
    return os.environ.get(name, "").strip() or default


def flag(name):
    value = text(name, "0")
    if value not in ("0", "1"):
        raise ImproperlyConfigured(f"{name} is “{value}”: set it to 1 or 0, or leave it out.")
    return value == "1"


def whole_number(name, minimum):
    """Returns a whole number from the minimum to 99; the minimum is the default."""
    value = text(name, str(minimum))
    if not (value.isascii() and value.isdigit() and minimum <= int(value) < 100):
        raise ImproperlyConfigured(
            f"{name} is “{value}”: write a whole number from {minimum} to 99, or leave it out."
        )
    return int(value)


def choice(name, *allowed):
    """Returns one of the allowed values; the first is the default."""
    value = text(name, allowed[0])
    if value not in allowed:
        raise ImproperlyConfigured(f"{name} is “{value}”: write {' or '.join(allowed)}, or leave it out.")
    return value


def comma_separated(name, default):
    return [part.strip() for part in text(name, default).split(",") if part.strip()]


def languages(name, first):
    """Returns (code, name) pairs for LANGUAGES; the first language has the addresses without a prefix."""
    known = dict(global_settings.LANGUAGES)
    codes = comma_separated(name, first)
    if codes[:1] != [first] or len(set(codes)) < len(codes) or not set(codes) <= set(known):
        raise ImproperlyConfigured(
            f"{name} is “{text(name)}”: write codes of languages that Django knows, each once, "
            f"“{first}” before the others, for example {first},fr."
        )
    return [(code, known[code]) for code in codes]


def redis(name):
    value = text(name)
    # The value is not repeated in the message, nor that of a database: it may hold a password.
    if value and not re.fullmatch(r"(rediss?|unix)://\S+", value):
        raise ImproperlyConfigured(
            f"{name} is not the address of a Redis server: write it as redis://host:6379/0, or leave it out."
        )
    return value


def directory(name, default):
    """Returns the path of a directory, which is created if it is missing."""
    path = Path(text(name, str(default)))
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise ImproperlyConfigured(
            f"{name} is “{path}”, which cannot be used ({error.strerror}): name a folder you may write to."
        ) from error
    return path


def secret_key(name, path):
    """Returns the key from the environment, or else from a file, which is created with a random one."""
    if key := text(name):
        return key
    try:
        # O_EXCL: of several processes that start together, one creates the file; only its owner can read it.
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text()
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(50))
    return path.read_text()


def database(name, sqlite_path):
    """Returns the settings of the PostgreSQL database that the variable names, or else of an SQLite file."""
    address = text(name)
    if not address:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": sqlite_path,
            "OPTIONS": {
                # A transaction waits for the write lock at its beginning. One that has read something, and
                # then wants to write, could not wait, but would fail.
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                # synchronous=FULL: no write that was acknowledged is lost in a power cut.
                "init_command": (
                    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
                    "PRAGMA mmap_size=134217728; PRAGMA cache_size=-20000;"
                ),
            },
        }
    return postgresql(name, address, ", or leave it out to use SQLite")


def postgresql(name, address, otherwise=""):
    """Returns the settings of the database at an address; `name` and `otherwise` go into the message."""
    try:
        parsed = dj_database_url.parse(address, conn_max_age=60, conn_health_checks=True)
        # A database server that hangs must not hang every visitor.
        parsed.setdefault("OPTIONS", {}).setdefault("connect_timeout", 5)
    except ValueError:
        parsed = {"ENGINE": "", "NAME": ""}
    if parsed["ENGINE"] != "django.db.backends.postgresql" or not parsed["NAME"]:
        raise ImproperlyConfigured(
            f"{name} is not the address of a PostgreSQL database: write it as "
            f"postgres://user:password@host:5432/name{otherwise}."
        )
    return parsed
