"""Cuts stored pictures to the widths of pages as they are asked for, and caches them outside the backup."""

import fcntl
import os
import tempfile
from contextlib import contextmanager, suppress
from io import BytesIO

from django.conf import settings

from ..models import Picture

# The media type of each ending, and how it is encoded: a page needs less than what is stored.
MEDIA_TYPES = {"webp": "image/webp", "jpg": "image/jpeg"}
OPTIONS = {
    "webp": {"format": "WEBP", "quality": 80},
    "jpg": {"format": "JPEG", "quality": 80, "progressive": True, "optimize": True},
}
LOCK = ".lock"


def sized(picture, width, ending):
    """Returns the bytes of a showable picture in one of its widths, from the cache or made now."""
    path = folder() / file_name(picture, width, ending)
    return cached(path) or make(picture, width, ending, path)


def make(picture, width, ending, path):
    with one_at_a_time():
        # Another thread or process may have made the same while this one waited.
        if contents := cached(path):
            return contents
        contents = encoded(picture.file.read(), (width, picture.height_at(width)), ending)
        with suppress(OSError):  # a full disk is told elsewhere, and costs time alone
            write(path, contents)
        # It may have been withdrawn since it was asked for.
        if not Picture.objects.showable("portal").filter(pk=picture.pk).exists():
            path.unlink(missing_ok=True)
        return contents


def encoded(contents, size, ending):
    from PIL import Image  # a process that makes none does without it

    with Image.open(BytesIO(contents), formats=["WEBP"]) as image:
        image = image.resize(size, Image.Resampling.LANCZOS)
    if ending == "jpg" and image.mode == "RGBA":
        paper = Image.new("RGB", image.size, "white")
        paper.paste(image, mask=image.getchannel("A"))
        image = paper
    file = BytesIO()
    image.save(file, **OPTIONS[ending])
    return file.getvalue()


def write(path, contents):
    """Writes a file that is there whole or not at all."""
    descriptor, unfinished = tempfile.mkstemp(dir=path.parent, prefix=".")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(contents)
        os.replace(unfinished, path)
    except BaseException:
        os.unlink(unfinished)
        raise


def cached(path):
    with suppress(FileNotFoundError):
        return path.read_bytes()
    return None


@contextmanager
def one_at_a_time():
    """Lets one thread of all processes of this machine make a size: each takes memory, and time."""
    with (folder() / LOCK).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def folder():
    path = settings.VAR_DIR / "pictures"
    path.mkdir(mode=0o700, exist_ok=True)
    return path


def file_name(picture, width, ending):
    return f"{picture.file_id}-{width}.{ending}"


def remove_sizes(sha256s):
    """Removes the cached sizes of files at once; returns their number."""
    return remove(path for each in sha256s for path in folder().glob(f"{each}-*"))


def remove_unshown_sizes():
    """Removes the cached sizes of all that may not be shown now, whatever has become of it.

    Each server has a folder of its own, and does so by its clock. It returns their number.
    """
    there = [path for path in folder().iterdir() if not path.name.startswith(".")]
    if not there:
        return 0
    shown = set(Picture.objects.showable("portal").values_list("file_id", flat=True))
    return remove(path for path in there if path.name.partition("-")[0] not in shown)


def remove(paths):
    count = 0
    for path in paths:
        path.unlink(missing_ok=True)
        count += 1
    return count
