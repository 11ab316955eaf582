import gzip
import hashlib
import os
import re
import shutil
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote, unquote

from ..backup.disk import fsync

FOLDER_NAME = re.compile(r"mirror-\d{8}T\d{6}Z(-\d+)?")
CURRENT, UNFINISHED = "current", ".unfinished-"
COMPRESSED_SUFFIXES = {
    ".html",
    ".css",
    ".js",
    ".json",
    ".xml",
    ".svg",
    ".txt",
    ".csv",
    ".ics",
    ".atom",
    ".bib",
    ".ris",
    ".webmanifest",
}


class CopyFolder:
    """A new folder of files next to the last one.

    A file that has not changed is a hard link to the last one, and costs no room. `digest` is of all paths
    and contents, `files` and `changed` count the files written.
    """

    def __init__(self, parent, name):
        self.parent, self.name = parent, name
        self.current, self.root = parent / CURRENT, parent / f"{UNFINISHED}{name}"
        self.files, self.changed, self.digest = 0, 0, hashlib.sha256()
        # The lock on the parent is held, so that these are of killed runs.
        for unfinished in parent.glob(f"{UNFINISHED}*"):
            shutil.rmtree(unfinished)
        self.root.mkdir()

    def write(self, path, content):
        """Writes the file of a URL path, and a compressed one next to it if it is text."""
        file = file_of(path)
        self.digest.update(f"{path} {hashlib.sha256(content).hexdigest()}\n".encode())
        self.write_or_link(file, content)
        if file.suffix in COMPRESSED_SUFFIXES:
            # Without a time stamp, so that equal contents are equal files.
            self.write_or_link(file.with_name(f"{file.name}.gz"), gzip.compress(content, mtime=0))

    def write_or_link(self, file, content):
        new, last = self.root / file, self.current / file
        new.parent.mkdir(parents=True, exist_ok=True)
        self.files += 1
        # What was withdrawn meanwhile is removed from the last copy while this one is written.
        with suppress(FileNotFoundError):
            if last.stat().st_size == len(content) and last.read_bytes() == content:
                os.link(last, new)
                return
        new.write_bytes(content)
        fsync(new)
        self.changed += 1

    def publish(self):
        """Points the symlink `current` here by an atomic rename: a reader always meets a whole copy."""
        finished, link = self.parent / self.name, self.parent / f"{UNFINISHED}{CURRENT}"
        self.root.rename(finished)
        link.unlink(missing_ok=True)
        link.symlink_to(self.name)
        link.rename(self.current)
        fsync(self.parent)
        return finished

    def prune(self, keep):
        """Deletes all copies but the newest."""
        copies = sorted(folder for folder in self.parent.iterdir() if FOLDER_NAME.fullmatch(folder.name))
        for folder in copies[:-keep]:
            shutil.rmtree(folder)

    def discard(self):
        """Deletes what is unfinished; after `publish` there is nothing to delete."""
        shutil.rmtree(self.root, ignore_errors=True)


def copies_in(parent):
    """Returns the folders of all copies, of one that is being written, too; in the order of their names."""
    return sorted(
        folder
        for folder in parent.glob("*")
        if FOLDER_NAME.fullmatch(folder.name.removeprefix(UNFINISHED)) and not folder.is_symlink()
    )


def remove(file):
    """Removes a file of a copy with the compressed one beside it."""
    file.unlink(missing_ok=True)
    file.with_name(f"{file.name}.gz").unlink(missing_ok=True)


def path_of(file):
    """Returns the URL path at which a web server finds a file, given as relative to its copy."""
    path = quote(f"/{file.as_posix()}")
    return path.removesuffix("index.html") if file.name == "index.html" else path


def file_of(path):
    """Returns the file that a web server finds for a path; ValueError for a path that leaves the folder."""
    name = unquote(path).removeprefix("/")
    file = Path(f"{name}index.html" if not name or name.endswith("/") else name)
    if file.is_absolute() or ".." in file.parts or "\0" in name:
        raise ValueError(path)
    return file
