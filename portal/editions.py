"""What stands below the address of an edition: given its edition, and gone with a claim that was withdrawn."""

from functools import wraps

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from impact.models import Claim, Edition


def of_edition(view):
    """The view gets the edition that the address names; of a withdrawn claim it is never asked."""

    @wraps(view)
    def answer(request, number, edition, **more):
        claim = get_object_or_404(Claim.objects.select_related("current_edition"), number=number, editions__number=edition)
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
