from django.core.exceptions import PermissionDenied, SuspiciousOperation, ValidationError
from django.http import Http404, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from ..checklist import findings
from ..differences import differences
from ..models import Claim
from ..preview import page_as_published
from ..usage import pages_changed_by
from .public_with import shown_now
from .review_forms import FORM_OF_STEP, FORMS, SubmitForm


class ReviewMixin:
    """Adds the review page to the admin of claims: the only one on which a publication is decided."""

    def get_urls(self):
        return [
            path("<int:pk>/review/", self.admin_site.admin_view(self.review), name="impact_claim_review"),
            path(
                "<int:pk>/review/preview/",
                self.admin_site.admin_view(self.preview),
                name="impact_claim_preview",
            ),
            *super().get_urls(),
        ]

    def claim_to_change(self, request, pk):
        claim = get_object_or_404(Claim.objects.select_related("current_edition", "organisation"), pk=pk)
        if not self.has_change_permission(request, claim):
            raise PermissionDenied
        return claim

    def preview(self, request, pk):
        """Renders one of the pages that will change as it would be; any other address is a 404."""
        claim = self.claim_to_change(request, pk)
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        address = request.GET.get("page", "")
        if address not in [page.address for page in pages_changed_by(claim)]:
            raise Http404
        return page_as_published(claim, request.user, request, address)

    def review(self, request, pk):
        claim = self.claim_to_change(request, pk)
        form = self.sent_form(request, claim) if request.method == "POST" else None
        if form and (message := form.perform()):
            self.message_user(request, message)
            # The secret address of a new link is in this answer alone: a redirect would lose it.
            if not getattr(form, "address", ""):
                return redirect("admin:impact_claim_review", pk)
        # After a refusal the claim may be another than the one the form was filled in for.
        return self.review_page(request, self.claim_to_change(request, pk), form)

    def sent_form(self, request, claim):
        """Returns the form to which the pressed button belongs, bound to what was sent."""
        step = request.POST.get("do")
        if step not in FORM_OF_STEP:
            raise SuspiciousOperation("no such step")
        form_class = FORM_OF_STEP[step]
        if not request.user.has_perm(form_class.permission):
            raise PermissionDenied
        return form_class(claim, request.user, step, data=request.POST)

    def review_page(self, request, claim, sent_form=None):
        address, (fingerprint, public_with) = getattr(sent_form, "address", ""), shown_now(claim)
        context = self.admin_site.each_context(request) | {
            "title": _("Review of %(reference)s") % {"reference": claim.reference},
            "opts": self.opts,
            "claim": claim,
            "fingerprint": fingerprint,
            "awaits_decision": claim.awaits_decision,
            "is_own_change": claim.is_own_change(request.user),
            "is_retirement": claim.is_to_be_retired,
            "has_changes": claim.is_to_be_retired or claim.differs_from_published(),
            "differences": differences(claim.current_edition, claim),
            "public_with": public_with,
            "may_publish": request.user.has_perm("impact.publish_claim"),
            "obstacles": obstacles(claim),
            "findings": findings(claim),
            "pages": changed_pages(claim),
            "steps": steps_of(claim),
            "links": claim.review_links.select_related("claim", "made_by"),
            "editions": claim.editions.select_related("published_by", "claim").order_by("-number"),
            "forms": forms_for(request, claim, sent_form),
            "link_address": request.build_absolute_uri(address) if address else "",
        }
        return render(request, "admin/impact/claim/review.html", context)


def forms_for(request, claim, sent_form):
    """Returns {first step: form} of the forms on offer; a refused one comes back as it was sent."""
    offered = {}
    for form_class in FORMS:
        if isinstance(sent_form, form_class) and sent_form.errors:
            form = sent_form
        else:
            initial = {"note": request.GET.get("note", "")} if form_class is SubmitForm else None
            form = form_class(claim, request.user, initial=initial)
        if request.user.has_perm(form.permission) and (form.is_bound or form.is_offered()):
            offered[form.prefix] = form
    return offered


def obstacles(claim):
    """Returns the sentences that say why the claim cannot be published yet."""
    try:
        claim.check_publishable()
    except ValidationError as error:
        return error.messages
    return []


def changed_pages(claim):
    """Returns (page, query string of its preview) for each public page that will change."""
    return [(page, urlencode({"page": page.address})) for page in pages_changed_by(claim)]


def steps_of(claim):
    """Returns the steps of the review, newest first, with what the page shows of each.

    `is_about_present_words` is None for a step of staff.
    """
    fingerprint = claim.fingerprint
    steps = list(claim.steps.select_related("by").order_by("-at", "-pk"))
    for step in steps:
        step.is_about_present_words = step.fingerprint == fingerprint if step.outsider else None
        step.warning_sentences = step.warnings.splitlines()
    return steps
