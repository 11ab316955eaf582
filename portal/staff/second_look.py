"""The page on which somebody else looks at what a publisher took down: it stays down, or comes back."""

from django import forms
from django.contrib import admin, messages
from django.core import serializers
from django.core.exceptions import PermissionDenied, SuspiciousOperation, ValidationError
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from djangocms_versioning.helpers import version_list_url
from djangocms_versioning.models import Version

from impact.models import Claim
from organisation.admin.proposals import put_back_rows
from organisation.admin.review_form import reason_field
from organisation.differences import field_text
from organisation.models import Takedown
from organisation.visibility_lock import lock_visibility
from portal.pages.takedown import put_back as put_back_page

from .desk.worklist import review_url

State = Takedown.State


class ReasonForm(forms.Form):
    reason = reason_field(
        _("For whoever took it down, and for the log."),
        _("Say why you put it back, so that whoever took it down knows."),
    )


def second_look(request, pk):
    """Shows what was taken down, by whom and why, and takes the decision on it."""
    if not request.user.has_perm("organisation.view_proposal"):
        raise PermissionDenied
    takedown = get_object_or_404(Takedown, pk=pk)
    form = ReasonForm(request.POST if request.POST.get("do") == "put back" else None)
    if request.method == "POST" and decide(request, takedown, form):
        return redirect("admin:index")
    context = admin.site.each_context(request) | {
        "title": gettext("Second look: %(title)s") % {"title": takedown.title},
        "takedown": takedown,
        "form": form,
        "url": address_for_staff(takedown),
        "rows": shown_rows(takedown),
        "may_confirm": takedown.may_be_confirmed_by(request.user),
        "may_put_back": takedown.may_be_put_back_by(request.user),
    }
    return render(request, "admin/desk/second_look.html", context)


def decide(request, takedown, form):
    """Takes the decision that was sent; returns False where a message or the form refuses it."""
    decision = request.POST.get("do")
    if decision not in ("confirm", "put back"):
        raise SuspiciousOperation("no such decision")
    may = takedown.may_be_confirmed_by if decision == "confirm" else takedown.may_be_put_back_by
    if takedown.is_open and not may(request.user):
        raise PermissionDenied
    if decision == "put back" and not form.is_valid():
        return False
    try:
        if decision == "confirm":
            takedown.decide(State.CONFIRMED, request.user)
            message = _("“%(title)s” stays down.")
        else:
            put_back(takedown, request.user, form.cleaned_data["reason"])
            message = _("“%(title)s” is back as it was.")
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        takedown.refresh_from_db()
        return False
    messages.success(request, message % {"title": takedown.title})
    return True


@transaction.atomic
def put_back(takedown, by, reason):
    """Shows readers again what was taken down; ValidationError where something stands in its way."""
    lock_visibility()
    takedown = takedown.decide(State.PUT_BACK, by, reason)
    model = takedown.content_type.model_class()
    if model is Claim:
        takedown.record.put_back(by, reason)
    elif model is not Version:
        put_back_rows(takedown.rows)
    elif takedown.record is None:
        raise ValidationError(_("The page was deleted since: nothing can be put back."))
    else:
        put_back_page(takedown.record, by, takedown.rows)


def address_for_staff(takedown):
    """Returns where staff read what was taken down; empty for a deleted record, whose rows are shown."""
    if isinstance(takedown.record, Claim):
        return review_url(takedown.record)
    return version_list_url(takedown.record.content) if isinstance(takedown.record, Version) else ""


def shown_rows(takedown):
    """Returns (kind, [(field, value)]) of the deleted rows, the record itself first."""
    if takedown.content_type.model_class() in (Claim, Version):
        return []
    rows = [each.object for each in serializers.deserialize("python", takedown.rows)]
    return [(row._meta.verbose_name, shown_fields(row)) for row in rows if not row._meta.auto_created]


def shown_fields(row):
    fields = [field for field in row._meta.concrete_fields if field.editable and not field.is_relation]
    values = [(field.verbose_name, field_text(row, field)) for field in fields]
    return [(name, value) for name, value in values if value]
