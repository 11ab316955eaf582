"""The page of one edition: its differences from its neighbours and from other claims on its subject."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Case, Q, Subquery, When

from organisation.differences import marked
from organisation.documents import count_of, documents_of

from .conflicts import explanations
from .differences import differences
from .models import Change, Conflict, Edition, RegisterEntry
from .parts import prefetch_parts
from .usage import pages_showing
from .who_says_so import who_says_so

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
            list(Conflict.objects.public().of(claim)) if claim.current_edition.number == number else []
        )
        editions = self.fetch(number)
        own = {edition.number: edition for edition in editions if edition.claim_id == claim.pk}
        self.edition, self.before, self.after = own[number], own.get(number - 1), own.get(number + 1)
        self.current = own[claim.current_edition.number]
        others = [
            edition
            for edition in editions
            if edition.claim_id in self.disagreeing - {claim.pk} or self.is_on_subject(edition)
        ]
        others.sort(key=lambda edition: (edition.claim_id not in self.disagreeing, edition.claim.number))
        self.others, self.more_on_subject = others[:MAX_OTHERS], len(others) > MAX_OTHERS
        by_number = {edition.claim.number: edition for edition in editions}
        self.previous_claim = by_number.get(max((n for n in by_number if n < claim.number), default=None))
        self.next_claim = by_number.get(min((n for n in by_number if n > claim.number), default=None))

    @cached_property
    def disagreeing(self):
        """The primary keys of the claims in the conflicts of this one, its own among them."""
        return {pk for conflict in self.conflicts for pk in (conflict.first_id, conflict.second_id)}

    def is_on_subject(self, edition):
        """Returns whether an edition of another claim stands beside this one, if that is the current one."""
        return (
            edition.claim_id != self.claim.pk
            and self.edition.is_current
            and self.edition.subject
            and edition.subject == self.edition.subject
        )

    def fetch(self, number):
        """Returns the edition, its neighbours and the current one, then current editions of other claims.

        These are the ones before and after in number, those in conflict with it, and on its subject, in
        this order, so that the limit never cuts them off.
        """
        current = self.claim.current_edition
        wanted = Q(claim=self.claim, number__in=[number - 1, number, number + 1, current.number])
        entries = RegisterEntry.objects.all()
        before = entries.filter(number__lt=self.claim.number).order_by("-number")
        after = entries.filter(number__gt=self.claim.number).order_by("number")
        is_next = Q(pk=Subquery(before.values("edition")[:1])) | Q(pk=Subquery(after.values("edition")[:1]))
        wanted |= is_next
        if number == current.number and current.subject:
            wanted |= Q(pk__in=RegisterEntry.objects.filter(subject=current.subject).values("edition"))
        order = Case(
            When(claim=self.claim, then=0),
            When(is_next, then=1),
            When(claim__in=self.disagreeing, then=2),
            default=3,
        )
        editions = list(
            Edition.objects.in_full()
            .filter(wanted)
            .order_by(order, "claim__number", "number")[: 4 + 2 + MAX_OTHERS + 1]
        )
        prefetch_parts(editions)
        return editions

    @cached_property
    def documents(self):
        """The documents that the edition rests on, each with all that it says of it."""
        return documents_of(self.edition.evidence)

    @property
    def who_says_so(self):
        return who_says_so(self.documents)

    @property
    def documents_count(self):
        return count_of(self.documents)

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
