"""Keeps what holds hashes of passwords and secrets of second factors from everybody else on the machine."""

import os
import stat
from pathlib import Path

from django.conf import settings
from django.db import connection

OTHERS, READERS = 0o077, 0o066  # whoever may only pass through a folder cannot read it: nginx may


def database_files(connection):
    """Returns the files of an SQLite database that are there, with those of its write-ahead log."""
    name = connection.settings_dict["NAME"] if connection.vendor == "sqlite" else ""
    return [path for suffix in ("", "-wal", "-shm") if name and (path := Path(f"{name}{suffix}")).is_file()]


def make_database_private(connection, **_):
    """Makes the files of the database its owner's alone, as soon as it is opened for the first time."""
    for path in database_files(connection):
        restrict(path, OTHERS)


def make_folder_private():
    """Makes the folder of all that the site stores its owner's alone, and whatever this process writes."""
    os.umask(OTHERS)
    if mode_of(settings.VAR_DIR) & READERS:
        restrict(settings.VAR_DIR, OTHERS)


def restrict(path, whom):
    mode = mode_of(path)
    if mode & whom and path.stat().st_uid == os.geteuid():
        path.chmod(mode & ~whom)


def open_to_others():
    """Returns the folder of the site and the files of its databases, as far as others can read them.

    Among these are the databases of before, which restoring a backup has kept.
    """
    files = database_files(connection)
    former = [path for file in files[:1] for path in sorted(file.parent.glob(f"{file.name}.before-*"))]
    return readable([settings.VAR_DIR, *files, *former])


def open_in_backup(folder):
    """Returns a backup's folder and files, as far as others can read them."""
    return readable([folder, *sorted(folder.iterdir())]) if mode_of(folder) & OTHERS else []


def readable(paths):
    return [path for path in paths if mode_of(path) & READERS]


def mode_of(path):
    return stat.S_IMODE(path.stat().st_mode)
