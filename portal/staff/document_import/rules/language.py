"""Tells English and French from other languages, because only sentences of these two are read."""

import re
from functools import lru_cache

from . import language_words as known

# Words that nobody writes a language without. Those that it shares with a neighbour are left out: “la” would
# take Spanish for French, “was” and “is” Dutch for English.
ENGLISH = set(
    "about after all also although and any are because been before but by can could did each every for "
    "from had has have his how in into it its many more most my not of only other our over she should "
    "since some such than that the their them then there these they this those through to under until "
    "upon us we were what when where which while who whose will with within without would you your".split()
)
FRENCH = set(
    "alors après au aucun aucune aussi autre autres aux avaient avait avant avec avez avons avoir ce cela "
    "celle ces cet cette ceux chaque chez comme dans depuis des donc dont elle elles entre est et ils "
    "était étaient été être eu fait fut jusque le les leur leurs mais même moins nos notre nous ont ou où "
    "parmi pas pendant peu peut pour quand qui sans sera ses soit son sont sous sur tous tout toute "
    "toutes très une vers vos votre vous".split()
)
OTHERS = set(
    "aber af als amb auch auf che com con da dan dari das degli dei del della den der det di die du e "
    "een ei ein eine eles els em en es está foi für għal gli het hogy i il ist iyo je ka katika kwa "
    "las los má mas med met mga mit na não nel nella ni nicht nie niet ng o og oder och para però "
    "pero por på sa sich sie się są som są són sono und untuk uz van ve von voor w wa wir y ya yang yo z "
    "za zijn zu zum và și için że".split()
)
STRONG_ENGLISH, STRONG_OTHERS = ENGLISH - known.WEAK_ENGLISH, OTHERS - known.WEAK_OTHERS
KNOWN_WORDS = known.ENGLISH | known.FRENCH | known.OTHERS | ENGLISH | FRENCH | OTHERS
WORD = re.compile(r"[^\W\d_]+")
MIN_SHARE = 0.15
SHORT_TEXT = 60  # words
# A word that is no name; the last of the letters that are written in Latin; points that leave no doubt.
PLAIN_WORD = re.compile(r"\b[^\W\d_A-ZÀ-Þ][^\W\d_]{3,}")
LETTER, LAST_LATIN, CLEAR_POINTS = re.compile(r"[^\W\d_]"), "\u02af", 2


def language_of(text):
    """Returns “en”, “fr” or, for any other language and where the words do not tell, “”."""
    return language_and_others(text)[0]


def language_at(text, start, end):
    """Returns the language of a sentence, or that of its text where the sentence is too short to tell."""
    language, is_other = language_and_others(text[start:end])
    if language:
        return language
    return "" if is_other or is_in_other(text[start:end]) else language_of_document(text)


def language_to_read(text):
    """Returns the language whose patterns read a text: “en” or “fr”, or “” for any other.

    A text too short to tell by its small words is told by all of its words; a name alone is English.
    """
    if len(WORD.findall(text)) > SHORT_TEXT:
        return language_of(text)
    english, french, others = points(text)
    if others > max(english, french) or others >= french > english:
        return ""
    if french > english:
        return "fr"
    # Words of which no language is known are none of English either.
    return "" if not english and len(PLAIN_WORD.findall(text)) > 1 else "en"


# The sentences of a document ask for the same text, and are read in the language that it is read in.
language_of_document = lru_cache(maxsize=2)(language_to_read)


def is_in_other(sentence):
    """Says that a sentence is clearly in another language than English and French."""
    english, french, others = points(sentence)
    return others >= CLEAR_POINTS and others > max(english, french) + 1


def points(text):
    """Returns how much the words of a text speak for English, for French and for any other language."""
    letters = LETTER.findall(text)
    if 2 * sum(letter > LAST_LATIN for letter in letters) > len(letters):
        return 0, 0, max(CLEAR_POINTS, len(letters))
    english = french = others = 0.0
    others += len(re.findall("[¿¡]", text))
    for number, word in enumerate(WORD.findall(text.replace("’", "'"))):
        is_capital = word[0].isupper()
        is_name = is_capital and number > 0
        word = word.lower()
        english += word in known.ENGLISH or word in STRONG_ENGLISH
        french += word in known.FRENCH or word in FRENCH
        others += word in known.OTHERS or word in STRONG_OTHERS
        if is_name:
            others += 0.4 * bool(known.OTHER_LETTERS.search(word))
            continue
        english += 0.5 * (word in known.WEAK_ENGLISH)
        french += 0.5 * (word in known.WEAK_FRENCH)
        others += 0.4 * (word in known.WEAK_OTHERS)
        if known.OTHER_LETTERS.search(word):
            others += word not in known.OTHERS
        elif known.FRENCH_LETTERS.search(word):
            french += 0.8
        if (
            len(word) > 3
            and word not in known.ENGLISH | known.FRENCH | known.OTHERS | ENGLISH | FRENCH | OTHERS
        ):
            english += 0.6 * bool(known.ENGLISH_SHAPE.search(word))
            french += 0.6 * bool(known.FRENCH_SHAPE.search(word))
            ends_otherwise = not is_capital and word[-1] in "aiou"  # as few words of English and French do
            others += 0.6 * (ends_otherwise or bool(known.OTHER_SHAPE.search(word)))
    return english, french, others


def language_and_others(text):
    """Returns the language of a text and True if the words tell that it is another.

    Measured on the translations of Django: fifteen words of a hundred tell, and they outnumber the others'.
    """
    words = [word.lower() for word in WORD.findall(text)]
    english, french, others = (sum(word in known for word in words) for known in (ENGLISH, FRENCH, OTHERS))
    if french > english:
        # Of these, French writes one for two of its own.
        language, most, others = "fr", french, max(others - french, english)
    else:
        language, most, others = "en", english, max(others, french)
    is_clear = most > others and most >= MIN_SHARE * len(words)
    return (language if is_clear else ""), others > most + 1 or len(words) > 12 and not most
