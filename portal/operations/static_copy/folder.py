import gzip
import hashlib
import os
import re
import shutil
from pathlib import Path
from urllib.parse import unquote

from ..backup.disk import fsync

NAME = re.compile(r"mirror-\d{8}T\d{6}Z(-\d+)?")
CURRENT, UNFINISHED = "current", ".unfinished-"
TEXT = {
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


class Folder:
    """A new folder of files beside the last one; what has not changed is the same file under a second name, and costs no room."""

    def __init__(self, folder, name):
        self.folder, self.name = folder, name
        self.last, self.root = folder / CURRENT, folder / f"{UNFINISHED}{name}"
        self.files, self.changed, self.digest = 0, 0, hashlib.sha256()
        for left in folder.glob(f"{UNFINISHED}*"):
            shutil.rmtree(left)
        self.root.mkdir()

    def write(self, path, content):
        file = file_of(path)
        self.digest.update(f"{path} {hashlib.sha256(content).hexdigest()}\n".encode())
        self.put(file, content)
        if file.suffix in TEXT:
            self.put(file.with_name(f"{file.name}.gz"), gzip.compress(content, mtime=0))

    def put(self, file, content):
        new, last = self.root / file, self.last / file
        new.parent.mkdir(parents=True, exist_ok=True)
        self.files += 1
        if last.is_file() and last.stat().st_size == len(content) and last.read_bytes() == content:
            os.link(last, new)
        else:
            new.write_bytes(content)
            fsync(new)
            self.changed += 1

    def take_the_place(self):
        """Whoever asks meets the last tree or this one, whole."""
        finished, link = self.folder / self.name, self.folder / f"{UNFINISHED}{CURRENT}"
        self.root.rename(finished)
        link.unlink(missing_ok=True)
        link.symlink_to(self.name)
        link.rename(self.last)
        fsync(self.folder)
        return finished

    def prune(self, keep):
        trees = sorted(each for each in self.folder.iterdir() if NAME.fullmatch(each.name))
        for old in trees[:-keep]:
            shutil.rmtree(old)

    def remove(self):
        shutil.rmtree(self.root, ignore_errors=True)


def file_of(path):
    """The file that a web server finds for a path; ValueError for a path that would leave the tree."""
    name = unquote(path).removeprefix("/")
    file = Path(f"{name}index.html" if not name or name.endswith("/") else name)
    if file.is_absolute() or ".." in file.parts or "\0" in name:
        raise ValueError(path)
    return file
