from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, SuspiciousOperation, ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ...models import Proposal
from ..review_form import reason_field
from .accepting import accept
from .open_proposals import what_is_proposed
from .shown_rows import address_of_form, counts, label_of, shown_rows

OPEN = (Proposal.State.WAITING, Proposal.State.RETURNED)


class ReasonForm(forms.Form):
    reason = reason_field(
        _("For whoever proposed it: what has to change. Readers do not see it."),
        _("Say why you return it, so that its author knows what to do."),
    )


@admin.register(Proposal)
class ProposalAdmin(admin.ModelAdmin):
    """Shows what was proposed, and takes the decision on it."""

    list_display = ["title", "author_name", "made_at", "state"]
    list_filter = ["state"]
    search_fields = ["title", "note", "author_name"]

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        proposal = self.get_object(request, unquote(object_id or ""))
        if not self.has_view_permission(request, proposal):
            raise PermissionDenied
        if proposal is None:
            raise Http404
        form = ReasonForm(request.POST if request.POST.get("do") == "return" else None)
        if request.method == "POST" and self.decide(request, proposal, form):
            return redirect("admin:index")
        context = self.admin_site.each_context(request) | {
            "title": gettext("Proposal: %(title)s") % {"title": proposal.title},
            "opts": self.opts,
            "proposal": proposal,
            "form": form,
            "is_waiting": proposal.state == Proposal.State.WAITING,
            "is_open": proposal.state in OPEN,
            "is_own": proposal.is_own(request.user),
            "may_decide": proposal.may_be_decided_by(request.user),
            "what": what_is_proposed(proposal),
            "may_take_back": proposal.may_be_taken_back_by(request.user),
            "record_url": address_of_form(label_of(proposal.content_type), proposal.object_id),
            "rows": shown_rows(proposal.changes),
            "counts": counts(proposal.changes),
        }
        return render(request, "admin/organisation/proposal/change_form.html", context)

    def decide(self, request, proposal, form):
        """Takes the decision that was sent; returns False where a message or the form refuses it."""
        decision = request.POST.get("do")
        if decision not in ("accept", "return", "take back"):
            raise SuspiciousOperation("no such decision")
        is_allowed = (
            proposal.may_be_taken_back_by(request.user)
            if decision == "take back"
            else proposal.may_be_decided_by(request.user)
        )
        if not is_allowed:
            raise PermissionDenied
        if decision == "return" and not form.is_valid():
            return False
        try:
            if decision == "accept":
                accept(proposal, request.user, request)
                message = _("“%(title)s” is accepted: readers see it.")
            elif decision == "return":
                proposal.decide(Proposal.State.RETURNED, request.user, form.cleaned_data["reason"])
                message = _("“%(title)s” is returned.")
            else:
                proposal.decide(Proposal.State.TAKEN_BACK, request.user, expected=OPEN)
                message = _("“%(title)s” is taken back: nothing has changed for readers.")
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            proposal.refresh_from_db()
            return False
        messages.success(request, message % {"title": proposal.title})
        return True
