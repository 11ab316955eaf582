"""Of a made-up annual report, English or French, nearly all is proposed that a careful reader would record.

The reports and what a reader would record were written by somebody who knew no rule.
"""

import json
import re

import pytest

from portal.staff.document_import.document import read_document
from portal.staff.document_import.rules.ranking import worth_deciding
from portal.staff.document_import.rules.suggestions import suggest
from tests.support.inputs import input_file

LEAST, MOST_KEYS = 0.9, 120
KINDS = {
    "claims": "claim",
    "milestones": "milestone",
    "statements": "statement",
    "evidence": "evidence",
    "publications": "publication",
    "organisations": "organisation",
}


class Report:
    """A report with its suggestions, and what a careful reader would record."""

    def __init__(self, language):
        self.expected = json.loads(input_file(f"reports/{language}.json"))
        self.document = read_document(input_file(f"reports/{language}.docx"), ".docx")
        self.suggestions = suggest(self.document.text, self.document.parts)

    def words_of(self, suggestion):
        return self.document.text[suggestion.start : suggestion.end]

    def suggested(self, kind, words):
        return any(says(self.words_of(each), words) for each in self.suggestions if each.kind == kind)

    def share_found(self, group):
        entries = self.expected[group]
        words = [
            entry if isinstance(entry, str) else entry.get("words") or entry["title"] for entry in entries
        ]
        return sum(self.suggested(KINDS[group], each) for each in words) / len(words)


@pytest.fixture(scope="module", params=["en", "fr"])
def report(request):
    return Report(request.param)


def plain(words):
    return " ".join(re.findall(r"\w+", words.lower()))


def says(suggested, words):
    """Says that a suggestion is about these words: it holds them, or is most of them."""
    suggested, words = plain(suggested), plain(words)
    return words in suggested or suggested in words and len(suggested) > 0.6 * len(words)


@pytest.mark.parametrize("group", KINDS)
def test_what_a_careful_reader_would_record_is_proposed(report, group):
    # Of seven or ten, one may be missed.
    assert report.share_found(group) >= (LEAST if len(report.expected[group]) > 10 else 0.85)


def test_the_figures_of_tables_are_proposed_with_their_periods(report):
    proposed = {
        (figure.value, figure.date)
        for each in report.suggestions
        if each.rule == "table"
        for figure in each.figures
    }
    expected = [(entry["value"], entry["period"]) for entry in report.expected["table_figures"]]
    assert sum(entry in proposed for entry in expected) >= LEAST * len(expected)


def test_a_total_that_its_rows_do_not_add_up_to_is_said(report):
    assert len([each for each in report.suggestions if each.remark]) == 1


def test_nothing_is_proposed_as_an_achievement_that_is_none(report):
    assert [words for words in report.expected["never"] if report.suggested("claim", words)] == []


def test_no_proposal_says_what_the_text_does_not(report):
    text = plain(report.document.text)
    for suggestion in report.suggestions:
        if not suggestion.values.get("in_our_words"):
            assert plain(suggestion.values.get("text", "")) in text
        for figure in suggestion.figures:
            assert figure.as_written in report.words_of(suggestion)


def test_all_is_decided_with_few_keys(report):
    """One key for each of the best, then the key of the filter and two to refuse all that is left."""
    assert len(worth_deciding(report.suggestions)) + 3 <= MOST_KEYS
