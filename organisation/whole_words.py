"""Finds words in a text where they stand whole: “able” is none of “unable”, “500” none of “1 500”."""

import re

MARKS = ".,'’٬٫"  # between digits; ٬ and ٫ are the Arabic signs for thousands and decimals
# Digits that spaces group, else digits with any marks between them; “12 240” is one number, “2014 240” two.
DIGITS = rf"(?:(?<![\d{MARKS}])\d{{1,3}}(?: \d{{3}})+(?!\d)(?:[.,٫]\d+)?|\d+(?:[{MARKS}]\d+)*)"

# At the end of words; what says them again may have others, or none.
END_SIGNS = " \n\t.,;:!?…"


def find_whole(words, text):
    """Returns the offsets at which a text has words, never from within another word or number."""
    return [start for start, _end in places(words, text)]


def places(words, text):
    """Yields (start, end) of each place where a text has words whole; white space may differ."""
    pattern = r"\s+".join(map(re.escape, words.split()))
    numbers = None
    for match in re.finditer(rf"(?=({pattern}))", text) if pattern else ():
        start, end = match.span(1)
        if numbers is None:
            numbers = [number.span() for number in re.finditer(DIGITS, text)]
        if (
            not goes_on(text[start - 1 : start], text[start])
            and not goes_on(text[end : end + 1], text[end - 1])
            and not any(first < edge < last for first, last in numbers for edge in (start, end))
        ):
            yield start, end


def goes_on(neighbour, edge):
    """Returns True if the letter beside words makes their first or last sign a part of a longer word.

    Scripts without capitals are left alone: some write no space between words.
    """
    return is_cased(neighbour) and (is_cased(edge) or edge.isdecimal())


def is_cased(letter):
    return letter.lower() != letter.upper()
