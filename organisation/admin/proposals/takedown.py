"""Lets a publisher delete a public record at once; somebody else looks at it after, or puts it back."""

import json

from cms.models import PageContent
from django.contrib import messages
from django.contrib.contenttypes.models import ContentType
from django.core import serializers
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.models.deletion import Collector, ProtectedError, RestrictedError
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from djangocms_versioning.constants import DRAFT
from djangocms_versioning.models import Version

from ...characters import text_fields
from ...models import Block, Takedown, site_settings
from ...models.quoting import Quoting
from ...quotation import check_readable, check_unsaid
from .row_changes import recorded_rows

PUT_BACK = "put back after a second look"


def takes_down(request):
    """True for a publisher who deletes by themselves: neither one person alone, nor an accepted proposal."""
    is_accepted = getattr(request, "accepted_proposal", None) is not None
    may = request.user.has_perm("organisation.accept_proposal")
    return may and not is_accepted and not site_settings().one_person_alone


def take_down(request, view, record):
    """Calls the view that deletes a record. What visitors saw of it is noted, with the rows that went.

    Without a reason, nothing of it is deleted.
    """
    reason = given_reason(request)
    with transaction.atomic():
        remove_unseen_blocks(rows_in_the_way(record))
        title, rows = str(record), rows_that_go(record)
        with recorded_rows() as recorder:
            response = view()
            is_public = bool(recorder.changes())
        if is_public and reason:
            # By its history, so that the log finds the takedown of a deletion by its moment.
            deletions = type(record).history.filter(id=record.pk, history_type="-")
            at = deletions.latest("history_id").history_date
            Takedown.objects.note(record, request.user, reason, title=title, at=at, rows=rows)
        elif is_public or type(record)._base_manager.filter(pk=record.pk).exists():
            transaction.set_rollback(True)
    if is_public and not reason:
        list(messages.get_messages(request))  # what the view has said of the deletion is discarded
        messages.error(request, _("Say why you take it down: nothing was deleted."))
        return redirect(request.get_full_path())
    return response


def given_reason(request):
    """Returns why something is taken down, as it was sent; empty if nothing was said."""
    return request.POST.get("reason", "").replace("\x00", "").strip()[:2000]


def unseen_blocks(rows):
    """Returns the blocks among rows that stand on no page that visitors see."""
    blocks = [row for row in rows if isinstance(row, Block) and row.placeholder]
    contents = {block.placeholder.object_id for block in blocks}
    published = set(PageContent.objects.filter(pk__in=contents).values_list("pk", flat=True))
    return [block for block in blocks if block.placeholder.object_id not in published]


def remove_unseen_blocks(rows):
    """Deletes the blocks among rows that visitors do not see.

    Of the drafts that they stand in it is a change, so that somebody reads them again.
    """
    contents = {row.placeholder.object_id for row in rows if isinstance(row, Block) and row.placeholder}
    of_pages = Version.objects.filter(content_type=ContentType.objects.get_for_model(PageContent))
    # Locked before it is asked which blocks visitors see: nobody publishes the drafts meanwhile.
    drafts = of_pages.select_for_update(of=("self",)).filter(object_id__in=contents, state=DRAFT)
    for draft in drafts.order_by("pk"):
        draft.modified = timezone.now()
        draft.save(update_fields=["modified"])
    for block in unseen_blocks(rows):
        block.placeholder.delete_plugin(block)


def rows_in_the_way(record):
    """Returns the rows that forbid the deletion of a record."""
    collector = Collector(using=connection.alias, origin=record)
    try:
        collector.collect([record])
    except ProtectedError as error:
        return error.protected_objects
    except RestrictedError as error:
        return error.restricted_objects
    return []


def rows_that_go(record):
    """Returns the rows that a deletion takes along, as Django serialises them, in an order to insert them."""
    collector = Collector(using=connection.alias, origin=record)
    try:
        collector.collect([record])
    except (ProtectedError, RestrictedError):
        return []  # the view refuses it
    collector.sort()
    instances = [row for queryset in collector.fast_deletes for row in queryset]
    for rows in collector.data.values():
        instances += rows
    return json.loads(serializers.serialize("json", reversed(instances)))


def words_of(row):
    """Returns what staff wrote into a row; the text of a document is masked where it is read."""
    return "\n".join(filter(None, (getattr(row, name) for name in text_fields(type(row)))))


def put_back_rows(rows):
    """Inserts deleted rows again under their own keys, with a row of history each."""
    restored = [each.object for each in serializers.deserialize("python", rows)]
    try:
        with transaction.atomic():
            for row in restored:
                check_unsaid(words_of(row))  # they may have been withheld meanwhile
                if isinstance(row, Quoting):
                    check_readable(row.quoted_words)
                row._change_reason = PUT_BACK
                row.save(force_insert=True)
            connection.check_constraints({row._meta.db_table for row in restored})
    except IntegrityError as error:
        raise ValidationError(
            _("Something else stands in its place, or what it belonged to is gone: nothing was put back.")
        ) from error
