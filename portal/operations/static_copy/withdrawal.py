"""Removes from every copy, the older ones too, the files that hold what visitors may not read any more.

It removes a file rather than a word of it: the next copy writes the file anew as the site shows it then.
"""

import fcntl
import json
from contextlib import contextmanager
from datetime import UTC, datetime

from django.utils import timezone

from organisation.models import Takedown
from portal.delivery.generation import generation

from .client import SiteClient, origin_of
from .closed_paths import ClosedPaths
from .crawl import BANNER, is_page
from .folder import copies_in, path_of, remove
from .page import Page
from .withdrawn_words import comparable, sentences_of, words_in

STAMP, LOCK = ".withdrawn", ".withdrawn-lock"
# What cannot be searched goes: the next copy has it again.
UNREADABLE = (".pdf",)
SEARCHED = (".html", ".txt", ".csv", ".json", ".xml", ".atom", ".ics", ".bib", ".ris", ".xlsx", ".svg")


def remove_withdrawn(parent, since=None):
    """Removes the files that hold an address or a sentence of what was withdrawn; returns their number.

    It does nothing while nothing public has changed, and the day neither. `since` is a time from which
    takedowns are looked for again, in files that were written meanwhile.
    """
    copies = copies_in(parent)
    if not copies:
        return 0
    with locked(parent):
        # Read before the database, so that what changes meanwhile is looked at the next time.
        now, stamp = generation().current(), read_stamp(parent)
        today = f"{timezone.now():%Y-%m-%d}"  # with its day the consent to a picture ends
        if now is not None and since is None and (stamp["generation"], stamp.get("day")) == (now, today):
            return 0
        first = min(map(made_at, copies))
        takedowns = Takedown.objects.down().filter(at__gte=first)
        new = [each for each in takedowns if each.pk not in stamp["done"] or (since and each.at >= since)]
        removed = sum(remove_from(copy, sentences_of(new)) for copy in copies)
        stamp = {"generation": now, "day": today, "done": [each.pk for each in takedowns]}
        (parent / STAMP).write_text(json.dumps(stamp))
    return removed


def remove_from(copy, sentences):
    """Removes from one copy the files at closed addresses, and those that hold one of these or a sentence."""
    files = {path_of(file.relative_to(copy)): file for file in copy.rglob("*") if file.is_file()}
    files = {path: file for path, file in files.items() if not file.name.endswith(".gz")}
    origin = origin_in(copy)
    closed = ClosedPaths(SiteClient(origin)).among(files)
    if not closed and not sentences:
        return 0
    going = [
        file
        for path, file in files.items()
        if path in closed or path != BANNER and holds(file, path, origin, closed, sentences)
    ]
    for file in going:
        remove(file)
    return len(going)


def holds(file, path, origin, closed, sentences):
    if file.suffix in UNREADABLE:
        return True
    if file.suffix not in SEARCHED:
        return False
    if file.suffix == ".html" and links_to(file, path, origin, closed):
        return True
    words = words_in(file)
    addresses = {comparable(origin + each) for each in closed} if not is_page(path) else ()
    return any(each in words for each in (*sentences, *addresses))


def links_to(file, path, origin, closed):
    return bool(closed.intersection(Page(path, file.read_text(), origin).linked_paths()))


def origin_in(copy):
    """Returns the address of the site that a copy names, or the one that it has now."""
    banner = copy / BANNER.removeprefix("/")
    lines = banner.read_text().splitlines() if banner.is_file() else []
    named = [line.removeprefix("address: ") for line in lines if line.startswith("address: ")]
    return named[0].rstrip("/") if named else origin_of("")


def made_at(copy):
    """Returns the time that stands in the name of a copy."""
    time = copy.name.rpartition("mirror-")[2][:16]
    return datetime.strptime(time, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)


def read_stamp(parent):
    try:
        return json.loads((parent / STAMP).read_text())
    except (FileNotFoundError, ValueError):
        return {"generation": None, "done": []}


@contextmanager
def locked(parent):
    """Lets one removal wait for another; the run that writes a copy has a lock of its own."""
    with (parent / LOCK).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
