import os
from contextlib import contextmanager

from django.utils.translation import gettext as _

from .errors import OperationError


def fsync(path):
    """Waits until what was written to a file, or the names in a folder, are on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def disk_errors(folder):
    """Turns the errors of writing to a folder into an OperationError."""
    try:
        yield
    except OSError as error:
        sentence = _("Nothing can be written to “%(folder)s” (%(reason)s): make room or name another folder.")
        raise OperationError(sentence % {"folder": folder, "reason": error.strerror or error}) from error
