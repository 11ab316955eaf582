from functools import wraps

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from organisation.documents import documents_of
from organisation.models import Source

from .claim_page import ClaimPage
from .differences import differences
from .indicator_page import IndicatorPage
from .models import Claim, Edition, Indicator, ReviewLink, ReviewStep
from .preview import as_if_published, unlisted


def claim(request, number, slug=""):
    """Shows the current edition of a claim. Any other slug leads to the present one."""
    record = get_object_or_404(Claim.objects.select_related("current_edition"), number=number)
    if not record.current_edition:
        return withdrawn(request, record)
    if slug != record.current_edition.slug:
        return redirect(record, permanent=True)
    return render_edition(request, record, record.current_edition.number)


def edition(request, number, edition):
    """Shows one edition at its permanent address; of a withdrawn claim none can be read."""
    record = get_object_or_404(
        Claim.objects.select_related("current_edition"), number=number, editions__number=edition
    )
    return render_edition(request, record, edition) if record.current_edition else withdrawn(request, record)


def render_edition(request, claim, number):
    return render(request, "impact/claim_detail.html", {"claim_page": ClaimPage(claim, number)})


def indicator(request, number, slug=""):
    """Shows what is published of an indicator. Any other slug leads to the present one."""
    record = get_object_or_404(
        Indicator.objects.select_related("organisation", "change_source__author").with_evidence(),
        number=number,
    )
    if slug != record.slug:
        return redirect(record, permanent=True)
    return render(request, "impact/indicator_detail.html", {"indicator_page": IndicatorPage(record)})


def with_edition(view):
    """Gives a view the edition that the address names; answers for a withdrawn claim itself."""

    @wraps(view)
    def wrapper(request, number, edition, **kwargs):
        claim = get_object_or_404(
            Claim.objects.select_related("current_edition"), number=number, editions__number=edition
        )
        if not claim.current_edition:
            return withdrawn(request, claim)
        return view(request, Edition.objects.in_full().get(claim=claim, number=edition), **kwargs)

    return wrapper


def withdrawn(request, claim, template="impact/claim_withdrawn.html"):
    """Answers 410 with nothing of a withdrawn claim's words; 404 if it was never public."""
    step = claim.withdrawal
    if step is None:
        raise Http404
    return render(request, template, {"claim": claim, "withdrawal": step}, status=410)


class OpinionForm(forms.Form):
    comment = forms.CharField(
        label=_("Your comment"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("The staff who review the claim read it, with your name; it does not become public."),
    )
    seen = forms.CharField(widget=forms.HiddenInput)
    STEPS = {"comment": ReviewStep.Kind.COMMENTED, "approve": ReviewStep.Kind.APPROVED}

    def clean(self):
        if self.data.get("do") not in self.STEPS:
            raise ValidationError(_("Send a comment, or approve the words."))
        return super().clean()

    def record(self, link):
        """Records the response and returns its step; None if it was refused, and then the form says why."""
        if self.is_valid():
            try:
                return link.respond(
                    self.STEPS[self.data["do"]], self.cleaned_data["comment"], self.cleaned_data["seen"]
                )
            except ValidationError as error:
                self.add_error("comment" if error.code == "comment" else None, error)
        return None


# Without the token against forged requests: the secret in the address is all the authority there is, no
# cookie goes with it, and who does not know the address cannot make anybody send anything to it.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def review_link(request, secret):
    link = get_object_or_404(
        ReviewLink.objects.select_related("claim"), secret_hash=ReviewLink.hash_of(secret)
    )
    form = OpinionForm(request.POST or None)
    if request.method == "POST" and not link.end_reason and form.record(link):
        return confidential(redirect("review-link", secret=secret))
    # It may have ended meanwhile; then the comment comes back, so that it is not lost.
    link.refresh_from_db()
    if link.end_reason:
        context = {"why": link.end_reason, "comment": request.POST.get("comment", "")}
        return confidential(
            HttpResponse(render_to_string("impact/review_link_ended.html", context, request), status=410)
        )
    return confidential(HttpResponse(render_draft(request, link, form)))


def render_draft(request, link, form):
    """Renders the claim as its page would show it.

    Everything is read inside one transaction, so that the words and their fingerprint agree.
    """
    before = link.claim.current_edition
    public_sources = set(
        Source.objects.public().filter(cited_by__in=link.claim.citations.all()).values_list("pk", flat=True)
    )
    with as_if_published(link.claim, link.made_by) as edition:
        draft = Edition.objects.in_full().get(pk=edition.pk)
        context = {
            "link": link,
            "form": form,
            "edition": draft,
            "before": before,
            "documents": documents_of(draft.evidence, linked=public_sources),
            "differences": differences(before, draft) if before else [],
            "fingerprint": edition.claim.fingerprint,
            "responses": link.claim.steps.filter(outsider=link.for_whom, at__gte=link.made_at),
        }
        return render_to_string("impact/review_link.html", context, request)


def confidential(response):
    """Keeps the address, which is the key to a draft, from other sites, lists and caches."""
    # With "no-referrer" a browser would not say that the form is ours.
    response["Referrer-Policy"] = "same-origin"
    return unlisted(response)
