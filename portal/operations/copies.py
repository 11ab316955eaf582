"""The one list of the copies that a withdrawal must reach.

Two follow as it is committed, and need nothing here: the pages that each server caches are of an older
content generation then, and the entries of search are written in the same transaction.
"""

from django.conf import settings
from django.db.models import Max
from django.utils.translation import ngettext

from organisation.models import PictureWithdrawal, Takedown
from organisation.pictures.sizes import remove_unshown_sizes
from portal.exports.report.pdf import remove_cached_before

from .backup import OperationError
from .backup.disk import disk_errors
from .static_copy.withdrawal import remove_withdrawn


def remove_from_static_copies():
    with disk_errors(settings.PORTAL_MIRROR):
        return remove_withdrawn(settings.PORTAL_MIRROR)


def remove_cached_pdfs():
    times = [model.objects.aggregate(at=Max("at"))["at"] for model in (Takedown, PictureWithdrawal)]
    last = max(filter(None, times), default=None)
    return remove_cached_before(last) if last else 0


COPIES = (remove_from_static_copies, remove_cached_pdfs, remove_unshown_sizes)


def remove_from_copies(report, report_error):
    """Removes what was withdrawn; a copy that cannot be reached keeps nothing else from being done."""
    count = 0
    for remove in COPIES:
        try:
            count += remove()
        except OperationError as error:
            report_error(str(error))
    if count:
        sentence = ngettext(
            "Copies: %(count)d file with something withdrawn is removed.",
            "Copies: %(count)d files with something withdrawn are removed.",
            count,
        )
        report(sentence % {"count": count})
