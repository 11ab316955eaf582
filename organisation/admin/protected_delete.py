import re

from django.contrib import admin
from django.contrib.admin.utils import NestedObjects
from django.db import router
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from ..models import Citation


class ProtectedDeleteAdmin(admin.ModelAdmin):
    """Says what rests on something that therefore cannot be deleted, whatever permission its user has."""

    def get_deleted_objects(self, objs, request):
        to_delete, model_count, perms_needed, protected = super().get_deleted_objects(objs, request)
        if not protected:
            return to_delete, model_count, perms_needed, protected
        collector = NestedObjects(using=router.db_for_write(self.model), origin=objs)
        collector.collect(objs)
        return (
            to_delete,
            model_count,
            set(),
            sorted({told(each) for each in collector.protected}, key=by_number),
        )


def told(row):
    if isinstance(row, Citation):
        return _("%(record)s cites it") % {"record": row.record}
    return _("%(kind)s: %(row)s") % {"kind": capfirst(row._meta.verbose_name), "row": row}


def by_number(line):
    """So that E2 stands before E10."""
    return [int(part) if part.isdecimal() else part for part in re.split(r"([0-9]+)", line)]
