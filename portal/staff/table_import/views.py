"""Imports a table in two steps: a dry run that shows the diff of each row, and the confirmed import."""

import hashlib
import json
from dataclasses import astuple
from io import BytesIO

import openpyxl
from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from organisation.admin.proposals import about, open_proposals_at, proposes
from portal.exports.tables.file_formats import csv_response, escape_formula
from portal.exports.tables.table import clean_text

from ..few_at_once import few_at_once
from ..upload import UploadField
from .reading import MAX_ROWS
from .resources import RESOURCES, import_errors
from .spreadsheet import EXTENSIONS, deserialise, read_table, serialise

XLSX_CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MAX_SHOWN = 200
MAX_BYTES = 8 * 1024**2


class TableForm(forms.Form):
    file = UploadField(label=gettext_lazy("table"), extensions=EXTENSIONS, max_bytes=MAX_BYTES)

    def __init__(self, *args, resource, **kwargs):
        self.resource = resource
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = _(
            "A .csv or .xlsx file of up to %(most)d MB and %(rows)s rows, one of which names the columns."
        ) % {"most": MAX_BYTES // 1024**2, "rows": number_format(MAX_ROWS, force_grouping=True)}

    def clean_file(self):
        upload = self.cleaned_data["file"]
        columns, keys = self.resource.columns(), self.resource.key_columns
        self.dataset = read_table(upload.contents, upload.extension, columns, keys)
        return upload


def tables(request):
    """Lists the tables that this member of staff may import and export."""
    permitted = [
        (name, resource(request.user))
        for name, resource in RESOURCES.items()
        if has_permissions(request.user, resource)
    ]
    if not permitted:
        raise PermissionDenied
    return render_page(request, "tables", _("Tables"), tables=permitted)


@few_at_once
@proposes
def table(request, name):
    resource = permitted_resource(request, name)
    about(request, _("Table: %(title)s") % {"title": resource.title})
    form, context = TableForm(resource=resource), {}
    if request.method == "POST" and "table" in request.POST:
        if response := confirm_import(request, resource, context):
            return response
    elif request.method == "POST":
        form = TableForm(request.POST, request.FILES, resource=resource)
        if form.is_valid():
            try:
                context = dry_run(resource, form.dataset)
            except ValidationError as error:
                form.add_error("file", error)
    return render_page(
        request,
        "table",
        resource.title,
        name=name,
        resource=resource,
        columns=resource.columns(),
        form=form,
        open_proposals=open_proposals_at(request.path),
        **context,
    )


@few_at_once
def download(request, name, ending):
    """Exports a table as a file whose cells no spreadsheet runs as formulas."""
    resource = permitted_resource(request, name)
    if f".{ending}" not in EXTENSIONS:
        raise Http404
    dataset = resource.export(resource.get_queryset())
    if ending == "csv":
        return csv_response(name, dataset.headers, dataset)
    workbook = openpyxl.Workbook(write_only=True)
    sheet = workbook.create_sheet(str(resource.title)[:31])
    for row in [dataset.headers, *dataset]:
        sheet.append([escape_formula(clean_text(cell)) for cell in row])
    file = BytesIO()
    workbook.save(file)
    return HttpResponse(
        file.getvalue(),
        content_type=XLSX_CONTENT_TYPE,
        headers={"Content-Disposition": f'attachment; filename="{name}.xlsx"'},
    )


def permitted_resource(request, name):
    if name not in RESOURCES:
        raise Http404
    if not has_permissions(request.user, RESOURCES[name]):
        raise PermissionDenied
    return RESOURCES[name](request.user)


def has_permissions(user, resource):
    opts = resource._meta.model._meta
    return user.has_perms(
        [f"{opts.app_label}.{action}_{opts.model_name}" for action in ("view", "add", "change")]
    )


def render_page(request, template, title, **context):
    return render(
        request,
        f"admin/table_import/{template}.html",
        admin.site.each_context(request) | {"title": title} | context,
    )


def dry_run(resource, dataset):
    """Returns the template context of a dry run: its errors, or the diff of each row that would change.

    Raises ValidationError for a dataset that is not this table.
    """
    result = resource.import_table(dataset, dry_run=True)
    errors = import_errors(result, resource)
    context = {
        "errors": errors[:MAX_SHOWN],
        "more_errors": max(0, len(errors) - MAX_SHOWN),
        "notes": dataset.notes,
    }
    if not errors:
        changed_rows = [row for row in result.rows if row.diff]
        context |= {
            "rows": changed_rows[:MAX_SHOWN],
            "more": max(0, len(changed_rows) - MAX_SHOWN),
            "changed_count": len(changed_rows),
            "unchanged_count": len(result.rows) - len(changed_rows),
            "payload": serialise(dataset, {row.number for row in changed_rows}),
            "diff_checksum": diff_checksum(changed_rows),
            "is_dry_run": True,
        }
    return context


def diff_checksum(rows):
    """Returns the checksum by which a confirmation recognises the diff that was shown."""
    diffs = [(row.number, row.import_type, *map(astuple, row.diff)) for row in rows]
    return hashlib.sha256(json.dumps(diffs).encode()).hexdigest()


def confirm_import(request, resource, context):
    """Imports the confirmed table and redirects, unless its diff is no longer the one that was shown.

    Otherwise it returns None, with the new dry run or the errors added to the template context.
    """
    try:
        dataset = deserialise(request.POST["table"])
        with transaction.atomic():
            result = resource.import_table(dataset, dry_run=False)
            changed_rows = [row for row in result.rows if row.diff]
            is_as_seen = diff_checksum(changed_rows) == request.POST.get("seen")
            if import_errors(result, resource) or not is_as_seen:
                transaction.set_rollback(True)
                changed_rows = None
        if changed_rows is None:
            messages.error(
                request,
                _(
                    "The records were changed while you looked at the table: nothing was saved. "
                    "This is what it would change now."
                ),
            )
            context |= dry_run(resource, dataset)
            return None
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return None
    count = len(changed_rows)
    message = ngettext("%(count)d record was brought in.", "%(count)d records were brought in.", count)
    messages.success(request, message % {"count": count})
    return redirect("admin:tables")
