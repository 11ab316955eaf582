"""Reads from the cover of a document when it was published, and which persons signed it."""

import re
from itertools import islice
from typing import NamedTuple

from ..readers.shape import HEADING
from .blocks import split_blocks
from .cover import PLACE_AND_DATE, cover_indexes
from .dates import DATE, iso_date
from .language import language_to_read
from .organisation_names import BODY_NOUNS, FRENCH_NAME
from .patterns import BY_LANGUAGE
from .units import MONTHS

MOST_LINES, LONGEST_NAMES = 20, 200
PUBLISHED = re.compile(
    r"\W*(?:(?:first )?published(?: on| in)?|date(?: of (?:publication|issue))?|publication date"
    r"|issued(?: on)?|publiée?(?: le| en)?|date de (?:publication|parution)|parue?(?: le| en)?)\s?:?\s+"
    rf"(?:{PLACE_AND_DATE.pattern})",
    re.IGNORECASE,
)
CAPITALISED = r"(?-i:[A-ZÀ-Þ])[\w’'.-]*"
NAME = rf"{CAPITALISED}(?: (?:{CAPITALISED}|d[aeiu]|van|von|de[rn]|el|al|bin|ibn)){{1,4}}"
SIGNED = re.compile(
    r"\W*(?:(?:written |prepared )?by|(?:written by|authors?(?: ?\(s\))?|auteure?s?|auteurs? et autrices?"
    r"|rédaction)\s?:|(?:rédigée?s? |écrite?s? |préparée?s? )?par)\s+"
    rf"(?P<names>{NAME}(?:(?:,? (?:and|et|&) |, ){NAME})*)\W*",
    re.IGNORECASE,
)


BETWEEN_NAMES = re.compile(r",? (?:and|et|&) |, ")
# Bodies are named with these, too, and no persons.
BODIES = BODY_NOUNS | set(
    "Aid Academy Bank Board Books Bureau Children Club College Company Consultants Consulting Edition "
    "Editions Éditions Enfants GmbH House Inc Ltd Media Partners Press Programme Project Projet Rights "
    "School Schools Studio Team Équipe Women Youth".split()
)


class CoverFacts(NamedTuple):
    """The day of publication in ISO 8601, as fine as it stands there, and names; empty where none does."""

    published: str = ""
    byline: str = ""


def cover_facts(text, parts, title="", known_bodies=frozenset()):
    """Returns what the cover of a text says; of two days or two lines of names it is none.

    `known_bodies` are the names of the organisations on record, which sign no document as persons do.
    """
    if not (patterns := BY_LANGUAGE.get(language_to_read(text))):
        return CoverFacts()
    lines = cover_lines(text, parts, patterns, title)
    labelled = {date for line in lines if (date := date_in(PUBLISHED.fullmatch(line)))}
    # A year alone may be the one that a report is about.
    alone = {date for line in lines if len(date := date_in(PLACE_AND_DATE.fullmatch(line))) > 4}
    signed = {match["names"] for line in lines if (match := SIGNED.fullmatch(line))}
    signed = {names for names in signed if are_persons(names, known_bodies)}
    dates = labelled or alone
    return CoverFacts(
        dates.pop() if len(dates) == 1 else "",
        signed.pop() if len(signed) == 1 else "",
    )


def cover_lines(text, parts, patterns, title):
    """Returns the lines of the cover: those before the first that is none of a cover."""
    blocks = split_blocks(text, parts)
    indexes, lines = cover_indexes(text, blocks, patterns, title), []
    for index, block in enumerate(islice(blocks, MOST_LINES)):
        line = " ".join(block.text.split())
        # A short line of a plain text may be taken for a heading.
        if block.kind == HEADING or index in indexes or PUBLISHED.fullmatch(line):
            lines.append(line)
        else:
            break
    return lines


def date_in(match):
    if not match:
        return ""
    date = DATE.search(match[0])
    return iso_date(date) if date else ""


def are_persons(names, known_bodies):
    """Says that names are those of persons and of no body, which is the author of a document."""
    has_body = (BODIES | MONTHS) & set(re.findall(r"\w+", names)) or FRENCH_NAME.search(names)
    is_known = not known_bodies.isdisjoint(BETWEEN_NAMES.split(names))
    return len(names) <= LONGEST_NAMES and not has_body and not is_known
