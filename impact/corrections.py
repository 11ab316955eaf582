"""The log of corrections, derived from editions and review steps and stored nowhere else."""

import re
from dataclasses import dataclass, field
from datetime import datetime
from itertools import takewhile

from django.db.models import CharField, Exists, F, OuterRef, Q, Value
from django.urls import reverse

from organisation.paging import PAGE_SIZE, Keyset, first_rows

from .differences import differences
from .models import Change, Edition, ReviewStep
from .parts import prefetch_parts

# At the same moment, withdrawals come before editions.
NEWEST_FIRST = Keyset("-moment", "-what", "-row")


@dataclass
class Correction:
    """An entry of the log with a permanent key. A withdrawal has no edition and shows no words."""

    key: str
    reference: str
    address: str
    at: datetime
    reason: str
    edition: Edition | None = None
    differences: list = field(default_factory=list)


@dataclass
class LogPage:
    """A page of the log, newest entry first. `older` is the cursor of the next page, empty on the last."""

    entries: list
    older: str


def log(after=""):
    """Returns the page of corrections older than the one with the key `after`, in a fixed number of queries.

    A page may be shorter than others: an edition that says what the one before it says has corrected nothing.
    """
    shown, has_more = first_rows(rows_after(after), PAGE_SIZE)
    entries = edition_entries([row.row for row in shown if row.what == "edition"]) | withdrawal_entries(
        [row.row for row in shown if row.what == "withdrawal"]
    )
    keys = [f"{row.what}-{row.row}" for row in shown]
    return LogPage([entries[key] for key in keys if key in entries], keys[-1] if has_more else "")


def latest():
    """Returns the newest entry; None if there is none among the last few rows."""
    rows = list(rows_after("")[:5])
    newest = [row.row for row in takewhile(lambda row: row.what == "edition", rows)]
    entries = edition_entries(newest) or withdrawal_entries(
        [row.row for row in rows if row.what == "withdrawal"][:1]
    )
    return max(entries.values(), key=lambda entry: entry.at, default=None)


def rows_after(key):
    """Returns the rows of later readable editions and of withdrawals, newest first.

    The position of a row is what it is, its moment and its primary key; an unknown key means the first page.
    """
    published = Edition.objects.filter(number__gt=1, claim__current_edition__isnull=False)
    withdrawn = ReviewStep.objects.filter(kind=ReviewStep.Kind.WITHDRAWN)
    return NEWEST_FIRST.after(position_of(key), edition_rows(published), withdrawal_rows(withdrawn))


def position_of(key):
    """Returns the position of the entry with this key; None if there never was one."""
    match = re.fullmatch(r"(edition|withdrawal)-(\d{1,18})", key, re.ASCII)
    if not match:
        return None
    rows = edition_rows(Edition.objects) if match[1] == "edition" else withdrawal_rows(ReviewStep.objects)
    return NEWEST_FIRST.position_of_first(rows.filter(row=int(match[2])))


def edition_rows(editions):
    return columns("edition", editions, "published_at")


def withdrawal_rows(steps):
    return columns("withdrawal", steps, "at")


def columns(kind, rows, time):
    """Returns the rows of one kind with the three columns that both kinds have in the union."""
    return (
        rows.order_by()
        .annotate(what=Value(kind, CharField()), moment=F(time), row=F("pk"))
        .values_list("what", "moment", "row", named=True)
    )


def edition_entries(pks):
    """Returns {key: entry} of editions, each compared with the one before it."""
    if not pks:
        return {}
    is_before_one = Exists(
        Edition.objects.filter(pk__in=pks, claim=OuterRef("claim"), number=OuterRef("number") + 1)
    )
    editions = {
        (edition.claim_id, edition.number): edition
        for edition in Edition.objects.in_full().filter(Q(pk__in=pks) | is_before_one)
    }
    prefetch_parts(editions.values())
    entries = [
        correction(edition, editions[claim, number - 1])
        for (claim, number), edition in editions.items()
        if edition.pk in pks
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


def withdrawal_entries(pks):
    """Returns {key: entry} of withdrawals."""
    entries = [
        Correction(
            key=f"withdrawal-{step.pk}",
            reference=step.claim.reference,
            # Without the slug, which repeats words of the withdrawn claim.
            address=reverse("claim-short", kwargs={"number": step.claim.number}),
            at=step.at,
            reason=step.note,
        )
        for step in ReviewStep.objects.filter(pk__in=pks).select_related("claim")
    ]
    return {entry.key: entry for entry in entries}
