"""How far the evidence goes. A grade is computed from the citations of a claim and is never typed."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from organisation.models import Citation

Relation, Independence = Citation.Relation, Citation.Independence


class Grade(models.TextChoices):
    DISPUTED = "disputed", _("disputed")
    SUPPORTED = "supported", _("supported")
    STATED = "stated", _("stated")
    UNSOURCED = "unsourced", _("unsourced")


REASONS = {
    Grade.DISPUTED: _("At least one source contradicts it."),
    Grade.SUPPORTED: _("At least one independent source supports it, and none contradicts it."),
    Grade.STATED: _("Stated by the organisation itself or by its partners; no independent source on record supports it."),
    Grade.UNSOURCED: _("No source on record states or supports it."),
}


def grade_of(citations):
    """The first grade that fits."""
    relations = {(citation.relation, citation.independence) for citation in citations}
    if any(relation == Relation.CONTRADICTS for relation, _independence in relations):
        return Grade.DISPUTED
    if (Relation.SUPPORTS, Independence.INDEPENDENT) in relations:
        return Grade.SUPPORTED
    if any(relation in (Relation.STATES, Relation.SUPPORTS) for relation, _independence in relations):
        return Grade.STATED
    return Grade.UNSOURCED
