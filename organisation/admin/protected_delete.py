import re

from django.contrib import admin
from django.contrib.admin.utils import NestedObjects
from django.db import router
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from ..models import Citation


class ProtectedDeleteAdmin(admin.ModelAdmin):
    """Lists the rows that forbid a deletion, to every user alike."""

    def get_deleted_objects(self, objs, request):
        to_delete, model_count, perms_needed, protected = super().get_deleted_objects(objs, request)
        if not protected:
            return to_delete, model_count, perms_needed, protected
        collector = NestedObjects(using=router.db_for_write(self.model), origin=objs)
        collector.collect(objs)
        return (
            to_delete,
            model_count,
            set(),  # missing permissions would be shown instead of the protected rows
            sorted({row_label(row) for row in collector.protected}, key=natural_sort_key),
        )


def row_label(row):
    if isinstance(row, Citation):
        return _("%(record)s cites it") % {"record": row.record}
    return _("%(kind)s: %(row)s") % {"kind": capfirst(row._meta.verbose_name), "row": row}


def natural_sort_key(label):
    """Returns a sort key that puts E2 before E10."""
    return [int(part) if part.isdecimal() else part for part in re.split(r"([0-9]+)", label)]
