"""The characters that no text stores, and those that look alike."""

import re
import unicodedata
from functools import cache

from django.db import models

# A vertical tab is a line break within a paragraph of Word's, U+001E and U+001F are its special hyphens.
REPLACEMENTS = {"\v": " ", "\f": "\n", "\x85": "\n", "\x1e": "-"}
# Nor does XML hold these, and with it XLSX and Atom; UTF-8 cannot encode lone surrogates.
CONTROL_SIGNS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")
# Soft hyphen, zero-width space, word joiner and byte-order mark: nobody sees them between two letters.
INVISIBLE = "\u00ad\u200b\u2060\ufeff"
# The usual hyphen, that of typesetters, and the one that breaks no line.
HYPHENS = "-\u2010\u2011"
WITHOUT_INVISIBLE = str.maketrans("", "", INVISIBLE)


def without_control_signs(text):
    """Returns a text without control characters; those that part words become a space or a line break."""
    return CONTROL_SIGNS.sub(lambda match: REPLACEMENTS.get(match[0], ""), text)


@cache
def text_fields(model):
    """Returns the names of the fields whose text staff may type; what has to be as found has been cleaned."""
    as_found = getattr(model, "as_found", ())
    fields = (each for each in model._meta.concrete_fields if each.attname not in as_found)
    return [each.attname for each in fields if isinstance(each, models.CharField | models.TextField)]


@cache
def prose_fields(model):
    """Returns the names of the fields in which somebody wrote words: no addresses, keys or choices."""
    no_prose = (models.SlugField, models.URLField)
    return [
        field.attname
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField)
        and not field.choices
        and not isinstance(field, no_prose)
    ]


def prose_of(row):
    """Returns what somebody wrote into a row, each field in lines of its own."""
    return "\n".join(filter(None, (getattr(row, name) for name in prose_fields(type(row)))))


def remove_control_signs(instance, **_signal):
    """Removes the control signs of all texts of a row before it is saved."""
    values = vars(instance)  # where a deferred field does not stand
    for name in text_fields(type(instance)):
        if isinstance(text := values.get(name), str) and CONTROL_SIGNS.search(text):
            setattr(instance, name, without_control_signs(text))


class PlainText:
    """Adds to a model that a form refuses as empty what would be empty without its control signs."""

    def clean_fields(self, exclude=None):
        remove_control_signs(self)
        super().clean_fields(exclude)


def look_alike(words):
    """Returns the pattern of all writings that look like some words on the page.

    Spaces of any kind and width are alike, hyphens that break a line and those that do not, and a letter with
    an invisible sign before or after it.
    """
    invisible = f"[{INVISIBLE}]*"
    pieces = re.findall(r"[^\S\n]+|.", words.translate(WITHOUT_INVISIBLE), re.DOTALL)
    return re.compile(invisible.join(map(pattern_of, pieces)))


def pattern_of(piece):
    if is_space(piece):
        return r"[^\S\n]+"
    return f"[{HYPHENS}]" if piece in HYPHENS else re.escape(piece)


def is_space(text):
    return text != "\n" and text.isspace()


def named(character):
    """Returns a character in quotation marks; one that cannot be told by its looks with its Unicode name."""
    if character == " " or (character.isprintable() and not unicodedata.combining(character)):
        return f"“{character}”"
    name = unicodedata.name(character, "").lower()
    return f"“{character}” (U+{ord(character):04X}{' ' if name else ''}{name})"
