"""Words that a claim or a statement should not grow old with, and words that say more than its evidence may carry."""

import re

from django.utils.translation import gettext_lazy as _

# Each pattern, and why a reader should not meet it years later.
AGING = (
    (
        r"\b(?:over|in|during|for) the (?:last|past) (?:\w+ )?(?:days?|weeks?|months?|years?|decades?)\b",
        _("counts back from a day that the text does not give"),
    ),
    (
        r"\b(?:recently|lately|nowadays|currently|presently|at present|at the moment)\b",
        _("speaks of a time that passes"),
    ),
    (r"\bdue\b.{0,40}?\b[12]\d{3}\b", _("announces something for a time that passes")),
    (
        r"\bcurrent (?:\w+ )?(?:projects?|programmes?|programs?|work|activit(?:y|ies)|campaigns?|priorit(?:y|ies))\b",
        _("speaks of a time that passes"),
    ),
    (r"\b(?:this|next|last) (?:year|month)\b", _("counts from a day that the text does not give")),
    (r"\bnow\b", _("speaks of a time that passes")),
    (r"\btoday\b", _("speaks of a time that passes")),
)
SUPERLATIVES = (
    (r"\bfirst[- ]ever\b", _("nobody else before: an independent source would have to say so")),
    (
        r"\b(?:the|a) (?:world[’']s )?leading\b",
        _("ahead of all others: an independent source would have to say so"),
    ),
    (r"\bunique(?:ly)?\b", _("like no other: an independent source would have to say so")),
    (r"\bworld[- ]renowned\b", _("fame is for others to attest")),
    (
        r"\b(?:the )?(?:first|only) [\w ]{0,40}?\bin the world\b",
        _("nobody else: an independent source would have to say so"),
    ),
)


def found_in(text, patterns):
    """The words of a text that a pattern names, each with the reason, in their order and once."""
    found = {}
    for pattern, why in patterns:
        for match in re.finditer(pattern, text, re.IGNORECASE):
            found.setdefault(match.group().lower(), (match.start(), why))
    return {words: why for words, (_start, why) in sorted(found.items(), key=lambda each: each[1][0])}


def aging_words(text):
    return found_in(text, AGING)


def superlatives(text):
    return found_in(text, SUPERLATIVES)


def sentences(text):
    """The sentences of a text, each as a list of its words."""
    found = (re.findall(r"\w+(?:[-’'.,]\w+)*", sentence) for sentence in re.split(r"(?<=[.!?])\s+|\n+", text))
    return [words for words in found if words]


def long_sentences(text, longest=30):
    """Each sentence of more words than that, by its first words and with their number."""
    return [(" ".join(words[:6]), len(words)) for words in sentences(text) if len(words) > longest]


def lix(text):
    """How hard a text is to read after Björnsson: words a sentence, and words of more than six letters in a hundred. Above 55 is heavy going."""
    found = sentences(text)
    words = [word for sentence in found for word in sentence]
    return (
        len(words) / len(found) + 100 * len([word for word in words if len(word) > 6]) / len(words)
        if words
        else 0
    )
