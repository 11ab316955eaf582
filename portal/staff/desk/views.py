from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from impact.models import Edition, ReviewStep

from .attention import unsourced_claims
from .completeness import PARTS, completeness_rows
from .recent_changes import LIVE_MODELS
from .search import claim_hit, group_of_hits, search_groups
from .undo import (
    changed_since_message,
    field_differences,
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


def undo_record(request, label, pk):
    model = next((model for model in LIVE_MODELS if model._meta.label_lower == label), None)
    if model is None:
        raise Http404
    row = get_object_or_404(model.history, history_id=pk)
    if not admin.site.get_model_admin(model).has_change_permission(request):
        raise PermissionDenied
    if previous_row(row) is None or row.history_type == "-":
        raise Http404
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
        differences=field_differences(row),
    )
