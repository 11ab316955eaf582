"""Counts what nobody has asked for and somebody should look at; each number opens its list."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from impact.models import Claim, Conflict
from organisation.facets import CappedCount, capped_count
from organisation.models import Citation, Statement

from .completeness import completeness_rows

# Beyond this the desk says “more than”: nobody works through them one by one.
MAX_COUNT = 999


@dataclass
class Concern:
    title: str
    count: CappedCount
    url: str


def needs_attention(user):
    concerns = []
    if user.has_perm("impact.view_claim"):
        claims_url = reverse("admin:impact_claim_changelist")
        concerns += [
            Concern(
                _("Claims without a source"),
                capped_count(unsourced_claims(), MAX_COUNT),
                reverse("admin:unsourced"),
            ),
            Concern(
                _("Open conflicts"),
                capped_count(Conflict.objects.filter(decision=Conflict.Decision.OPEN), MAX_COUNT),
                open_conflicts_url(),
            ),
            Concern(
                _("Claims with a figure that does not say how it is written"),
                capped_count(Claim.objects.with_unwritten_figures(), MAX_COUNT),
                f"{claims_url}?figures=unwritten",
            ),
            Concern(
                _("Claims whose review is overdue"),
                capped_count(Claim.objects.overdue(), MAX_COUNT),
                f"{claims_url}?upkeep=overdue",
            ),
            Concern(
                _("Claims with words that age"),
                capped_count(Claim.objects.with_aging_words(), MAX_COUNT),
                f"{claims_url}?upkeep=aging",
            ),
            Concern(
                _("Superlatives without independent evidence"),
                capped_count(Claim.objects.with_unsupported_superlatives(), MAX_COUNT),
                f"{claims_url}?upkeep=superlatives",
            ),
        ]
    if user.has_perm("organisation.view_statement"):
        statements_url = reverse("admin:organisation_statement_changelist")
        concerns += [
            Concern(
                _("Statements whose review is overdue"),
                capped_count(Statement.objects.overdue(), MAX_COUNT),
                f"{statements_url}?upkeep=overdue",
            ),
            Concern(
                _("Statements with words that age"),
                capped_count(Statement.objects.with_aging_words(), MAX_COUNT),
                f"{statements_url}?upkeep=aging",
            ),
        ]
    if user.has_perm("organisation.view_organisation"):
        incomplete = sum(not row.is_complete for row in completeness_rows())
        concerns.append(
            Concern(
                _("Incomplete organisations"),
                CappedCount.of(incomplete, MAX_COUNT),
                reverse("admin:completeness"),
            )
        )
    return concerns


def unsourced_claims():
    """Returns the claims that no document states, supports or contradicts: the grade “unsourced”."""
    claims = Claim.objects.unsourced()
    return claims.exclude(claims.has_citation(relation=Citation.Relation.CONTRADICTS))


def open_conflicts_url():
    # The filter's value for an open conflict is the empty string.
    return f"{reverse('admin:impact_conflict_changelist')}?decision__exact="
