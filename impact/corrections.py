"""The log of corrections: what changed after it was published, derived from editions and steps of review and written nowhere else."""

import re
from dataclasses import dataclass, field
from datetime import datetime
from itertools import takewhile

from django.db.models import CharField, Exists, F, OuterRef, Q, Value
from django.urls import reverse

from .differences import differences
from .models import Change, Edition, ReviewStep

SIZE = 50


@dataclass
class Correction:
    """One entry. `key` names it for good; one without an edition is a withdrawal, of which no word is told."""

    key: str
    reference: str
    address: str
    at: datetime
    reason: str
    edition: Edition | None = None
    differences: list = field(default_factory=list)


@dataclass
class Page:
    """Entries, newest first; `older` is the key after which the next page starts, empty on the last."""

    entries: list
    older: str


def log(after="", size=SIZE):
    """The corrections older than the one with this key, in a fixed number of queries however many there are.

    A page may be shorter than `size`: an edition that says what the one before it says has corrected nothing.
    """
    rows = list(rows_after(after)[: size + 1])
    shown, more = rows[:size], len(rows) > size
    entries = editions([row for kind, _at, row in shown if kind == "edition"]) | withdrawals(
        [row for kind, _at, row in shown if kind == "withdrawal"]
    )
    keys = [f"{kind}-{row}" for kind, _at, row in shown]
    return Page([entries[key] for key in keys if key in entries], keys[-1] if more else "")


def latest(among=5):
    """The newest entry; None if there is none among the last few."""
    rows = list(rows_after("")[:among])
    newest = [row for _kind, _at, row in takewhile(lambda row: row[0] == "edition", rows)]
    entries = editions(newest) or withdrawals([row for kind, _at, row in rows if kind == "withdrawal"][:1])
    return max(entries.values(), key=lambda entry: entry.at, default=None)


def rows_after(key):
    """Triples of (kind, time, primary key), newest first: later editions of what can be read now, and every withdrawal."""
    published = Edition.objects.filter(number__gt=1, claim__current_edition__isnull=False)
    withdrawn = ReviewStep.objects.filter(kind=ReviewStep.Kind.WITHDRAWN)
    parts = [columns("edition", published, "published_at"), columns("withdrawal", withdrawn, "at")]
    if place := place_of(key):
        parts = [part.filter(follows(kind, *place)) for kind, part in zip(("edition", "withdrawal"), parts)]
    return (
        parts[0]
        .union(parts[1], all=True)
        .order_by("-moment", "-what", "-row")
        .values_list("what", "moment", "row")
    )


def columns(kind, rows, time):
    return (
        rows.order_by()
        .annotate(what=Value(kind, CharField()), moment=F(time), row=F("pk"))
        .values("what", "moment", "row")
    )


def place_of(key):
    """(kind, time, primary key) of the entry with this key; None if there never was one."""
    match = re.fullmatch(r"(edition|withdrawal)-(\d{1,18})", key, re.ASCII)
    if not match:
        return None
    rows = (
        Edition.objects.values_list("published_at")
        if match[1] == "edition"
        else ReviewStep.objects.values_list("at")
    )
    found = rows.filter(pk=int(match[2])).first()
    return (match[1], found[0], int(match[2])) if found else None


def follows(kind, place_kind, moment, row):
    """Of rows of one kind, those that come after a place in the order, ties included."""
    if kind == place_kind:
        return Q(moment__lt=moment) | Q(moment=moment, row__lt=row)
    return Q(moment__lte=moment) if kind < place_kind else Q(moment__lt=moment)


def editions(keys):
    """Entries by key, each from an edition and the one before it."""
    if not keys:
        return {}
    next_is_wanted = Exists(
        Edition.objects.filter(pk__in=keys, claim=OuterRef("claim"), number=OuterRef("number") + 1)
    )
    found = {
        (each.claim_id, each.number): each
        for each in Edition.objects.in_full().filter(Q(pk__in=keys) | next_is_wanted)
    }
    entries = [
        correction(each, found[claim, number - 1])
        for (claim, number), each in found.items()
        if each.pk in keys
    ]
    return {
        entry.key: entry for entry in entries if entry.differences or entry.edition.change == Change.RESTORED
    }


def correction(edition, before):
    return Correction(
        key=f"edition-{edition.pk}",
        reference=edition.claim.reference,
        address=edition.get_absolute_url(),
        at=edition.published_at,
        reason=edition.reason,
        edition=edition,
        differences=differences(before, edition),
    )


def withdrawals(keys):
    """At the address without a slug, which tells a word of what the claim said."""
    entries = [
        Correction(
            key=f"withdrawal-{step.pk}",
            reference=step.claim.reference,
            address=reverse("claim-short", kwargs={"number": step.claim.number}),
            at=step.at,
            reason=step.note,
        )
        for step in ReviewStep.objects.filter(pk__in=keys).select_related("claim")
    ]
    return {entry.key: entry for entry in entries}
