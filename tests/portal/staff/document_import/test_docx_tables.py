"""A row of a Word table is a line with as many cells as a person sees, unless the table sets out the page."""

import pytest

from portal.staff.document_import.readers.docx import read
from tests.support.documents import docx, paragraph

ITEM = '<w:p><w:pPr><w:numPr><w:numId w:val="9"/></w:numPr></w:pPr><w:r><w:t>{}</w:t></w:r></w:p>'


def cell(text, properties=""):
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(text)}</w:tc>"


def table_row(*cells, properties=""):
    inner = "".join(each if each.startswith("<") else cell(each) for each in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{inner}</w:tr>"


def table(*rows, look=""):
    return f"<w:tbl><w:tblPr>{look}</w:tblPr>{''.join(rows)}</w:tbl>"


def lines_of(*body):
    lines, notices = read(docx(*body))
    return [(line.text, line.kind) for line in lines], [notice.code for notice in notices]


def texts_of(*body):
    return [text for text, _kind in lines_of(*body)[0]]


def test_merged_cells_say_their_words_once_and_keep_their_columns():
    rows = [
        table_row("Year", cell("Children", '<w:gridSpan w:val="2"/>'), "Total"),
        table_row(cell("2030", '<w:vMerge w:val="restart"/>'), "110", "95", "205"),
        table_row(cell("", "<w:vMerge/>"), "", "7", "7"),
        table_row("2031", "1", properties='<w:gridBefore w:val="1"/><w:gridAfter w:val="1"/>'),
    ]
    assert texts_of(table(*rows)) == [
        "Year\tChildren\t\tTotal",
        "2030\t110\t95\t205",
        "\t\t7\t7",
        "\t2031\t1\t",
    ]


@pytest.mark.parametrize(("words", "told"), [("", []), (" ", []), ("Ada", ["hidden"])])
def test_words_in_the_rest_of_a_merged_cell_are_told_and_an_empty_one_is_not(words, told):
    rows = [
        table_row(cell("2030", '<w:vMerge w:val="restart"/>'), "110"),
        table_row(cell(words, "<w:vMerge/>"), "7"),
    ]
    assert lines_of(table(*rows))[1] == told


@pytest.mark.parametrize(("span", "columns"), [("63", 63), ("64", 63), ("0", 1), ("-4", 1), ("x", 1)])
def test_a_cell_spans_no_more_columns_than_word_makes(span, columns):
    [first, _second] = texts_of(
        table(table_row(cell("a", f'<w:gridSpan w:val="{span}"/>')), table_row("b", "c"))
    )
    assert first.count("\t") == columns - 1


@pytest.mark.parametrize(
    ("look", "properties", "headers"),
    [
        ("", "<w:tblHeader/>", [True, False]),
        ("", '<w:tblHeader w:val="0"/>', [False, False]),
        ('<w:tblLook w:firstRow="1"/>', "", [True, False]),
        ('<w:tblLook w:val="04A0"/>', "", [True, False]),
        ('<w:tblLook w:val="0480"/>', "", [False, False]),
    ],
)
def test_the_cells_of_a_header_are_known(look, properties, headers):
    rows = [table_row("a", "b", properties=properties), table_row("c", "d")]
    lines, _notices = read(docx(table(*rows, look=look)))
    assert [[is_header for _text, is_header in line.cells] for line in lines] == [
        [each] * 2 for each in headers
    ]


def test_items_and_figures_in_a_cell_stay_apart():
    items = f"<w:tc>{ITEM.format('Dug 4 wells')}{ITEM.format('Trained 20 nurses')}</w:tc>"
    figures = f"<w:tc>{paragraph('12')}{paragraph('500')}</w:tc>"
    row = table_row("Marrowen", items, figures)
    assert texts_of(table(row, row)) == ["Marrowen\tDug 4 wells • Trained 20 nurses\t12 / 500"] * 2


def test_a_table_that_only_sets_out_the_page_is_paragraphs():
    boxed = table(table_row("In a box"), table_row("Below it"))
    columns = table_row(f"<w:tc>{ITEM.format('One')}{ITEM.format('Two')}</w:tc>", "Beside them")
    assert lines_of(boxed)[0] == [("In a box", "paragraph"), ("Below it", "paragraph")]
    assert lines_of(table(columns))[0] == [("One", "item"), ("Two", "item"), ("Beside them", "paragraph")]
    assert lines_of(table(table_row("a", "b")))[0] == [("a\tb", "row")]


def test_a_table_within_the_only_cell_of_another_stays_a_table():
    inner = table(table_row("a", "b"), table_row("c", "d"))
    assert texts_of(table(f"<w:tr><w:tc>{inner}</w:tc></w:tr>")) == ["a\tb", "c\td"]


@pytest.mark.parametrize(
    ("properties", "kept", "codes"),
    [
        ("<w:del/>", False, ["tracked changes"]),
        ("<w:ins/>", True, ["tracked changes"]),
        ("<w:hidden/>", False, ["hidden"]),
        ('<w:hidden w:val="0"/>', True, []),
    ],
)
def test_a_row_that_the_final_version_does_not_show_is_left_out_and_told(properties, kept, codes):
    rows = [table_row("a", "b"), table_row("c", "d", properties=properties), table_row("e", "f")]
    lines, told = lines_of(table(*rows))
    assert ("c\td" in [text for text, _kind in lines], told) == (kept, codes)


def test_a_cell_that_was_struck_out_is_left_out():
    row = table_row("a", cell("b", "<w:cellDel/>"), "c")
    assert lines_of(table(row, row)) == ([("a\tc", "row")] * 2, ["tracked changes"])


def test_rows_and_cells_are_found_in_whatever_wraps_them():
    wrapped = f"<w:sdt><w:sdtContent>{cell('b')}</w:sdtContent></w:sdt>"
    row = f"<w:sdt><w:sdtContent>{table_row('a', wrapped)}</w:sdtContent></w:sdt>"
    assert texts_of(table(row, row)) == ["a\tb"] * 2
