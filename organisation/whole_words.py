"""Finds words in a text where they stand whole: “able” is none of “unable”, “500” none of “1 500”."""

import re

MARKS = ".,'’٬٫"  # between digits; ٬ and ٫ are the Arabic signs for thousands and decimals
# Digits that spaces group, else digits with any marks between them; “12 240” is one number, “2014 240” two.
DIGITS = rf"(?:(?<![\d{MARKS}])\d{{1,3}}(?: \d{{3}})+(?!\d)(?:[.,٫]\d+)?|\d+(?:[{MARKS}]\d+)*)"


def find_whole(words, text):
    """Returns the offsets at which a text has words, never from within another word or number."""
    numbers = [match.span() for match in re.finditer(DIGITS, text)]
    return [
        start
        for start in (match.start() for match in re.finditer(rf"(?={re.escape(words)})", text))
        if words
        and not goes_on(text[start - 1 : start], words[0])
        and not goes_on(text[start + len(words) :][:1], words[-1])
        and not any(first < edge < last for first, last in numbers for edge in (start, start + len(words)))
    ]


def goes_on(neighbour, edge):
    """Returns True if the letter beside words makes their first or last sign a part of a longer word.

    Scripts without capitals are left alone: some write no space between words.
    """
    return is_cased(neighbour) and (is_cased(edge) or edge.isdecimal())


def is_cased(letter):
    return letter.lower() != letter.upper()
