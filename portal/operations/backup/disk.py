import os
from contextlib import contextmanager

from django.utils.translation import gettext as _

from .errors import OperationError


def fsync(path):
    """What was written to a file or a folder is on the disk, and not on its way there."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def disk_errors(folder):
    try:
        yield
    except OSError as error:
        sentence = _("Nothing can be written to “%(folder)s” (%(reason)s): make room or name another folder.")
        raise OperationError(sentence % {"folder": folder, "reason": error.strerror or error}) from error
