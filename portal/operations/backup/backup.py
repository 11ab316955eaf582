import re
import shutil
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from organisation.pictures.withdrawal import LIST, keep_list, listed

from . import manifest
from .disk import disk_errors, fsync
from .errors import OperationError

FOLDER_NAME = re.compile(r"margin-\d{8}T\d{6}Z(-\d+)?")
UNFINISHED = ".unfinished-"
A_DAY = 24 * 60 * 60
A_DAY_BETWEEN = timedelta(seconds=A_DAY)
# The file that holds the path of the last backup, for `doctor`, and the one that holds how many are kept.
LAST_BACKUP, NUMBER_OF_BACKUPS = "last-backup", "number-of-backups"


class Backup:
    """A folder that holds all that a site needs to be as it was."""

    def __init__(self, folder):
        self.folder = folder

    @classmethod
    def make(cls, parent, database):
        """Saves the database in a new folder below the parent.

        The folder gets its name only when all of it is on the disk: there is never half a backup.
        """
        made = timezone.now()
        with disk_errors(parent):
            parent.mkdir(parents=True, exist_ok=True)
            remove_unfinished(parent)
            unfinished = Path(tempfile.mkdtemp(prefix=UNFINISHED, dir=parent))  # only its owner can read it
            try:
                inventory = database.dump(unfinished / database.file_name)
                manifest.write_manifest(unfinished, made, database, inventory)
                for file in unfinished.iterdir():
                    file.chmod(0o600)
                    fsync(file)
                fsync(unfinished)
                folder = unused_path(parent, f"margin-{made:%Y%m%dT%H%M%SZ}")
                unfinished.rename(folder)
                fsync(parent)
            except BaseException:
                shutil.rmtree(unfinished, ignore_errors=True)
                raise
            (settings.VAR_DIR / LAST_BACKUP).write_text(f"{folder.resolve()}\n")
            # A new machine that restores one of these finds what was withdrawn since.
            keep_list()
            keep_list(listed(), parent / LIST)
        return cls(folder)

    @classmethod
    def at(cls, path):
        """Returns the backup that a path means: its folder, a file in it, or the newest in a folder."""
        if not path.exists():
            raise OperationError(
                _("“%(path)s” is not there: name a backup, or the folder that holds the backups.")
                % {"path": path}
            )
        folder = path if path.is_dir() else path.parent
        if (
            FOLDER_NAME.fullmatch(folder.name)
            or (folder / manifest.MANIFEST).exists()
            or (folder / manifest.CHECKSUMS).exists()
        ):
            return cls(folder)
        if finished := backup_folders(folder):
            return cls(finished[-1])
        raise OperationError(
            _("There is no backup in “%(path)s”: name a backup, or the folder that holds the backups.")
            % {"path": path}
        )

    @classmethod
    def last(cls):
        """Returns the last backup that was made from here, if it is still where it was written; else None."""
        try:
            folder = Path((settings.VAR_DIR / LAST_BACKUP).read_text().strip())
        except FileNotFoundError:
            return None
        return cls(folder) if folder.is_dir() else None

    def verify(self):
        """Returns the manifest; OperationError if any byte of the backup is not what was saved."""
        return manifest.verified_manifest(self.folder)

    @property
    def size(self):
        return sum(file.stat().st_size for file in self.folder.iterdir())


def backup_folders(parent):
    """Returns the folders of all finished backups, oldest first."""
    return sorted(
        (folder for folder in parent.iterdir() if folder.is_dir() and FOLDER_NAME.fullmatch(folder.name)),
        # By the time in the name, then by the number that tells backups of one second apart: -2 before -10.
        key=lambda folder: (folder.name[:23], len(folder.name), folder.name),
    )


def backups_holding(picture):
    """Returns the names of the backups that hold a picture, and the day on which the last of them goes.

    It goes on that day if backups go on as before: one comes as often as between the last ones, and as many
    are kept as the last time that older ones were deleted. Where they never were, none goes by itself: None.
    """
    last = Backup.last()
    folders = backup_folders(last.folder.parent) if last else []
    times = [datetime.strptime(each.name[7:23], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC) for each in folders]
    holding = [
        each.name
        for each, time in zip(folders, times, strict=True)
        if max(time, saved_at(each)) >= picture.added_at
    ]
    number = number_of_backups()
    if not holding or not number:
        return holding, None
    between = (times[-1] - times[0]) / (len(times) - 1) if len(times) > 1 else A_DAY_BETWEEN
    return holding, (times[-1] + max(between, A_DAY_BETWEEN) * max(number, len(times))).date()


def saved_at(folder):
    """Returns when a backup was whole: its name has the time at which it was begun."""
    return datetime.fromtimestamp(folder.stat().st_mtime, UTC)


def number_of_backups():
    """Returns how many backups are kept; 0 where nobody has said so."""
    try:
        return int((settings.VAR_DIR / NUMBER_OF_BACKUPS).read_text())
    except (FileNotFoundError, ValueError):
        return 0


def prune(parent, keep):
    """Deletes all but the newest backups; returns the folders that it deleted."""
    (settings.VAR_DIR / NUMBER_OF_BACKUPS).write_text(f"{keep}\n")
    surplus = backup_folders(parent)[:-keep]
    for folder in surplus:
        # Renamed first: what is deleted halfway must not look like a backup.
        unfinished = folder.rename(folder.with_name(f"{UNFINISHED}{folder.name}"))
        shutil.rmtree(unfinished)
    return surplus


def remove_unfinished(parent):
    """Deletes what killed runs have left; what is younger than a day may belong to one that still runs."""
    for folder in parent.glob(f"{UNFINISHED}*"):
        if folder.stat().st_mtime < time.time() - A_DAY:
            shutil.rmtree(folder, ignore_errors=True)


def unused_path(parent, name):
    """Returns a path of this name; with a number at its end if another backup of the same second has it."""
    path, number = parent / name, 1
    while path.exists():
        number += 1
        path = parent / f"{name}-{number}"
    return path
