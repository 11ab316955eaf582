"""Bringing a table in: the file, then what each row would change, then all of it or nothing; and taking the same table out."""

import hashlib
import json
from io import BytesIO

import openpyxl
from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from portal.exports.tables.file_formats import csv_response, safe

from ..upload import MAX_BYTES, UploadField
from .resources import TABLES, errors_of
from .spreadsheet import ENDINGS, packed, table_of, unpacked

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHOWN = 200


class TableForm(forms.Form):
    file = UploadField(label=gettext_lazy("table"), extensions=ENDINGS)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = _(
            "A .csv or .xlsx file of up to %(most)d MB, whose first row names the columns."
        ) % {"most": MAX_BYTES // 1024**2}

    def clean_file(self):
        upload = self.cleaned_data["file"]
        self.table = table_of(upload.contents, upload.extension)
        return upload


def tables(request):
    """The tables that this member of staff may bring in and take out."""
    mine = [(name, table(request.user)) for name, table in TABLES.items() if may(request.user, table)]
    if not mine:
        raise PermissionDenied
    return show(request, "tables", _("Tables"), tables=mine)


def table(request, name):
    resource = resource_for(request, name)
    form, context = TableForm(), {}
    if request.method == "POST" and "table" in request.POST:
        if done := confirmed(request, resource, context):
            return done
    elif request.method == "POST":
        form = TableForm(request.POST, request.FILES)
        if form.is_valid():
            context = tried(resource, form.table, form)
    columns = resource.columns()
    return show(
        request, "table", resource.title, name=name, resource=resource, columns=columns, form=form, **context
    )


def download(request, name, ending):
    """The same table as a file, whose cells no spreadsheet runs as a formula."""
    resource = resource_for(request, name)
    if f".{ending}" not in ENDINGS:
        raise Http404
    data = resource.export(resource.get_queryset())
    if ending == "csv":
        return csv_response(name, data.headers, data)
    book = openpyxl.Workbook()
    for row in [data.headers, *data]:
        book.active.append([safe(str(cell)) for cell in row])
    file = BytesIO()
    book.save(file)
    return HttpResponse(
        file.getvalue(),
        content_type=SHEET,
        headers={"Content-Disposition": f'attachment; filename="{name}.xlsx"'},
    )


def resource_for(request, name):
    if name not in TABLES:
        raise Http404
    if not may(request.user, TABLES[name]):
        raise PermissionDenied
    return TABLES[name](request.user)


def may(user, table):
    opts = table._meta.model._meta
    return user.has_perms(
        [f"{opts.app_label}.{action}_{opts.model_name}" for action in ("view", "add", "change")]
    )


def show(request, template, title, **context):
    return render(
        request,
        f"admin/table_import/{template}.html",
        admin.site.each_context(request) | {"title": title} | context,
    )


def tried(resource, data, form=None):
    """What the table would change, or what stands in its way. Nothing is saved."""
    try:
        result = resource.import_table(data, dry_run=True)
    except ValidationError as error:
        if form is None:
            raise
        form.add_error("file", error)
        return {}
    errors = errors_of(result)
    rows = [row for row in result.rows if row.changes]
    context = {"errors": errors[:SHOWN], "more_errors": max(0, len(errors) - SHOWN)}
    if not errors:
        context |= {
            "rows": rows[:SHOWN],
            "more": max(0, len(rows) - SHOWN),
            "total": len(rows),
            "same": len(result.rows) - len(rows),
        }
        context |= {"table": packed(data), "seen": fingerprint(rows), "is_tried": True}
    return context


def fingerprint(rows):
    changes = [
        (
            row.number,
            row.import_type,
            row.changes if row.import_type == "update" else [each[::2] for each in row.changes],
        )
        for row in rows
    ]
    return hashlib.sha256(json.dumps(changes).encode()).hexdigest()


def confirmed(request, resource, context):
    """Save the table that was looked at, unless what it would change is not what was shown any more."""
    try:
        data = unpacked(request.POST["table"])
        with transaction.atomic():
            looked_at = tried(resource, data)
            if looked_at.get("seen") != request.POST.get("seen"):
                messages.error(
                    request,
                    _(
                        "The records were changed while you looked at the table: nothing was saved. This is what it would change now."
                    ),
                )
                context |= looked_at
                return None
            result = resource.import_table(data, dry_run=False)
            if errors := errors_of(result):
                context |= {"errors": errors[:SHOWN]}
                return None
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return None
    count = sum(bool(row.changes) for row in result.rows)
    told = ngettext("%(count)d record was brought in.", "%(count)d records were brought in.", count)
    messages.success(request, told % {"count": count})
    return redirect("admin:tables")
