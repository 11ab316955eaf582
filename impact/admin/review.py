from django.core.exceptions import PermissionDenied, SuspiciousOperation, ValidationError
from django.http import Http404, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from ..checklist import findings
from ..differences import differences
from ..models import Claim, Stage
from ..preview import page_as_published
from ..usage import pages_changed_by
from .review_forms import FORMS, STEPS, SubmitForm


class ReviewMixin:
    """The page of the admin on which a claim is read before it is published, and the only one on which that is decided."""

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
        """One of the pages that will change, as it would be. Any other address is none of ours to render."""
        claim = self.claim_to_change(request, pk)
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        address = request.GET.get("page", "")
        if address not in [place.address for place in pages_changed_by(claim)]:
            raise Http404
        return page_as_published(claim, request.user, request, address)

    def review(self, request, pk):
        claim = self.claim_to_change(request, pk)
        sent = self.sent(request, claim) if request.method == "POST" else None
        if sent and (told := sent.done()):
            self.message_user(request, told)
            if not getattr(sent, "address", ""):
                return redirect("admin:impact_claim_review", pk)
        # After a refusal the claim may be another than the one the form was filled in for.
        return self.review_page(request, self.claim_to_change(request, pk), sent)

    def sent(self, request, claim):
        """The form that was sent, by its button."""
        step = request.POST.get("do")
        if step not in STEPS:
            raise SuspiciousOperation("no such step")
        if not request.user.has_perm(STEPS[step].permission):
            raise PermissionDenied
        return STEPS[step](claim, request.user, step, data=request.POST)

    def review_page(self, request, claim, sent=None):
        context = self.admin_site.each_context(request) | {
            "title": _("Review of %(reference)s") % {"reference": claim.reference},
            "opts": self.opts,
            "claim": claim,
            "fingerprint": claim.fingerprint,
            "waits": claim.stage in (Stage.SUBMITTED, Stage.SCHEDULED),
            "own_change": claim.is_own_change(request.user),
            "retirement": claim.is_to_be_retired,
            "changes": claim.is_to_be_retired or claim.differs_from_published(),
            "differences": differences(claim.current_edition, claim),
            "may_publish": request.user.has_perm("impact.publish_claim"),
            "obstacles": obstacles(claim),
            "findings": findings(claim),
            "places": places(claim),
            "steps": told_of(claim),
            "links": claim.review_links.select_related("claim", "made_by"),
            "editions": claim.editions.select_related("published_by", "claim").order_by("-number"),
            "forms": forms_for(request, claim, sent),
            "link_address": request.build_absolute_uri(sent.address) if getattr(sent, "address", "") else "",
        }
        return render(request, "admin/impact/claim/review.html", context)


def forms_for(request, claim, sent):
    """By its first step, each form that may be filled in now; the one that was sent comes back as it was filled in."""
    shown = {}
    for form_class in FORMS:
        if isinstance(sent, form_class) and sent.errors:
            form = sent
        else:
            note = {"note": request.GET.get("note", "")} if form_class is SubmitForm else None
            form = form_class(claim, request.user, initial=note)
        if request.user.has_perm(form.permission) and (form.is_bound or form.offered()):
            shown[form.prefix] = form
    return shown


def obstacles(claim):
    """What stands in the way of publishing, in sentences."""
    try:
        claim.check_publishable()
    except ValidationError as error:
        return error.messages
    return []


def places(claim):
    """(page, query of its preview) of each public page that will change."""
    return [(place, urlencode({"page": place.address})) for place in pages_changed_by(claim)]


def told_of(claim):
    """The steps of the review, the last first; of what outsiders said, whether it was about the present words."""
    fingerprint = claim.fingerprint
    steps = list(claim.steps.select_related("by").order_by("-at", "-pk"))
    for step in steps:
        step.about_present_words = step.fingerprint == fingerprint if step.outsider else None
        step.sentences = step.warnings.splitlines()
    return steps
