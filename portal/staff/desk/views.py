from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from impact.models import Edition, ReviewStep

from .attention import PARTS
from .attention import completeness as completeness_of_organisations
from .attention import unsourced as unsourced_claims
from .recent_changes import LIVE_AT_ONCE
from .search import Group, claim_hit, find
from .undo import (
    before_edition,
    changed_since,
    differences,
    row_before,
    take_back_edition,
    take_back_row,
    take_back_withdrawal,
)
from .worklist import form_of

LISTED = 200


def show(request, template, title, **context):
    return render(
        request, f"admin/desk/{template}.html", admin.site.each_context(request) | {"title": title} | context
    )


def require(request, permission):
    if not request.user.has_perm(permission):
        raise PermissionDenied


def search(request):
    query = request.GET.get("q", "").replace("\x00", "").strip()
    return show(request, "search_results", _("Search"), query=query, groups=find(query, request))


def unsourced(request):
    require(request, "impact.view_claim")
    claims = list(unsourced_claims()[: LISTED + 1])
    group = Group(
        _("No document on record states or supports them"),
        [claim_hit(claim) for claim in claims[:LISTED]],
        len(claims) > LISTED,
    )
    return show(request, "search_results", _("Claims without a source"), groups=[group] if claims else [])


def completeness(request):
    require(request, "organisation.view_organisation")
    return show(
        request,
        "completeness",
        _("What organisations have on record"),
        parts=[title for title, *_rest in PARTS],
        rows=completeness_of_organisations(),
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
    require(request, "impact.publish_claim")
    edition = get_object_or_404(Edition.objects.select_related("claim"), pk=pk)
    told = {"reference": edition.claim.reference, "number": edition.number}
    context = {"now": edition, "again": before_edition(edition), "is_overtaken": not edition.is_current}
    return undo_claim(
        request, _("Undo edition %(number)d of %(reference)s") % told, take_back_edition, edition, context
    )


def undo_withdrawal(request, pk):
    require(request, "impact.publish_claim")
    step = get_object_or_404(
        ReviewStep.objects.select_related("claim"), pk=pk, kind=ReviewStep.Kind.WITHDRAWN
    )
    context = {"again": step.claim.editions.last(), "is_overtaken": step.claim.withdrawal != step}
    return undo_claim(
        request,
        _("Publish %(reference)s again") % {"reference": step.claim.reference},
        take_back_withdrawal,
        step,
        context,
    )


def undo_claim(request, title, take_back, change, context):
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        try:
            take_back(change, request.user, form.cleaned_data["reason"])
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("It is undone."))
            return redirect("admin:index")
    elif context["is_overtaken"]:
        messages.error(request, changed_since())
        return redirect("admin:index")
    return show(request, "undo_claim", title, form=form, claim=change.claim, **context)


def undo_record(request, label, pk):
    model = next((each for each in LIVE_AT_ONCE if each._meta.label_lower == label), None)
    if model is None:
        raise Http404
    row = get_object_or_404(model.history, history_id=pk)
    if not admin.site.get_model_admin(model).has_change_permission(request):
        raise PermissionDenied
    if row_before(row) is None or row.history_type == "-":
        raise Http404
    if request.method == "POST":
        try:
            record = take_back_row(row)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, _("“%(record)s” stands as it was before.") % {"record": record})
        return redirect("admin:index")
    return show(
        request,
        "undo_record",
        _("Undo a change"),
        record=row.instance,
        form_address=form_of(row.instance),
        differences=differences(row),
    )
