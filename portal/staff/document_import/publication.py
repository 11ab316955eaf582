"""Proposes that an imported document, which nobody but staff sees yet, stands among the publications."""

from functools import partial

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from organisation.admin.proposals import OPENED, opened_at, propose_or_save, request_to
from organisation.models import Source

PRIVATE_KIND = Source.Kind.WEB_PAGE  # until somebody else has accepted the kind that makes it a publication


@require_POST
def change_kind(request, pk):
    """Makes a source a report or a publication, which visitors see, or proposes it."""
    if not request.user.has_perm("organisation.change_source"):
        raise PermissionDenied
    source = get_object_or_404(Source, pk=pk)
    if request.POST.get("kind") not in Source.PUBLISHED_WORKS:
        raise SuspiciousOperation("no such kind of publication")
    return propose_or_save(request, partial(save_kind, source, request.POST["kind"]), source)


def save_kind(source, kind):
    source.kind = kind
    source.full_clean()
    source.save()
    return redirect("admin:reading", source.pk)


def propose_kind(request, source, kind):
    """Sends the kind of a source in the name of whoever has sent the document."""
    address = reverse("admin:source-kind", args=[source.pk])
    form = urlencode({"kind": kind, OPENED: opened_at(request)})
    change_kind(request_to(request, address, form=form), source.pk)
