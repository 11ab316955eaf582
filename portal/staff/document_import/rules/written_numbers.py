"""Finds the numbers of a sentence with all that belongs to their writing, and says which can be taken."""

import re
from dataclasses import dataclass

from impact.number_words import (
    DIGIT_SCALES,
    ENGLISH_WORDS,
    FRENCH_WORDS,
    QUALIFIERS,
    SCALES,
    SHORT_SCALES,
    alternatives,
)
from impact.numbers import CURRENCY, INVISIBLE, LETTER, folded, qualifier_at_end, read_number
from organisation.whole_words import DIGITS

from .short_scales import is_measure
from .units import LETTER_MARK, NOTE_MARKS

SIGN = r" ?%| per ?cent\b| pour cent\b"
SCALE = alternatives([*DIGIT_SCALES, *SHORT_SCALES])
AMOUNT = (
    rf"(?P<before>{CURRENCY} ?)?{DIGITS}[¼½¾]?(?P<scale>(?:[ -]?(?:{SCALE})(?!{LETTER}|\d))*)"
    rf"(?:(?P<percent>{SIGN})|(?P<after> ?{CURRENCY}))?"
)
# “312 of the 400”; “one of” takes one of them out, and is no share.
ALL_OF = r" of(?: all)?(?: (?:the|our|its|their|these|those))?"
# Without the scale of “200,000 of 3 million”, and no part of a longer number.
ALONE = rf"(?![\d.,]*\d)(?! ?(?:{SCALE})\b)"
NUMBER, NOMBRE = rf"(?:{DIGITS}{ALONE}|{ENGLISH_WORDS})", rf"(?:{DIGITS}{ALONE}|{FRENCH_WORDS})"
PARMI = r"(?: sur| parmi)(?: (?:les|nos|leurs|ses|ces))?| des| de (?:nos|leurs|ses|ces)"
COUNT = rf"(?:\d{{1,3}}(?![\d.,])|{ENGLISH_WORDS})"
COMPTE = rf"(?:\d{{1,3}}(?![\d.,])|{FRENCH_WORDS})"
# “312 children out of 400 came”: what is counted stands between the two, and nothing of the kind after them.
ENDS = r"(?=\s*[.,;:!?)»”\"]|\s*$| (?:%s)\b)"
ENDS_EN = ENDS % "were|was|are|is|have|has|had|came|went|home|back|in|from|at|on|who|that|and|with|by"
ENDS_FR = ENDS % (
    "ont|a|avaient|sont|est|étaient|vont|en|dans|du|au|aux|de|des|par|pour|avec|qui|que|et|chez|grâce"
    rf"|{LETTER}+(?:é|ée|és|ées)"
)
PATTERNS = {
    "en": re.compile(
        rf"(?P<share>\b(?:one|1)(?P<noun> (?!in\b){LETTER}+)? (?:in|out of)(?: every)? {COUNT}"
        rf"|\b(?!1 (?!\d)){NUMBER}(?: out of(?: every)?|{ALL_OF}) {NUMBER}"
        rf"|\b{COUNT} in(?: every)? (?:ten|10|100|a hundred)\b"
        rf"|\b(?!1 (?!\d)){DIGITS}(?P<counted> (?!out\b){LETTER}+) out of {DIGITS}{ALONE}{ENDS_EN})"
        rf"|(?P<fraction>\bhalf(?= of\b| the\b| our\b)|\b(?:a|one|two|three|four|[1-9])[ -]"
        rf"(?:half|thirds?|quarters?|fifths?|tenths?)(?= of\b))"
        rf"|{AMOUNT}"
        rf"|(?P<words>(?:\ban? (?=(?:{alternatives(SCALES)}|dozen)\b))?{ENGLISH_WORDS})"
        rf"(?P<hundredths>{SIGN})?"
    ),
    "fr": re.compile(
        rf"(?P<share>\b(?:une?|1)(?P<noun> (?!sur\b){LETTER}+)? sur {COMPTE}"
        rf"|\b(?!1 (?!\d)){NOMBRE}(?:{PARMI}) {NOMBRE}"
        rf"|\b{COMPTE}(?P<nom> (?!sur\b){LETTER}+) sur (?:dix|10|cent|100)\b"
        rf"|\b(?!1 (?!\d)){DIGITS}(?P<counted> (?!sur\b){LETTER}+) sur {DIGITS}{ALONE}{ENDS_FR})"
        rf"|(?P<fraction>\bla moitié(?= d)|\b(?:un|(?:les )?(?:deux|trois|quatre)|[1-9]) "
        rf"(?:tiers|quarts?|cinquièmes?|dixièmes?)(?= d))"
        rf"|{AMOUNT}|(?P<words>{FRENCH_WORDS})(?P<hundredths>{SIGN})?"
    ),
}
SIGNS = ("percent", "hundredths", "before", "after")
BEFORE = re.compile(r"(?:^|[\s(\[“«‘\"'—])$")
AFTER = re.compile(rf"$|[\s)\]»”\"—…{NOTE_MARKS}]|\[\d|{LETTER_MARK}|[.,;:!?'](?!\w)")
NOTE = re.compile(rf" ?[{NOTE_MARKS}]+| ?\[(?:\d{{1,3}}|[ivxlc]{{1,6}}|[a-z]|[*†‡§¶]{{1,3}})\]")

SCALE_ALONE = re.compile(rf"(?:{alternatives(SCALES)}|dozen|milliards?)\b")
# Nothing but these between two numbers makes them one writing, or a range.
JOINED = re.compile(
    r"[\s–—/-]*(?:to|or|and|by|then|nor|vs\.?|versus|not|but|plus|minus|times|à|ou|et|puis|mais|non|x|×|\+)?[\s–—/-]*"
)
SPLIT_THOUSANDS = r"(?: [,.']|[,.'] ) ?\d{3}(?!\d)"
YEAR_OR_DAY = re.compile(r"(?:1[89]|20)\d\d|\d{1,2}\.\d{1,2}\.\d{2,4}")
# “78 % of a planned 400 children”: the second number is the whole.
WHOLE_OF = re.compile(
    r"\)? (?:(?:out )?of|sur|parmi|des|de|d')(?: (?:an?|the|our|its|their|these|those|all|some|about|around"
    r"|nearly|almost|over|planned|possible|expected|estimated|potential|eligible|registered|original|initial"
    r"|projected|intended|targeted|target|total|group|sample|pool|of|un|une|les|nos|ses|leurs|quelque|environ"
    r"|groupe|échantillon|prévue?s?|de|d'))* ?"
)
# “290 boys of 700 pupils”: so is a greater number after what the first one counts.
GREATER_OF = re.compile(
    rf" (?:{LETTER}[\w'-]* ){{1,3}}(?:(?:out )?of|sur|parmi)(?: (?:all|the|our|these|les|nos|ces))? "
)
# “rose from 41 to 67 per cent”: the second number is what was reached, and the two are no range.
CHANGED_FROM = re.compile(
    r"\b(?:rose|risen|grew|grown|increased|climbed|jumped|improved|went up|gone up|passée?s?|augmentée?s?"
    r"|montée?s?|progressé|améliorée?s?)(?: (?:sharply|steadily))? (?:from|de)\s*$"
)
PREPOSITION = re.compile(r" (?:of|in|on|for|per|sur|en|pour|par|de) ")


@dataclass
class Sentence:
    """A sentence without the signs that nobody sees, as shown and folded, with the offsets of its signs."""

    shown: str
    folded: str
    offsets: list
    language: str

    def span(self, start, end):
        return self.offsets[start], self.offsets[end - 1] + 1


def sentence_at(text, start, end, language):
    offsets = [offset for offset in range(start, end) if ord(text[offset]) not in INVISIBLE]
    shown = "".join(text[offset] for offset in offsets)
    return Sentence(shown, folded(shown), offsets, language)


@dataclass
class WrittenNumber:
    """A number in a sentence: its span with its qualifier, and where its unit may begin."""

    match: re.Match
    start: int
    qualifier: str
    end: int
    unit_start: int

    @property
    def sign(self):
        return sign_of(self.match)

    @property
    def is_share(self):
        return bool(self.match["share"] or self.match["fraction"])


def written_numbers(sentence):
    """Returns the numbers of a sentence that may count something; ranges and glued signs are left out."""
    text = sentence.folded
    matches = list(PATTERNS[sentence.language].finditer(text))
    taken = [is_whole(text, match) for match in matches]
    for index, (first, second) in enumerate(zip(matches, matches[1:], strict=False)):
        if are_joined(text, first, second):
            taken[index] = taken[index + 1] = False
        elif is_whole_of(text, first, second):
            taken[index + 1] = False
    return [number_at(text, match) for match, is_taken in zip(matches, taken, strict=True) if is_taken]


def is_whole_of(text, first, second):
    """Returns True for a second number that is the whole of which the first one is a part."""
    span = (first.end(), second.start())
    if not GREATER_OF.fullmatch(text, *span):
        return bool(WHOLE_OF.fullmatch(text, *span))
    part, whole = read_number(first[0]), read_number(second[0])
    return bool(part and whole and whole.values[0] > part.values[0])


def sign_of(match):
    """Returns the unit that is part of the writing, “%” or a currency; empty if there is none."""
    return next((match[name] for name in SIGNS if match[name]), "").strip()


def has_letter_scale(match):
    """Says that “k” or “m” alone stands behind digits, and no currency with them."""
    return bool(re.search(r"[km]$", match["scale"] or "")) and not (match["before"] or match["after"])


def number_at(text, match):
    qualifier = qualifier_at_end(text[: match.start()])
    note = NOTE.match(text, match.end())
    return WrittenNumber(
        match,
        qualifier.start() if qualifier else match.start(),
        QUALIFIERS[qualifier[1]] if qualifier else "",
        match.end(),
        note.end() if note else match.end(),
    )


def is_whole(text, match):
    """Returns True if a number is glued to no other sign, and its parts make sense together."""
    if not BEFORE.search(text[: match.start()][-1:]) or not AFTER.match(text, match.end()):
        return False
    # “10²” is a hundred, and no ten with a note.
    if re.match(r"0\d", match[0]) or match[0] == "10" and re.match("[⁰¹²³⁴⁵⁶⁷⁸⁹]", text[match.end() :]):
        return False
    if has_letter_scale(match) and is_measure(text, match):
        return False
    # “several hundred”: a scale alone is no number.
    return not SCALE_ALONE.match(match[0])


def are_joined(text, first, second):
    """Returns True for two numbers that make a range, a change or something else that is no single number."""
    gap = text[first.end() : second.start()]
    if qualifier := qualifier_at_end(gap):
        gap = gap[: qualifier.start()]
    before = text[: first.start()]
    if re.search(r"\b(?:between|entre)\s*$", before):
        return True
    is_share = second["percent"] or second["hundredths"]
    if is_share and gap.strip() in ("to", "à") and CHANGED_FROM.search(before):
        return False
    if second["words"] and re.match(rf"-{LETTER}", text[second.end() :]):
        return False
    # “1, 240 teachers” may be one number or two.
    if re.search(r"(?<![\d.,])\d{1,3}$", text[: first.end()]) and re.match(
        SPLIT_THOUSANDS, text[first.end() :]
    ):
        return True
    # “deux, trois écoles”
    if gap == ", " and first["words"] and second["words"]:
        return True
    # “from 61 per cent in 2023 to 78 per cent”: the year dates what it is compared with.
    is_year = re.search(r"\b(?:in|en)\s*$", before) and YEAR_OR_DAY.fullmatch(first[0])
    if is_year and not YEAR_OR_DAY.fullmatch(second[0]):
        return False
    # “dès 10 h 30 pour 60 villages”, “at 10:30 for 60 villages”
    if re.search(r"\b\d{1,2}(?: ?h ?|[:.])$", before) and re.fullmatch(r"[0-5]\d", first[0]):
        return False
    # “312 enfants sur 400 et 20 mères”
    if first["counted"] and gap.strip() in ("et", "and"):
        return False
    # “1 240 enfants sur 2 000 en 2025”
    if first["share"] and YEAR_OR_DAY.fullmatch(second[0]):
        return False
    if PREPOSITION.fullmatch(gap):
        return not (sign_of(first) or YEAR_OR_DAY.fullmatch(first[0]))
    if JOINED.fullmatch(gap):
        signs = [sign_of(first), sign_of(second)]
        return not (all(signs) and gap.strip() in ("and", "et"))
    return bool(
        re.search(r"\b(?:from|de|du)\s*$", before)
        and re.fullmatch(rf" {LETTER}+(?: {LETTER}+)? (?:to|à) ", gap)
    )
