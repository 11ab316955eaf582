"""Numbers in a sentence that count something: the word before them, the number, and what is counted."""

import re
from dataclasses import dataclass
from decimal import Decimal

SMALL = "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
NUMBER_WORDS = {word: number for number, word in enumerate(SMALL, 2)} | {
    word: 10 * number for number, word in enumerate(TENS, 2)
}
SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
# The word that a source puts before a number, and the qualifier it is kept as.
QUALIFIERS = {
    "exactly": "exactly",
    "over": "over", "in excess of": "over", "upwards of": "over",
    "more than": "more than",
    "at least": "at least", "no fewer than": "at least", "not less than": "at least", "a minimum of": "at least",
    "nearly": "nearly", "almost": "nearly", "close to": "nearly",
    "about": "about", "around": "about", "approximately": "about", "roughly": "about", "some": "about",
    "up to": "up to", "as many as": "up to", "a maximum of": "up to",
}  # fmt: skip
NUMBER = re.compile(
    r"(?:\b(?P<qualifier>{qualifiers})\s+)?(?P<sign>[£$€])?\s?"
    r"(?P<number>\b\d{{1,3}}(?:[,\u00a0\u202f]\d{{3}})+(?:\.\d+)?|\b\d+(?:\.\d+)?|\b(?:{words})\b)"
    r"(?:[\s\u00a0-](?P<scale>hundred|thousand|million|billion)\b)?(?P<percent>\s?%|\s+per\s?cent\b)?".format(
        qualifiers="|".join(sorted(QUALIFIERS, key=len, reverse=True)), words="|".join(NUMBER_WORDS)
    ),
    re.IGNORECASE,
)
TOKEN = re.compile(r"[\s\u00a0]+([\w’'-]+)(?=([.,;:!?)]?))")
# What is counted is a noun in the plural; it ends before a word such as these.
STOP = {
    *"a an and as at by for from have has had in into is are was were of on or than that the their this to which who with".split()
}
PLURAL = {"people", "children", "women", "men", "staff", "personnel", "boys", "girls"}
NOT_COUNTED = {
    "time",
    "times",
    "year",
    "years",
    "month",
    "months",
    "week",
    "weeks",
    "day",
    "days",
    "hours",
    "minutes",
    "s",
    "areas",
}
MOST_WORDS = 6
# What a record can hold.
MOST, LONGEST_UNIT = Decimal(10) ** 15, 100


@dataclass(frozen=True)
class Found:
    """A figure, with its place in the text."""

    start: int
    end: int
    qualifier: str
    value: Decimal
    unit: str


def figures_in(text, start, end):
    """The figures of a sentence, one of each unit: a claim has no two of the same name."""
    found = []
    for number in NUMBER.finditer(text, start, end):
        if before(text, start, number):
            continue
        unit, stop = counted(text, number, end)
        value = value_of(number)
        if value >= MOST or value != value.quantize(Decimal("0.01")) or len(unit) > LONGEST_UNIT:
            continue
        if unit and unit not in [each.unit for each in found]:
            qualifier = QUALIFIERS.get(" ".join((number["qualifier"] or "").lower().split()), "")
            found.append(Found(*first_sign(text, number.start(), stop), qualifier, value, unit))
    return found


def first_sign(text, start, end):
    return start + len(text[start:end]) - len(text[start:end].lstrip()), end


def before(text, start, number):
    """Whether it is a name, a year or an order that the number stands in: “Resolution 2143”, “in 2007”, “the following three areas”."""
    leading = text[max(start, number.start() - 24) : number.start("number")]
    if re.search(
        r"\b(?:Resolution|No\.?|Article|Chapter|Section|page|following|every|last|past|next)\s+$", leading
    ):
        return True
    is_year = re.fullmatch(r"(?:1[89]|20)\d\d", number["number"])
    return bool(is_year) and not (number["qualifier"] or number["scale"] or number["sign"])


def counted(text, number, end):
    """What is counted, and where its words end; nothing if the number counts nothing."""
    if number["percent"]:
        return number["percent"].strip(), number.end()
    if number["sign"]:
        return number["sign"], number.end()
    words, places, place = [], [], number.end()
    while len(words) < MOST_WORDS and (token := TOKEN.match(text, place, end)):
        if token[1].lower() in STOP:
            break
        words.append(token[1])
        places.append(token.end(1))
        place = token.end(1)
        if token[2] or is_plural(token[1]) and not goes_on(text, place, end, token[1]):
            break
    while words and not is_plural(words[-1]):
        words.pop()
    if not words or words[-1].lower() in NOT_COUNTED:
        return "", number.end()
    stop = places[len(words) - 1]
    return " ".join(text[number.end() : stop].split()), stop


def is_plural(word):
    return (
        word.lower() in PLURAL
        or bool(re.fullmatch(r"[\w-]{2,}[^\Ws’']?s", word))
        and not word.endswith(("ss", "us", "is"))
    )


def goes_on(text, place, end, word):
    """Whether a name goes on: in “United Nations Security Council Resolutions” the first plural is not what is counted."""
    following = TOKEN.match(text, place, end)
    return bool(following) and word[0].isupper() and following[1][0].isupper()


def value_of(number):
    digits = re.sub(r"[,\u00a0\u202f]", "", number["number"])
    value = Decimal(NUMBER_WORDS.get(digits.lower()) or digits[:40])
    return value * SCALES.get((number["scale"] or "").lower(), 1)
