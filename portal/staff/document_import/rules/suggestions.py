"""Suggests what a text may hold for the record, by rules that give their reason.

Every suggestion is an exact slice of the text. A span is (start, end) in it.
"""

import re

from django.utils import timezone

from organisation.characters import HYPHENS, WITHOUT_INVISIBLE
from organisation.models import Statement

from ..readers.shape import CAPTION, CONTENTS, HEADING, ITEM, NOTE, QUOTATION, ROW
from .blocks import DEFINITION, LABEL, announced_indexes, definition_indexes, split_blocks
from .cover import cover_indexes
from .dates import find_dates
from .language import is_in_other, language_to_read
from .organisation_names import find_organisation_names, listed_name
from .patterns import BY_LANGUAGE, statement_kind
from .plans import is_open_stem, is_planned
from .publications import publication_suggestion
from .sections import Section, section_of
from .sentence_rules import (
    attribution,
    claim_rule,
    claim_suggestions,
    evidence_suggestion,
    is_spoken,
    listed_milestone,
    milestone_suggestion,
)
from .sentences import join_dependent, one_line, split_sentences, without_marks
from .suggestion import NOTE as SOURCE_NOTE
from .suggestion import ORGANISATION, STATEMENT, Suggestion
from .table_figures import table_suggestions

Kind = Statement.Kind

# Nobody reads a longer one as a sentence, and the patterns would take long over it.
MAX_SENTENCE_LENGTH = 3_000
# A question says nothing, and a sentence that goes on elsewhere does not say it whole.
NO_STATEMENT = re.compile(
    r"\?[”’\"'»\s]*$|[,:]$|\b(?:and|or|but|the|a|of|we|to|will|has|have|had|that|which|who|because"
    r"|et|ou|mais|le|la|les|un|une|de|des|du|nous|à|qui|que|avons|ont|car)$"
)
# Blocks whose words are no statement of whoever wrote the document, or stand there a second time.
OTHER_BLOCKS = {CONTENTS, CAPTION, QUOTATION}
# Under such a heading a deed is what somebody is there for.
WHO_THEY_ARE = re.compile(
    r"(?:[\d.]+ )?(?:(?:our|their|its|the|and|vision|mission|values?|statement"
    r"|notre|leur|sa|la|et|valeurs?)\b[\s,&/]*)+",
    re.IGNORECASE,
)
OF_DEEDS = {"deed", "success", "superlative"}
OF_COVERS = {"publication list", "heading", "sentence", "first line"}
NAMELESS_SECTIONS = {Section.CONTENTS, Section.NOTES, Section.CONTACT, Section.FINANCES}


def suggest(text, parts=(), known_names=frozenset(), title="", is_by_others=False, until=""):
    """Returns every suggestion for a text in its order; the arguments are those of `suggest_by_block`."""
    by_block = suggest_by_block(text, parts, known_names, title, is_by_others, until)
    return [suggestion for _block, suggestions in by_block for suggestion in suggestions]


def suggest_by_block(text, parts=(), known_names=frozenset(), title="", is_by_others=False, until=""):
    """Returns each block of a text with its suggestions; none where its sentences are in another language.

    `parts` are as the file declares them (see `document.Part`), `known_names` those of organisations on
    record, `title` that of the source; what others say of the work is evidence and no achievement. What is
    dated after `until`, the date of publication in ISO 8601 or else today, is none either.
    """
    until = until or timezone.localdate().isoformat()
    blocks = split_blocks(text, parts)
    language = language_to_read(text)
    patterns = BY_LANGUAGE.get(language)
    if not patterns:
        return [(block, []) for block in blocks]
    tells_headings = any(part[2] == HEADING for part in parts)
    definitions, announced = definition_indexes(blocks), announced_indexes(blocks)
    from_tables = table_suggestions(text, blocks, patterns, until)
    cover = cover_indexes(text, blocks, patterns, title)
    by_block, suggested_names, area = [], set(), None
    for index, block in enumerate(blocks):
        section = section_of([each.text for each in block.headings], patterns)
        if block.kind in OTHER_BLOCKS or section == Section.CONTENTS:
            suggestions = []
        elif block.kind in (HEADING, LABEL):
            suggestions = heading_suggestions(
                blocks, index, title, index in announced, tells_headings, patterns
            )
            # An announced heading is an area of work, which takes the text up to the next heading.
            if block.kind == HEADING:
                area = suggestions[0] if index in announced else None
        elif block.kind == ROW and index in from_tables:
            suggestions = [from_tables[index]] if not section and not is_by_others else []
        elif section == Section.PUBLICATIONS:
            named = names_in(text, block, section, language)
            bodies = known_names | {with_plain_signs(text[slice(*span)]) for span in named}
            suggestions = publication_suggestion(text, block, bodies)
        elif section == Section.EVALUATION or is_by_others:
            suggestions = evidence_suggestions(text, block, patterns)
        elif index in definitions and not section:
            suggestions = [definition_suggestion(block)]
        else:
            suggestions = sentence_suggestions(text, block, area, section, patterns, until)
        if index in cover:
            suggestions = [each for each in suggestions if each.rule in OF_COVERS]
        if block.kind not in OTHER_BLOCKS and section not in NAMELESS_SECTIONS:
            names = names_in(text, block, section, language)
            suggestions += organisation_suggestions(text, names, known_names, suggested_names)
        by_block.append((block, suggestions))
    for _block, suggestions in by_block:
        for suggestion in suggestions:
            if suggestion.rule == "area" and suggestion.extra_spans:
                texts = [one_line(text[slice(*span)]) for span in suggestion.extra_spans]
                suggestion.values["text"] = "\n\n".join(texts)
    # An area without any text of its own is a heading like others.
    return [
        (block, [each for each in suggestions if each.rule != "area" or each.extra_spans])
        for block, suggestions in by_block
    ]


def heading_suggestions(blocks, index, title, is_announced, tells_headings, patterns):
    """Returns a suggestion for a label, and for a heading that is empty, an announced area or a tagline.

    Where the file tells its headings, one above another is an outline and not an empty one.
    """
    block, following = blocks[index], blocks[index + 1].kind if index + 1 < len(blocks) else ""
    if block.kind == LABEL or following == HEADING and index > 0 and not tells_headings:
        rule = "label" if block.kind == LABEL else "empty heading"
        return [Suggestion(SOURCE_NOTE, block.start, block.end, rule)]
    if is_announced:
        values = {"kind": Kind.WORK_AREA, "title": block.text}
        return [Suggestion(STATEMENT, block.start, block.end, "area", values=values)]
    is_phrase = (
        len(block.text.split()) > 4 and block.text != title and not statement_kind(block.text, patterns)
    )
    if index == 0 and is_phrase and not tells_headings and following not in (HEADING, ITEM):
        return [statement_suggestion(block.start, block.end, block.text, Kind.TAGLINE, "first line")]
    return []


def definition_suggestion(block):
    definition = DEFINITION.fullmatch(block.text)
    values = {"kind": Kind.VALUE, "title": definition["name"], "text": definition["text"]}
    return Suggestion(STATEMENT, block.start, block.end, "value", definition["name"], values=values)


def sentence_suggestions(text, block, area, section, patterns, until):
    """Returns claims and milestones for the sentences of a block, and statements for the sentences between.

    The text of an area of work goes to the area instead of a statement. Plans, what persons say, and the
    sentences of sections about something else are nothing of these.
    """
    spans = join_dependent(text, split_sentences(text, block.start, block.end))
    if block.kind == ITEM and len(spans) == 1:
        spans = [(block.start, end_without_stop(text, block.end))]
    suggestions, unclaimed = [], []
    is_open = bool(block.stem) and is_open_stem(text, block.stem, patterns, until)
    for start, end in spans:
        if is_cut(block, start, end):
            continue
        start, end = without_marks(text, start, end)
        sentence = text[start:end]
        if end - start > MAX_SENTENCE_LENGTH:
            unclaimed.append((start, end))
            continue
        if not section and (attributed := attribution(sentence, patterns)):
            suggestions.append(evidence_suggestion(text, start, end, "attribution", attributed[0]))
            continue
        is_other = (
            section
            or is_in_other(sentence)
            or is_open
            or is_spoken(text, start, end, block, patterns)
            or patterns.CONTACT_LINE.search(sentence)
            or patterns.EARLIER_REPORT.search(sentence)
            or NO_STATEMENT.search(sentence)
        )
        rule = match = ""
        milestone = None
        is_reference = block.kind == NOTE and not tells_what_was(sentence, patterns)
        if not is_other and not is_reference:
            is_plan = is_planned(text, start, end, patterns, until)
            if not is_plan:
                rule, match = claim_rule(text, start, end, block, patterns)
                if rule in OF_DEEDS and tells_who_they_are(block, patterns):
                    rule = match = ""
            if not is_plan and rule not in ("result", "success", "publication", "number"):
                milestone = milestone_suggestion(text, start, end, block, patterns)
            if not is_plan and (listed := listed_milestone(text, start, end, block, patterns)):
                rule, milestone = "", listed
        if milestone:
            suggestions.append(milestone)
        elif rule:
            suggestions += claim_suggestions(text, start, end, rule, match, block, patterns, until)
        elif not is_other and block.kind not in (ROW, NOTE) and not patterns.LEAD_IN.search(sentence):
            unclaimed.append((start, end))
            continue
        suggestions += unclaimed_suggestions(text, unclaimed, block, area, patterns)
        unclaimed = []
    suggestions += unclaimed_suggestions(text, unclaimed, block, area, patterns)
    return sorted(suggestions, key=lambda suggestion: suggestion.start)


def tells_what_was(sentence, patterns):
    """Says that a sentence has a verb of what was, which the reference of a note to a register has not."""
    return any(each.search(sentence) for each in (patterns.PAST, patterns.DEED, patterns.SUCCESS))


def tells_who_they_are(block, patterns):
    """Says that a block stands under a heading such as “Our mission”, and under no further words."""
    return bool(WHO_THEY_ARE.fullmatch(block.section) and statement_kind(block.section, patterns))


def evidence_suggestions(text, block, patterns):
    """Returns what somebody who examined the work says in a block: findings, and sentences with figures."""
    suggestions = []
    for start, end in join_dependent(text, split_sentences(text, block.start, block.end)):
        if end - start > MAX_SENTENCE_LENGTH or block.kind == ROW:
            continue
        start, end = without_marks(text, start, end)
        sentence = text[start:end]
        if attributed := attribution(sentence, patterns):
            suggestions.append(evidence_suggestion(text, start, end, "attribution", attributed[0]))
        elif match := patterns.FINDING.search(sentence) or found_number(text, start, end):
            suggestions.append(evidence_suggestion(text, start, end, "evaluation", match[0]))
    return suggestions


def found_number(text, start, end):
    """Returns the first number of a sentence; None if a line without a stop has its date alone."""
    dates = [] if text[start:end].endswith((".", "!", "…")) else find_dates(text, start, end)
    for match in re.finditer(r"\d[\d.,]*", text[start:end]):
        if not any(first <= start + match.start() < last for first, last, _date in dates):
            return match
    return None


def is_cut(block, start, end):
    """Says that a sentence stands partly in another block."""
    return block.begins_before and start == block.start or block.ends_after and end == block.end


def end_without_stop(text, end):
    """Returns where an item ends without the sign, or the “; and”, that parts it from the next."""
    stop = re.search(r"(?:[;,] (?:and|et)|[;,.])$", text[max(end - 5, 0) : end])
    return end - len(stop[0]) if stop else end


def unclaimed_suggestions(text, spans, block, area, patterns):
    """Returns one statement of sentences that follow each other, or adds them to the area of work."""
    if not spans:
        return []
    start, end = spans[0][0], spans[-1][1]
    words = text[start:end]
    if not re.search(r"[^\W_]", words):
        return []
    match, kind = next(
        ((match, kind) for pattern, kind in patterns.STATEMENT_SENTENCES if (match := pattern.search(words))),
        (None, None),
    )
    # Within an area, teams and missions are those of the work.
    if match and not (area and kind in (None, Kind.STRUCTURE)):
        return [
            statement_suggestion(
                start, end, words, kind or statement_kind(match[0], patterns), "sentence", match[0]
            )
        ]
    if area:
        area.extra_spans.append((start, end))
        return []
    if kind := statement_kind(block.section, patterns):
        return [statement_suggestion(start, end, words, kind, "heading", block.section)]
    return [statement_suggestion(start, end, words, Kind.ABOUT, "prose")]


def statement_suggestion(start, end, words, kind, rule, match=""):
    return Suggestion(
        STATEMENT, start, end, rule, match, values={"kind": kind, "text": one_line(words), "title": ""}
    )


def names_in(text, block, section, language):
    """Returns the spans of the names of organisations in a block; an item of a list of partners is one."""
    if block.kind == HEADING:
        return []
    if (
        section == Section.PARTNERS
        and block.kind == ITEM
        and (span := listed_name(text, block.start, block.end))
    ):
        return [span]
    return find_organisation_names(text, block.start, block.end, language)


def with_plain_signs(name):
    """Returns a name with the usual hyphens and spaces, and without signs that nobody sees."""
    return " ".join(re.sub(f"[{HYPHENS}]", "-", name.translate(WITHOUT_INVISIBLE)).split())


def organisation_suggestions(text, names, known_names, suggested_names):
    """Returns the organisations that are named for the first time; adds them to `suggested_names`."""
    suggestions = []
    for start, end in names:
        name = one_line(text[start:end])
        plain_name = with_plain_signs(name)
        if plain_name not in known_names and name not in known_names and plain_name not in suggested_names:
            suggested_names.add(plain_name)
            suggestions.append(
                Suggestion(ORGANISATION, start, end, "organisation name", values={"text": name})
            )
    return suggestions
