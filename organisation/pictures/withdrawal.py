"""Withdraws pictures: at once, everywhere, and again wherever a restored database brings one back."""

import json
import logging
import os
import tempfile
from datetime import datetime
from functools import partial

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ..models import Consent, Picture, PictureWithdrawal, StoredFile
from ..models.stored_file import referring_rows
from .sizes import remove_sizes

log = logging.getLogger(__name__)
# The file that lists what was withdrawn, outside of the database: a restored one has forgotten it.
LIST = "withdrawn-pictures"
# A function that says which backups hold a picture, (names, the day on which the last goes); the room that
# makes backups sets it.
backups_holding = []


@transaction.atomic
def withdraw(consent, by, why):
    """Withdraws the picture of a consent, whoever else agreed to it, and returns the receipt.

    As it is committed, the generation rises, so that no server shows the picture any more.
    """
    picture = Picture.objects.select_for_update(of=("self",)).get(pk=consent.picture_id)
    if picture.withdrawn_at:
        raise ValidationError(_("This picture is withdrawn already."), code="twice")
    backups, gone_on = told(lambda: backups_holding[0](picture)) or ([], None)
    receipt = PictureWithdrawal.objects.create(
        sha256=picture.file_id,
        reference=picture.reference,
        title=str(picture)[:300],
        by=by,
        by_name=by.get_full_name() or by.get_username(),
        why=why,
        places=told(lambda: [place.as_json() for place in picture.places]) or [],
        backups=backups,
        gone_on=gone_on,
    )
    close(picture, receipt.at, Consent.objects.filter(pk=consent.pk))
    return receipt


def told(find):
    """Returns what a receipt tells; None where it cannot be found out, which must not hinder a withdrawal."""
    try:
        with transaction.atomic():
            return find()
    except Exception:
        log.exception("The receipt of a withdrawn picture is not whole")
        return None


def close(picture, at, consents):
    """Marks a picture and those consents as withdrawn, and destroys its bytes and sizes."""
    sha256 = picture.file_id
    consents.filter(withdrawn_at=None).update(withdrawn_at=at)
    picture.file, picture.withdrawn_at = None, at
    picture.save(update_fields=["file", "withdrawn_at"])
    destroy(sha256)
    # Whatever fails of this keeps nothing else from being done; the clock does it again.
    transaction.on_commit(partial(remove_sizes, [sha256]), robust=True)
    transaction.on_commit(keep_list, robust=True)


def destroy(sha256):
    """Overwrites the bytes of a file and deletes it, unless something else refers to it."""
    file = StoredFile.objects.filter(pk=sha256)
    if not file.exists() or any(rows.filter(**{name: sha256}).exists() for rows, name in referring_rows()):
        return
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete = ON")  # the pages that it lay in are overwritten
    for size in file.values_list("size", flat=True):
        file.update(contents=bytes(size))
    file.delete()


def listed():
    """Returns [(sha256, reference, time)] of what the file lists; nothing where there is none."""
    return read_list(list_path())


def list_path():
    return settings.VAR_DIR / LIST


def read_list(path):
    """Returns the entries of a list; a line that was not written whole is left out."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return []
    entries = []
    for line in lines:
        try:
            sha256, reference, at = json.loads(line)
            entries.append((sha256, reference, datetime.fromisoformat(at)))
        except ValueError:
            continue
    return entries


def entries_of_the_database():
    """Returns what the database says is withdrawn; nothing where it is older, or cannot be read."""
    try:
        with transaction.atomic():
            return list(PictureWithdrawal.objects.values_list("sha256", "reference", "at"))
    except DatabaseError:
        return []


def keep_list(entries=None, path=None):
    """Adds entries, by default those of the database, to the list in a file, which forgets none."""
    path, entries = path or list_path(), entries_of_the_database() if entries is None else entries
    there = read_list(path)
    known = {sha256 for sha256, _reference, _at in there}
    if new := {entry[0]: entry for entry in entries if entry[0] not in known}:
        write_list(path, [*there, *new.values()])


def write_list(path, entries):
    lines = [f"{json.dumps([sha256, reference, at.isoformat()])}\n" for sha256, reference, at in entries]
    descriptor, unfinished = tempfile.mkstemp(dir=path.parent, prefix=f".{LIST}-")
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write("".join(lines))
        file.flush()
        os.fsync(file.fileno())
    os.replace(unfinished, path)


@transaction.atomic
def withdraw_again(entries):
    """Withdraws whatever of these entries is not withdrawn here; returns how many pictures that were.

    A picture is known by its bytes, and by its reference.
    """
    known, count = {sha256 for sha256, _reference, _at in entries_of_the_database()}, 0
    # The clock asks of all that was ever withdrawn: of most of them nothing has come back.
    files = set(StoredFile.objects.filter(pk__in=[each[0] for each in entries]).values_list("pk", flat=True))
    pictures = Picture.objects.filter(reference__in=[each[1] for each in entries], withdrawn_at=None)
    references = set(pictures.values_list("reference", flat=True))
    for sha256, reference, at in entries:
        if sha256 in known and sha256 not in files and reference not in references:
            continue
        picture = Picture.objects.filter(file=sha256).first()
        picture = picture or Picture.objects.filter(reference=reference, withdrawn_at=None).first()
        if sha256 not in known and not PictureWithdrawal.objects.filter(reference=reference).exists():
            PictureWithdrawal.objects.create(
                sha256=sha256,
                reference=reference,
                title=str(picture or reference)[:300],
                at=at,
                why=_("It was withdrawn before this database was restored."),
                places=told(lambda picture=picture: [each.as_json() for each in picture.places]) or [],
            )
        if picture:
            close(picture, timezone.now(), picture.consents.all())
            count += 1
        else:
            destroy(sha256)
    return count
