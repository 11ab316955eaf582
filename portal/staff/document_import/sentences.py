"""Where the sentences of a paragraph begin and end, which of them read only together, and which say two things."""

import re

END = re.compile(r"[.!?][”’\"')\]]*(?=\s+[“‘\"'(]*[A-ZÀ-Þ0-9])")
# A full stop after these ends no sentence.
ABBREVIATED = re.compile(
    r"(?:\b(?:Dr|Mr|Mrs|Ms|Prof|St|No|Nos|vs|Gen|Lt|Col|Sgt|Rev|Hon|approx|ca|cf|e\.g|i\.e|etc|[A-Z])|\b[A-Z]\.[A-Z])\.$"
)
# “During this time …” says nothing without the sentence before it.
LEANING = re.compile(
    r"(?:(?:At|By|During|For|From|In|Since|Through|With) (?:this|that|these|those|which)|This|These|That|Those)\b"
)
INTRODUCED, RESUMED = re.compile(r"\b[Aa]n? ((?:[\w-]+ ){0,2}[\w-]+)"), re.compile(r"\b[Tt]he ([a-z]{4,})\b")

# “… and were included”, “… and the first …”, “coalitions in … and regional coalitions in …”: a second thing said.
SECOND = [
    re.compile(r"\band (?=(?:were|was|has|had|is|are|will)\b)"),
    re.compile(r"\band (?=the (?:first|second|third|fourth|fifth)\b)"),
    re.compile(r"\b(?P<thing>[a-z]{4,}) in [^,;]+? and (?=[\w-]+ (?P=thing) in\b)"),
]
SHORTEST_PART = 30


def sentences_in(text, start, end):
    """The place of each sentence between two places of a text, without the space around it."""
    found, begin = [], start
    for stop in END.finditer(text, start, end):
        if not ABBREVIATED.search(text, max(begin, stop.end() - 12), stop.start() + 1):
            found.append((begin, stop.end()))
            begin = stop.end()
    return [trimmed(text, *place) for place in [*found, (begin, end)] if text[slice(*place)].strip()]


def trimmed(text, start, end):
    words = text[start:end]
    return start + len(words) - len(words.lstrip()), end - (len(words) - len(words.rstrip()))


def together(text, places):
    """The same places, where a sentence that leans on the one before it is joined to it."""
    joined = []
    for start, end in places:
        if joined and leans(text[slice(*joined[-1])], text[start:end]):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def leans(before, words):
    """Whether a sentence points back, or speaks of “the treaty” where the one before it introduced “a treaty”."""
    introduced = {word for named in INTRODUCED.findall(before) for word in named.split()}
    return bool(LEANING.match(words)) or not introduced.isdisjoint(RESUMED.findall(words[:120]))


def parts_of(text, start, end):
    """The places of the two things that a sentence says, or its own place alone."""
    for pattern in SECOND:
        if (
            (second := pattern.search(text, start, end))
            and second.end() - start >= SHORTEST_PART
            and end - second.end() >= SHORTEST_PART
        ):
            return [trimmed(text, start, text.rindex("and", start, second.end())), (second.end(), end)]
    return [(start, end)]
