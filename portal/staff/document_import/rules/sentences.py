"""Splits paragraphs into sentences, joins those that depend on each other, and splits compound ones.

A span is (start, end) in the whole text.
"""

import re

# The mark of a note, as in “teachers.[2]” or “teachers.²”, stands behind the full stop.
RAISED = "[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}"
ANY_MARKS = rf"(?:\[[\w*†‡§]{{1,5}}(?:[,;–-] ?[\w*†‡§]{{1,5}}){{0,4}}\]|{RAISED})*"
SENTENCE_END = re.compile(rf"[.!?][”’\"')\]]*{ANY_MARKS}(?=\s+(?:[“‘\"'(•]|« ?)*[A-ZÀ-Þ0-9])")
SIGN_OF_NOTE = r"(?:\d{1,3}|[ivxlc]{1,6}|[a-z]|[*†‡§¶]{1,3})"
MARK = rf"\[{SIGN_OF_NOTE}(?:[,;–-] ?{SIGN_OF_NOTE}){{0,4}}\]"
FIRST_MARK = re.compile(rf"(?:{MARK}|{RAISED})\s*(?=\D)")
LAST_MARKS = re.compile(rf"(?:\s?{MARK})+$|(?<=[.!?”’»\")]){RAISED}$")
# A full stop after these ends no sentence.
TITLES = (
    r"Dr Mr Mrs Ms Mx Prof St Ste Gen Lt Col Sgt Rev Hon Sr Fr Br Jr Mt Gov Sen Capt Cpt Maj Amb Pres Mme "
    r"Mlle MM vs cf viz incl excl e\.g i\.e"
)
# Nor does one between these and a number.
NUMBERED = (
    r"No Nos Nr nr no nos p pp para paras Para Sec Sect sec Art Arts art Fig Figs fig Vol vol Ch ch chap Ref "
    r"ref approx ca c circa env av max min est Rs Tel tel Ext ext Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct "
    r"Nov Dec janv févr avr juil sept oct nov déc a\.m p\.m"
)
ABBREVIATION = re.compile(rf"\b(?:{TITLES.replace(' ', '|')})\.$")
NUMBERED_ABBREVIATION = re.compile(rf"\b(?:{NUMBERED.replace(' ', '|')})\.$")
# These may end a sentence: the next word tells.
OPEN_ABBREVIATION = re.compile(
    r"(?:\b(?:etc|Inc|Ltd|Co|Corp|al|approx|dept|Dept|[A-Z]|[A-Z]\.[A-Z]|[A-Z]\.[A-Z]\.[A-Z]))\.$"
)
FIRST_WORD = re.compile(
    r"\s+[“‘«\"' ]*(?:A|About|After|All|An|And|As|At|But|By|During|For|From|He|Her|His|However|In|It|Its|Many"
    r"|More|Most|Nearly|Now|On|Our|Over|She|Since|So|Some|That|The|Their|Then|There|These|They|This|Those|To|Today"
    r"|Two|We|When|While|With|Au|Aux|Avec|Ce|Ces|Cette|Dans|Depuis|Des|Elles?|En|Ils?|La|Le|Les|Nos|Notre|Nous"
    r"|Pour|Sur|Une?)\b"
)
# “During this time …” says nothing without the sentence before it.
BACK_REFERENCE = re.compile(
    r"(?:(?:At|By|During|For|From|In|Since|Through|With) (?:this|that|these|those|which)"
    r"|This|These|That|Those)\b"
)
INDEFINITE_NOUN = re.compile(r"\b[Aa]n? ((?:[\w-]+ ){0,2}[\w-]+)")
DEFINITE_NOUN = re.compile(r"\b[Tt]he ([a-z]{4,})\b")

# “… and were included”, “… and the first …”, “schools in … and regional offices in …”.
SECOND_STATEMENTS = [
    re.compile(r"\band (?=(?:were|was|has|had|is|are|will)\b)"),
    re.compile(r"\band (?=the (?:first|second|third|fourth|fifth)\b)"),
    re.compile(r"\b(?P<thing>[a-z]{4,}) in [^,;]+? and (?=[\w-]+ (?P=thing) in\b)"),
]
MIN_PART_LENGTH = 30
LONGEST_BRACKET = 300  # a bracket that nobody closes holds no chapter together


def split_sentences(text, start, end):
    """Returns the span of each sentence between two offsets, without the space around it."""
    spans, sentence_start = [], start
    for match in SENTENCE_END.finditer(text, start, end):
        if not goes_on(text, sentence_start, match, end):
            spans.append((sentence_start, match.end()))
            sentence_start = match.end()
    return [strip_span(text, *span) for span in [*spans, (sentence_start, end)] if text[slice(*span)].strip()]


def goes_on(text, sentence_start, stop, end):
    """Says that a full stop ends an abbreviation, or a sentence in brackets within another."""
    # Twelve characters hold the longest abbreviation.
    before = text[max(sentence_start, stop.start() - 11) : stop.start() + 1]
    if text[stop.start()] == ".":
        is_numbered = re.match(r"\s+[\dIVX]+\b", text[stop.end() : stop.end() + 20])
        if ABBREVIATION.search(before) or is_numbered and NUMBERED_ABBREVIATION.search(before):
            return True
        if OPEN_ABBREVIATION.search(before) and not FIRST_WORD.match(text, stop.end()):
            return True
    return any(
        text.count(opening, sentence_start, stop.end()) > text.count(closing, sentence_start, stop.end())
        and text.find(closing, stop.end(), min(end, stop.end() + LONGEST_BRACKET)) != -1
        for opening, closing in ("()", "[]")
    )


def without_marks(text, start, end):
    """Returns the span of a sentence without the mark of a note before it, or behind its stop."""
    words = text[start:end]
    first, last = FIRST_MARK.match(words), LAST_MARKS.search(words)
    span = start + (first.end() if first else 0), end - (len(last[0]) if last else 0)
    return strip_span(text, *span) if text[slice(*span)].strip() else (start, end)


def strip_span(text, start, end):
    words = text[start:end]
    return start + len(words) - len(words.lstrip()), end - (len(words) - len(words.rstrip()))


def join_dependent(text, spans):
    """Returns the spans of sentences, where one that depends on the sentence before it is joined to it."""
    joined = []
    for start, end in spans:
        if joined and is_dependent(text[slice(*joined[-1])], text[start:end]):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def is_dependent(previous, sentence):
    """Says that a sentence points back, or says “the treaty” after a sentence with “a treaty”."""
    introduced = {word for noun in INDEFINITE_NOUN.findall(previous) for word in noun.split()}
    return bool(BACK_REFERENCE.match(sentence)) or not introduced.isdisjoint(
        DEFINITE_NOUN.findall(sentence[:120])
    )


def split_compound(text, start, end):
    """Returns the spans of the two statements of a compound sentence, or its own span alone."""
    for pattern in SECOND_STATEMENTS:
        if (
            (second := pattern.search(text, start, end))
            and second.end() - start >= MIN_PART_LENGTH
            and end - second.end() >= MIN_PART_LENGTH
        ):
            return [strip_span(text, start, text.rindex("and", start, second.end())), (second.end(), end)]
    return [(start, end)]


def one_line(words):
    """Returns words without the line breaks that a narrow column has put into them."""
    return re.sub(r"[ \t]*\n\s*", " ", words)
