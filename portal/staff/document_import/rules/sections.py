"""The kinds of sections by which a report tells what its sentences are, read from the headings above them."""

import re
from enum import StrEnum

# A longer heading speaks of something else: “Finding partners for the poorest schools” lists no partners.
MAX_WORDS, MAX_WORDS_OF_TARGETS, MAX_WORDS_OF_CHALLENGES = 4, 6, 7

FURTHER_NOUN = re.compile(r"\s(?:and|&|et)\s|[,/;:–—]")


class Section(StrEnum):
    """What stands under a heading, where its sentences are no achievements of whoever wrote the report."""

    CONTENTS = "contents"
    NOTES = "notes"
    EVALUATION = "evaluation"
    CHALLENGES = "challenges"
    TARGETS = "targets"
    PUBLICATIONS = "publications"
    CONTACT = "contact"
    FINANCES = "finances"
    PARTNERS = "partners"


def section_of(headings, patterns):
    """Returns the kind of the innermost of the headings that tells one; None if none does.

    A heading of results within another section is one of results; “Growth and setbacks” tells of both.
    """
    for heading in reversed(headings):
        length = len(re.findall(r"[^\W\d]+", heading))
        longest = {
            Section.EVALUATION: length,
            Section.TARGETS: MAX_WORDS_OF_TARGETS,
            Section.CHALLENGES: MAX_WORDS_OF_CHALLENGES,
        }
        for pattern, section in patterns.SECTIONS:
            is_mixed = section == Section.CHALLENGES and patterns.RESULTS_HEADING.search(heading)
            words = FURTHER_NOUN.split(heading)[0] if section == Section.CHALLENGES else heading
            if length <= longest.get(section, MAX_WORDS) and pattern.search(words) and not is_mixed:
                return section
        if patterns.RESULTS_HEADING.search(heading):
            return None
    return None
