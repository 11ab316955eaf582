"""What a backup says of itself, and the checksums that hold it to that."""

import hashlib
import json
import os
import subprocess

from django.conf import settings
from django.utils.translation import gettext as _

from .errors import OperationError

FORMAT = 1
MANIFEST, SUMS = "manifest.json", "SHA256SUMS"
# Who restores a site has to set them again; their values are no backup's business.
SETTINGS = ("PORTAL_", "DATABASE_URL", "REDIS_URL", "SECRET_KEY", "PORT", "EMAIL_")


def written(folder, made, database, held):
    """Write the manifest of a folder that holds a copy of the database, and the checksums (`sha256sum -c SHA256SUMS` reads them, too)."""
    file = folder / database.file_name
    manifest = {
        "format": FORMAT,
        "made": f"{made:%Y-%m-%dT%H:%M:%SZ}",
        "site": settings.SITE_NAME,
        "code": code_version(),
        "database": database.kind,
        "settings": sorted(name for name in os.environ if name.startswith(SETTINGS)),
        **held,
        "files": {file.name: {"bytes": file.stat().st_size, "sha256": fingerprint(file)}},
    }
    (folder / MANIFEST).write_text(json.dumps(manifest, ensure_ascii=False, indent=1) + "\n")
    (folder / SUMS).write_text(
        "".join(f"{fingerprint(folder / name)}  {name}\n" for name in (file.name, MANIFEST))
    )


def checked(folder):
    """The manifest of a backup all of whose bytes are what was saved; Trouble names the first file that is not."""
    sums = dict(reversed(line.split("  ", 1)) for line in content(folder / SUMS).splitlines() if "  " in line)
    content(folder / MANIFEST)
    if sums.get(MANIFEST) != fingerprint(folder / MANIFEST):
        raise damaged(folder / MANIFEST)
    manifest = json.loads(content(folder / MANIFEST))
    if manifest["format"] > FORMAT:
        raise OperationError(
            _("“%(folder)s” was written by a newer version of this software: upgrade, then restore it.")
            % {"folder": folder}
        )
    for name, saved in manifest["files"].items():
        file = folder / name
        size = size_of(file)
        if size != saved["bytes"]:
            sentence = _(
                "“%(file)s” has %(size)d bytes where %(saved)d were saved: this backup cannot be used, take another."
            )
            raise OperationError(sentence % {"file": file, "size": size, "saved": saved["bytes"]})
        if not sums.get(name) == saved["sha256"] == fingerprint(file):
            raise damaged(file)
    return manifest


def content(file):
    size_of(file)
    try:
        return file.read_text()
    except UnicodeDecodeError:
        raise damaged(file) from None


def size_of(file):
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


def fingerprint(file):
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def code_version():
    """The commit that runs, or the newest heading of the changelog where the code came without its history."""
    if (settings.BASE_DIR / ".git").exists():
        try:
            command = ["git", "rev-parse", "HEAD"]
            return subprocess.run(
                command, cwd=settings.BASE_DIR, capture_output=True, text=True, check=True
            ).stdout.strip()
        except (OSError, subprocess.CalledProcessError):
            pass  # no git here, or a checkout of somebody else's
    lines = (settings.BASE_DIR / "CHANGELOG.md").read_text().splitlines()
    return next((line.removeprefix("## ") for line in lines if line.startswith("## ")), "")
