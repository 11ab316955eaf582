"""What a reader of one edition is told about it: what it changed and what has changed since, and where other claims differ."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Case, Q, When

from .conflicts import explanations
from .differences import differences, marked
from .models import Conflict, Edition, RegisterEntry
from .models.review import Change
from .usage import pages_showing

MOST_BESIDE = 5


@dataclass
class SideBySide:
    """Two wordings on one subject, each as pieces of (kind, words) that the other has or has not."""

    other: Edition
    own_words: list
    other_words: list


@dataclass
class Disagreement:
    """That staff have confirmed that a claim and another differ: in what, said of what is published, and why."""

    other: Edition
    sentences: list
    why: str


class ClaimPage:
    """A published edition of a claim, with a fixed number of queries."""

    def __init__(self, claim, number):
        self.claim = claim
        self.conflicts = (
            list(Conflict.objects.confirmed().of(claim)) if claim.current_edition.number == number else []
        )
        found = self.fetch(number)
        own = {edition.number: edition for edition in found if edition.claim_id == claim.pk}
        self.edition, self.before, self.after = own[number], own.get(number - 1), own.get(number + 1)
        self.current = own[claim.current_edition.number]
        others = [edition for edition in found if edition.claim_id != claim.pk]
        self.others, self.more_on_subject = others[:MOST_BESIDE], len(others) > MOST_BESIDE

    def fetch(self, number):
        """The edition, those next to it, the current one, and beside that others on its subject: first those that disagree."""
        current = self.claim.current_edition
        wanted = Q(claim=self.claim, number__in=[number - 1, number, number + 1, current.number])
        if number == current.number and current.subject:
            wanted |= Q(pk__in=RegisterEntry.objects.filter(subject=current.subject).values("edition"))
        disagreeing = {pk for each in self.conflicts for pk in (each.first_id, each.second_id)}
        order = Case(When(claim=self.claim, then=0), When(claim__in=disagreeing, then=1), default=2)
        return list(
            Edition.objects.in_full()
            .filter(wanted)
            .order_by(order, "claim__number", "number")[: 4 + MOST_BESIDE + 1]
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
        """What it changed in the edition before."""
        return differences(self.before, self.edition) if self.before else []

    @property
    def changed_next(self):
        return differences(self.edition, self.after) if self.after else []

    @property
    def changed_since(self):
        """What is different in the current edition, where that is not the next."""
        return differences(self.edition, self.current) if self.after and self.after != self.current else []

    @property
    def side_by_side(self):
        return [SideBySide(other, *marked(self.edition.statement, other.statement)) for other in self.others]

    @property
    def disagreements(self):
        """Conflicts that still show in what readers can read on both sides."""
        by_claim = {edition.claim_id: edition for edition in [self.edition, *self.others]}
        found = []
        for conflict in self.conflicts:
            one, other = by_claim.get(conflict.first_id), by_claim.get(conflict.second_id)
            if one and other and (sentences := explanations(conflict.rule, one, other)):
                found.append(Disagreement(other if one == self.edition else one, sentences, conflict.why))
        return found

    @property
    def used_on(self):
        return pages_showing(self.edition) if self.edition.is_current else []
