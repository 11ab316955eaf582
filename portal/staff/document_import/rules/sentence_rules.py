"""The rules by which a sentence is a claim, a milestone or evidence.

Offsets are those of the whole text.
"""

import re
from dataclasses import replace
from textwrap import shorten

from impact.numbers import folded
from organisation.style_checks import superlatives

from ..readers.shape import ITEM, ROW
from .dates import MONTH, find_dates
from .figures import find_figures
from .language import language_at
from .number_contexts import TIME, leaves_open
from .plans import NAMED_YEAR, speaks_of_future
from .sentences import one_line, split_compound
from .suggestion import CLAIM, EVIDENCE, MILESTONE, Suggestion
from .units import find_unit

LONGEST_REFUSAL = 16  # “have been kept from …”: how far after a verb it may be taken back
# A year in brackets, as of “Resolution 1612 (2005)”.
NUMBERED = re.compile(r"\d\s?\($")
# “between May and June 2023”
BEFORE_LAST_MONTH = re.compile(rf"\b(?:{MONTH}) (?:and|to|et|à|or|ou) $|\b(?:{MONTH}) ?[–-] ?$")
# What a part of the document says, as “chapter 4” or “this report”, is said by whoever wrote it.
OWN = (
    r"(?:(?:the |this |these |our |an? |le |la |les |l[’']|cet? |cette |notre )?(?:following |present )?"
    r"(?:chapters?|sections?|annex(?:es)?|appendix|appendices|tables?|figures?|paragraphs?|pages?"
    r"|box(?:es)?|footnotes?|chapitres?|annexes?|tableaux?|paragraphes?|encadrés?)"
    r"|(?:this|our|the present|ce|notre|le présent) (?:annual |final )?"
    r"(?:report|review|document|handbook|rapport|bilan))\b"
)
OWN_PART = re.compile(rf"\s*{OWN}", re.IGNORECASE)
OWN_PART_BEFORE = re.compile(
    rf"(?:^|[\s(,;:—–]){OWN}(?: (?:[\dIVXA-Z.]+|above|below|also|ci-dessous))*\s*$", re.IGNORECASE
)
LONGEST_TITLE = 80  # of a milestone, in characters
MIN_WRITTEN_NUMBER = 13  # smaller ones in words, as “four”, are everywhere


def claim_rule(text, start, end, block, patterns):
    """Returns the rule by which a sentence is a claim and the words it matched; two empty strings if none."""
    sentence = text[start:end]
    figures = find_figures(text, start, end)
    lines = [block.lead_in, *(each.text for each in reversed(block.headings))]
    results_headings = [line for line in lines if patterns.RESULTS_HEADING.search(line)]
    says_something = figures or len(re.findall(r"[^\W\d_]{2,}", sentence)) > 1
    is_reached_at_all = says_something and (not figures or any(map(is_reached, figures)))
    if block.kind == ITEM and results_headings and is_reached_at_all:
        return "result", block.section or results_headings[0]
    if (match := patterns.PUBLICATION.search(sentence)) and find_dates(text, start, end):
        return "publication", match[0]
    for rule, pattern in (("success", patterns.SUCCESS), ("share", patterns.SHARE)):
        if is_done(text, start, end, match := pattern.search(sentence), figures):
            return rule, match[0]
    # In the rows of a table nearly everything is a number.
    if block.kind == ROW:
        return "", ""
    if counted := counted_words(text, start, end, figures, patterns):
        return "number", counted
    if is_done(text, start, end, match := patterns.DEED.search(sentence), figures):
        return "deed", match[0]
    if found_superlatives := superlatives(sentence):
        return "superlative", next(iter(found_superlatives))
    is_counted = block.kind == ITEM and any(is_reached(figure) for figure in figures)
    return ("item", "") if is_counted else ("", "")


def is_done(text, start, end, match, figures):
    """Says that a verb is there, and no word before its first figure denies it or makes it a plan."""
    if not match:
        return False
    verb_end = start + match.end()
    counted_from = next((figure.start for figure in figures if figure.start >= verb_end), end)
    return not leaves_open(text[start : min(counted_from, verb_end + LONGEST_REFUSAL)])


def is_reached(figure):
    return figure.question not in ("negation", "future")


def counted_words(text, start, end, figures, patterns):
    """Returns the words of the first number that makes a sentence a claim; empty if there is none.

    “Two schools” may say little. What counts no thing, as “for 61 days”, is a result only of a period.
    """
    for figure in figures:
        is_harm = patterns.HARM.match(text, figure.end, end)
        is_harm = is_harm or patterns.HARM_BEFORE.search(text[start : figure.start])
        says_much = figure.value >= MIN_WRITTEN_NUMBER or re.search(r"\d", figure.as_written)
        if is_reached(figure) and not is_harm and says_much:
            return one_line(text[figure.start : figure.end])
    if date_of(text, start, end, patterns) and not patterns.EVENT.search(text, start, end):
        known = [(each_start, each_end) for each_start, each_end, _date in find_dates(text, start, end)]
        known += [(figure.start, figure.end) for figure in figures]
        for match in re.finditer(r"\d[\d.,]*(?: ?%)?", text[start:end]):
            at = start + match.start()
            is_known = any(first <= at < last for first, last in known)
            if not is_known and not leaves_open(text[start:at]):
                return match[0]
    return ""


def date_of(text, start, end, patterns):
    """Returns the one date that a sentence gives for what it says, as in “In 2025 …”; empty if none.

    With what it compares itself has a date of its own.
    """
    dates = [
        each for each in find_dates(text, start, end) if not patterns.COMPARED.search(text[start : each[0]])
    ]
    if len({date for _start, _end, date in dates}) != 1:
        return ""
    date_start, _date_end, date = dates[0]
    return date if patterns.DATED.search(text[max(start, date_start - 30) : date_start]) else ""


def claim_suggestions(text, start, end, rule, match, block, patterns, until):
    """Returns the claim of a sentence, or the two of a compound one; an item goes on with the words before.

    What a condition or a negation begins stays whole. The figures of a day to come have a question.
    """
    rule = "deed" if rule == "publication" else rule
    stem = block.stem if start == block.start and text[start].islower() else ()
    date = date_of(text, start, end, patterns) or stem and date_of(text, *stem, patterns)
    values = {"date": date} if date else {}
    spans = [(start, end)] if stem else split_compound(text, start, end)
    if len(spans) > 1 and leaves_open(text[slice(*spans[0])].replace(",", " ")):
        spans = [(start, end)]
    is_future = speaks_of_future(text, start, end, until)
    suggestions = []
    for number, (part_start, part_end) in enumerate(spans):
        figures = find_figures(text, part_start, part_end)
        if is_future:
            figures = [replace(figure, question=figure.question or "future") for figure in figures]
        words = one_line(text[part_start:part_end])
        suggestions.append(
            Suggestion(
                CLAIM, part_start, part_end, rule, match, number > 0, {"text": words} | values, figures
            )
        )
    if stem:
        suggestions[0].values |= {
            "text": f"{one_line(text[slice(*stem)])} {suggestions[0].values['text']}",
            "in_our_words": True,
        }
        suggestions[0].extra_spans = [stem]
    return suggestions


def milestone_suggestion(text, start, end, block, patterns):
    """Returns a milestone for a sentence of prose with a date or a former name, unless it looks ahead."""
    sentence = text[start:end]
    dates, former_name = dates_told(text, start, end), patterns.FORMER_NAME.search(sentence)
    event = patterns.EVENT.search(sentence)
    if (
        block.kind == ROW
        or block.kind == ITEM
        and not (event and dates)
        or not dates
        and not former_name
        or patterns.FUTURE.search(sentence)
        or patterns.LEAD_IN.search(sentence)
        or is_open_date(text, start, dates)
        # “Between 2021 and 2023 …” happened in neither of the years alone.
        or len({date[:4] for _start, _end, date in dates}) > 1
    ):
        return None
    if dates:
        date_start, date_end, date = dates[0]
        rule, match, date = "date", text[date_start:date_end], shared_date(text, dates)
    else:
        rule, match, date = "former name", former_name[0], ""
    if former_name:
        title = former_name[0]
    elif event and event[0].strip().lower() not in ("since", "depuis"):
        title = event[0].strip()
    else:
        title = date_phrase(text, start, dates[0])
    title = title[0].upper() + title[1:]
    values = {"text": one_line(sentence), "date": date, "title": title, "is_event": bool(event)}
    return Suggestion(MILESTONE, start, end, rule, match, values=values)


def dates_told(text, start, end):
    """Returns the dates of a sentence without those that are a name or number, or may count something."""
    named = [match.span() for match in NAMED_YEAR.finditer(text, start, end)]
    return [
        each
        for each in find_dates(text, start, end)
        if not NUMBERED.search(text[start : each[0]])
        and not any(first <= each[0] < last for first, last in named)
        and not may_count(text, start, end, *each)
    ]


def may_count(text, start, end, date_start, date_end, date):
    """Says that a year stands before what it may count, as in “2019 families”, and after no word of time."""
    if len(date) > 4 or TIME.search(folded(text[max(start, date_start - 40) : date_start])):
        return False
    return bool(find_unit(text, date_end, language_at(text, start, end))[0])


def shared_date(text, dates):
    """Returns what is the same in all dates of a year, which may begin with a month alone."""
    found = {date for _start, _end, date in dates}
    is_span = BEFORE_LAST_MONTH.search(text[max(dates[0][0] - 30, 0) : dates[0][0]])
    if len(found) == 1 and not is_span:
        return dates[0][2]
    months = {date[:7] for date in found}
    return months.pop() if len(months) == 1 and not is_span else dates[0][2][:4]


def listed_milestone(text, start, end, block, patterns):
    """Returns the milestone of an item such as “2014: The first house opens” in a list of milestones."""
    heading = block.headings[-1].text if block.headings else ""
    dates = find_dates(text, start, end)
    if block.kind != ITEM or not patterns.MILESTONES_HEADING.search(heading) or not dates:
        return None
    date_start, date_end, date = dates[0]
    sign = re.compile(r"\s*[:–—-]\s+(?=\S)").match(text, date_end, end)
    if date_start != start or not sign:
        return None
    words = one_line(text[sign.end() : end])
    title = shorten(words, LONGEST_TITLE, placeholder="…")
    values = {"text": words, "date": date, "title": title, "is_event": True}
    return Suggestion(MILESTONE, start, end, "heading", heading, values=values)


def is_open_date(text, start, dates):
    """Says that words before the date deny what it dates, or make it a plan."""
    return bool(dates) and leaves_open(text[start : dates[0][0]])


def date_phrase(text, sentence_start, date):
    """Returns a date with the word that leads to it, as in “Since 2011”."""
    start, end, _iso = date
    before = text[max(sentence_start, start - 12) : start]
    preposition = re.search(r"\b(?:Since|In|By|From|Until|Depuis|En|Dès) $", before, re.IGNORECASE)
    return text[start - len(preposition[0]) if preposition else start : end]


def attribution(sentence, patterns):
    """Returns the match of the words by which a sentence passes on what others say; None if it does not.

    What a chapter or a table of the document says is said by whoever wrote it.
    """
    match = patterns.ATTRIBUTED.search(sentence)
    is_own = match and (
        OWN_PART_BEFORE.search(sentence[: match.start()]) or OWN_PART.match(sentence[match.end() :])
    )
    return None if is_own else match


def evidence_suggestion(text, start, end, rule, match):
    figures, values = find_figures(text, start, end), {"text": one_line(text[start:end])}
    return Suggestion(EVIDENCE, start, end, rule, one_line(match), values=values, figures=figures)


def is_spoken(text, start, end, block, patterns):
    """Says that a sentence is what a person says, or stands within a quotation of several sentences."""
    sentence, before = text[start:end], text[block.start : start]
    opened = len(re.findall("[“«]", before)) > len(re.findall("[”»]", before))
    opens = sentence[0] in '“«"' and not re.search(r"[”»\"].{3,}", sentence[1:])
    return opened or opens or bool(patterns.SPEECH.search(sentence))
