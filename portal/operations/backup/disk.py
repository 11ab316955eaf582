import os
from contextlib import contextmanager

from django.utils.translation import gettext as _

from .errors import Trouble


def settled(path):
    """What was written to a file or a folder is on the disk, and not on its way there."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def saying_what_the_disk_says(folder):
    try:
        yield
    except OSError as error:
        sentence = _("Nothing can be written to “%(folder)s” (%(reason)s): make room or name another folder.")
        raise Trouble(sentence % {"folder": folder, "reason": error.strerror or error}) from error
