"""Finds the words with which a document forbids that it is published, in several languages."""

import re

from .forbidding_languages import PHRASES, WORDS
from .shape import FORBIDDEN, Notice

NOT_PUBLISHED = (
    r"publi(?:sh(?:ed|ing)?|cation)|released?|quot(?:ed?|ation|ing)|cit(?:ed?|ation|ing)"
    r"|circulat(?:ed?|ion|ing)|distribut(?:ed?|ion|ing)|shar(?:ed?|ing)|disseminat(?:ed?|ion)|broadcast|disclos(?:ed?|ure)"
    r"|made public"
)
# Words that mean nothing else, wherever they stand among the first lines.
CLEAR = re.compile(
    rf"\bnot (?:yet )?(?:for|to be|intended for|cleared for) (?:further |general |public |onward |external )?"
    rf"(?:{NOT_PUBLISHED})\b"
    rf"|\b(?:do|please) not (?:yet )?(?:{NOT_PUBLISHED})\b"
    r"|\b(?:may|must|should|shall) not (?:yet )?be (?:published|made public|quoted|cited)\b"
    r"|\b(?:may|must|should|shall) not (?:yet )?be (?:circulated|released|shared)\b"
    r"|\bunder (?:strict )?embargo\b|\bembargo(?:ed)? (?:until|till|to|for|before|copy)\b"
    r"|\bembargo(?:ed)?\s*[:–—-]"
    r"|\bstrictly (?:private|confidential)\b|\bprivate (?:and|&) confidential\b"
    r"|\bconfidential (?:draft|until)\b"
    r"|\b(?:for )?(?:internal|official) (?:use|circulation) only\b|\bhold for release\b"
    rf"|\bno (?:{NOT_PUBLISHED}) (?:before|until|without)\b"
    r"|\b(?:restricted|limited) (?:circulation|distribution)\b"
    r"|\b(?:à )?ne (?:pas|doit pas être|peut être|peut pas être) (?:encore )?"
    r"(?:diffus|publi|communiqu|citer|cité|divulgu|circul|distribu)\w*"
    r"|\bsous embargo\b|\bembargo (?:jusqu|avant)|\bstrictement (?:confidentiel|priv)\w*"
    r"|\bnon destiné\w* à (?:la |être )?(?:publi|diffus)\w+|\bdiffusion (?:restreinte|interdite)\b"
    r"|\bpublication interdite\b|\busage (?:strictement )?interne\b"
    rf"|{PHRASES}",
    re.IGNORECASE,
)
# “The arms embargo until 2012” forbids nothing, nor does “sous embargo sur les armes”.
OTHER_EMBARGO = re.compile(
    r"\b(?:arms|weapons|trade|oil|military|fuel|UN|economic) embargo"
    r"|\bembargo (?:on|sur|against|contre|militaire)\b"
    r"|\bembargoed (?:goods|arms|weapons)\b",
    re.IGNORECASE,
)
# Words that forbid only where they stand alone, or in a header.
ALONE = re.compile(
    r"\W*(?:(?:strictly|highly|private|and|document|report|rapport|internal|draft|press)\W+)*"
    r"(?:confidential|embargo(?:ed)?|confidentiel(?:le)?)(?!\w)(?:\W*|\s*[-–—:.;,!(/|].*|\s+(?:until|draft|report|"
    r"document|version|jusqu|not|do|\d).*)"
    rf"|\W*(?:{WORDS})\W*",
    re.IGNORECASE | re.DOTALL,
)
IN_HEADER = re.compile(
    rf"\bconfidential\b|\bembargo|\bconfidentiel(?:le)?\b|\bnot for public|{WORDS}", re.IGNORECASE
)
DRAFT = re.compile(
    r"\W*(?:(?:first|second|third|final|zero|working|version|discussion)\W+)?(?:draft|brouillon|ébauche)"
    r"(?:\W+(?:copy|only|version|[v\d.\-/]+))*\W*",
    re.IGNORECASE,
)
# A cover has no more lines; further on, the same words tell of something else.
FIRST_LINES = 25
MAX_ALONE_LENGTH, MAX_WORDS_LENGTH, MAX_NOTICES = 120, 200, 4


def notices_of_lines(lines):
    """Returns the notices of what the first lines of a document say of its publication."""
    texts = [text for line in lines if (text := " ".join(line.text.split()))][:FIRST_LINES]
    return notices_of(texts, lambda text: len(text) <= MAX_ALONE_LENGTH and ALONE.fullmatch(text))


def notices_of_headers(texts):
    """Returns the notices of headers, footers, watermarks and properties, where a word is enough."""
    return notices_of(
        [" ".join(text.split()) for text in texts],
        lambda text: IN_HEADER.search(text) or DRAFT.fullmatch(text),
    )


def notices_of(texts, forbids_alone):
    found = [
        text
        for text in texts
        if (CLEAR.search(text) or forbids_alone(text)) and not OTHER_EMBARGO.search(text)
    ]
    return [Notice(FORBIDDEN, shortened(text)) for text in dict.fromkeys(found)][:MAX_NOTICES]


def shortened(text):
    """Returns the words around those that forbid, where the text is long."""
    found = CLEAR.search(text) or IN_HEADER.search(text)
    start = max(0, found.start() - MAX_WORDS_LENGTH // 2) if found and len(text) > MAX_WORDS_LENGTH else 0
    return text[start : start + MAX_WORDS_LENGTH].strip()
