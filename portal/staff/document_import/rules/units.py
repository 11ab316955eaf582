"""Finds what a number counts: a noun in the plural with the words before it, in English or French."""

import re

from impact.number_words import FRENCH_SCALES, NOMBRES, NUMBER_WORDS, SCALES

from .language import ENGLISH, FRENCH

LETTER_MARK = r"\[(?:[ivxlc]{1,6}|[a-z]|[*†‡§¶]{1,3})\]"  # as in “[i]”, “[a]” and “[*]”
NOTE_MARKS = "⁰¹²³⁴⁵⁶⁷⁸⁹*†‡§"
SIGN = rf"[^\W\d_{NOTE_MARKS}]"
WORD = rf"{SIGN}(?:{SIGN}|['’‑-](?={SIGN})|['’](?= ))*"
# A word after white space or the apostrophe of “d’enfants”.
TOKEN = re.compile(rf"[^\S\n]*\n?[^\S\n]*(?<=[\s'’])({WORD})")
AFTER_WORD = re.compile(rf"$|[\s.,;:!?)\]»”’\"'…–—{NOTE_MARKS}]|\[\d|{LETTER_MARK}")
# A unit ends before a word such as these.
STOP_WORDS = (ENGLISH | FRENCH) - set("other autre autres many more such".split())
STOP_WORDS |= set(
    "a am among an as at across between de du despite during else except he i if inside is it la "
    "near nor off on onto out outside per she so though thus together too toward towards via was "
    "went whether à au afin ainsi car cependant contre dès en entre hors jamais lors lorsque malgré "
    "ni non près puis quatre selon si toujours un y".split()
)
NUMBERS = {*NUMBER_WORDS, *SCALES, *NOMBRES, *FRENCH_SCALES}
STOP_WORDS |= NUMBERS
PLURALS = set("people children women men staff personnel boys girls police cattle gens".split())
# Verbs and other words that end like a plural.
NO_PLURALS = set(
    "always sometimes perhaps besides overseas afterwards says does goes makes means needs shows "
    "lists remains includes gives takes runs yes news dans fois alors jamais plus moins très hélas "
    "ailleurs parfois certes mars meets provides reaches covers serves employs operates publishes "
    "holds leads offers brings keeps teaches becomes receives sends creates builds wants seeks aims "
    "allows enables ensures protects produces organises organizes continues".split()
)
# “12 year old trees”, “the 7 km road”, “5 pm”
MEASURES = set(
    "year month week day hour minute time am pm noon h km m cm mm kg g t ha l odd something".split()
)
NO_PART = STOP_WORDS | MEASURES
# “Over four years” and “three areas” are no results, “two thirds” no count.
NO_UNITS = set(
    "time times year years month months week weeks day days hour hours hrs minute minutes mins "
    "second seconds decade decades century centuries s areas ways occasions steps thirds quarters "
    "halves fifths tenths dozens hundreds thousands millions billions fois an ans année années mois "
    "semaine semaines jour jours heure heures siècle siècles décennies domaines volets façons tiers "
    "quarts cinquièmes dixièmes dizaines douzaines centaines milliers milliards old olds".split()
)
MONTHS = set(
    "January February March April May June July August September October November December Monday "
    "Tuesday Wednesday Thursday Friday Saturday Sunday janvier février mars avril mai juin juillet "
    "août septembre octobre novembre décembre lundi mardi mercredi jeudi vendredi samedi dimanche".split()
)
# “240 teachers and brought …”: what follows is another deed, not more of what is counted.
VERB = re.compile(
    r"\w+ed|built|brought|gave|made|ran|led|taught|took|sent|wrote|set|held|put|won|drew|met|\w+ant"
)
LINK = re.compile(r",? (and|or|et|ou|&) |, ")
OF = re.compile(
    r" (?:of(?: all)?(?: (?:the|our|its|their|these|those))?"
    r"|d['’]|de l['’]|(?:de|parmi)(?: (?:la|nos|leurs?|ces|ses))?|des|du)"
    r"(?:(?<=['’])|(?: \d[\d\s,.’']*)?(?= ))"
)
END_OF_LIST = re.compile(rf"(?:, {WORD}(?: {WORD})?)*,? (?:and|or|et|ou) {WORD}")
COMPLEMENT = re.compile(rf" (?:de |d['’])({WORD})")
MAX_WORDS = 6


def find_unit(text, offset, language):
    """Returns the unit of a number that ends at an offset, and where it ends; an empty unit if none.

    Several nouns that one number counts together are one unit: “40 boys and girls”.
    """
    start, end = offset, noun_end(text, offset, language)
    if not end:
        return "", offset
    while (link := LINK.match(text, end)) and (
        following := noun_end(text, link.end() - 1, language, may_hold_verb=False)
    ):
        # Of a list with commas, only one that ends with “and” is counted together.
        if not link[1] and not END_OF_LIST.match(text, following):
            break
        end = following
    return " ".join(text[start:end].split()), end


def find_group(text, offset, language):
    """Returns the noun after “of”, as in “35 % of the girls”, and where it ends; an empty one if none."""
    of = OF.match(text, offset)
    return find_unit(text, of.end(), language) if of else ("", offset)


def noun_end(text, offset, language, may_hold_verb=True):
    """Returns the offset at which a noun in the plural ends; None if there is none."""
    words, ends = [], []
    while len(words) < MAX_WORDS and (token := TOKEN.match(text, offset)):
        word = token[1]
        if is_number(word) or word.lower() in NO_PART or word in MONTHS:
            break
        if not AFTER_WORD.match(text, token.end(1)):
            break
        if re.match(r"[dl]['’]", word, re.IGNORECASE) or not may_hold_verb and VERB.fullmatch(word):
            break
        words.append(word)
        ends.append(offset := token.end(1))
        following = TOKEN.match(text, offset)
        if not following or following.start(1) - offset > 1:
            following = None
        if not text[offset : offset + 1].isspace():
            break
        # French writes “enfants soldats”, “jeunes filles”: both words are in the plural.
        goes_on = following and (
            word[0].isupper() and following[1][0].isupper() or language == "fr" and is_plural(following[1])
        )
        if is_plural(word) and not goes_on:
            break
    popped = []
    while words and not is_plural(words[-1]):
        popped.append(words.pop())
    # “12 Harbours Road” is an address, and months are none of the things that are counted.
    if not words or words[-1].lower() in NO_UNITS or popped and popped[-1][0].isupper():
        return None
    end = ends[len(words) - 1]
    return complement_end(text, end) if language == "fr" else end


def complement_end(text, end):
    """Returns where the complement of a French noun ends: “salles de classe”, “points d’eau”."""
    complement = COMPLEMENT.match(text, end)
    is_noun = (
        complement and complement[1].islower() and complement[1] not in STOP_WORDS | {"ici", "ans", "moins"}
    )
    return complement.end() if is_noun else end


def is_number(word):
    """True for a number of several words, as “forty-one”, which counts something else."""
    return all(part in NUMBERS or part == "one" for part in word.lower().split("-"))


def is_plural(word):
    return word.lower() in PLURALS or (
        bool(re.fullmatch(r"[\w-]{2,}[^\Ws’']?s|\w{2,}(?:eau|au|eu|ou)x", word))
        and not word.endswith(("ss", "us", "is"))
        and word.lower() not in NO_PLURALS
    )
