"""Says in a few words how many sources something has, and how far they are from the organisation."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .models import Citation

OWN, PARTNER, INDEPENDENT = Citation.Independence


def each_once(citations):
    """Returns the citations, the first of each source or passage."""
    return list({(each.source_id, each.passage_id): each for each in reversed(citations)}.values())[::-1]


def sources_in_words(citations):
    """Returns “4 sources, 1 independent” or “2 sources, all its own”; a source quoted twice counts once."""
    whose = {}
    for each in citations:
        whose.setdefault(each.source_id, set()).add(each.independence)
    independent = sum(INDEPENDENT in each for each in whose.values())
    partners = sum(PARTNER in each for each in whose.values())
    counts = {"count": len(whose), "others": independent or partners}
    if not whose:
        return _("no source is on record")
    if independent:
        return (
            ngettext(
                "%(count)d source, independent", "%(count)d sources, %(others)d independent", counts["count"]
            )
            % counts
        )
    if partners:
        return (
            ngettext(
                "%(count)d source, a partner's", "%(count)d sources, %(others)d of partners", counts["count"]
            )
            % counts
        )
    return ngettext("%(count)d source, its own", "%(count)d sources, all its own", counts["count"]) % counts


def said_together(affiliation):
    """Returns what those have in common whose sources stand beside them once."""
    sources = [
        (each.source_id, each.passage_id, each.relation, each.independence) for each in affiliation.evidence
    ]
    return affiliation.organisation_id, affiliation.as_it_said, sources
