"""Splits a text into words and these into stems: without accents or endings, in one English spelling."""

import re
import unicodedata
from functools import cache, lru_cache
from itertools import pairwise
from threading import Lock

MAX_WORD_LENGTH = 40
# Signs that stand on a letter in Latin, Hebrew and Arabic writing, and the soft hyphen within a word.
COMBINING_MARKS = (
    "\u00ad\u0300-\u036f"
    "\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"
    "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed"
)
# “4,500” is one number; so is “children’s” one word, whose ending goes.
WORD = re.compile(
    r"(?<!\d)\d{1,3}(?:[,\u00a0\u2009\u202f]\d{3})+(?!\d)"
    rf"|[^\W_](?:[^\W_]|[{COMBINING_MARKS}])*(?:['’]s\b)?"
)
# NFKD does not decompose these letters, though a keyboard without them writes others.
TRANSLITERATION = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"}
)
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
    """Yields each word of a text as (start, end, folded word); what folds to nothing is no word."""
    for match in WORD.finditer(text):
        if folded := fold(match.group()):
            yield match.start(), match.end(), folded


def folded_words(text):
    return [word for _start, _end, word in tokenize(text)]


@lru_cache(100_000)
def fold(word):
    """Returns “romeo” for “Roméo”, “children” for “children’s”, “4500” for “4,500”."""
    word = re.sub(r"['’]s$", "", word)
    plain = unicodedata.normalize("NFKD", word).casefold().translate(TRANSLITERATION)
    return "".join(letter for letter in plain if letter.isalnum())[:MAX_WORD_LENGTH]


@cache
def stemmer():
    import snowballstemmer  # not before it is used: it takes 3 MB, for all its languages

    return snowballstemmer.stemmer("english")


@lru_cache(100_000)
def stem(folded):
    """Returns the stem of a folded word; a word with digits in it is its own stem."""
    if not folded.isalpha():
        return folded
    folded = IRREGULAR.get(folded) or BRITISH_SPELLING.sub(r"iz\1", folded)
    with STEMMER_LOCK:
        return stemmer().stemWord(folded)


def bigrams(stems):
    """Returns a token for each two stems that stand next to each other."""
    return [f"{first}_{second}" for first, second in pairwise(stems)]
