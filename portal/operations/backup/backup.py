import re
import shutil
import tempfile
import time
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from . import manifest
from .disk import disk_errors, fsync
from .errors import OperationError

NAME = re.compile(r"margin-\d{8}T\d{6}Z(-\d+)?")
UNFINISHED = ".unfinished-"
A_DAY = 24 * 60 * 60
# Says where the last backup went, for `doctor`.
LAST = "last-backup"


class Backup:
    """A folder that holds all that a site needs to be as it was."""

    def __init__(self, folder):
        self.folder = folder

    @classmethod
    def make(cls, into, database):
        """Save the database. The folder has its name only when all of it is on the disk: there is never half a backup."""
        made = timezone.now()
        with disk_errors(into):
            into.mkdir(parents=True, exist_ok=True)
            sweep(into)
            unfinished = Path(tempfile.mkdtemp(prefix=UNFINISHED, dir=into))  # only its owner can read it
            try:
                manifest.written(unfinished, made, database, database.dump(unfinished / database.file_name))
                for file in unfinished.iterdir():
                    file.chmod(0o600)
                    fsync(file)
                fsync(unfinished)
                folder = free_name(into, f"margin-{made:%Y%m%dT%H%M%SZ}")
                unfinished.rename(folder)
                fsync(into)
            except BaseException:
                shutil.rmtree(unfinished, ignore_errors=True)
                raise
            (settings.VAR_DIR / LAST).write_text(f"{folder.resolve()}\n")
        return cls(folder)

    @classmethod
    def at(cls, path):
        """The backup that a path means: its folder, a file in it, or a folder of backups, whose newest it is."""
        if not path.exists():
            raise OperationError(
                _("“%(path)s” is not there: name a backup, or the folder that holds the backups.")
                % {"path": path}
            )
        folder = path if path.is_dir() else path.parent
        if (
            NAME.fullmatch(folder.name)
            or (folder / manifest.MANIFEST).exists()
            or (folder / manifest.SUMS).exists()
        ):
            return cls(folder)
        if found := backups(folder):
            return cls(found[-1])
        raise OperationError(
            _("There is no backup in “%(path)s”: name a backup, or the folder that holds the backups.")
            % {"path": path}
        )

    @classmethod
    def last(cls):
        """The last one that was made from here, if it is still where it went."""
        try:
            folder = Path((settings.VAR_DIR / LAST).read_text().strip())
        except FileNotFoundError:
            return None
        return cls(folder) if folder.is_dir() else None

    def checked(self):
        """Its manifest; Trouble if any byte of it is not what was saved."""
        return manifest.checked(self.folder)

    @property
    def size(self):
        return sum(file.stat().st_size for file in self.folder.iterdir())


def backups(folder):
    """The folders of all finished backups, oldest first."""
    return sorted(
        (each for each in folder.iterdir() if each.is_dir() and NAME.fullmatch(each.name)),
        key=lambda each: (each.name[:23], len(each.name), each.name),
    )


def prune(folder, keep):
    """Delete all but the newest; those that went."""
    gone = backups(folder)[:-keep]
    for each in gone:
        # Out of the row first: what is deleted halfway must not look like a backup.
        leaving = each.rename(each.with_name(f"{UNFINISHED}{each.name}"))
        shutil.rmtree(leaving)
    return gone


def sweep(folder):
    """What a run that was killed has left behind."""
    for left in folder.glob(f"{UNFINISHED}*"):
        if left.stat().st_mtime < time.time() - A_DAY:
            shutil.rmtree(left, ignore_errors=True)


def free_name(folder, name):
    """The name with a number at its end if another backup of the same second has it."""
    found, number = folder / name, 1
    while found.exists():
        number += 1
        found = folder / f"{name}-{number}"
    return found
