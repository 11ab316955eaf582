"""How a text falls into words, and which of them count as one: without accents, without endings, in either English spelling."""

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise
from threading import Lock

import snowballstemmer

LONGEST_WORD = 40
# Signs that stand on a letter in Latin, Hebrew and Arabic writing, and the soft hyphen within a word.
MARKS = "\u00ad\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed"
# “4,500” is one number; so is “children’s” one word, whose ending goes.
WORD = re.compile(
    rf"(?<!\d)\d{{1,3}}(?:[,\u00a0\u2009\u202f]\d{{3}})+(?!\d)|[^\W_](?:[^\W_]|[{MARKS}])*(?:['’]s\b)?"
)
# Letters that Unicode takes for whole, though a keyboard without them writes others.
LETTERS = str.maketrans(
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
BRITISH = re.compile(r"(?<=\w{3})is(e|ed|er|ers|es|ing|ation|ations|ational)$")
STOP_WORDS = frozenset(
    "a about all am an and any are as at be been but by can could did do does for from had has have how i if in into is it its many me much my nor not "
    "of on or our s should so than that the their them then there these they this those to up us was we were what when where which who "
    "whom whose why will with would you your".split()
)

stemmer = snowballstemmer.stemmer("english")
ONE_AT_A_TIME = Lock()  # it keeps the word that it works on in itself, and the server has several threads


def found_in(text):
    """The words of a text as (start, end, folded) in their order; what folds to nothing is no word."""
    for match in WORD.finditer(text):
        if folded := fold(match.group()):
            yield match.start(), match.end(), folded


def words_of(text):
    return [word for _start, _end, word in found_in(text)]


@lru_cache(100_000)
def fold(word):
    """“Roméo” is “romeo”, “children’s” is “children”, “4,500” is “4500”."""
    word = re.sub(r"['’]s$", "", word)
    plain = unicodedata.normalize("NFKD", word).casefold().translate(LETTERS)
    return "".join(letter for letter in plain if letter.isalnum())[:LONGEST_WORD]


@lru_cache(100_000)
def stem(folded):
    if not folded.isalpha():
        return folded
    folded = IRREGULAR.get(folded) or BRITISH.sub(r"iz\1", folded)
    with ONE_AT_A_TIME:
        return stemmer.stemWord(folded)


def stems_of(text):
    return [stem(word) for word in words_of(text)]


def pairs(stems):
    """A token for each two words that stand together."""
    return [f"{one}_{other}" for one, other in pairwise(stems)]
