"""Keeps the search entries in step with what is public."""

from contextlib import contextmanager
from contextvars import ContextVar

from django.db import transaction

from organisation.lineage import one_lineage
from organisation.models.term import current_terms
from portal.models import SearchEntry

from . import engine
from .documents import DOCUMENT_TYPES
from .entries import VERSION, outdated_entries
from .spelling import add_words, remove_unused_words

BATCH = 500

is_deferred = ContextVar("is_deferred", default=False)


@contextmanager
def deferred_indexing():
    """Leaves the index alone whatever is saved meanwhile; the caller owes a `reindex`."""
    token = is_deferred.set(True)
    try:
        yield
    finally:
        is_deferred.reset(token)


@transaction.atomic
@one_lineage()
@current_terms.held()
def index_records(key, pks):
    """Brings the entries of these records up to date; returns the number of records whose entry changed."""
    if not pks:
        return 0
    # Of two people at once one waits here, and then reads what the other has written.
    existing = list(
        DOCUMENT_TYPES[key]
        .all_records()
        .filter(pk__in=pks)
        .order_by("pk")
        .select_for_update(no_key=True)
        .values_list("pk", flat=True)
    )
    missing, stale = outdated_entries(key, pks, existing)
    SearchEntry.objects.filter(pk__in=[entry.pk for entry in stale]).delete()
    SearchEntry.objects.bulk_create(missing)
    add_words(missing)
    return count_records(missing, stale)


def count_records(missing, stale):
    return len({entry.object_id for entry in [*missing, *stale]})


def orphaned_entries(key, document_type):
    """Returns the entries of this type whose record is gone."""
    existing = document_type.all_records().order_by().values("pk")
    return SearchEntry.objects.filter(kind=key).exclude(object_id__in=existing)


def entries_of_unknown_types():
    return SearchEntry.objects.exclude(kind__in=DOCUMENT_TYPES)


@one_lineage()
@current_terms.held()
def count_stale():
    """Counts the records whose entry is not what it should be; changes nothing."""
    count = entries_of_unknown_types().count()
    for key, document_type in DOCUMENT_TYPES.items():
        count += orphaned_entries(key, document_type).count()
        pks = list(document_type.all_records().order_by("pk").values_list("pk", flat=True))
        for start in range(0, len(pks), BATCH):
            batch = pks[start : start + BATCH]
            count += count_records(*outdated_entries(key, batch, batch))
    return count


def is_outdated():
    """Returns true if an entry is left that an earlier version of the site has made."""
    kinds = tuple(f"kind={key}" for key in DOCUMENT_TYPES)
    return bool(engine.matching_ids(engine.TokenQuery((kinds,), ((VERSION,),)), 1))


def reindex(report_progress=lambda done, total: None):
    """Brings every entry up to date; returns the number of entries that changed.

    It goes by batches, so that nobody waits long for a lock; readers see an entry as it was or as it is.
    """
    records = [
        (key, pk)
        for key, document_type in DOCUMENT_TYPES.items()
        for pk in document_type.all_records().order_by("pk").values_list("pk", flat=True)
    ]
    changed = 0
    for key, document_type in DOCUMENT_TYPES.items():
        changed += orphaned_entries(key, document_type).delete()[0]
    changed += entries_of_unknown_types().delete()[0]
    for start in range(0, len(records), BATCH):
        batch = records[start : start + BATCH]
        for key in dict.fromkeys(key for key, _pk in batch):
            changed += index_records(key, [pk for record_key, pk in batch if record_key == key])
        report_progress(start + len(batch), len(records))
    if changed:
        remove_unused_words()
        engine.optimize()
    return changed
