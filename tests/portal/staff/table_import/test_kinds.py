"""Every kind of record comes in with its document and the exact words, and goes out with them."""

import csv
from io import StringIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from advocacy.models import Ask, Instrument
from impact.models import Claim
from organisation.models import Affiliation, Milestone, Organisation, Source, Statement, Succession
from portal.search.index import count_stale
from tests.support.factory import a_claim, a_source, an_organisation
from tests.support.people import staff_with
from tests.support.sampling import every
from tests.support.spreadsheets import confirm, csv_bytes, dry_run

pytestmark = pytest.mark.django_db

TEXT = "We light the coast.\nWe were founded in 1998.\nStates must light their harbours."
KINDS = {
    "organisations": (Organisation, {"official_name": "Hill Aid", "founded": "May-98", "profiled": "TRUE"}),
    "successions": (Succession, {"earlier": "lantern-fund", "later": "harbour-aid", "kind": "renamed"}),
    "affiliations": (
        Affiliation,
        {"organisation": "harbour-aid", "role": "partner", "with_whom": "lantern-fund", "valid_from": "1998"},
    ),
    "timeline": (Milestone, {"organisation": "harbour-aid", "title": "Begun", "text": "We light the coast."}),
    "statements": (
        Statement,
        {"organisation": "harbour-aid", "kind": "vision", "text": "We light the coast.", "valid_to": "2002"},
    ),
    "documents": (Source, {"kind": "news", "title": "Lights", "published": "2002-02-12"}),
    "publications": (Source, {"kind": "report", "title": "Lights", "author": "harbour-aid"}),
    "instruments": (Instrument, {"title": "Treaty on Lights", "body": "lantern-fund", "own_text": "log"}),
    "asks": (
        Ask,
        {"organisation": "harbour-aid", "text": "States must light their harbours.", "addressees": "States"},
    ),
    "claims": (Claim, {"organisation": "harbour-aid", "statement": "We light the coast."}),
}


@pytest.fixture
def log(alone):
    """The document that the rows cite; what comes in is saved at once."""
    an_organisation("Lantern Fund")
    return a_source("Log", slug="log", text=TEXT, author=an_organisation())


def bring_in(client, name, *rows):
    response = dry_run(client, name, csv_bytes(list(rows[0]), *[list(row.values()) for row in rows]))
    if not response.context["errors"]:
        confirm(client, response, name)
    return response.context["errors"]


@pytest.mark.parametrize("kind", every(2, list(KINDS)))
def test_a_record_comes_in_with_its_document_and_words_and_goes_out_with_them(editor, log, kind):
    model, values = KINDS[kind]
    words = TEXT.splitlines()[2 if kind == "asks" else 0]
    before = set(model.objects.values_list("pk", flat=True))
    assert bring_in(editor, kind, values | {"source": "log", "words": words}) == []
    record = model.objects.exclude(pk__in=before).get()
    [citation] = record.citations.all()
    assert (citation.source, citation.passage.words) == (log, words)
    lines = StringIO(editor.get(f"/admin/tables/{kind}.csv").content.decode("utf-8-sig"), newline="")
    [row] = [row for row in csv.DictReader(lines) if row["source"] == "log"]
    assert row["words"] == words
    assert dry_run(editor, kind, csv_bytes(list(row), list(row.values()))).context["changed_count"] == 0
    other = (
        row
        | {"words": "We were founded in 1998."}
        | ({"in_our_words": "yes"} if "in_our_words" in row else {})
    )
    assert bring_in(editor, kind, other) == []
    assert [each.passage.words for each in record.citations.all()] == ["We were founded in 1998."]


WRONG_CITATIONS = [
    ({"source": "nowhere", "words": ""}, "source", "No document on record has the address “nowhere”"),
    ({"source": "", "words": "We light"}, "source", "The words need their document"),
    ({"source": "log", "words": "We light ships"}, "words", "at character 10, after “We light ”: here “s”"),
    ({"source": "log", "words": "We"}, "words", "stands 2 times in “Log”"),
]


@pytest.mark.parametrize(("cited", "column", "sentence"), WRONG_CITATIONS)
def test_a_document_or_words_that_are_not_there_are_one_error(editor, log, cited, column, sentence):
    [(row, name, message)] = bring_in(editor, "statements", KINDS["statements"][1] | cited)
    assert (row, name) == (2, column) and sentence in message


def test_words_that_part_from_the_passage_of_their_row_are_refused(editor, log):
    values = KINDS["statements"][1] | {"source": "log", "words": "We were founded in 1998."}
    [(_row, name, message)] = bring_in(editor, "statements", values)
    assert name == "text" and "is not what the passage says" in message


def test_a_table_takes_no_document_from_a_record(editor, log):
    values = KINDS["organisations"][1] | {"slug": "hill-aid", "source": "log", "words": ""}
    assert bring_in(editor, "organisations", values) == []
    [(_row, name, message)] = bring_in(editor, "organisations", {"slug": "hill-aid", "source": ""})
    assert name == "source" and "in the record's form" in message


def test_who_may_not_cite_brings_in_no_citation(client, log):
    client.force_login(staff_with("view_statement", "add_statement", "change_statement"))
    values = KINDS["statements"][1]
    [(_row, name, message)] = bring_in(client, "statements", values | {"source": "log", "words": ""})
    assert (name, message) == ("source", "Your account may not cite documents.")
    assert bring_in(client, "statements", values) == []


def test_evidence_of_a_claim_comes_in_and_its_claim_goes_back_to_a_draft(editor, log):
    claim = a_claim("We light the coast", source=a_source("Yearbook"))
    row = {"claim": claim.reference, "source": "log", "words": "We light the coast.", "note": "In part"}
    assert bring_in(editor, "evidence", row) == []
    [_first, second] = claim.citations.all()
    assert (second.passage.words, second.relation, second.independence, second.note) == (
        "We light the coast.",
        "states",
        "own",
        "In part",
    )
    assert bring_in(editor, "evidence", row | {"relation": "supports in part", "note": ""}) == []
    [_first, second] = claim.citations.all()
    assert (second.relation, second.note) == ("supports in part", "")
    [(_row, name, _message)] = bring_in(editor, "evidence", row | {"words": "We light ships."})
    assert name == "words"
    [(_row, name, message)] = bring_in(editor, "evidence", row | {"source": ""})
    assert (name, message) == ("source", "It says which evidence is meant: fill it in.")


def test_a_percentage_needs_a_unit_that_is_one(editor):
    claim = a_claim("We taught 35 % of all pilots")
    row = {"claim": claim.reference, "label": "share", "value": "35 %", "unit": "%"}
    assert bring_in(editor, "figures", row) == []
    assert claim.figures.get().value == 35
    [(_row, name, message)] = bring_in(editor, "figures", row | {"unit": "pilots"})
    assert name == "value" and "is a percentage, and its unit “pilots” is none" in message


@pytest.mark.parametrize("unit", ["", "girls", "Girls"])
def test_a_number_with_what_it_counts_is_a_value_and_a_unit(editor, unit):
    claim = a_claim("We taught 340 girls")
    row = {"claim": claim.reference, "label": "girls", "value": "340 girls", "unit": unit}
    assert bring_in(editor, "figures", row) == []
    assert [str(figure) for figure in claim.figures.all()] == [f"340 {unit or 'girls'}"]


def test_a_number_with_other_words_than_its_unit_is_one_error_that_says_what_to_do(editor):
    claim = a_claim("We taught 340 girls")
    row = {"claim": claim.reference, "label": "girls", "value": "340 girls", "unit": "pilots"}
    [(number, name, message)] = bring_in(editor, "figures", row)
    assert (number, name) == (2, "value")
    assert message == (
        "“340 girls” has words besides its number: write digits only here, "
        "and what they count in a column for it."
    )


@pytest.mark.parametrize("value", ["(5)", "(1,240)", "(2.5%)", "(£5)"])
def test_a_number_in_brackets_is_told_to_be_less_than_nothing(editor, value):
    claim = a_claim("We lost 5 boats")
    row = {"claim": claim.reference, "label": "boats", "value": value, "unit": "boats"}
    [(_row, name, message)] = bring_in(editor, "figures", row)
    assert name == "value" and f"“{value}” is less than nothing, as accounts write it" in message
    assert "write its digits alone, and say in its label" in message


def test_a_wrong_date_is_one_error_in_the_row_that_a_person_sees(editor):
    an_organisation()
    headings = "organisation,date,title,text\n"
    table = f"{headings}\n\nharbour-aid,31/12/2002,Moved,We moved.\nharbour-aid,12/02/2002,Moved,We moved."
    errors = dry_run(editor, "timeline", table.encode()).context["errors"]
    assert [error[:2] for error in errors] == [(4, "date"), (5, "date")]
    assert "can be read in two ways" in errors[1][2]


@pytest.mark.parametrize(("kind", "most"), [("timeline", 11), ("claims", 9)])
def test_each_further_row_asks_the_database_little(editor, log, kind, most):
    def count_of(number):
        lines = [f"We light coast {number} of {line}." for line in range(number)]
        rows = [
            {"organisation": "harbour-aid"} | dict.fromkeys(("title", "text"), line)
            if kind == "timeline"
            else {"organisation": "harbour-aid", "statement": line}
            for line in lines
        ]
        in_our_words = {"in_our_words": "yes"}
        response = dry_run(
            editor, kind, csv_bytes([*rows[0], *in_our_words], *[[*r.values(), "yes"] for r in rows])
        )
        with CaptureQueriesContext(connection) as queries:
            confirm(editor, response, kind)
        return len(queries.captured_queries)

    assert count_of(40) - count_of(20) <= 20 * most


@pytest.mark.parametrize("kind", ["timeline", "claims"])
def test_a_document_is_read_and_found_anew_once_however_many_rows_cite_it(editor, log, kind):
    field, lines = {"timeline": "text", "claims": "statement"}[kind], TEXT.splitlines()

    def reads_of(*lines):
        rows = [
            {"organisation": "harbour-aid", "source": "log", "words": line, field: line} for line in lines
        ]
        rows = [row | ({"title": row["words"]} if kind == "timeline" else {}) for row in rows]
        with CaptureQueriesContext(connection) as queries:
            assert bring_in(editor, kind, *rows) == []
        # The menu of the page asks for sources, too, unless a request before has kept it.
        reads = [
            query["sql"].startswith('SELECT "organisation_source"') for query in queries.captured_queries
        ]
        return sum(reads)

    assert reads_of(lines[0]) == reads_of(*lines[1:]) > 0
    assert count_stale() == 0
