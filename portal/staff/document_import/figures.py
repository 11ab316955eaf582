"""Finds the numbers in a sentence that count something: their qualifier, their value and their unit."""

import re
from dataclasses import dataclass
from decimal import Decimal

from impact.numbers import NUMBER_WORDS, QUALIFIER, QUALIFIERS, SCALES, find_written, read_number

NUMBER = re.compile(
    r"(?:\b(?P<qualifier>{qualifier})\s+)?(?P<currency>[£$€])?\s?"
    r"(?P<number>\b\d{{1,3}}(?:[,\u00a0\u202f]\d{{3}})+(?:\.\d+)?|\b\d+(?:\.\d+)?|\b(?:{words})\b)"
    r"(?:[\s\u00a0-](?P<scale>hundred|thousand|million|billion)\b)?"
    r"(?P<percent>\s?%|\s+per\s?cent\b)?".format(
        qualifier=QUALIFIER,
        words="|".join(NUMBER_WORDS),
    ),
    re.IGNORECASE,
)
# A word, and the punctuation after it.
TOKEN = re.compile(r"[\s\u00a0]+([\w’'-]+)(?=([.,;:!?)]?))")
# A number after these counts no result: “Resolution 2143”, “the following three areas”.
LEADING_WORDS = re.compile(
    r"\b(?:Resolution|No\.?|Article|Chapter|Section|page|following|every|last|past|next)\s+$"
)
# A unit is a noun in the plural; it ends before a word such as these.
STOP_WORDS = set(
    "a an and as at by for from have has had in into is are was were of on or than that the their this to "
    "which who with".split()
)
PLURALS = {"people", "children", "women", "men", "staff", "personnel", "boys", "girls"}
# “Over four years” and “three areas” are no results.
NO_UNITS = set("time times year years month months week weeks day days hours minutes s areas".split())
MAX_UNIT_WORDS = 6
# What the columns of `Figure` hold.
VALUE_LIMIT, MAX_LENGTH = Decimal(10) ** 15, 100


@dataclass(frozen=True)
class FigureMatch:
    start: int
    end: int
    qualifier: str
    value: Decimal
    unit: str
    as_written: str  # the number letter by letter, with its qualifier


def find_figures(text, start, end):
    """Returns the figures between two offsets of a text, one for each unit.

    A second one of the same unit is left out, because a claim has no two figures of one label.
    """
    figures = []
    for match in NUMBER.finditer(text, start, end):
        if is_name_or_year(text, start, match):
            continue
        unit, unit_end = find_unit(text, match, end)
        value = value_of(match)
        is_storable = value < VALUE_LIMIT and value == value.quantize(Decimal("0.01"))
        figure_start = match.end() - len(match[0].lstrip())
        written = text[figure_start : match.end()]
        if not is_storable or len(unit) > MAX_LENGTH or len(written) > MAX_LENGTH:
            continue
        # “240” in “1 240 teachers” is no number of its own, and “3.200” can be read in two ways.
        reading = read_number(written, unit)
        if not find_written(written, text[start:end]) or not reading or reading.values != (value,):
            continue
        if unit and unit not in [figure.unit for figure in figures]:
            qualifier = QUALIFIERS.get(" ".join((match["qualifier"] or "").lower().split()), "")
            figures.append(FigureMatch(figure_start, unit_end, qualifier, value, unit, written))
    return figures


def is_name_or_year(text, start, match):
    # 24 characters hold the longest of the leading words, with a qualifier between.
    if LEADING_WORDS.search(text[max(start, match.start() - 24) : match.start("number")]):
        return True
    is_year = re.fullmatch(r"(?:1[89]|20)\d\d", match["number"])
    return bool(is_year) and not (match["qualifier"] or match["scale"] or match["currency"])


def find_unit(text, match, end):
    """Returns the unit of a number and the offset at which it ends; an empty unit if nothing is counted."""
    if match["percent"]:
        return match["percent"].strip(), match.end()
    if match["currency"]:
        return match["currency"], match.end()
    words, word_ends, offset = [], [], match.end()
    while len(words) < MAX_UNIT_WORDS and (token := TOKEN.match(text, offset, end)):
        word, punctuation = token[1], token[2]
        if word.lower() in STOP_WORDS:
            break
        words.append(word)
        offset = token.end(1)
        word_ends.append(offset)
        if punctuation or is_plural(word) and not is_within_name(text, offset, end, word):
            break
    while words and not is_plural(words[-1]):
        words.pop()
    if not words or words[-1].lower() in NO_UNITS:
        return "", match.end()
    unit_end = word_ends[len(words) - 1]
    return " ".join(text[match.end() : unit_end].split()), unit_end


def is_plural(word):
    return (
        word.lower() in PLURALS
        or bool(re.fullmatch(r"[\w-]{2,}[^\Ws’']?s", word))
        and not word.endswith(("ss", "us", "is"))
    )


def is_within_name(text, offset, end, word):
    """Says that a name goes on after a plural, as in “United Nations Security Council Resolutions”."""
    following = TOKEN.match(text, offset, end)
    return bool(following) and word[0].isupper() and following[1][0].isupper()


def value_of(match):
    digits = re.sub(r"[,\u00a0\u202f]", "", match["number"])
    # A text may hold a number of any length; forty digits are beyond the limit already.
    value = Decimal(NUMBER_WORDS.get(digits.lower()) or digits[:40])
    return value * SCALES.get((match["scale"] or "").lower(), 1)
