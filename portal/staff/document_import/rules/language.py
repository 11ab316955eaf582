"""Tells English and French from other languages, because only sentences of these two are read."""

import re
from functools import lru_cache

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
WORD = re.compile(r"[^\W\d_]+")
MIN_SHARE = 0.15
SHORT_TEXT = 60  # words


def language_of(text):
    """Returns “en”, “fr” or, for any other language and where the words do not tell, “”."""
    return language_and_others(text)[0]


# The sentences of a document ask for the same text.
language_of_document = lru_cache(maxsize=2)(language_of)


def language_at(text, start, end):
    """Returns the language of a sentence, or that of its text where the sentence is too short to tell."""
    language, is_other = language_and_others(text[start:end])
    return language or ("" if is_other else language_of_document(text))


def language_to_read(text):
    """Returns the language whose patterns read a text: “en” or “fr”, or “” for any other.

    A text too short to tell is taken for English.
    """
    language, is_other = language_and_others(text)
    return language or ("" if is_other and len(WORD.findall(text)) > SHORT_TEXT else "en")


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
