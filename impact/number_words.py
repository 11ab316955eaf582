"""The words for numbers in English and French: their values, scales, fractions and qualifiers."""

import re
from decimal import Decimal

TWO_TO_NINETEEN = (
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen".split()
)
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
NUMBER_WORDS = {word: number for number, word in enumerate(TWO_TO_NINETEEN, 2)} | {
    word: 10 * number for number, word in enumerate(TENS, 2)
}
SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 10**9, "trillion": 10**12}
DEUX_TO_DIX_NEUF = (
    "deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit "
    "dix-neuf".split()
)
# Of Belgium and Switzerland, too.
DIZAINES = {"vingt": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60, "septante": 70}
DIZAINES |= {"quatre-vingts": 80, "quatre-vingt": 80, "huitante": 80, "octante": 80, "nonante": 90}
NOMBRES = {word: number for number, word in enumerate(DEUX_TO_DIX_NEUF, 2)} | DIZAINES
# A “billion” of French is another one, which nobody writes.
FRENCH_SCALES = {"cent": 100, "cents": 100, "mille": 1_000, "million": 1_000_000, "millions": 1_000_000}
FRENCH_SCALES |= {"milliard": 1_000_000_000, "milliards": 1_000_000_000}
# Those that stand after digits.
DIGIT_SCALES = SCALES | {"lakh": 10**5, "lakhs": 10**5, "crore": 10**7, "crores": 10**7}
DIGIT_SCALES |= {word: size for word, size in FRENCH_SCALES.items() if size > 100}
SHORT_SCALES = {"k": 1_000} | dict.fromkeys(("m", "mn", "mio", "mln"), 1_000_000)
SHORT_SCALES |= dict.fromkeys(("bn", "bln", "md", "mds", "mrd"), 1_000_000_000)

FRACTIONS = {"half": 2, "halves": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4}
FRACTIONS |= {"fifth": 5, "fifths": 5, "tenth": 10, "tenths": 10}
FRENCH_FRACTIONS = {"moitié": 2, "tiers": 3, "quart": 4, "quarts": 4, "cinquième": 5, "cinquièmes": 5}
FRENCH_FRACTIONS |= {"dixième": 10, "dixièmes": 10}

# The words that a source puts before a number, and the qualifier of `Figure` that they mean.
QUALIFIERS = {
    "exactly": "exactly",
    "over": "over",
    "in excess of": "over",
    "upwards of": "over",
    "more than": "more than",
    "at least": "at least",
    "no fewer than": "at least",
    "no less than": "at least",
    "not less than": "at least",
    "not fewer than": "at least",
    "a minimum of": "at least",
    "nearly": "nearly",
    "almost": "nearly",
    "close to": "nearly",
    "about": "about",
    "around": "about",
    "approximately": "about",
    "roughly": "about",
    "some": "about",
    "an estimated": "about",
    "estimated": "about",
    "up to": "up to",
    "as many as": "up to",
    "at most": "up to",
    "no more than": "up to",
    "not more than": "up to",
    "a maximum of": "up to",
    "exactement": "exactly",
    "au-delà de": "over",
    "plus de": "more than",
    "plus d'": "more than",
    "au moins": "at least",
    "pas moins de": "at least",
    "un minimum de": "at least",
    "près de": "nearly",
    "près d'": "nearly",
    "presque": "nearly",
    "environ": "about",
    "quelque": "about",
    "autour de": "about",
    "à peu près": "about",
    "approximativement": "about",
    "jusqu'à": "up to",
    "au plus": "up to",
    "un maximum de": "up to",
}
# The longest first, because an alternation takes the first that matches.
QUALIFIER = "|".join(sorted(QUALIFIERS, key=len, reverse=True))


def alternatives(words):
    return "|".join(sorted(words, key=len, reverse=True))


ENGLISH_WORD = alternatives([*NUMBER_WORDS, *SCALES, "dozen"])
ENGLISH_WORDS = rf"\b(?:one[ -])?(?:{ENGLISH_WORD})(?:(?:[ -]| and )(?:{ENGLISH_WORD}|one))*\b"
FRENCH_WORD = alternatives([*NOMBRES, *FRENCH_SCALES])
FRENCH_WORDS = (
    rf"\b(?:une? )?(?<!pour )(?:{FRENCH_WORD})(?:(?:[ -]|[ -]et[ -])(?:{FRENCH_WORD}|une?\b(?! sur)))*\b"
)


def value_of_english(text):
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


def value_of_french(text):
    """Returns the value of number words: “deux cent quatre-vingt-dix-sept”; None for anything else."""
    total, current, last = 0, 0, ""
    words = re.findall(rf"{FRENCH_WORD}|[^ -]+", re.sub(r"[ -]et[ -](?=une?\b|onze)", " ", text))
    for word in words:
        size = FRENCH_SCALES.get(word)
        if size == 100 and current < 10:
            current = (current or 1) * size
        elif size and size > 100 and (current or size == 1_000):
            total, current = total + (current or 1) * size, 0
        else:
            number = 1 if word in ("un", "une") else NOMBRES.get(word)
            # “soixante-douze”, “quatre-vingt-dix”: after these the count goes on to nineteen.
            limit = 20 if DIZAINES.get(last) in (60, 80) else 10 if last in DIZAINES else 0
            follows = not current or last in ("cent", "cents") or number and number < limit
            if not number or not follows:
                return None
            current += number
        last = word
    return Decimal(total + current) if words else None
