"""Reads rich text as questions: each second-level heading asks, and what follows it answers.

A last paragraph that is bold as a whole says how the answer is known.
"""

import re
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

BEFORE_QUESTION = re.compile(r"(?=<h2\b)")
HEADING = re.compile(r"\A<h2\b[^>]*>.*?</h2>", re.DOTALL)
HOW_KNOWN = re.compile(r"<p>\s*(<strong>(?:(?!</?strong|</p>).)*</strong>)\s*</p>\s*\Z", re.DOTALL)


@dataclass(frozen=True)
class Question:
    """A heading, empty where the text goes on under the one above, the answer, and its grounds, as HTML."""

    heading: SafeString
    answer: SafeString
    known: SafeString


def questions_of(body):
    """Returns the questions of sanitised rich text; the first may have no heading."""
    return [question_of(piece) for piece in BEFORE_QUESTION.split(body) if piece.strip()]


def question_of(piece):
    heading = HEADING.match(piece)
    answer = piece[heading.end() :] if heading else piece
    known = HOW_KNOWN.search(answer)
    pieces = (
        heading[0] if heading else "",
        (answer[: known.start()] if known else answer).strip(),
        known[1] if known else "",
    )
    return Question(*map(mark_safe, pieces))
