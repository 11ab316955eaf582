"""Finds the records of the demonstration: those that the fixtures have written, changed since or not."""

from . import SEED_REASON
from .records import FILES


def standing_records():
    """Returns the number of records that the fixtures have written and that are still there."""
    return sum(
        model.objects.filter(
            pk__in=model.history.filter(history_change_reason=SEED_REASON).values("id")
        ).count()
        for model in set(FILES.values())
    )
