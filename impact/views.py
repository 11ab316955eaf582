from functools import wraps

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from organisation.models import Source

from .claim_page import ClaimPage
from .differences import differences
from .models import Claim, Edition, ReviewLink, ReviewStep
from .preview import as_if_published, unlisted


def claim(request, number, slug=""):
    """A claim as readers may see it: its current edition. Any other slug leads to the present one."""
    found = get_object_or_404(Claim.objects.select_related("current_edition"), number=number)
    if not found.current_edition:
        return withdrawn(request, found)
    if slug != found.current_edition.slug:
        return redirect(found, permanent=True)
    return render_edition(request, found, found.current_edition.number)


def edition(request, number, edition):
    """A wording that was published once, for good; of a withdrawn claim none can be read."""
    found = get_object_or_404(
        Claim.objects.select_related("current_edition"), number=number, editions__number=edition
    )
    return render_edition(request, found, edition) if found.current_edition else withdrawn(request, found)


def render_edition(request, claim, number):
    return render(request, "impact/claim_detail.html", {"claim_page": ClaimPage(claim, number)})


def with_edition(view):
    """The view gets the edition that the address names; of a withdrawn claim it is never asked."""

    @wraps(view)
    def answer(request, number, edition, **more):
        claim = get_object_or_404(
            Claim.objects.select_related("current_edition"), number=number, editions__number=edition
        )
        if not claim.current_edition:
            return withdrawn(request, claim)
        return view(request, Edition.objects.in_full().get(claim=claim, number=edition), **more)

    return answer


def withdrawn(request, claim, template="impact/claim_withdrawn.html"):
    """Nothing of its words, and not the page of one that was never there."""
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

    def send(self, link):
        """Whether what was said is on record; if not, the form says why."""
        if self.is_valid():
            try:
                return link.say(
                    self.STEPS[self.data["do"]], self.cleaned_data["comment"], self.cleaned_data["seen"]
                )
            except ValidationError as error:
                self.add_error("comment" if error.code == "comment" else None, error)
        return None


# Without the token against forged requests: the secret in the address is all the authority there is, no cookie
# goes with it, and who does not know the address cannot make anybody send anything to it.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def review_link(request, secret):
    link = get_object_or_404(
        ReviewLink.objects.select_related("claim"), secret_hash=ReviewLink.hash_of(secret)
    )
    form = OpinionForm(request.POST or None)
    if request.method == "POST" and not link.ended and form.send(link):
        return confidential(redirect("review-link", secret=secret))
    link.refresh_from_db()
    if link.ended:
        gone = {"why": link.ended, "comment": request.POST.get("comment", "")}
        return confidential(
            HttpResponse(render_to_string("impact/review_link_ended.html", gone, request), status=410)
        )
    return confidential(HttpResponse(draft_page(request, link, form)))


def draft_page(request, link, form):
    """The claim as its page would show it; everything is read inside the one transaction, so that the words and their fingerprint agree."""
    before = link.claim.current_edition
    public = set(
        Source.objects.public().filter(cited_by__in=link.claim.citations.all()).values_list("pk", flat=True)
    )
    with as_if_published(link.claim, link.made_by) as edition:
        shown = Edition.objects.in_full().get(pk=edition.pk)
        context = {
            "link": link,
            "form": form,
            "edition": shown,
            "before": before,
            "evidence": [(citation, citation.source_id in public) for citation in shown.evidence],
            "differences": differences(before, shown) if before else [],
            "fingerprint": edition.claim.fingerprint,
            "said": link.claim.steps.filter(outsider=link.for_whom, at__gte=link.made_at),
        }
        return render_to_string("impact/review_link.html", context, request)


def confidential(response):
    """The address is the key: it goes to no other site, no list and no cache."""
    response["Referrer-Policy"] = (
        "same-origin"  # with "no-referrer" a browser does not say that the form is ours
    )
    return unlisted(response)
