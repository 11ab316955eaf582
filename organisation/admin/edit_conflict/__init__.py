"""Detects that somebody else changed a record after its form was opened.

The form carries a fingerprint of what it showed. A save whose fingerprint does not match what is stored is
refused once, with both texts in a table; nothing typed is lost, and nobody is overwritten unknowingly.
"""

from .admin import EditConflictAdmin

__all__ = ["EditConflictAdmin"]
