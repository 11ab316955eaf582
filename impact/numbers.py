"""Reads numbers as people write them: “1 240”, “over 35”, “€1,2 million”, “one in six”, “٤٬٥٠٠”.

What can be read in two ways is given in both; what cannot be read whole is not read at all.
"""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from django.conf import settings
from django.utils.formats import get_format

from organisation.whole_words import DIGITS, places

from .number_words import (
    DIGIT_SCALES,
    ENGLISH_WORDS,
    FRACTIONS,
    FRENCH_FRACTIONS,
    FRENCH_WORDS,
    QUALIFIER,
    QUALIFIERS,
    SHORT_SCALES,
    alternatives,
    value_of_english,
    value_of_french,
)

LETTER = (
    "[a-zß-ɏͰ-ӿ]"  # of scripts that put spaces between words, so that “35か国” says 35 and “E35” does not
)
HALF = "[¼½¾⅓⅔]"
MANY = "hundreds|thousands|millions|billions|trillions"
VAGUE = (
    rf"\b(?:(?:tens|dozens|{MANY})(?: of (?:{MANY}))?|half|thirds|quarters?|fifths|tenths|twice|double"
    r"|triple|zero"
    r"|(?:third|fifth|tenth)(?= of\b)|dizaines?|douzaines?|centaines?|milliers?|milliards|moitié)\b"
)
# One letter behind a space may be another word, or a measure.
SPACED_SCALES = [*DIGIT_SCALES, *(scale for scale in SHORT_SCALES if len(scale) > 1)]
NUMBER = re.compile(
    rf"(?<!{LETTER})(?<!\d){DIGITS}{HALF}?(?:{LETTER}+|(?:[ -](?:{alternatives(SPACED_SCALES)})\b)+)?"
    rf"|{HALF}|{ENGLISH_WORDS}|{FRENCH_WORDS}|{VAGUE}"
)
# Alone they are English words, too: “per cent”, “Sept.”, “Mille”.
NO_NUMBERS = {"cent", "cents", "sept", "mille"}
SHARE = re.compile(
    r"(?P<part>.+?) (?:in|of|out of|sur|parmi|des?)(?: all)?"
    r"(?: (?:every|the|our|its|their|these|those|les|nos|leurs|ses|ces))? (?P<whole>.+)"
)
# “one child in six”, “sept écoles sur dix”, “312 enfants sur 400”
SHARE_WITH_NOUN = re.compile(
    rf"(?P<part>one|une?|1|[^ ]+(?=.+ (?:ten|dix|10|hundred|cent|100)$)"
    rf"|{DIGITS}(?= {LETTER}+ (?:out of|sur)))"
    rf" {LETTER}+ (?:in|out of|sur)(?: every)? (?P<whole>{DIGITS}|[^ ]+)"
)
FRACTION = re.compile(
    rf"(?:(?P<count>.+?)[ -])?(?P<name>{alternatives(FRACTIONS)})(?: of)?"
    rf"|(?:les )?(?P<compte>.+?)[ -](?P<nom>{alternatives(FRENCH_FRACTIONS)})"
)
PERCENT = re.compile(r"(?: ?%| per ?cent| pour cent)$")
CURRENCY_SIGNS = "£$€¥₣₦₹₽"
CURRENCY_CODES = (
    "usd eur gbp chf cad aud nzd jpy cny inr sek nok dkk xaf xof fcfa cdf kes ugx rwf bif ngn zar".split()
)
CURRENCY = rf"(?:(?:us|[ac]|ca|au)?[{CURRENCY_SIGNS}]|\b(?:{alternatives(CURRENCY_CODES)})\b)"
SCALE = alternatives(DIGIT_SCALES | SHORT_SCALES)
AMOUNT = re.compile(rf"(?P<number>{DIGITS})(?P<half>[¼½¾])?(?P<scales>(?:[ -]?(?:{SCALE}))*)")
CURRENCY_AT_EDGE = re.compile(rf"^{CURRENCY} ?| ?{CURRENCY}$")
QUALIFIER_FIRST = re.compile(rf"(?:{QUALIFIER})(?: |(?<='))")
QUALIFIER_LAST = re.compile(rf"\b({QUALIFIER})(?: +|(?<='))$")
# They are seen by nobody: soft hyphens, joiners, and signs of no width.
INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))


@dataclass(frozen=True)
class Reading:
    """The number that words give: its qualifier, “” where there is none, and each value it can have."""

    qualifier: str
    values: tuple
    is_rounded: bool = False  # a share that hundredths do not give exactly, as “one in six”


class Folding(dict):
    """The table by which `folded` translates letters; it grows with the letters that texts have."""

    def __missing__(self, code):
        self[code] = folded_letter(chr(code))
        return self[code]


FOLDING = Folding()


def folded(text):
    """Returns a text without differences that nobody sees: kinds of spaces and digits, and capitals.

    It is as long as the text, so that offsets stay.
    """
    return text.translate(FOLDING)


def folded_letter(letter):
    if letter.isspace():
        # Between the cells of a row stands a tab: “96”, “151” and “214” are three numbers, not 96,151,214.
        return letter if letter in "\n\t" else " "
    if letter in "’‘ʼ":
        return "'"
    if letter in "‐‑":
        return "-"
    digit = unicodedata.decimal(letter, None)
    lower = letter.lower()
    return str(digit) if digit is not None else lower if len(lower) == 1 else letter


def numbers_in(text):
    """Returns the numbers that a text gives in digits or words, as it writes them, each once."""
    spans = [match.span() for match in NUMBER.finditer(folded(text)) if match[0] not in NO_NUMBERS]
    return list(dict.fromkeys(text[slice(*span)] for span in spans))


def find_written(written, text):
    """Returns the offsets at which a text says a number letter by letter, never as a part of another one."""
    sought, searched = (folded(each).replace("\n", " ") for each in (written, text))
    # “4 million” and “twenty-five” are numbers of their own; “two five” is none.
    numbers = [match.span() for match in NUMBER.finditer(searched) if amounts(match[0])]
    return [
        start
        for start, end in places(sought.strip(), searched)
        if not any(first < edge < last for first, last in numbers for edge in (start, end))
    ]


def written_number(value, unit, text):
    """Returns the number of this value as a text writes it, with its qualifier; empty if it does not."""
    for match in NUMBER.finditer(folded(text)):
        reading = read_number(match[0], unit)
        if reading and reading.values == (value,):
            qualifier = qualifier_at_end(text[: match.start()])
            return text[qualifier.start() if qualifier else match.start() : match.end()]
    return ""


def read_number(written, unit="", language=""):
    """Returns the reading of a number, a share in hundredths where the unit is per cent; None if none.

    `language` is that of the text, which says which mark stands between thousands; else that of the site.
    """
    text = " ".join(folded(written.translate(INVISIBLE)).split())
    qualifier = QUALIFIER_FIRST.match(text)
    text = text[qualifier.end() :] if qualifier else text
    text = CURRENCY_AT_EDGE.sub("", text)
    name = QUALIFIERS[qualifier[0].strip()] if qualifier else ""
    if values := amounts(PERCENT.sub("", text), language):
        return Reading(name, values)
    share = share_in(text, language)
    if share is None:
        return None
    value = share * (100 if PERCENT.fullmatch(f" {folded(unit).strip()}") else 1)
    return Reading(name, (rounded(value),), rounded(value) != value)


def qualifier_before(written, text):
    """Returns the qualifier that a text puts before a number; empty if there is none."""
    for start in find_written(written, text):
        if match := qualifier_at_end(text[:start]):
            return QUALIFIERS[match[1]]
    return ""


def qualifier_at_end(text):
    return QUALIFIER_LAST.search(folded(text).replace("\n", " "), max(len(text) - 60, 0))


def share_in(text, language=""):
    """Returns the share that words give, as “a third” or “one in six”; None if they give none."""
    if match := FRACTION.fullmatch(text):
        parts, wholes = parts_of_fraction(match)
    elif match := SHARE_WITH_NOUN.fullmatch(text) or SHARE.fullmatch(text):
        parts, wholes = amounts(match["part"], language), amounts(match["whole"], language)
    else:
        return None
    # Two readings of a share are too many to be told apart.
    if len(parts) != 1 or len(wholes) != 1 or not 0 < parts[0] < wholes[0]:
        return None
    return parts[0] / wholes[0]


def parts_of_fraction(match):
    """Returns the count and the parts of a fraction, each in a tuple; words of two languages make none."""
    if match["name"]:
        count, whole, value_of_words = match["count"], FRACTIONS[match["name"]], value_of_english
    else:
        count, whole, value_of_words = match["compte"], FRENCH_FRACTIONS[match["nom"]], value_of_french
    if count in (None, "a", "one", "la", "un", "une", "1"):
        return (Decimal(1),), (Decimal(whole),)
    value = Decimal(count) if re.fullmatch(r"\d{1,3}", count) else value_of_words(count)
    return () if value is None else (value,), (Decimal(whole),)


def amounts(text, language=""):
    """Returns each value of a number in digits or words."""
    if match := AMOUNT.fullmatch(text):
        factor = 1
        for scale in re.findall(rf"{LETTER}+", match["scales"]):
            factor *= (DIGIT_SCALES | SHORT_SCALES)[scale]
        extra = Decimal(str(unicodedata.numeric(match["half"]))) if match["half"] else 0
        return tuple((value + extra) * factor for value in values_of_digits(match["number"], language))
    if text in ("one", "un", "une"):
        return (Decimal(1),)
    value = value_of_english(text)
    value = value_of_french(text) if value is None else value
    return () if value is None else (value,)


def values_of_digits(text, language=""):
    """Returns the values of digits with marks: “1.240” has two, “4,500” one where that groups thousands."""
    head, *groups = re.split(r"\D", text)
    marks = re.sub(r"\d", "", text)
    whole, last = Decimal(head + "".join(groups[:-1])), groups[-1] if groups else ""
    if not marks:
        return (Decimal(head),)
    decimal = Decimal(f"{whole}.{last}")
    may_be_decimal = (
        marks[-1] in ".,٫"
        and marks.count(marks[-1]) == 1
        and (len(groups) == 1 or is_grouped(head, groups[:-1]) and len(set(marks[:-1])) == 1)
    )
    if len(set(marks)) > 1 or not is_grouped(head, groups) or marks[-1] == "٫" or head == "0":
        return (decimal,) if may_be_decimal else ()
    thousands = Decimal(head + "".join(groups))
    is_usual = marks[0] == folded(get_format("THOUSAND_SEPARATOR", lang=language or settings.LANGUAGE_CODE))
    return (thousands, decimal) if may_be_decimal and not is_usual else (thousands,)


def is_grouped(head, groups):
    """True for groups of three digits, and for those of two before the last, as they are written in India."""
    sizes = [len(group) for group in groups]
    is_indian = len(sizes) > 1 and sizes[-1] == 3 and set(sizes[:-1]) == {2} and len(head) <= 2
    return len(head) <= 3 and (set(sizes) == {3} or is_indian)


def rounded(value):
    return value.quantize(Decimal("0.01"))
