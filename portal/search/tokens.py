"""Splits a text into words and these into stems: without accents or endings, in one English spelling."""

import re
import unicodedata
from functools import cache, lru_cache
from itertools import chain, pairwise
from threading import Lock

from .scripts import APOSTROPHES, IS_UNSPACED, KEPT_MARKS, LETTERS, ON_LETTERS, TRANSLITERATION, UNSPACED

MAX_WORD_LENGTH = 40
MAX_FOLDED = 400  # signs of a word that are looked at: to order the accents of a longer one takes for ever
SIGNS_A_WORD = 3  # so many letters of a script without spaces count as a word, where words are counted

LETTER = rf"(?:[{LETTERS}][{ON_LETTERS}]*+)"
WORD = rf"(?:[{LETTERS}\d][{LETTERS}\d{ON_LETTERS}]*+)"
# “4,500” is one number, and so is “4’500”, “4.500” or “4 500”; the same sign stands between all thousands.
SPACES = " \u00a0\u2002-\u200a\u202f"
THOUSANDS = r"(?<!\d)(?!0)\d{1,3}(?P<sign>[%s])\d{3}(?:(?P=sign)\d{3})*(?!\d)"
LAKHS = r"(?<!\d)\d{1,2}(?:,\d\d){1,5},\d{3}(?!\d)"
NUMBER = THOUSANDS % f"{SPACES},.{APOSTROPHES}\u066c\u060c\uff0c\uff0e" + f"|{LAKHS}"
SPACED_NUMBER = re.compile(THOUSANDS % SPACES)
FIGURES = re.compile(r"\d+")
# “l’enfant” is the word “enfant”.
ELISION = (
    rf"(?P<elision>(?i:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu|(?:d?a|de|ne|su|co)ll|gl|un|quell|quest)"
    rf"[{APOSTROPHES}](?={LETTER}{{2}}))"
)
# “U.N.” is the word “UN”, and “children’s” one word, whose ending goes.
TOKEN = re.compile(
    rf"{NUMBER}|{LETTER}(?:\.{LETTER})+\.?(?![^\W_])|{ELISION}|{WORD}(?:[{APOSTROPHES}][sS](?!\w))?"
    rf"|(?![\W_])[{UNSPACED}][{ON_LETTERS}]*+"
)
# “child-soldier” is two words and, besides, one; no figures become one so. “U. N.” is one as well.
JOINT = rf"(?:[-‐‑–\u058a\u05be](?:\r?\n[ \t]*)?|[.·&\"\u05f3\u05f4{APOSTROPHES}])"
BEGINNING = rf"(?<![{LETTERS}\d{ON_LETTERS}])"
COMPOUND = re.compile(
    rf"{BEGINNING}(?:{LETTER}\.(?:[{SPACES}]{LETTER}\.)++|{WORD}(?:(?:(?<!\d){JOINT}|{JOINT}(?!\d)){WORD})++)"
)
# A raised figure behind a word is the number of a note, or else part of it (“km²”).
RAISED = "\u00b2\u00b3\u00b9\u2070\u2074-\u2079"
WORD_WITH_NOTE = re.compile(rf"(?<![\w{ON_LETTERS}])[^\W_{RAISED}]++(?=[{RAISED}])")
# “NGOs” is found by “NGO” as well; the stems of words without vowels keep their ending.
PLURAL = re.compile(rf"{BEGINNING}(?:[A-Z]{{2,}}|(?:[A-Z]\.){{2,}})[{APOSTROPHES}]?s(?![\w{APOSTROPHES}])")
ENDING = re.compile(rf"[{APOSTROPHES}][sS]$")
# A nasal before another consonant, as Hindi writes it beside the anusvara.
HALF_NASAL = re.compile("[ङञणनम]\u094d(?=[क-ह])")
IRREGULAR = {
    "children": "child",
    "men": "man",
    "women": "woman",
    "programme": "program",
    "programmes": "program",
    "centre": "center",
    "centres": "center",
}
BRITISH_SPELLING = re.compile(r"(?<=\w{3})is(e|ed|er|ers|es|ing|ation|ations|ational)$")
STOP_WORDS = frozenset(
    "a about all am an and any are as at be been but by can could did do does for from had has have how i if "
    "in into is it its many me much my nor not of on or our s should so than that the their them then there "
    "these they this those to up us was we were what when where which who whom whose why will with would you "
    "your".split()
)

# The stemmer stores the word that it works on in itself, and the server has several threads.
STEMMER_LOCK = Lock()


def tokenize(text):
    """Yields each word of a text as (start, end, folded word); what folds to nothing is no word.

    Of a script without spaces each letter with its signs is a word.
    """
    for match in TOKEN.finditer(text):
        if match.lastgroup != "elision" and (folded := fold(match.group())):
            yield *match.span(), folded


def variants(text):
    """Yields what else stands in a text, in the same form.

    These are compounds as one word, words without the number of a note, abbreviations without the ending of
    their plural, and numbers with spaces, whole and in parts.
    """
    for match in chain(COMPOUND.finditer(text), WORD_WITH_NOTE.finditer(text)):
        if folded := fold(match.group()):
            yield *match.span(), folded
    for match in PLURAL.finditer(text):
        yield *match.span(), fold(match.group()[:-1])
    for match in SPACED_NUMBER.finditer(text):
        yield *match.span(), fold(match.group())
        for part in FIGURES.finditer(text, *match.span()):
            yield *part.span(), fold(part.group())


def folded_words(text):
    return [word for _start, _end, word in tokenize(text)]


def is_unspaced(folded):
    return IS_UNSPACED(folded) is not None


def first_words(tokens, room):
    """Returns the first tokens that there is room for, in thirds of a word, and what room is left."""
    fitting = []
    for token in tokens:
        size = 1 if is_unspaced(token[2]) else SIGNS_A_WORD
        if size > room:
            break
        room -= size
        fitting.append(token)
    return fitting, room


@lru_cache(100_000)
def fold(word):
    """Returns “zoe” for “Zoé”, “children” for “children’s”, “4500” for “4,500”."""
    plain = ENDING.sub("", word[:MAX_FOLDED])
    if not plain.isascii():
        # The iota below a Greek letter would become a letter of its own.
        plain = unicodedata.normalize("NFKD", plain).replace("\u0345", "")
    plain = HALF_NASAL.sub("\u0902", plain.casefold().translate(TRANSLITERATION))
    return "".join(letter for letter in plain if letter.isalnum() or letter in KEPT_MARKS)[:MAX_WORD_LENGTH]


@cache
def stemmer():
    import snowballstemmer  # not before it is used: it takes 3 MB, for all its languages

    return snowballstemmer.stemmer("english")


@lru_cache(100_000)
def stem(folded):
    """Returns the stem of a folded word; one with digits or of another script is its own stem."""
    if not (folded.isascii() and folded.isalpha()):
        return folded
    folded = IRREGULAR.get(folded) or BRITISH_SPELLING.sub(r"iz\1", folded)
    with STEMMER_LOCK:
        return stemmer().stemWord(folded)


def bigrams(stems):
    """Returns a token for each two stems that stand next to each other."""
    return [f"{first}_{second}" for first, second in pairwise(stems)]


def halves(folded):
    """Returns the pairs that a word of eight letters or more could be if it were written as two."""
    cuts = range(4, len(folded) - 3) if folded.isalpha() else ()
    pairs = ((folded[:cut], folded[cut:]) for cut in cuts)
    return [f"{stem(first)}_{stem(second)}" for first, second in pairs if not STOP_WORDS & {first, second}]
