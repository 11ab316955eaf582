"""Queries on the history of a record: its deleted state, and who changed it last."""

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ObjectDoesNotExist


def deleted_record(model, pk):
    """Returns a record as it was before it was deleted; None if there never was one.

    Also None if it cannot be named any more, because what its name refers to is deleted as well.
    """
    try:
        record = model.history.filter(id=pk).latest().instance
        str(record)
    except (AttributeError, ObjectDoesNotExist, ValueError):
        return None
    return record


def last_change(record, formsets):
    """Returns the newest history row of the record and of the rows of its formsets; None without history."""
    parts = [
        formset.model.history.filter(**parent_filter(record, formset))
        for formset in formsets
        if hasattr(formset.model, "history")
    ]
    own = [type(record).history.filter(id=record.pk)] if hasattr(record, "history") else []
    return newest_row([*own, *parts])


def parent_filter(record, formset):
    """Returns the lookups that find the history rows of a formset's model that belong to the record."""
    if hasattr(formset, "fk"):
        return {formset.fk.attname: record.pk}
    return {
        formset.ct_field.name: ContentType.objects.get_for_model(record),
        formset.ct_fk_field.name: record.pk,
    }


def newest_row(histories):
    """Returns the newest row of several history querysets; None if all are empty."""
    rows = [
        history.select_related("history_user").order_by("history_date", "history_id").last()
        for history in histories
    ]
    return max(filter(None, rows), key=lambda row: row.history_date, default=None)
