"""Loads once a request who came after whom, every succession on record, and those whom pages tell of."""

from collections import defaultdict
from functools import cached_property

from django.db.models import OuterRef, Q, Subquery

from .models import Organisation, Source, Succession
from .models.record import prefetch_evidence
from .request_cache import LoadedOnce


class Lineage:
    """Successions, by default every one on record, by the organisation before and by the one after."""

    def __init__(self, successions=None):
        if successions is None:
            successions = Succession.objects.select_related("earlier", "later")
        self.successions = list(successions)
        self.of_earlier, self.of_later = defaultdict(list), defaultdict(list)
        for each in self.successions:
            # One side may be empty, and so may be the key of an organisation that is not saved yet.
            if each.earlier_id:
                self.of_earlier[each.earlier_id].append(each)
            if each.later_id:
                self.of_later[each.later_id].append(each)

    def after(self, organisation, *kinds):
        return [each for each in self.of_earlier.get(organisation.pk, []) if each.kind in kinds]

    def before(self, organisation, *kinds):
        return [each for each in self.of_later.get(organisation.pk, []) if each.kind in kinds]

    @cached_property
    def with_evidence(self):
        """Fetches the evidence of all successions, in one query, and returns them."""
        prefetch_evidence(self.successions)
        return self.successions

    def under_every_name(self, *pks):
        """Returns the primary keys of organisations under all their names, their own among them."""
        renamed = [each for each in self.successions if each.kind == Succession.Kind.RENAMED]
        return Lineage(renamed).related(pk for pk in pks if pk)

    def naming(self, pk):
        """Returns the successions that name an organisation, under whichever name, with their evidence."""
        names = self.under_every_name(pk)
        return [each for each in self.with_evidence if names & {each.earlier_id, each.later_id}]

    def related(self, pks):
        """Returns the primary keys of all organisations that a chain of successions ties to these."""
        found, waiting = set(), set(pks)
        while waiting:
            pk = waiting.pop()
            found.add(pk)
            rows = [*self.of_earlier.get(pk, []), *self.of_later.get(pk, [])]
            waiting |= {other for each in rows for other in (each.earlier_id, each.later_id) if other} - found
        return found


def known_organisations():
    """Returns the organisations with a profile, in their order, and those whose end is on record.

    Of each it is known that it bore its name on the days of its `first_document` and `last_document`.
    """
    dated = Source.objects.publications().exclude(published="").filter(author=OuterRef("pk"))
    return list(
        Organisation.objects.filter(Q(profiled=True) | ~Q(closed=""))
        .annotate(
            first_document=Subquery(dated.order_by("published", "pk").values("published")[:1]),
            last_document=Subquery(dated.order_by("-published", "pk").values("published")[:1]),
        )
        .order_by("order", "official_name", "pk")
    )


def documents_of(organisations):
    """Returns (primary key, day) of documents which show that these organisations bore their names then."""
    days = [(each.pk, each.first_document) for each in organisations]
    days += [(each.pk, each.last_document) for each in organisations]
    return [(pk, day) for pk, day in days if day]


current_lineage = LoadedOnce("lineage of a request", Lineage)
one_lineage = current_lineage.held
current_organisations = LoadedOnce("organisations of a request", known_organisations)


def profiled_organisations():
    """Returns the organisations with a profile, in their order, loaded once a request."""
    return [each for each in current_organisations() if each.profiled]
