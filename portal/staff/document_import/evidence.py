"""Finds the claims that a sentence of somebody else's may support or contradict."""

from rapidfuzz import fuzz
from rapidfuzz.utils import default_process as normalise

from impact.models import Claim
from organisation.models import Citation

MOST_COMPARED, MOST_OFFERED = 1_000, 12
SAME_FIGURE = 40  # points, beside the hundred of equal words
CHOICES = [
    (value, label)
    for value, label in Citation.Relation.choices
    if value not in (Citation.Relation.STATES, Citation.Relation.REPEATS)
]


def comparable_claims(organisation):
    """Returns the claims of an organisation, or of all, newest first, with their figures."""
    claims = Claim.objects.order_by("-number").prefetch_related("figures")
    return list((claims.filter(organisation=organisation) if organisation else claims)[:MOST_COMPARED])


def claims_for(words, figures, claims):
    """Returns the claims that the words may be about, the likeliest first."""
    values = {figure.value for figure in figures}
    processed = normalise(words)

    def likeness(claim):
        same = any(figure.value in values for figure in claim.figures.all())
        return fuzz.token_set_ratio(processed, normalise(claim.statement)) + SAME_FIGURE * same

    return sorted(claims, key=likeness, reverse=True)[:MOST_OFFERED]
