"""Suggests what a text may hold for the record, by rules that give their reason.

Every suggestion is an exact slice of the text. A span is (start, end) in it.
"""

import re
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from organisation.models import Statement
from organisation.style_checks import superlatives

from .blocks import DEFINITION, LABEL, announced_indexes, definition_indexes, split_blocks
from .dates import find_dates
from .figures import find_figures
from .organisation_names import find_organisation_names
from .patterns import (
    DEED,
    EVENT,
    FORMER_NAME,
    FUTURE,
    LEAD_IN,
    PUBLICATION,
    RESULTS_HEADING,
    SHARE,
    STATEMENT_SENTENCES,
    SUCCESS,
    statement_kind,
)
from .readers.shape import HEADING, ITEM, ROW
from .sentences import join_dependent, split_compound, split_sentences

CLAIM, STATEMENT, MILESTONE, ORGANISATION, NOTE = "claim", "statement", "milestone", "organisation", "note"
Kind = Statement.Kind

# Nobody reads a longer one as a sentence, and the patterns would take long over it.
MAX_SENTENCE_LENGTH = 3_000


@dataclass
class Suggestion:
    """A span of a text and the record it may become: kind, first values and the rule that found it."""

    kind: str
    start: int
    end: int
    rule: str
    match: str = ""  # the words of the text that the rule matched
    is_second: bool = False  # the second statement of a compound sentence
    values: dict = field(default_factory=dict)
    figures: list = field(default_factory=list)
    extra_spans: list = field(default_factory=list)  # further spans whose words belong to the record

    @property
    def key(self):
        return f"{self.kind}-{self.start}-{self.end}"

    @property
    def reason(self):
        return reasons()[self.rule] % {"about": self.match}


def reasons():
    """Returns {rule: the sentence that explains it to whoever decides}."""
    return {
        "result": _("An item of a list under “%(about)s”."),
        "item": _("An item of a list."),
        "success": _("It says that something succeeded: “%(about)s”."),
        "number": _("It counts something: “%(about)s”."),
        "share": _("It speaks of a share: “%(about)s”."),
        "superlative": _("It claims to be ahead of others: “%(about)s”."),
        "deed": _("It says what was done: “%(about)s”."),
        "date": _("It gives a date: “%(about)s”."),
        "former name": _("It tells of a name or a form before: “%(about)s”."),
        "value": _("One of several lines with a name, a colon and a text: “%(about)s”."),
        "heading": _("It stands under “%(about)s”."),
        "sentence": _("It says so itself: “%(about)s”."),
        "area": _("A heading that a sentence before it announces."),
        "first line": _("The first line, with no stop at its end."),
        "prose": _("What else the paragraph says."),
        "empty heading": _("A heading with nothing under it."),
        "label": _("A single word in small letters, neither a heading nor a sentence."),
        "organisation name": _("It is named like an organisation, and no such name is on record."),
    }


def suggest(text, parts=(), known_names=frozenset(), title=""):
    """Returns every suggestion for a text in its order; the arguments are those of `suggest_by_block`."""
    by_block = suggest_by_block(text, parts, known_names, title)
    return [suggestion for _block, suggestions in by_block for suggestion in suggestions]


def suggest_by_block(text, parts=(), known_names=frozenset(), title=""):
    """Returns each block of a text with its suggestions.

    `parts` are as the file declares them (see `document.Part`), `known_names` those of organisations on
    record, `title` that of the source.
    """
    blocks = split_blocks(text, parts)
    definitions, announced = definition_indexes(blocks), announced_indexes(blocks)
    by_block, suggested_names, area = [], set(), None
    for index, block in enumerate(blocks):
        if block.kind in (HEADING, LABEL):
            suggestions = heading_suggestions(
                blocks, index, title, index in announced, has_declared_kinds=bool(parts)
            )
            # An announced heading is an area of work, which takes the text up to the next heading.
            if block.kind == HEADING:
                area = suggestions[0] if index in announced else None
        elif index in definitions:
            suggestions = [definition_suggestion(block)]
        else:
            suggestions = sentence_suggestions(text, block, area)
        suggestions += organisation_suggestions(text, block, known_names, suggested_names)
        by_block.append((block, suggestions))
    for _block, suggestions in by_block:
        for suggestion in suggestions:
            if suggestion.extra_spans:
                texts = [text[slice(*span)] for span in suggestion.extra_spans]
                suggestion.values["text"] = "\n\n".join(texts)
    # An area without any text of its own is a heading like others.
    return [
        (block, [each for each in suggestions if each.rule != "area" or each.extra_spans])
        for block, suggestions in by_block
    ]


def heading_suggestions(blocks, index, title, is_announced, has_declared_kinds):
    """Returns a suggestion for a label, and for a heading that is empty, an announced area or a tagline.

    Where the file declares the kinds, a heading above another is an outline and not an empty one.
    """
    block, following = blocks[index], blocks[index + 1].kind if index + 1 < len(blocks) else ""
    if block.kind == LABEL or following == HEADING and index > 0 and not has_declared_kinds:
        rule = "label" if block.kind == LABEL else "empty heading"
        return [Suggestion(NOTE, block.start, block.end, rule)]
    if is_announced:
        values = {"kind": Kind.WORK_AREA, "title": block.text}
        return [Suggestion(STATEMENT, block.start, block.end, "area", values=values)]
    is_phrase = len(block.text.split()) > 4 and block.text != title and not statement_kind(block.text)
    if index == 0 and is_phrase and not has_declared_kinds and following not in (HEADING, ITEM):
        return [statement_suggestion(block.start, block.end, block.text, Kind.TAGLINE, "first line")]
    return []


def definition_suggestion(block):
    definition = DEFINITION.fullmatch(block.text)
    values = {"kind": Kind.VALUE, "title": definition["name"], "text": definition["text"]}
    return Suggestion(STATEMENT, block.start, block.end, "value", definition["name"], values=values)


def sentence_suggestions(text, block, area):
    """Returns claims and milestones for the sentences of a block, and statements for the sentences between.

    The text of an area of work goes to the area instead of a statement.
    """
    spans = join_dependent(text, split_sentences(text, block.start, block.end))
    if block.kind == ITEM and len(spans) == 1:
        spans = [(block.start, end_without_stop(text, block.end))]
    suggestions, unclaimed = [], []
    for start, end in spans:
        if end - start > MAX_SENTENCE_LENGTH:
            unclaimed.append((start, end))
            continue
        rule, match = claim_rule(text, start, end, block)
        milestone = None
        if rule not in ("result", "success", "publication", "number"):
            milestone = milestone_suggestion(text, start, end, block)
        if milestone:
            suggestions.append(milestone)
        elif rule:
            suggestions += claim_suggestions(text, start, end, rule, match)
        elif block.kind != ROW and not LEAD_IN.search(text[start:end]):
            unclaimed.append((start, end))
            continue
        suggestions += unclaimed_suggestions(text, unclaimed, block, area)
        unclaimed = []
    suggestions += unclaimed_suggestions(text, unclaimed, block, area)
    return sorted(suggestions, key=lambda suggestion: suggestion.start)


def end_without_stop(text, end):
    return end - 1 if text[end - 1] in ";,." else end


def claim_rule(text, start, end, block):
    """Returns the rule by which a sentence is a claim and the words it matched; two empty strings if none."""
    sentence = text[start:end]
    results_headings = [line for line in (block.lead_in, block.section) if RESULTS_HEADING.search(line)]
    if block.kind == ITEM and results_headings:
        return "result", block.section or results_headings[0]
    if (match := PUBLICATION.search(sentence)) and find_dates(text, start, end):
        return "publication", match[0]
    figures = find_figures(text, start, end)
    figure_texts = [text[figure.start : figure.end] for figure in figures]
    for rule, pattern in (("success", SUCCESS), ("share", SHARE)):
        if match := pattern.search(sentence):
            return rule, match[0]
    # In the rows of a table nearly everything is a number.
    if block.kind == ROW:
        return "", ""
    if with_digits := [figure_text for figure_text in figure_texts if re.search(r"\d", figure_text)]:
        return "number", with_digits[0]
    if match := DEED.search(sentence):
        return "deed", match[0]
    if found_superlatives := superlatives(sentence):
        return "superlative", next(iter(found_superlatives))
    return ("item", "") if block.kind == ITEM and figures else ("", "")


def claim_suggestions(text, start, end, rule, match):
    rule = "deed" if rule == "publication" else rule
    return [
        Suggestion(
            CLAIM,
            part_start,
            part_end,
            rule,
            match,
            number > 0,
            {"text": text[part_start:part_end]},
            find_figures(text, part_start, part_end),
        )
        for number, (part_start, part_end) in enumerate(split_compound(text, start, end))
    ]


def milestone_suggestion(text, start, end, block):
    """Returns a milestone for a sentence of prose with a date or a former name, unless it looks ahead."""
    sentence = text[start:end]
    dates, former_name = find_dates(text, start, end), FORMER_NAME.search(sentence)
    if block.kind in (ITEM, ROW) or not dates and not former_name or FUTURE.search(sentence):
        return None
    if dates:
        date_start, date_end, date = dates[0]
        rule, match = "date", text[date_start:date_end]
    else:
        rule, match, date = "former name", former_name[0], ""
    event = EVENT.search(sentence)
    if former_name:
        title = former_name[0]
    elif event and event[0].strip().lower() != "since":
        title = event[0].strip()
    else:
        title = date_phrase(text, start, dates[0])
    title = title[0].upper() + title[1:]
    values = {"text": sentence, "date": date, "title": title}
    return Suggestion(MILESTONE, start, end, rule, match, values=values)


def date_phrase(text, sentence_start, date):
    """Returns a date with the word that leads to it, as in “Since 2011”."""
    start, end, _iso = date
    before = text[max(sentence_start, start - 12) : start]
    preposition = re.search(r"\b(?:Since|In|By|From|Until) $", before, re.IGNORECASE)
    return text[start - len(preposition[0]) if preposition else start : end]


def unclaimed_suggestions(text, spans, block, area):
    """Returns one statement of sentences that follow each other, or adds them to the area of work."""
    if not spans:
        return []
    start, end = spans[0][0], spans[-1][1]
    words = text[start:end]
    match, kind = next(
        ((match, kind) for pattern, kind in STATEMENT_SENTENCES if (match := pattern.search(words))),
        (None, None),
    )
    # Within an area, teams and missions are those of the work.
    if match and not (area and kind in (None, Kind.STRUCTURE)):
        return [
            statement_suggestion(start, end, words, kind or statement_kind(match[0]), "sentence", match[0])
        ]
    if area:
        area.extra_spans.append((start, end))
        return []
    if kind := statement_kind(block.section):
        return [statement_suggestion(start, end, words, kind, "heading", block.section)]
    return [statement_suggestion(start, end, words, Kind.ABOUT, "prose")]


def statement_suggestion(start, end, words, kind, rule, match=""):
    return Suggestion(STATEMENT, start, end, rule, match, values={"kind": kind, "text": words, "title": ""})


def organisation_suggestions(text, block, known_names, suggested_names):
    """Returns the organisations that a block names for the first time; adds them to `suggested_names`."""
    suggestions = []
    for start, end in find_organisation_names(text, block.start, block.end) if block.kind != HEADING else ():
        name = text[start:end]
        if name not in known_names and name not in suggested_names:
            suggested_names.add(name)
            suggestions.append(
                Suggestion(ORGANISATION, start, end, "organisation name", values={"text": name})
            )
    return suggestions
