"""The blocks of a source under review: each suggestion with its decision and the records it matches."""

import re
from dataclasses import dataclass
from itertools import groupby

from django.contrib.contenttypes.prefetch import GenericPrefetch
from django.utils.translation import gettext as _
from rapidfuzz import fuzz, process
from rapidfuzz.utils import default_process as normalise

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

from .classification import missing_sentence
from .evidence import claims_for, comparable_claims
from .rules.ranking import worth_deciding
from .rules.suggestion import CLAIM, EVIDENCE, MILESTONE, NOTE, ORGANISATION, PUBLICATION, STATEMENT
from .rules.suggestions import suggest_by_block

# Two spans are the same passage if they share so much of the longer one; they overlap if they share so much
# of the shorter one.
SAME_PASSAGE, OVERLAP = 0.8, 0.2
# Models whose `__str__` reads related records.
RELATED_IN_NAMES = [
    (Statement, "organisation"),
    (Milestone, "organisation"),
    (Affiliation, "organisation", "with_whom"),
    (Succession, "earlier", "later"),
    (SourceNote, "passage"),
]
# Of 100, as rapidfuzz scores.
MIN_SIMILARITY = 88
MAX_COMPARED_CLAIMS = 1_000


@dataclass
class ReviewItem:
    """A suggestion on the page: its words, what is on record of them, and what was decided."""

    suggestion: object
    words: str
    line: int
    decision: object = None
    records: tuple = ()  # records that rest on this very passage
    overlapping_records: tuple = ()  # records that rest on some of its words
    repeats_line: int = 0  # the earlier line with the same words
    similar_claim: object = None
    claims: tuple = ()  # that evidence may be about, the likeliest first
    is_likely: bool = True  # worth deciding before the others
    form: object = None

    @property
    def is_open(self):
        return not self.decision and not self.records

    @property
    def missing(self):
        """Returns what the draft that it has become still lacks."""
        has_become_a_claim = self.decision and self.decision.values.get("becomes") == CLAIM
        return missing_sentence(self.decision.record) if has_become_a_claim and self.decision.record else ""

    @property
    def kind(self):
        return self.suggestion.kind

    @property
    def name(self):
        """Returns the kind of record it is suggested as: “Claim”, “Statement: value”."""
        if self.kind != STATEMENT:
            return kind_names()[self.kind]
        return _("%(kind)s: %(sort)s") % {
            "kind": kind_names()[self.kind],
            "sort": Statement.Kind(self.suggestion.values["kind"]).label,
        }


@dataclass
class ReviewBlock:
    kind: str
    line: int
    pieces: list  # (text, whether a suggestion is about it)
    items: list


def kind_names():
    return {
        CLAIM: _("Claim"),
        STATEMENT: _("Statement"),
        MILESTONE: _("Milestone"),
        EVIDENCE: _("Evidence"),
        PUBLICATION: _("Publication"),
        ORGANISATION: _("Organisation"),
        NOTE: _("Note on the source"),
    }


def review_blocks(source):
    """Returns every block of a source with its suggestions, their decisions and the records they match."""
    parts = source.document_import.parts if hasattr(source, "document_import") else ()
    decisions = {
        decision.key: decision
        for decision in source.decisions.select_related("by").prefetch_related(prefetch_records())
    }
    records_by_span, text = records_with_spans(source), source.text
    first_lines, blocks, line, counted_to = {}, [], 1, 0
    by_others, until = is_by_others(source), source.published
    by_block = suggest_by_block(text, parts, organisation_names(), source.title, by_others, until)
    likely = worth_deciding([each for _block, suggestions in by_block for each in suggestions])
    for block, suggestions in by_block:
        line += text.count("\n", counted_to, block.start)
        counted_to = block.start
        items = []
        for suggestion in suggestions:
            words = text[suggestion.start : suggestion.end]
            records, overlapping_records = matching_records(records_by_span, suggestion)
            first_line = first_lines.setdefault((suggestion.kind, normalise(words)), line)
            items.append(
                ReviewItem(
                    suggestion,
                    words,
                    line,
                    decisions.get(suggestion.key),
                    records,
                    overlapping_records,
                    first_line if first_line != line else 0,
                    is_likely=suggestion.key in likely,
                )
            )
        blocks.append(ReviewBlock(block.kind, line, split_pieces(text, block, suggestions), items))
    return blocks


def is_by_others(source):
    """Says that a document speaks of an organisation with a profile, and its author has none."""
    if not source.author or source.author.profiled:
        return False
    names = organisation_names(Organisation.objects.profiled())
    return any(re.search(rf"\b{re.escape(name)}\b", source.text) for name in names if name)


def organisation_names(organisations=None):
    """Returns every name of these organisations, or of all on record."""
    names = set()
    organisations = Organisation.objects.all() if organisations is None else organisations
    for official, short, others in organisations.values_list("official_name", "short_name", "other_names"):
        names |= {official, short, short.removeprefix("the "), *others.splitlines()}
    return names


def prefetch_records():
    """Returns a prefetch of generic foreign keys `record` with all that the names of the records need."""
    return GenericPrefetch(
        "record", [model.objects.select_related(*related) for model, *related in RELATED_IN_NAMES]
    )


def records_with_spans(source):
    """Returns (start, end, records) of each passage that records rest on; editions are left out."""
    citations = (
        Citation.objects.filter(passage__source=source)
        .exclude(content_type__app_label="impact", content_type__model=Edition._meta.model_name)
        .select_related("passage")
        .prefetch_related(prefetch_records())
        .order_by("passage__start", "passage__end", "pk")
    )
    by_span = groupby(citations, lambda citation: (citation.passage.start, citation.passage.end))
    cited = [
        (*span, tuple(dict.fromkeys(citation.record for citation in group if citation.record)))
        for span, group in by_span
    ]
    noted = source.passages.filter(source_note__isnull=False).select_related("source_note__passage")
    return cited + [(passage.start, passage.end, (passage.source_note,)) for passage in noted]


def matching_records(records_by_span, suggestion):
    """Returns the records that rest on the passage of a suggestion, and those that rest on some of it."""
    # Other records of the sentence say nothing about the organisation that it names.
    if suggestion.kind == ORGANISATION:
        return (), ()
    same, overlapping = {}, {}
    for start, end, records in records_by_span:
        shared = min(end, suggestion.end) - max(start, suggestion.start)
        if shared >= SAME_PASSAGE * max(end - start, suggestion.end - suggestion.start):
            same |= dict.fromkeys(records)
        elif shared >= OVERLAP * min(end - start, suggestion.end - suggestion.start):
            overlapping |= dict.fromkeys(records)
    return tuple(same), tuple(record for record in overlapping if record not in same)


def split_pieces(text, block, suggestions):
    """Splits the text of a block where suggestions begin and end."""
    spans = sorted(
        (suggestion.start, suggestion.end)
        for suggestion in suggestions
        if suggestion.kind != ORGANISATION and suggestion.rule != "area"
    )
    pieces, offset = [], block.start
    for start, end in spans:
        pieces += [(text[offset:start], False), (text[start:end], True)]
        offset = end
    return [piece for piece in [*pieces, (text[offset : block.end], False)] if piece[0]]


def find_claims_for_evidence(items, organisation):
    """Sets `claims` of open evidence: those of the author, or of all where the author has none."""
    if evidence := [item for item in items if item.kind == EVIDENCE and item.is_open]:
        claims = comparable_claims(organisation) or comparable_claims(None)
        for item in evidence:
            item.claims = claims_for(item.words, item.suggestion.figures, claims)


def find_similar_claims(items, organisation):
    """Sets `similar_claim` of each open claim to the organisation's claim that says nearly the same."""
    open_claims = [item for item in items if item.kind == CLAIM and item.is_open]
    if not open_claims or not organisation:
        return
    statements = dict(
        Claim.objects.filter(organisation=organisation)
        .order_by("-number")
        .values_list("pk", "statement")[:MAX_COMPARED_CLAIMS]
    )
    options = {"scorer": fuzz.token_sort_ratio, "processor": normalise, "score_cutoff": MIN_SIMILARITY}
    # rapidfuzz gives (statement, score, pk), or None below the cutoff.
    matches = {
        item.suggestion.key: process.extractOne(item.words, statements, **options) for item in open_claims
    }
    claims = Claim.objects.in_bulk([match[2] for match in matches.values() if match])
    for item in open_claims:
        if match := matches[item.suggestion.key]:
            item.similar_claim = claims.get(match[2])
