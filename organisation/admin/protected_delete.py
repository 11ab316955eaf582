import re

from django.contrib import admin
from django.contrib.admin.utils import NestedObjects
from django.db import router
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from ..models import Block, Citation


class ProtectedDeleteAdmin(admin.ModelAdmin):
    """Lists the rows that forbid a deletion, to every user alike."""

    def get_deleted_objects(self, objs, request):
        to_delete, model_count, perms_needed, protected = super().get_deleted_objects(objs, request)
        if not protected:
            return to_delete, model_count, perms_needed, protected
        collector = NestedObjects(using=router.db_for_write(self.model), origin=objs)
        collector.collect(objs)
        going = self.rows_that_go_along(collector.protected, request)
        labels = {row_label(row) for row in collector.protected if row not in going}
        return (
            [*to_delete, *map(row_label, going)],
            model_count,
            set() if labels else perms_needed,  # else they would be shown instead of the protected rows
            sorted(labels, key=natural_sort_key),
        )

    def rows_that_go_along(self, protected, request):
        """Returns the rows that do not forbid the deletion, since the view deletes them first: here none."""
        return []


def row_label(row):
    if isinstance(row, Citation):
        return _("%(record)s cites it") % {"record": row.record}
    kind = capfirst(row._meta.verbose_name)
    if isinstance(row, Block):
        page = page_of(row)
        return _("%(kind)s on the page “%(page)s”: %(row)s") % {"kind": kind, "page": page, "row": row}
    return _("%(kind)s: %(row)s") % {"kind": kind, "row": row}


def page_of(block):
    """Returns the content of the page on which a block stands; None if it stands on none."""
    return block.placeholder.source if block.placeholder else None


def natural_sort_key(label):
    """Returns a sort key that puts E2 before E10."""
    return [int(part) if part.isdecimal() else part for part in re.split(r"([0-9]+)", label)]
