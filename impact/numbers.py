"""Reads numbers as people write them: “1 240”, “over 35”, “€1,2 million”, “one in six”, “٤٬٥٠٠”.

What can be read in two ways is given in both; what cannot be read whole is not read at all.
"""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from django.conf import settings
from django.utils.formats import get_format

TWO_TO_NINETEEN = (
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen".split()
)
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
NUMBER_WORDS = {word: number for number, word in enumerate(TWO_TO_NINETEEN, 2)} | {
    word: 10 * number for number, word in enumerate(TENS, 2)
}
SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
SHORT_SCALES = {"k": 1_000, "m": 1_000_000, "mn": 1_000_000, "mio": 1_000_000, "bn": 1_000_000_000}
FRACTIONS = {"half": 2, "halves": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4}
FRACTIONS |= {"fifth": 5, "fifths": 5, "tenth": 10, "tenths": 10}
# The words that a source puts before a number, and the qualifier of `Figure` that they mean.
QUALIFIERS = {
    "exactly": "exactly",
    "over": "over",
    "in excess of": "over",
    "upwards of": "over",
    "more than": "more than",
    "at least": "at least",
    "no fewer than": "at least",
    "not less than": "at least",
    "a minimum of": "at least",
    "nearly": "nearly",
    "almost": "nearly",
    "close to": "nearly",
    "about": "about",
    "around": "about",
    "approximately": "about",
    "roughly": "about",
    "some": "about",
    "up to": "up to",
    "as many as": "up to",
    "a maximum of": "up to",
}
# The longest first, because an alternation takes the first that matches.
QUALIFIER = "|".join(sorted(QUALIFIERS, key=len, reverse=True))
MARKS = ".,'٬٫"  # between digits; ٬ and ٫ are the Arabic signs for thousands and decimals
LETTER = (
    "[a-zß-ɏͰ-ӿ]"  # of scripts that put spaces between words, so that “35か国” says 35 and “E35” does not
)
# Digits that spaces group, else digits with any marks between them; “12 240” is one number, “2014 240” two.
DIGITS = rf"(?:(?<![\d{MARKS}])\d{{1,3}}(?: \d{{3}})+(?!\d)(?:[.,٫]\d+)?|\d+(?:[{MARKS}]\d+)*)"
WORD = "|".join([*NUMBER_WORDS, *SCALES, "dozen"])
WORDS = rf"\b(?:one[ -])?(?:{WORD})(?:(?:[ -]| and )(?:{WORD}|one))*\b"
VAGUE = r"\b(?:dozens|hundreds|thousands|millions|billions|half|thirds|quarters?)\b"
NUMBER = re.compile(
    rf"(?<!{LETTER})(?<!\d){DIGITS}(?:{LETTER}+|(?:[ -](?:{'|'.join(SCALES)})\b)+)?|{WORDS}|{VAGUE}"
)
SHARE = re.compile(r"(?P<part>.+?) (?:in|of|out of)(?: every)? (?P<whole>.+)")
FRACTION = re.compile(rf"(?:(?P<count>.+?)[ -])?(?P<name>{'|'.join(FRACTIONS)})(?: of)?")
PERCENT = re.compile(r"(?: ?%| per ?cent)$")
AMOUNT = re.compile(
    rf"(?P<number>{DIGITS})(?P<half>[¼½¾])?(?P<scales>(?:[ -]?(?:{'|'.join([*SCALES, *SHORT_SCALES])}))*)"
)


@dataclass(frozen=True)
class Reading:
    """The number that words give: its qualifier, “” where there is none, and each value it can have."""

    qualifier: str
    values: tuple


def folded(text):
    """Returns a text without differences that nobody sees: kinds of spaces and digits, and capitals.

    It is as long as the text, so that offsets stay.
    """
    return "".join(map(folded_letter, text))


def folded_letter(letter):
    if letter.isspace():
        return "\n" if letter == "\n" else " "
    if letter in "’‘ʼ":
        return "'"
    digit = unicodedata.decimal(letter, None)
    lower = letter.lower()
    return str(digit) if digit is not None else lower if len(lower) == 1 else letter


def numbers_in(text):
    """Returns the numbers that a text gives in digits or words, as it writes them, each once."""
    return list(dict.fromkeys(text[match.start() : match.end()] for match in NUMBER.finditer(folded(text))))


def find_written(written, text):
    """Returns the offsets at which a text says a number letter by letter, never as a part of another one."""
    sought, searched = folded(written).replace("\n", " ").strip(), folded(text)
    if not sought:
        return []
    spans = [match.span() for match in re.finditer(DIGITS, searched)]
    whole_words = rf"(?<!{LETTER}){re.escape(sought)}(?!{LETTER})"
    return [
        match.start()
        for match in re.finditer(whole_words, searched.replace("\n", " "))
        if not any(start < edge < end for start, end in spans for edge in match.span())
    ]


def written_number(value, unit, text):
    """Returns the number of this value as a text writes it, with its qualifier; empty if it does not."""
    for match in NUMBER.finditer(folded(text)):
        reading = read_number(match[0], unit)
        if reading and reading.values == (value,):
            qualifier = qualifier_at_end(text[: match.start()])
            return text[qualifier.start() if qualifier else match.start() : match.end()]
    return ""


def read_number(written, unit=""):
    """Returns the reading of a number, a share in hundredths where the unit is per cent; None if none."""
    text = re.sub(r"\s+", " ", folded(written)).strip()
    qualifier = re.match(rf"(?:{QUALIFIER}) ", text)
    text = text[qualifier.end() :] if qualifier else text
    text = re.sub(r"^[£$€¥] ?", "", text)
    values = values_of(text, bool(PERCENT.fullmatch(f" {folded(unit).strip()}")))
    return Reading(QUALIFIERS[qualifier[0].strip()] if qualifier else "", values) if values else None


def qualifier_before(written, text):
    """Returns the qualifier that a text puts before a number; empty if there is none."""
    for start in find_written(written, text):
        if match := qualifier_at_end(text[:start]):
            return QUALIFIERS[match[1]]
    return ""


def qualifier_at_end(text):
    return re.search(rf"\b({QUALIFIER}) +$", folded(text).replace("\n", " "))


def values_of(text, is_percentage):
    if PERCENT.search(text):
        return amounts(PERCENT.sub("", text))
    if values := amounts(text):
        return values
    if match := FRACTION.fullmatch(text):
        count = match["count"]
        parts = (Decimal(1),) if count in (None, "a", "one") else amounts(count)
        wholes = (Decimal(FRACTIONS[match["name"]]),)
    elif match := SHARE.fullmatch(text):
        parts = (Decimal(1),) if match["part"] == "one" else amounts(match["part"])
        wholes = amounts(match["whole"])
    else:
        return ()
    # Two readings of a share are too many to be told apart.
    if len(parts) != 1 or len(wholes) != 1 or not 0 < parts[0] < wholes[0]:
        return ()
    return (rounded(parts[0] / wholes[0] * (100 if is_percentage else 1)),)


def amounts(text):
    """Returns each value of a number in digits or words."""
    if match := AMOUNT.fullmatch(text):
        factor = 1
        for scale in re.findall(r"[a-z]+", match["scales"]):
            factor *= (SCALES | SHORT_SCALES)[scale]
        extra = Decimal(str(unicodedata.numeric(match["half"]))) if match["half"] else 0
        return tuple((value + extra) * factor for value in values_of_digits(match["number"]))
    if text == "one":
        return (Decimal(1),)
    value = value_of_words(text)
    return () if value is None else (value,)


def values_of_digits(text):
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
    is_usual = marks[0] == folded(get_format("THOUSAND_SEPARATOR", lang=settings.LANGUAGE_CODE))
    return (thousands, decimal) if may_be_decimal and not is_usual else (thousands,)


def is_grouped(head, groups):
    """True for groups of three digits, and for those of two before the last, as they are written in India."""
    sizes = [len(group) for group in groups]
    is_indian = len(sizes) > 1 and sizes[-1] == 3 and set(sizes[:-1]) == {2} and len(head) <= 2
    return len(head) <= 3 and (set(sizes) == {3} or is_indian)


def value_of_words(text):
    """Returns the value of number words: “two hundred and five”; None for anything else."""
    total = current = 0
    words = [word for word in re.split(r"[ -]", re.sub(r"^an? ", "one ", text)) if word != "and"]
    for position, word in enumerate(words):
        size = 12 if word == "dozen" else SCALES.get(word)
        if size in (12, 100):
            current = (current or 1) * size
        elif size:
            total, current = total + (current or 1) * size, 0
        else:
            number = 1 if word == "one" else NUMBER_WORDS.get(word)
            last = words[position - 1] if position else ""
            follows = not current or last == "hundred" or last in TENS and number and number < 10
            if not number or not follows:
                return None
            current += number
    return Decimal(total + current) if words else None


def rounded(value):
    return value.quantize(Decimal("0.01"))
