from dataclasses import replace

from django import forms
from django.contrib import admin, messages
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from impact.models import Edition, ReviewStep
from organisation.admin.proposals import about, open_proposals, proposes
from portal.exports.tables.file_formats import csv_response

from .attention import unsourced_claims
from .completeness import PARTS, completeness_rows
from .public_log import CHANGES_ON_PAGE, KINDS, LIVE_MODELS, Selection, public_changes
from .search import claim_hit, group_of_hits, search_groups
from .undo import (
    changed_since_message,
    field_differences,
    may_undo,
    previous_edition,
    previous_row,
    revert_edition,
    revert_record,
    revert_withdrawal,
)
from .worklist import form_url

MAX_UNSOURCED = 200


def render_page(request, template, title, **context):
    return render(
        request, f"admin/desk/{template}.html", admin.site.each_context(request) | {"title": title} | context
    )


def require_permission(request, permission):
    if not request.user.has_perm(permission):
        raise PermissionDenied


def search(request):
    query = request.GET.get("q", "").replace("\x00", "").strip()  # PostgreSQL refuses NUL in a parameter
    return render_page(
        request, "search_results", _("Search"), query=query, groups=search_groups(query, request)
    )


def unsourced(request):
    require_permission(request, "impact.view_claim")
    group = group_of_hits(
        _("No document on record states or supports them"), unsourced_claims(), claim_hit, MAX_UNSOURCED
    )
    return render_page(
        request, "search_results", _("Claims without a source"), groups=[group] if group.hits else []
    )


def completeness(request):
    require_permission(request, "organisation.view_organisation")
    return render_page(
        request,
        "completeness",
        _("What organisations have on record"),
        parts=[title for title, *_rest in PARTS],
        rows=completeness_rows(),
    )


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Readers see it, for example “The count was taken twice”."),
        error_messages={"required": gettext_lazy("Say why: readers see the reason.")},
    )


class LogForm(forms.Form):
    kind = forms.ChoiceField(
        label=gettext_lazy("What"), required=False, choices=[("", gettext_lazy("everything")), *KINDS.items()]
    )
    person = forms.ModelChoiceField(
        get_user_model().objects.filter(is_staff=True).order_by("username"),
        label=gettext_lazy("Who"),
        required=False,
        empty_label=gettext_lazy("everybody"),
    )
    before = forms.DateTimeField(required=False, widget=forms.HiddenInput)


def log(request):
    """Lists everything that readers could see change, in pages, or as a table to keep."""
    form = LogForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    person = asked.get("person")
    selection = Selection(
        CHANGES_ON_PAGE,
        before=asked.get("before"),
        kind=asked.get("kind", ""),
        person=person and person.pk,
    )
    if "csv" in request.GET:
        headings = [_("time (UTC)"), _("title"), _("kind"), _("what was done"), _("who"), _("why")]
        return csv_response("log", headings, log_rows(request.user, replace(selection, before=None)))
    changes, more_before = public_changes(request.user, selection)
    query = {name: request.GET[name] for name in ("kind", "person") if request.GET.get(name)}
    older = urlencode(query | {"before": more_before.isoformat()}) if more_before else ""
    return render_page(
        request,
        "log",
        _("Log"),
        form=form,
        changes=changes,
        older=older,
        csv=urlencode(query | {"csv": 1}),
    )


def log_rows(user, selection):
    """Yields the cells of every change of a selection, the newest first."""
    while selection:
        changes, more_before = public_changes(user, selection)
        for each in changes:
            yield [
                f"{each.at:%Y-%m-%d %H:%M:%S}",
                each.title,
                str(each.kind),
                str(each.action),
                str(each.person),
                each.reason,
            ]
        selection = more_before and replace(selection, before=more_before)


def undo_edition(request, pk):
    require_permission(request, "impact.publish_claim")
    edition = get_object_or_404(Edition.objects.select_related("claim"), pk=pk)
    context = {
        "current": edition,
        "restored": previous_edition(edition),
        "is_changed_since": not edition.is_current,
    }
    title = _("Undo edition %(number)d of %(reference)s") % {
        "reference": edition.claim.reference,
        "number": edition.number,
    }
    return undo_claim_change(request, title, revert_edition, edition, context)


def undo_withdrawal(request, pk):
    require_permission(request, "impact.publish_claim")
    step = get_object_or_404(
        ReviewStep.objects.select_related("claim"), pk=pk, kind=ReviewStep.Kind.WITHDRAWN
    )
    context = {"restored": step.claim.editions.last(), "is_changed_since": step.claim.withdrawal != step}
    title = _("Publish %(reference)s again") % {"reference": step.claim.reference}
    return undo_claim_change(request, title, revert_withdrawal, step, context)


def undo_claim_change(request, title, revert, change, context):
    """Asks for a reason and reverts an edition or a withdrawal with it.

    `revert` takes (change, user, reason) and raises ValidationError if the claim was changed since.
    """
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        try:
            revert(change, request.user, form.cleaned_data["reason"])
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("It is undone."))
            return redirect("admin:index")
    elif context["is_changed_since"]:
        messages.error(request, changed_since_message())
        return redirect("admin:index")
    return render_page(request, "undo_claim", title, form=form, claim=change.claim, **context)


@proposes
def undo_record(request, label, pk):
    model = next((model for model in LIVE_MODELS if model._meta.label_lower == label), None)
    if model is None:
        raise Http404
    row = get_object_or_404(model.history, history_id=pk)
    require_permission(request, f"{model._meta.app_label}.change_{model._meta.model_name}")
    if previous_row(row) is None or row.history_type == "-":
        raise Http404
    if not may_undo(request.user, row):
        raise PermissionDenied(_("Only a publisher may undo this."))
    about(request, row.instance)
    if request.method == "POST":
        try:
            record = revert_record(row)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, _("“%(record)s” stands as it was before.") % {"record": record})
        return redirect("admin:index")
    return render_page(
        request,
        "undo_record",
        _("Undo a change"),
        record=row.instance,
        form_url=form_url(row.instance),
        open_proposals=open_proposals(row.instance),
        differences=field_differences(row),
    )
