"""The kinds of sections by which a report tells what its sentences are, read from the headings above them."""

import re
from enum import StrEnum

# A longer heading speaks of something else: “Finding partners for the poorest schools” lists no partners.
MAX_WORDS, MAX_WORDS_OF_TARGETS = 4, 6


class Section(StrEnum):
    """What stands under a heading, where its sentences are no achievements of whoever wrote the report."""

    CONTENTS = "contents"
    NOTES = "notes"
    EVALUATION = "evaluation"
    TARGETS = "targets"
    PUBLICATIONS = "publications"
    CONTACT = "contact"
    FINANCES = "finances"
    PARTNERS = "partners"


def section_of(headings, patterns):
    """Returns the kind of the innermost of the headings that tells one; None if none does.

    A heading of results within another section is one of results.
    """
    for heading in reversed(headings):
        length = len(re.findall(r"[^\W\d]+", heading))
        for pattern, section in patterns.SECTIONS:
            most = {Section.EVALUATION: length, Section.TARGETS: MAX_WORDS_OF_TARGETS}.get(section, MAX_WORDS)
            if length <= most and pattern.search(heading):
                return section
        if patterns.RESULTS_HEADING.search(heading):
            return None
    return None
