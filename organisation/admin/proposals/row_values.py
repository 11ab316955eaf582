"""Reads the values of a row for people, with what visitors see of each."""

from typing import NamedTuple

from django.utils.translation import gettext as _

from ...dates import partial_date_text
from ...differences import field_text, numbered, value_text
from ...models import Mend, Passage, Source, SourceNote
from ...models.record import Upkeep


class Value(NamedTuple):
    """The value of a field for people. `is_private` says that visitors do not see it now.

    `keys` are the primary keys of the records that it names, for two of them may read the same.
    """

    label: str
    text: str
    is_private: bool
    is_never_seen: bool = True
    keys: tuple = ()

    @property
    def seen(self):
        """Returns what visitors see of it."""
        return "" if self.is_private else self.text


NOTHING = Value("", "", is_private=True)


def values_of(row, is_public):
    """Returns {name of a field: its value}, with what depends on the day and on other rows."""
    model = type(row)
    # Keys tell a person nothing, and those of added rows are others each time that a form is sent.
    keys = {model._meta.pk.name}
    for each in model._meta.private_fields:
        keys |= {getattr(each, "ct_field", ""), getattr(each, "fk_field", "")}
    values = {}
    for each in [*model._meta.concrete_fields, *model._meta.many_to_many]:
        if each.editable and each.name not in keys:
            is_never_seen = each.name in model.private_fields
            is_private = is_never_seen or not is_public
            named = keys_of(row, each)
            values[each.name] = Value(each.verbose_name, text_of(row, each), is_private, is_never_seen, named)
    if isinstance(row, Upkeep):
        values |= dated_values(row)
        values["review_by"] = values["review_by"]._replace(keys=(row.review_by,))
    if isinstance(row, Source):
        values |= values_in_text(row, is_public)
    return values


def values_in_text(document, is_public):
    """Returns the notes and the mends at the passages of a document, which become public with it."""
    return {
        model._meta.model_name: Value(
            model._meta.verbose_name_plural,
            "\n".join(map(text, model.objects.filter(passage__source=document).order_by("pk"))),
            not is_public,
            is_never_seen=False,
        )
        for model, text in ((SourceNote, str), (Mend, mend_text))
    }


def mend_text(mend):
    return f"{mend}: {mend.why}"


def dated_values(row):
    """Returns what depends on the day: when a text was found true, and whether its review is overdue."""
    is_private, confirmed_on = not row.is_confirmation_public, row._meta.get_field("confirmed_on")
    return {
        "confirmed_on": Value(confirmed_on.verbose_name, field_text(row, confirmed_on), is_private),
        "is_overdue": Value(_("readers are told that its review is overdue"), overdue_text(row), is_private),
    }


def overdue_text(row):
    """Returns what readers are told of the review, which names its day."""
    if not row.is_overdue:
        return value_text(False)
    return _("yes, since %(day)s") % {"day": partial_date_text(row.review_by.isoformat())}


def told_apart(one, other):
    """Returns both values, with their keys in the texts if other records read the same."""
    if one.text != other.text or one.keys == other.keys:
        return one, other
    return [value._replace(text=numbered(value.text, value.keys)) for value in (one, other)]


def keys_of(row, each):
    """Returns the primary keys of the records that a field names."""
    if each.many_to_many:
        return tuple(getattr(row, each.name).order_by("pk").values_list("pk", flat=True))
    key = getattr(row, each.attname) if each.is_relation else None
    return () if key is None else (key,)


def text_of(row, each):
    """Returns the value of a field as a person reads it, several records joined by commas."""
    if each.many_to_many:
        return ", ".join(sorted(map(str, getattr(row, each.name).all())))
    if each.related_model is Passage and (passage := getattr(row, each.name)):
        # Its title is cut off, and the same words may stand elsewhere.
        return f"{passage.words} ({passage.source_line_label})"
    return field_text(row, each)
