"""The pages on which a consent is confirmed by another, and on which it is withdrawn, with its receipt."""

import hashlib

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..differences import field_text
from ..models import Consent, PictureWithdrawal
from ..pictures.withdrawal import withdraw
from .review_form import reason_field

# The permission to take something from readers alone, at once.
MAY_WITHDRAW = "organisation.accept_proposal"


class WithdrawalForm(forms.Form):
    reason = reason_field(
        _("Who asked for it, and when: for the receipt."),
        _("Say who asked for it, so that the receipt tells it."),
    )


def confirm_consent(request, pk):
    """Shows what somebody wrote of a consent, and takes the confirmation of somebody else."""
    if not request.user.has_perm("organisation.change_consent"):
        raise PermissionDenied
    consent = get_object_or_404(Consent.objects.select_related("picture"), pk=pk)
    if request.method == "POST":
        try:
            # What was read is what is confirmed: whoever changes it meanwhile is told of by its fingerprint.
            if request.POST.get("read") != fingerprint(consent):
                raise ValidationError(_("Somebody has changed it meanwhile: read it anew."))
            consent.confirm(request.user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, _("The consent is confirmed."))
            return redirect(address_of(consent.picture))
    return consent_page(request, consent, gettext("Confirm a consent"), read=fingerprint(consent))


def withdraw_consent(request, pk):
    """Withdraws a picture at once, wherever it stands, and leads to the receipt."""
    if not request.user.has_perm(MAY_WITHDRAW):
        raise PermissionDenied
    consent = get_object_or_404(Consent.objects.select_related("picture"), pk=pk)
    form = WithdrawalForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(withdraw(consent, request.user, form.cleaned_data["reason"]))
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return redirect(address_of(consent.picture))
    return consent_page(request, consent, gettext("Withdraw a picture"), form=form)


def receipt(request, reference):
    """Shows what a withdrawal has reached, and when the last backup goes that has the picture."""
    if not request.user.has_perm("organisation.view_picture"):
        raise PermissionDenied
    withdrawal = get_object_or_404(PictureWithdrawal, reference=reference)
    context = admin.site.each_context(request) | {
        "title": gettext("Withdrawn: %(title)s") % {"title": withdrawal.title},
        "withdrawal": withdrawal,
    }
    return render(request, "admin/organisation/picture/receipt.html", context)


def consent_page(request, consent, title, **context):
    context |= {
        **admin.site.each_context(request),
        "title": title,
        "consent": consent,
        "picture": consent.picture,
        "picture_url": address_of(consent.picture),
        "rows": rows_of(consent),
    }
    return render(request, "admin/organisation/picture/consent.html", context)


def rows_of(consent):
    fields = [field for field in consent._meta.concrete_fields if field.editable and not field.primary_key]
    values = [(capfirst(field.verbose_name), field_text(consent, field)) for field in fields]
    return [(name, value) for name, value in values if value]


def fingerprint(consent):
    """Returns a hash of all that a consent says, and of the words of its picture."""
    picture = consent.picture
    words = [rows_of(consent), picture.alt, picture.caption, picture.credit]
    return hashlib.sha256(repr(words).encode()).hexdigest()


def address_of(picture):
    return reverse("admin:organisation_picture_change", args=[picture.pk])
