"""Letters are hidden by defaults, by styles of tables, paragraphs and letters, and by the run itself."""

import pytest

from portal.staff.document_import.readers.docx import read
from tests.support.documents import NAMESPACE, docx, paragraph

ON, OFF = "<w:vanish/>", '<w:vanish w:val="0"/>'


def style(identity, letters="", based_on="", kind="paragraph", more=""):
    base = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    return (
        f'<w:style w:type="{kind}" w:styleId="{identity}" {more}><w:name w:val="{identity}"/>{base}'
        f"<w:rPr>{letters}</w:rPr></w:style>"
    )


def is_kept(paragraph_style, letters_style, letters, *definitions, defaults=""):
    styles = (
        f"<w:styles {NAMESPACE}><w:docDefaults><w:rPrDefault><w:rPr>{defaults}</w:rPr></w:rPrDefault>"
        f"</w:docDefaults>{''.join(definitions)}</w:styles>"
    )
    run = f'<w:r><w:rPr><w:rStyle w:val="{letters_style}"/>{letters}</w:rPr><w:t>words</w:t></w:r>'
    body = f'<w:p><w:pPr><w:pStyle w:val="{paragraph_style}"/></w:pPr>{run}</w:p>'
    lines, notices = read(docx(body, **{"word/styles.xml": styles}))
    kept = any(line.text == "words" for line in lines)
    assert kept is (not notices)
    return kept


DEFAULT = 'w:default="1"'


@pytest.mark.parametrize(
    ("paragraph_style", "letters_style", "letters", "definitions", "kept"),
    [
        ("P", "", "", [style("P", ON)], False),
        ("P", "", "", [style("P", OFF)], True),
        ("P", "", "", [style("P", based_on="Base"), style("Base", ON)], False),
        ("P", "", "", [style("P", OFF, based_on="Base"), style("Base", ON)], True),
        ("P", "", OFF, [style("P", ON)], True),
        ("", "", "", [style("Normal", ON, more=DEFAULT)], False),
        ("Unknown", "", "", [style("Normal", ON, more=DEFAULT)], False),
        ("", "C", "", [style("C", ON, kind="character")], False),
        ("", "C", "", [style("C", based_on="D", kind="character"), style("D", ON, kind="character")], False),
        ("", "C", OFF, [style("C", ON, kind="character")], True),
        # A style of paragraphs is none of letters.
        ("", "P", "", [style("P", ON)], True),
        # Two kinds of styles that turn a property on turn it off together.
        ("P", "C", "", [style("P", ON), style("C", ON, kind="character")], True),
        ("P", "C", "", [style("P", ON), style("C", OFF, kind="character")], False),
        ("P", "", "", [style("P", "<w:rPrChange><w:rPr><w:vanish/></w:rPr></w:rPrChange>")], True),
        ("P", "", "", [style("P", "<w:webHidden/>")], True),
    ],
)
def test_the_nearest_style_hides_or_shows(paragraph_style, letters_style, letters, definitions, kept):
    assert is_kept(paragraph_style, letters_style, letters, *definitions) is kept


def test_a_style_of_letters_shares_what_its_paragraph_style_hides():
    linked = style("C", kind="character").replace("<w:rPr>", '<w:link w:val="P"/><w:rPr>')
    assert not is_kept("", "C", "", linked, style("P", ON))


@pytest.mark.parametrize(
    ("definitions", "kept"),
    [
        ([], False),
        ([style("P", OFF)], True),
        ([style("P", ON)], False),
        ([style("P", OFF), style("C", ON, kind="character")], False),
    ],
)
def test_defaults_hide_what_no_style_shows(definitions, kept):
    assert is_kept("P", "C", "", *definitions, defaults=ON) is kept


def test_the_style_of_a_table_hides_its_cells():
    styles = f"<w:styles {NAMESPACE}>{style('T', ON, kind='table')}</w:styles>"
    cells = f"<w:tc>{paragraph('a')}</w:tc><w:tc>{paragraph('b')}</w:tc>"
    properties = '<w:tblPr><w:tblStyle w:val="T"/></w:tblPr>'
    table = f"<w:tbl>{properties}<w:tr>{cells}</w:tr><w:tr>{cells}</w:tr></w:tbl>"
    lines, notices = read(docx(table, paragraph("after"), **{"word/styles.xml": styles}))
    assert [line.text.strip() for line in lines] == ["", "", "after"]
    assert [notice.code for notice in notices] == ["hidden"]


@pytest.mark.parametrize(
    ("name", "kind", "number"),
    [
        ("heading 3", "heading", 3),
        ("Title", "heading", 1),
        ("Subtitle", "heading", 2),
        ("TOC Heading", "heading", 1),
        ("List Bullet 2", "item", 2),
        ("toc 2", "contents", 0),
        ("table of figures", "contents", 0),
        ("caption", "caption", 0),
        ("Table Caption", "caption", 0),
        ("Intense Quote", "quotation", 0),
        ("Block Text", "quotation", 0),
        ("Unquote", "paragraph", 0),
    ],
)
def test_names_of_styles_that_every_program_writes(name, kind, number):
    styles = f'<w:styles {NAMESPACE}><w:style w:styleId="S"><w:name w:val="{name}"/></w:style></w:styles>'
    [line] = read(docx(paragraph("Words", "S"), **{"word/styles.xml": styles}))[0]
    assert (line.kind, line.number) == (kind, number)


def test_a_paragraph_that_is_taken_out_of_its_list_is_no_item():
    styles = (
        f'<w:styles {NAMESPACE}><w:style w:styleId="S"><w:name w:val="List Bullet"/></w:style></w:styles>'
    )
    properties = '<w:pStyle w:val="S"/><w:numPr><w:numId w:val="0"/></w:numPr>'
    body = f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>Words</w:t></w:r></w:p>"
    assert [line.kind for line in read(docx(body, **{"word/styles.xml": styles}))[0]] == ["paragraph"]
