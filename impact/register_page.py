"""Sorts the claims of the register by how far they are shown, those most in doubt first.

Where there are more than fit on a page, each group shows as many as there is room for, and leads to all of
its own. A group alone, and the list by number, come in pages.
"""

from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from organisation import paging
from organisation.facets import CappedCount

from .grades import Shown
from .sheets import places_of_a_group

MOST_IN_DOUBT_FIRST = (Shown.CONTRADICTED, Shown.UNSOURCED, Shown.OWN, Shown.PARTNER, Shown.INDEPENDENT)
HEADINGS = {
    Shown.CONTRADICTED: _("Contradicted, and by what"),
    Shown.UNSOURCED: _("No source is on record"),
    Shown.OWN: _("Only the organisation says so"),
    Shown.PARTNER: _("A partner supports it, at least in part"),
    Shown.INDEPENDENT: _("An independent source supports it, at least in part"),
}


@dataclass
class RegisterGroup:
    """Claims of the register that are shown equally far: how many, and the editions that are listed here."""

    shown: Shown | None
    editions: list
    count: CappedCount | None = None
    address: str = ""  # of all of them, where not all are listed

    @property
    def heading(self):
        return HEADINGS.get(self.shown, "")


def groups_of(entries, facet, counts, facets):
    """Returns the groups that have a claim.

    `counts` holds the number of claims by (key, value) of the facet, as `facets` counted them.
    """
    found = [(shown, counts[facet.key, shown.value]) for shown in MOST_IN_DOUBT_FIRST]
    found = [(shown, count) for shown, count in found if count.number]
    size = places_of_a_group([count.number for _shown, count in found], paging.PAGE_SIZE)
    listed = [
        Q(pk__in=facet.filter(entries, shown.value).order_by("number").values("pk")[:size])
        for shown, _count in found
    ]
    by_group = {shown: [] for shown, _count in found}
    for entry in entries.filter(reduce(or_, listed, Q(pk__in=[]))).order_by("number"):
        by_group[entry.edition.how_far_shown].append(entry.edition)
    return [
        RegisterGroup(
            shown,
            by_group[shown],
            count,
            facets.address(**{facet.key: shown.value}) if count.number > len(by_group[shown]) else "",
        )
        for shown, count in found
    ]
