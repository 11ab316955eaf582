"""The page of one edition: its differences from its neighbours and from other claims on its subject."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Case, Q, When

from organisation.differences import marked

from .conflicts import explanations
from .differences import differences
from .models import Change, Conflict, Edition, RegisterEntry
from .usage import pages_showing

MAX_OTHERS = 5


@dataclass
class SideBySide:
    """Two statements on one subject, as pieces of (kind, text) that say which parts the other lacks."""

    other: Edition
    own_pieces: list
    other_pieces: list


@dataclass
class Disagreement:
    """A confirmed conflict: sentences on what differs in the published words, and the reason of staff."""

    other: Edition
    sentences: list
    why: str


class ClaimPage:
    """A published edition of a claim and everything around it, read with a fixed number of queries."""

    def __init__(self, claim, number):
        self.claim = claim
        self.conflicts = (
            list(Conflict.objects.confirmed().of(claim)) if claim.current_edition.number == number else []
        )
        editions = self.fetch(number)
        own = {edition.number: edition for edition in editions if edition.claim_id == claim.pk}
        self.edition, self.before, self.after = own[number], own.get(number - 1), own.get(number + 1)
        self.current = own[claim.current_edition.number]
        others = [edition for edition in editions if edition.claim_id != claim.pk]
        self.others, self.more_on_subject = others[:MAX_OTHERS], len(others) > MAX_OTHERS

    def fetch(self, number):
        """Returns the edition, its neighbours and the current one, then current editions on its subject.

        Those in conflict with it come first, so that the limit never cuts them off.
        """
        current = self.claim.current_edition
        wanted = Q(claim=self.claim, number__in=[number - 1, number, number + 1, current.number])
        if number == current.number and current.subject:
            wanted |= Q(pk__in=RegisterEntry.objects.filter(subject=current.subject).values("edition"))
        disagreeing = {pk for conflict in self.conflicts for pk in (conflict.first_id, conflict.second_id)}
        order = Case(When(claim=self.claim, then=0), When(claim__in=disagreeing, then=1), default=2)
        return list(
            Edition.objects.in_full()
            .filter(wanted)
            .order_by(order, "claim__number", "number")[: 4 + MAX_OTHERS + 1]
        )

    @cached_property
    def editions(self):
        return list(self.claim.editions.order_by("-number"))

    @property
    def was_corrected(self):
        return self.edition.is_current and self.edition.change == Change.CORRECTION

    @property
    def was_retired(self):
        return self.edition.is_current and self.edition.change == Change.RETIRED

    @property
    def changed_by_it(self):
        """The differences between the edition before and this one."""
        return differences(self.before, self.edition) if self.before else []

    @property
    def changed_next(self):
        """The differences between this edition and the next one."""
        return differences(self.edition, self.after) if self.after else []

    @property
    def changed_since(self):
        """The differences between this edition and the current one, where that is not the next."""
        return differences(self.edition, self.current) if self.after and self.after != self.current else []

    @property
    def side_by_side(self):
        return [SideBySide(other, *marked(self.edition.statement, other.statement)) for other in self.others]

    @property
    def disagreements(self):
        """The conflicts that still show in what readers can read of both claims."""
        by_claim = {edition.claim_id: edition for edition in [self.edition, *self.others]}
        disagreements = []
        for conflict in self.conflicts:
            one, other = by_claim.get(conflict.first_id), by_claim.get(conflict.second_id)
            if one and other and (sentences := explanations(conflict.rule, one, other)):
                disagreements.append(
                    Disagreement(other if one == self.edition else one, sentences, conflict.why)
                )
        return disagreements

    @property
    def used_on(self):
        return pages_showing(self.edition) if self.edition.is_current else []
