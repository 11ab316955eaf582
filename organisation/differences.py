"""Differences between two states of a record, field by field, with the words that differ marked."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.core.exceptions import ObjectDoesNotExist
from django.utils.translation import gettext as _

from .dates import PartialDateField, partial_date_text

# A word with the signs inside it, such as 4,500 or don't, or one sign; with the space before it.
TOKEN = re.compile(r"\s*(?:\w(?:[\w,.’'-]*\w)?|[^\w\s])")
# Comparing takes as many steps as there are tokens in one text times those in the other. Beyond this limit,
# nobody reads the marks.
MAX_STEPS = 1_000_000


@dataclass(frozen=True)
class Difference:
    """A field or a part of a record that differs. `old` or `new` is empty where it is added or gone.

    `part` names the row of a form that it belongs to, and is empty for the record's own fields.
    """

    name: str
    old: str
    new: str
    part: str = ""

    @property
    def marked_old(self):
        """The pieces of `old`: pairs of (“same” or “gone”, text)."""
        return marked(self.old, self.new)[0]

    @property
    def marked_new(self):
        """The pieces of `new`: pairs of (“same” or “new”, text)."""
        return marked(self.old, self.new)[1]


def field_text(record, field):
    """Returns the value of a model's field as a person reads it."""
    if field.choices:
        return str(getattr(record, f"get_{field.name}_display")())
    try:
        value = getattr(record, field.name)
    except ObjectDoesNotExist:
        # History has no foreign key constraints, so a row may point to a record that was deleted since.
        return _("a record that is gone")
    return partial_date_text(value) if isinstance(field, PartialDateField) else value_text(value)


def field_texts(old, new, field):
    """Returns the texts of a field in two records, with keys where other records read the same.

    Where `old` is None, its text is empty.
    """
    if old is None:
        return "", field_text(new, field)
    texts = [field_text(record, field) for record in (old, new)]
    keys = [getattr(record, field.attname) for record in (old, new)]
    if field.is_relation and texts[0] == texts[1] and keys[0] != keys[1]:
        return [numbered(text, [key]) for text, key in zip(texts, keys, strict=True)]
    return texts


def numbered(text, keys):
    """Returns the name of a record, or of several, with their primary keys."""
    return _("%(name)s (number %(keys)s)") % {"name": text, "keys": ", ".join(map(str, keys))}


def value_text(value):
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return "" if value is None else str(value)


def marked(old, new):
    """Returns both texts as lists of (kind, text).

    The kind is “same”, “gone” (in the old text alone) or “new” (in the new one alone).
    """
    before, after = TOKEN.findall(old), TOKEN.findall(new)
    if len(before) * len(after) > MAX_STEPS:
        return [("gone", old)], [("new", new)]
    compared = SequenceMatcher(
        None, *([token.strip() for token in tokens] for tokens in (before, after)), autojunk=False
    )
    pieces = [], []
    for change, start, end, new_start, new_end in compared.get_opcodes():
        same = change == "equal"
        append_piece(pieces[0], "same" if same else "gone", before[start:end])
        append_piece(pieces[1], "same" if same else "new", after[new_start:new_end])
    # The space at the end of a text belongs to no token.
    for text, tokens, own_pieces in zip((old, new), (before, after), pieces, strict=True):
        append_piece(own_pieces, "same", [text[len("".join(tokens)) :]])
    return pieces


def append_piece(pieces, kind, tokens):
    """Appends tokens, joined to the last piece if that is of their kind; leading space is not marked."""
    text = "".join(tokens)
    if kind != "same" and (space := text[: len(text) - len(text.lstrip())]):
        append_piece(pieces, "same", [space])
        text = text.lstrip()
    if pieces and pieces[-1][0] == kind:
        text = pieces.pop()[1] + text
    if text:
        pieces.append((kind, text))
