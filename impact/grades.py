"""Grades of evidence, computed from the citations of a claim and never typed.

A source that states a claim says it in its own voice, so it counts as one that supports it: an independent
one makes the claim supported, a partner's makes it one that a partner supports. What only passes on the
organisation's words repeats them and counts for nothing. A part that a partner supports is a grade of its
own, because neither “a partner supports it” nor “only the organisation says so” would be true.
"""

from typing import NamedTuple

from django.db import models
from django.utils.translation import gettext_lazy as _

from organisation.models import Citation

Relation, Independence = Citation.Relation, Citation.Independence


class Grade(models.TextChoices):
    DISPUTED = "disputed", _("disputed")
    SUPPORTED = "supported", _("supported")
    SUPPORTED_IN_PART = "supported in part", _("supported in part")
    PARTNER = "partner supports", _("a partner supports it")
    PARTNER_IN_PART = "partner in part", _("a partner supports it in part")
    ORGANISATION_ONLY = "organisation only", _("only the organisation says so")
    UNSOURCED = "unsourced", _("unsourced")


# The grades of earlier versions, by which addresses may still ask, with those that took their place.
FORMER_GRADES = {"stated": (Grade.PARTNER, Grade.PARTNER_IN_PART, Grade.ORGANISATION_ONLY)}


class Shown(models.TextChoices):
    """How far a claim is shown, farthest first; a grade in part stands with the whole one."""

    INDEPENDENT = "independent", _("an independent source supports")
    PARTNER = "partner", _("a partner supports")
    OWN = "own", _("only the organisation says so")
    CONTRADICTED = "contradicted", _("contradicted by another text")
    UNSOURCED = "unsourced", _("no source is on record")

    @property
    def grades(self):
        return [grade for grade, shown in SHOWN.items() if shown == self]


SHOWN = {
    Grade.SUPPORTED: Shown.INDEPENDENT,
    Grade.SUPPORTED_IN_PART: Shown.INDEPENDENT,
    Grade.PARTNER: Shown.PARTNER,
    Grade.PARTNER_IN_PART: Shown.PARTNER,
    Grade.ORGANISATION_ONLY: Shown.OWN,
    Grade.DISPUTED: Shown.CONTRADICTED,
    Grade.UNSOURCED: Shown.UNSOURCED,
}

REASONS = {
    Grade.DISPUTED: _("At least one source contradicts it, so it is disputed."),
    Grade.SUPPORTED: _(
        "At least one independent source supports it, and none contradicts it, so it is supported."
    ),
    Grade.SUPPORTED_IN_PART: _(
        "At least one independent source supports a part of it, and none contradicts it, "
        "so it is supported in part."
    ),
    Grade.PARTNER: _("A partner supports it, no independent source does, and none contradicts it."),
    Grade.PARTNER_IN_PART: _(
        "A partner supports a part of it, no independent source does, and none contradicts it."
    ),
    Grade.ORGANISATION_ONLY: _(
        "No partner and no independent source on record supports it or contradicts it."
    ),
    Grade.UNSOURCED: _("No source on record states or supports it, so it is unsourced."),
}
# The first that fits counts: (grade, relations of a source that gives it, whose source that is).
RULES = (
    (Grade.DISPUTED, (Relation.CONTRADICTS,), tuple(Independence)),
    (Grade.SUPPORTED, Citation.IN_WHOLE, (Independence.INDEPENDENT,)),
    (Grade.SUPPORTED_IN_PART, (Relation.SUPPORTS_IN_PART,), (Independence.INDEPENDENT,)),
    (Grade.PARTNER, Citation.IN_WHOLE, (Independence.PARTNER,)),
    (Grade.PARTNER_IN_PART, (Relation.SUPPORTS_IN_PART,), (Independence.PARTNER,)),
    (Grade.ORGANISATION_ONLY, Citation.AT_LEAST_IN_PART, (Independence.OWN,)),
)


def grade_of(citations):
    """Returns the first grade whose rule one of the citations fits."""
    bearings = {(citation.relation, citation.independence) for citation in citations}
    for grade, relations, whose in RULES:
        if any(relation in relations and independence in whose for relation, independence in bearings):
            return grade
    return Grade.UNSOURCED


# The marks of a strip: the first of them that a column's sources bear.
MARKS = (
    ("contradicts", (Relation.CONTRADICTS,)),
    ("supports", Citation.AT_LEAST_IN_PART),
    ("context", (Relation.REPEATS, Relation.CONTEXT)),
)
IN_A_LIST = {
    Grade.SUPPORTED: _("independent"),
    Grade.SUPPORTED_IN_PART: _("independent, in part"),
    Grade.PARTNER: _("a partner supports"),
    Grade.PARTNER_IN_PART: _("a partner supports, in part"),
    Grade.ORGANISATION_ONLY: _("own word only"),
    Grade.UNSOURCED: _("no source"),
}
# The farthest from the organisation counts.
CONTRADICTED_BY = (
    (Independence.INDEPENDENT, _("contradicted by an independent source")),
    (Independence.PARTNER, _("contradicted by a partner")),
    (Independence.OWN, _("contradicted by its own documents")),
)


class Strip(NamedTuple):
    """How its own, partners' and independent sources bear on a claim: a mark each, and all in a few words.

    A mark is “supports”, also in part or as its own words; “context”, also where it only repeats;
    “contradicts”, whatever else the same sources do; or empty.
    """

    own: str
    partner: str
    independent: str
    words: str

    @property
    def marks(self):
        return self[:3]


def strip_of(citations):
    """Returns the strip of a claim or an edition with these citations."""
    bearings = {(citation.relation, citation.independence) for citation in citations}
    marks = (
        next((mark for mark, relations in MARKS if bearings & {(each, whose) for each in relations}), "")
        for whose in Independence
    )
    grade = grade_of(citations)
    if grade == Grade.DISPUTED:
        words = next(words for whose, words in CONTRADICTED_BY if (Relation.CONTRADICTS, whose) in bearings)
    else:
        words = IN_A_LIST[grade]
    return Strip(*marks, words)
