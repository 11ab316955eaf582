"""The patterns by which a text is read, one module for each language whose sentences are read."""

from . import english, french

BY_LANGUAGE = {"en": english, "fr": french}


def statement_kind(heading, patterns=english):
    """Returns the kind of statement that a heading announces; None for any other heading."""
    return next((kind for pattern, kind in patterns.STATEMENT_HEADINGS if pattern.search(heading)), None)
