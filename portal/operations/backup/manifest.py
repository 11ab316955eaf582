"""Writes the manifest and the checksums of a backup, and verifies a backup by them."""

import hashlib
import json
import os
import subprocess

from django.conf import settings
from django.db import DatabaseError, transaction
from django.utils.translation import gettext as _

from organisation.models import site_settings

from .database import DUMPS
from .errors import OperationError

FORMAT = 1
MANIFEST, CHECKSUMS = "manifest.json", "SHA256SUMS"
# The names of these variables are listed, since whoever restores a site has to set them again; their values
# are secret.
SETTINGS = ("PORTAL_", "DATABASE_URL", "REDIS_URL", "SECRET_KEY", "PORT", "EMAIL_")


def write_manifest(folder, made, database, inventory):
    """Writes manifest and checksums next to a dump; `sha256sum -c SHA256SUMS` reads the latter, too."""
    dump = folder / database.file_name
    manifest = {
        "format": FORMAT,
        "made": f"{made:%Y-%m-%dT%H:%M:%SZ}",
        "site": name_of_site(),
        "version": settings.VERSION,
        "code": code_version(),
        "database": database.kind,
        "settings": sorted(name for name in os.environ if name.startswith(SETTINGS)),
        **inventory,
        "files": {dump.name: {"bytes": dump.stat().st_size, "sha256": sha256_of(dump)}},
    }
    (folder / MANIFEST).write_text(json.dumps(manifest, ensure_ascii=False, indent=1) + "\n")
    (folder / CHECKSUMS).write_text(
        "".join(f"{sha256_of(folder / name)}  {name}\n" for name in (dump.name, MANIFEST))
    )


def name_of_site():
    """Returns the name of the site; empty where the database has no settings of it yet."""
    try:
        with transaction.atomic():
            return site_settings().name
    except DatabaseError:
        return ""


def verified_manifest(folder):
    """Returns a backup's manifest; OperationError names the first file that is not what was saved."""
    checksums = dict(
        reversed(line.split("  ", 1)) for line in text_of(folder / CHECKSUMS).splitlines() if "  " in line
    )
    text_of(folder / MANIFEST)  # a missing or empty manifest is named as such, not as damaged
    if checksums.get(MANIFEST) != sha256_of(folder / MANIFEST):
        raise damaged(folder / MANIFEST)
    manifest = json.loads(text_of(folder / MANIFEST))
    if manifest["format"] > FORMAT:
        raise OperationError(
            _("“%(folder)s” was written by a newer version of this software: upgrade, then restore it.")
            % {"folder": folder}
        )
    require_whole_list(folder, manifest, checksums)
    for name, saved in manifest["files"].items():
        file = folder / name
        size = size_of(file)
        if size != saved["bytes"]:
            sentence = _(
                "“%(file)s” has %(size)d bytes where %(saved)d were saved: "
                "this backup cannot be used, take another."
            )
            raise OperationError(sentence % {"file": file, "size": size, "saved": saved["bytes"]})
        if not checksums.get(name) == saved["sha256"] == sha256_of(file):
            raise damaged(file)
    return manifest


def require_whole_list(folder, manifest, checksums):
    """Raises OperationError unless the manifest lists the database, and the lists agree with the folder."""
    own = {MANIFEST, CHECKSUMS}
    dump, there = DUMPS.get(manifest["database"]), {file.name for file in folder.iterdir()} - own
    listed = {name for name, saved in manifest["files"].items() if saved.keys() >= {"bytes", "sha256"}}
    if not listed or (dump and dump not in listed):
        raise OperationError(
            _("“%(file)s” does not list the database: this backup cannot be used, take another.")
            % {"file": folder / MANIFEST}
        )
    for name in sorted((there | set(checksums) - own) - listed):
        raise OperationError(
            _("“%(file)s” is not in the manifest: this backup cannot be used, take another.")
            % {"file": folder / name}
        )


def text_of(file):
    size_of(file)
    try:
        return file.read_text()
    except UnicodeDecodeError:
        raise damaged(file) from None


def size_of(file):
    """Returns the size in bytes; OperationError if the file is missing or empty."""
    try:
        size = file.stat().st_size
    except FileNotFoundError:
        raise OperationError(
            _("“%(file)s” is missing: this backup cannot be used, take another.") % {"file": file}
        ) from None
    if not size:
        raise OperationError(
            _("“%(file)s” is empty: this backup cannot be used, take another.") % {"file": file}
        )
    return size


def damaged(file):
    return OperationError(
        _("“%(file)s” is not what was saved, by its checksum: this backup cannot be used, take another.")
        % {"file": file}
    )


def sha256_of(file):
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def code_version():
    """Returns the commit that runs; without a repository the version of the software."""
    if (settings.BASE_DIR / ".git").exists():
        try:
            command = ["git", "rev-parse", "HEAD"]
            return subprocess.run(
                command, cwd=settings.BASE_DIR, capture_output=True, text=True, check=True
            ).stdout.strip()
        except (OSError, subprocess.CalledProcessError):
            pass  # no git here, or a checkout of somebody else's
    return settings.VERSION
