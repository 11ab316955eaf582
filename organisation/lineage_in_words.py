"""Tells lineage in words, entry by entry: who was founded, renamed, merged or closed, and when."""

from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from .life import as_html, linked_name
from .models import Record, Succession

Kind = Succession.Kind

FOUNDED = _("%(earlier)s is founded")
CLOSED = _("%(earlier)s closes")
NOT_STATED = _("another, not stated")
WORDS = {
    Kind.RENAMED: _("%(earlier)s takes the name %(later)s"),
    Kind.INDEPENDENT: _("%(later)s becomes independent"),
    Kind.MERGED: _("%(earlier)s merges into %(later)s"),
    Kind.CLOSED: CLOSED,
    Kind.PASSED_ON: _("%(earlier)s passes programmes on to %(later)s"),
}


@dataclass
class Entry:
    """An event of the lineage: when, in words as HTML, and the record that shows it."""

    date: str
    html: SafeString
    record: Record


def entries(organisations, successions):
    """Returns the entries by date; who took another name was not founded anew.

    An undated name stands before the first date that has it, and what nothing dates stands last.
    """
    renamed = {each.later_id for each in successions if each.kind == Kind.RENAMED}
    closed = {each.earlier_id for each in successions if each.kind == Kind.CLOSED}
    found = [
        Entry(each.date, words(WORDS[each.kind], each.earlier, each.later), each) for each in successions
    ]
    for each in organisations:
        if each.pk not in renamed:
            found.append(Entry(each.founded, words(FOUNDED, each), each))
        if each.closed and each.pk not in closed:
            found.append(Entry(each.closed, words(CLOSED, each), each))
    first = first_dates(successions)
    return sorted(found, key=lambda entry: place(entry.date, date_before(entry.record, first)))


def first_dates(successions):
    """Returns the first date of each organisation under its own name, by its key."""
    dates = {}
    for each in successions:
        if each.kind != Kind.RENAMED and each.date:
            for pk in (each.earlier_id, each.later_id):
                dates[pk] = min(each.date, dates.get(pk, each.date))
    return dates


def date_before(record, first):
    """Returns the date before which an undated new name came, the first under it; empty of all else."""
    is_undated_name = isinstance(record, Succession) and record.kind == Kind.RENAMED and not record.date
    return first.get(record.later_id, "") if is_undated_name else ""


def place(date, before=""):
    """Returns what events are sorted by: (nothing places it, a date, it stands after what has that date)."""
    return (not (date or before), date or before, bool(date))


def words(template, earlier, later=None):
    names = (linked_name(each) if each else NOT_STATED for each in (earlier, later))
    return as_html(template, **dict(zip(("earlier", "later"), names, strict=True)))
