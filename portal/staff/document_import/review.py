"""The text of a source in rows: each part with its proposals beside it, and what has become of them."""

from dataclasses import dataclass
from itertools import groupby

from django.contrib.contenttypes.prefetch import GenericPrefetch
from django.utils.translation import gettext as _
from rapidfuzz import fuzz, process
from rapidfuzz.utils import default_process as plain

from impact.models import Claim, Edition
from organisation.models import (
    Affiliation,
    Citation,
    Milestone,
    Organisation,
    SourceNote,
    Statement,
    Succession,
)

from .suggestions import CLAIM, MILESTONE, NOTE, ORGANISATION, STATEMENT, beside

# How much of the longer of two places both share, if they are one and the same passage, or if they touch each other at all.
SAME, TOUCHING = 0.8, 0.2
# Records that are called after others.
NAMED_AFTER = [
    (Statement, "organisation"),
    (Milestone, "organisation"),
    (Affiliation, "organisation", "with_whom"),
    (Succession, "earlier", "later"),
    (SourceNote, "passage"),
]
ALIKE, MOST_COMPARED = 88, 1_000


@dataclass
class Shown:
    """A proposal on the page: its words, what is known of them already, and what was decided."""

    proposal: object
    words: str
    line: int
    decision: object = None
    on_record: tuple = ()  # records that rest on these very words
    near: tuple = ()  # records that rest on some of them
    same_as: int = 0  # the line on which the same words stood before
    alike: object = None  # a claim that says nearly the same
    form: object = None

    @property
    def is_open(self):
        return not self.decision and not self.on_record

    @property
    def kind(self):
        return self.proposal.kind

    @property
    def name(self):
        """What it is proposed as: “Claim”, “Statement: value”."""
        told = {
            "kind": names()[self.kind],
            "sort": Statement.Kind(self.proposal.values["kind"]).label if self.kind == STATEMENT else "",
        }
        return _("%(kind)s: %(sort)s") % told if told["sort"] else told["kind"]


@dataclass
class Row:
    kind: str
    line: int
    pieces: list  # (words, whether they are proposed)
    shown: list


def names():
    return {
        CLAIM: _("Claim"),
        STATEMENT: _("Statement"),
        MILESTONE: _("Milestone"),
        ORGANISATION: _("Organisation"),
        NOTE: _("Note on the source"),
    }


def rows_of(source):
    """Every row of a source, with what was decided and what is on record."""
    parts = source.document_import.parts if hasattr(source, "document_import") else ()
    decisions = {
        decision.key: decision
        for decision in source.decisions.select_related("by").prefetch_related(in_full())
    }
    resting, text = resting_on(source), source.text
    first_said, rows, line, counted = {}, [], 1, 0
    for block, proposals in beside(text, parts, known_names(), source.title):
        line += text.count("\n", counted, block.start)
        counted = block.start
        shown = []
        for proposal in proposals:
            words = text[proposal.start : proposal.end]
            same, near = records_at(resting, proposal)
            before = first_said.setdefault((proposal.kind, plain(words)), line)
            shown.append(
                Shown(
                    proposal,
                    words,
                    line,
                    decisions.get(proposal.key),
                    same,
                    near,
                    before if before != line else 0,
                )
            )
        rows.append(Row(block.kind, line, pieces_of(text, block, proposals), shown))
    return rows


def known_names():
    """Every name that organisations on record go by."""
    found = set()
    for official, short, others in Organisation.objects.values_list(
        "official_name", "short_name", "other_names"
    ):
        found |= {official, short, short.removeprefix("the "), *others.splitlines()}
    return found


def in_full():
    """Records of any kind, with what their names are made of."""
    named = [model.objects.select_related(*names) for model, *names in NAMED_AFTER]
    return GenericPrefetch("record", named)


def resting_on(source):
    """Each passage that records, but not their editions, rest on: (start, end, records)."""
    cited = Citation.objects.filter(passage__source=source).exclude(
        content_type__app_label="impact", content_type__model=Edition._meta.model_name
    )
    cited = (
        cited.select_related("passage")
        .prefetch_related(in_full())
        .order_by("passage__start", "passage__end", "pk")
    )
    by_place = groupby(cited, lambda each: (each.passage.start, each.passage.end))
    found = [
        (*place, tuple(dict.fromkeys(each.record for each in some if each.record)))
        for place, some in by_place
    ]
    notes = source.passages.filter(source_note__isnull=False).select_related("source_note__passage")
    return found + [(passage.start, passage.end, (passage.source_note,)) for passage in notes]


def records_at(resting, proposal):
    """The records that rest on the words of a proposal, and those that rest on some of them."""
    if proposal.kind == ORGANISATION:
        return (), ()
    same, near = {}, {}
    for start, end, records in resting:
        shared = min(end, proposal.end) - max(start, proposal.start)
        if shared >= SAME * max(end - start, proposal.end - proposal.start):
            same |= dict.fromkeys(records)
        elif shared >= TOUCHING * min(end - start, proposal.end - proposal.start):
            near |= dict.fromkeys(records)
    return tuple(same), tuple(record for record in near if record not in same)


def pieces_of(text, block, proposals):
    """The words of a part, cut where proposals begin and end."""
    places = sorted(
        (each.start, each.end) for each in proposals if each.kind != ORGANISATION and each.rule != "area"
    )
    pieces, place = [], block.start
    for start, end in places:
        pieces += [(text[place:start], False), (text[start:end], True)]
        place = end
    return [piece for piece in [*pieces, (text[place : block.end], False)] if piece[0]]


def look_for_alike(shown, organisation):
    """Tell of each open claim which claim of the organisation says nearly the same."""
    claims = [each for each in shown if each.kind == CLAIM and each.is_open]
    if not claims or not organisation:
        return
    known = dict(
        Claim.objects.filter(organisation=organisation)
        .order_by("-number")
        .values_list("pk", "statement")[:MOST_COMPARED]
    )
    how = {"scorer": fuzz.token_sort_ratio, "processor": plain, "score_cutoff": ALIKE}
    found = {each.proposal.key: process.extractOne(each.words, known, **how) for each in claims}
    by_key = Claim.objects.in_bulk([best[2] for best in found.values() if best])
    for each in claims:
        if best := found[each.proposal.key]:
            each.alike = by_key.get(best[2])
