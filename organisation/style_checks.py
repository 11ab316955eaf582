"""Finds words that age, superlatives and long sentences in a text, and refuses them in words of ours."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# Pairs of (pattern, reason). Words that age are true on the day they are written; readers meet them later.
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
        r"\bcurrent (?:\w+ )?"
        r"(?:projects?|programmes?|programs?|work|activit(?:y|ies)|campaigns?|priorit(?:y|ies))\b",
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


def first_matches(text, patterns):
    """Returns {match in lower case: reason} for the first of each match, in the order of the text."""
    matches = {}
    for pattern, reason in patterns:
        for match in re.finditer(pattern, text, re.IGNORECASE):
            matches.setdefault(match.group().lower(), (match.start(), reason))
    return {match: reason for match, (_start, reason) in sorted(matches.items(), key=lambda each: each[1][0])}


def aging_words(text):
    return first_matches(text, AGING)


def superlatives(text):
    return first_matches(text, SUPERLATIVES)


def check_style(record, *names):
    """Raises ValidationError for words of ours that age or boast, and for sentences that are too long."""
    for name in names:
        text = getattr(record, name)
        for words, why in {**aging_words(text), **superlatives(text)}.items():
            sentence = _("“%(words)s”: %(why)s. Say it in other words.")
            raise ValidationError({name: sentence % {"words": words, "why": why}})
        for start, count in long_sentences(text):
            sentence = _("The sentence that begins “%(start)s …” has %(count)d words: make two of it.")
            raise ValidationError({name: sentence % {"start": start, "count": count}})


def sentences(text):
    """Returns the sentences of a text, each as a list of its words."""
    parts = re.split(r"(?<=[.!?])\s+|\n+", text)
    words_of_parts = (re.findall(r"\w+(?:[-’'.,]\w+)*", part) for part in parts)
    return [words for words in words_of_parts if words]


def long_sentences(text, limit=30):
    """Returns (first six words, number of words) of each sentence longer than `limit` words."""
    return [(" ".join(words[:6]), len(words)) for words in sentences(text) if len(words) > limit]


def lix(text):
    """Returns the LIX readability of a text (Björnsson 1968); above 55 is heavy going, 0 without words.

    It adds the mean number of words a sentence and the percentage of words longer than six letters.
    """
    split = sentences(text)
    words = [word for sentence in split for word in sentence]
    if not words:
        return 0
    return len(words) / len(split) + 100 * len([word for word in words if len(word) > 6]) / len(words)
