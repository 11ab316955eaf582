"""Submits, publishes or returns several claims from their list, each decided on its own."""

from django.contrib import admin, messages
from django.shortcuts import render
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from ..differences import differences
from .public_with import shown_now
from .review_forms import DecisionForm, ReturnForm, SubmitForm

MAX_CLAIMS = 50  # more than that nobody reads on one page
# What is written once for all claims whose own field is left empty.
SHARED_FIELDS = ("note", "reason", "change")
SHARED = "all"


class BulkReviewMixin:
    """Adds the actions to the list of claims. Each leads to a page that shows every claim before it acts."""

    actions = ["submit_claims", "publish_claims", "return_claims"]

    def has_publish_permission(self, request):
        return request.user.has_perm("impact.publish_claim")

    @admin.action(description=_("Submit for review …"), permissions=["change"])
    def submit_claims(self, request, queryset):
        return self.review_in_bulk(request, queryset, SubmitForm, gettext("Submit for review"))

    @admin.action(description=_("Publish …"), permissions=["publish"])
    def publish_claims(self, request, queryset):
        return self.review_in_bulk(request, queryset, DecisionForm, gettext("Publish"))

    @admin.action(description=_("Return …"), permissions=["publish"])
    def return_claims(self, request, queryset):
        return self.review_in_bulk(request, queryset, ReturnForm, gettext("Return"))

    def review_in_bulk(self, request, queryset, form_class, button):
        """Shows the selected claims with a form each, or takes the forms that were sent.

        What is refused comes back with its reason; None, once nothing is left, leads back to the list.
        """
        claims = list(queryset.select_related("current_edition", "organisation").order_by("number"))
        if len(claims) > MAX_CLAIMS:
            sentence = gettext("Choose %(limit)d claims at most: each is to be read before it is decided.")
            messages.error(request, sentence % {"limit": MAX_CLAIMS})
            return None
        forms = [self.bulk_form(request, claim, form_class) for claim in claims]
        if "apply" in request.POST:
            forms = perform(request, forms)
            if not forms:
                return None
        offered = [form for form in forms if form.is_bound or form.is_offered()]
        context = self.admin_site.each_context(request) | {
            "title": button,
            "opts": self.opts,
            "action": request.POST["action"],
            "button": button,
            "step": next(iter(form_class.steps)),
            "rows": [row_of(form) for form in offered],
            "left_out": [form.claim for form in forms if form not in offered],
            "shared": shared_form(request, offered),
        }
        return render(request, "admin/impact/claim/bulk.html", context)

    def bulk_form(self, request, claim, form_class):
        step = next(iter(form_class.steps))
        prefix = f"{step}-{claim.pk}"
        data = None
        if "apply" in request.POST:
            data = request.POST.copy()
            for name in SHARED_FIELDS:
                if not data.get(f"{prefix}-{name}", "").strip():
                    data[f"{prefix}-{name}"] = request.POST.get(f"{SHARED}-{name}", "")
        return form_class(claim, request.user, step, data=data, prefix=prefix)


def shared_form(request, forms):
    """Returns a form whose fields stand for those of all; None without claims."""
    # A claim without readers has no reason to give, so one of a claim that has them is preferred.
    form = next((form for form in forms if "reason" in form.fields), forms[0] if forms else None)
    return form and type(form)(form.claim, request.user, prefix=SHARED)


def row_of(form):
    """Returns what the page shows of a claim: its form, and what would change for readers."""
    claim = form.claim
    fingerprint, public_with = shown_now(claim)
    return {
        "form": form,
        "claim": claim,
        "fingerprint": fingerprint,
        "public_with": public_with,
        "differences": differences(claim.current_edition, claim),
    }


def perform(request, forms):
    """Performs each form by itself; says how many were done and why others were not, and returns these."""
    refused = [form for form in forms if not form.perform()]
    if done := len(forms) - len(refused):
        sentence = ngettext("%(count)d claim: done.", "%(count)d claims: done.", done)
        messages.success(request, sentence % {"count": done})
    for form in refused:
        reasons = " ".join(error for errors in form.errors.values() for error in errors)
        messages.error(request, f"{form.reference}: {reasons}")
    return refused
