"""Grades of evidence, computed from the citations of a claim and never typed."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from organisation.models import Citation

Relation, Independence = Citation.Relation, Citation.Independence


class Grade(models.TextChoices):
    DISPUTED = "disputed", _("disputed")
    SUPPORTED = "supported", _("supported")
    STATED = "stated", _("stated")
    UNSOURCED = "unsourced", _("unsourced")


REASONS = {
    Grade.DISPUTED: _("At least one source contradicts it, so it is disputed."),
    Grade.SUPPORTED: _(
        "At least one independent source supports it, and none contradicts it, so it is supported."
    ),
    Grade.STATED: _(
        "It is said by the organisation itself or by others, "
        "and no independent source on record supports it, so it is stated."
    ),
    Grade.UNSOURCED: _("No source on record states or supports it, so it is unsourced."),
}
# In the order in which they weigh. Each is a message of its own, since translators cannot join parts of one.
COUNTS = {
    (Relation.CONTRADICTS, Independence.INDEPENDENT): ngettext_lazy(
        "%(count)d independent source contradicts it.",
        "%(count)d independent sources contradict it.",
        "count",
    ),
    (Relation.CONTRADICTS, Independence.PARTNER): ngettext_lazy(
        "%(count)d source of a partner contradicts it.",
        "%(count)d sources of partners contradict it.",
        "count",
    ),
    (Relation.CONTRADICTS, Independence.OWN): ngettext_lazy(
        "%(count)d source of its own contradicts it.", "%(count)d sources of its own contradict it.", "count"
    ),
    (Relation.SUPPORTS, Independence.INDEPENDENT): ngettext_lazy(
        "%(count)d independent source supports it.", "%(count)d independent sources support it.", "count"
    ),
    (Relation.SUPPORTS, Independence.PARTNER): ngettext_lazy(
        "%(count)d source of a partner supports it.", "%(count)d sources of partners support it.", "count"
    ),
    (Relation.SUPPORTS, Independence.OWN): ngettext_lazy(
        "%(count)d source of its own supports it.", "%(count)d sources of its own support it.", "count"
    ),
    (Relation.STATES, Independence.INDEPENDENT): ngettext_lazy(
        "%(count)d independent source states it.", "%(count)d independent sources state it.", "count"
    ),
    (Relation.STATES, Independence.PARTNER): ngettext_lazy(
        "%(count)d source of a partner states it.", "%(count)d sources of partners state it.", "count"
    ),
    (Relation.STATES, Independence.OWN): ngettext_lazy(
        "%(count)d source of its own states it.", "%(count)d sources of its own state it.", "count"
    ),
    (Relation.REPEATS, Independence.INDEPENDENT): ngettext_lazy(
        "%(count)d independent source repeats it, which adds no weight.",
        "%(count)d independent sources repeat it, which adds no weight.",
        "count",
    ),
    (Relation.REPEATS, Independence.PARTNER): ngettext_lazy(
        "%(count)d source of a partner repeats it, which adds no weight.",
        "%(count)d sources of partners repeat it, which adds no weight.",
        "count",
    ),
    (Relation.REPEATS, Independence.OWN): ngettext_lazy(
        "%(count)d source of its own repeats it, which adds no weight.",
        "%(count)d sources of its own repeat it, which adds no weight.",
        "count",
    ),
    (Relation.CONTEXT, Independence.INDEPENDENT): ngettext_lazy(
        "%(count)d independent source gives context.", "%(count)d independent sources give context.", "count"
    ),
    (Relation.CONTEXT, Independence.PARTNER): ngettext_lazy(
        "%(count)d source of a partner gives context.", "%(count)d sources of partners give context.", "count"
    ),
    (Relation.CONTEXT, Independence.OWN): ngettext_lazy(
        "%(count)d source of its own gives context.", "%(count)d sources of its own give context.", "count"
    ),
}


def grade_of(citations):
    """Returns the first grade that fits: disputed, supported, stated, unsourced."""
    relations = {(citation.relation, citation.independence) for citation in citations}
    if any(relation == Relation.CONTRADICTS for relation, _independence in relations):
        return Grade.DISPUTED
    if (Relation.SUPPORTS, Independence.INDEPENDENT) in relations:
        return Grade.SUPPORTED
    if any(relation in (Relation.STATES, Relation.SUPPORTS) for relation, _independence in relations):
        return Grade.STATED
    return Grade.UNSOURCED


def counts_of(citations):
    """Returns a sentence for each bearing that sources have on a claim; one quoted twice counts once."""
    sources = {bearing: set() for bearing in COUNTS}
    for citation in citations:
        sources[citation.relation, citation.independence].add(citation.source_id)
    return [COUNTS[bearing] % {"count": len(keys)} for bearing, keys in sources.items() if keys]
