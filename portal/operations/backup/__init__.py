"""Backs up the site: each backup is a folder with the whole database, a manifest of it, and checksums.

There is nothing else to save: no model keeps files (a test holds it), and documents that are brought in are
stored in the database. Secrets are left out: whoever restores a backup gives the new site its key.
"""

from .backup import Backup
from .database import site_database
from .errors import OperationError

__all__ = ["Backup", "OperationError", "site_database"]
