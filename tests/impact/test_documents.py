"""The documents of a claim are counted once each, and a table says who of them says so."""

import re

import pytest
from django.template.loader import render_to_string

from impact.who_says_so import who_says_so
from organisation.documents import documents_of
from organisation.models import Citation, Source


def citations(*of_sources):
    """Returns citations of these (title, relation, independence)."""
    sources = {}
    return [
        Citation(
            source=sources.setdefault(title, Source(pk=len(sources) + 1, title=title)),
            relation=relation,
            independence=independence,
        )
        for title, relation, independence in of_sources
    ]


def cells(*of_sources):
    """Returns the numbers in each cell of the table, row by row."""
    table = who_says_so(documents_of(citations(*of_sources)))
    return [[[disc.document.number for disc in cell] for cell in row.cells] for row in table.rows]


def html(*of_sources):
    table = who_says_so(documents_of(citations(*of_sources)))
    return render_to_string("components/claim/who_says_so.html", {"table": table})


def test_a_document_cited_twice_is_one_with_both_citations():
    documents = documents_of(
        citations(("A", "states", "own"), ("B", "supports", "own"), ("A", "context", "own"))
    )
    assert [(each.number, each.source.title, len(each.citations)) for each in documents] == [
        (1, "A", 2),
        (2, "B", 1),
    ]
    assert [each.anchor for each in documents] == ["document-1", "document-2"]


def test_documents_are_numbered_outwards_from_the_organisation():
    documents = documents_of(
        citations(
            ("far", "supports", "independent"), ("own", "states", "own"), ("near", "supports", "partner")
        )
    )
    assert [each.source.title for each in documents] == ["own", "near", "far"]


def test_each_document_stands_where_it_bears_on_the_claim():
    assert cells(
        ("own", "states", "own"),
        ("partner", "supports in part", "partner"),
        ("news", "supports", "independent"),
        ("news", "repeats", "independent"),
        ("report", "contradicts", "independent"),
    ) == [[[1], [2], [3]], [[], [], [3]], [[], [], [4]]]


def test_a_document_that_supports_in_part_says_so_below_its_number():
    assert "in part" in html(("paper", "supports in part", "partner"))
    assert "in part" not in html(("paper", "supports in part", "partner"), ("paper", "supports", "partner"))


def test_a_document_that_only_gives_context_is_named_below_the_table():
    page = html(("own", "states", "own"), ("law", "context", "independent"))
    assert re.search(r'Context only:.*href="#document-2" title="law">2<', page, re.DOTALL)
    assert "Context only" not in html(("own", "states", "own"), ("own", "context", "own"))


@pytest.mark.parametrize("number", [0, 1, 30])
def test_the_table_leads_to_each_document_and_says_none_where_there_is_none(number):
    page = html(*((f"paper {each}", "states", "own") for each in range(number)))
    assert page.count('href="#document-') == number
    assert page.count(">none<") == (9 if number == 0 else 8)
    assert page.count('scope="col"') == page.count('scope="row"') == 3
