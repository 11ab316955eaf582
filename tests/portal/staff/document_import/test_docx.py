"""A Word document is read by what its elements mean, whatever its program calls its styles."""

import pytest

from portal.staff.document_import.readers.docx import read
from tests.support.documents import NAMESPACE, docx, paragraph, run


def lines_of(contents):
    lines, _notices = read(contents)
    return [(line.text, line.kind) for line in lines]


def styles(*inner):
    return {"word/styles.xml": f"<w:styles {NAMESPACE}>{''.join(inner)}</w:styles>"}


def style(name, properties="", based_on="", identity="S"):
    base = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    return f'<w:style w:styleId="{identity}"><w:name w:val="{name}"/>{base}{properties}</w:style>'


@pytest.mark.parametrize(
    ("definition", "kind"),
    [
        *[(style(name), "heading") for name in ("heading 1", "Heading 9", "Title", "Subtitle")],
        *[(style(name), "item") for name in ("List Bullet", "List Number 2")],
        *[(style(name), "paragraph") for name in ("Normal", "Body heading 1", "List")],
        (style("Mine", '<w:pPr><w:outlineLvl w:val="0"/></w:pPr>'), "heading"),
        (style("Mine", '<w:pPr><w:outlineLvl w:val="8"/></w:pPr>'), "heading"),
        (style("Mine", '<w:pPr><w:outlineLvl w:val="9"/></w:pPr>'), "paragraph"),
        (style("Mine", '<w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr>'), "item"),
        (style("Mine", '<w:pPr><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr>'), "paragraph"),
        (style("heading 1", '<w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr>'), "heading"),
        (
            style("Mine", '<w:pPr><w:numPr><w:numId w:val="3"/></w:numPr><w:outlineLvl w:val="1"/></w:pPr>'),
            "heading",
        ),
    ],
)
def test_a_style_says_what_a_paragraph_is(definition, kind):
    assert lines_of(docx(paragraph("Words", "S"), **styles(definition))) == [("Words", kind)]


@pytest.mark.parametrize(("steps", "kind"), [(1, "heading"), (99, "heading"), (100, "paragraph")])
def test_a_style_inherits_what_it_is_over_many_steps(steps, kind):
    chain = [style("heading 1", identity="0")] + [
        style("Mine", identity=str(number), based_on=str(number - 1)) for number in range(1, steps + 1)
    ]
    assert lines_of(docx(paragraph("Words", str(steps)), **styles(*reversed(chain)))) == [("Words", kind)]


def test_styles_that_inherit_from_each_other_in_a_circle_end():
    circle = style("a", identity="A", based_on="B") + style("b", identity="B", based_on="A")
    assert lines_of(docx(paragraph("Words", "A"), **styles(circle))) == [("Words", "paragraph")]


@pytest.mark.parametrize(
    ("properties", "kind"),
    [
        ('<w:numPr><w:numId w:val="2"/></w:numPr>', "item"),
        ('<w:numPr><w:numId w:val="0"/></w:numPr>', "paragraph"),
        ('<w:outlineLvl w:val="1"/>', "heading"),
        ('<w:pStyle w:val="berschrift1"/><w:numPr><w:numId w:val="2"/></w:numPr>', "heading"),
        ('<w:pStyle w:val="Aufzhlung"/><w:outlineLvl w:val="1"/>', "heading"),
        ('<w:pStyle w:val="Unknown"/>', "paragraph"),
    ],
)
def test_a_paragraph_may_say_itself_what_it_is_and_a_heading_outweighs_an_item(properties, kind):
    body = f"<w:p><w:pPr>{properties}</w:pPr>{run('Words')}</w:p>"
    assert lines_of(docx(body)) == [("Words", kind)]


@pytest.mark.parametrize(
    ("element", "text"),
    [
        ("<w:tab/>", "a\tb"),
        ("<w:br/>", "a\nb"),
        ('<w:br w:type="textWrapping"/>', "a\nb"),
        ("<w:cr/>", "a\nb"),
        ("<w:noBreakHyphen/>", "a\u2011b"),
        ('<w:br w:type="page"/>', "a\nb"),
        ('<w:br w:type="column"/>', "a\nb"),
        ("<w:ptab/>", "a\tb"),
        ("<w:softHyphen/>", "ab"),
    ],
)
def test_signs_that_are_elements(element, text):
    body = f"<w:p>{run('a')}<w:r>{element}</w:r>{run('b')}</w:p>"
    assert lines_of(docx(body)) == [(text, "paragraph")]


TRACKED, STRUCK_OUT, HIDDEN = "tracked changes", "struck out", "hidden"
VANISH = "<w:vanish/>"


@pytest.mark.parametrize(
    ("inner", "text", "codes"),
    [
        (f"<w:del>{run('gone')}</w:del>", "", [TRACKED]),
        (f"<w:moveFrom>{run('gone')}</w:moveFrom>", "", [TRACKED]),
        (f"<w:moveTo>{run('here')}</w:moveTo>", "here", [TRACKED]),
        (f"<w:ins>{run('here')}</w:ins>", "here", [TRACKED]),
        ("<w:r><w:rPr><w:strike/></w:rPr><w:t>gone</w:t></w:r>", "", [STRUCK_OUT]),
        ("<w:r><w:rPr><w:webHidden/></w:rPr><w:t>here</w:t></w:r>", "here", []),
        (
            f"<w:r><w:rPr><w:rPrChange><w:rPr>{VANISH}</w:rPr></w:rPrChange></w:rPr><w:t>here</w:t></w:r>",
            "here",
            [],
        ),
        ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>gone</w:t></w:r>", "", [HIDDEN]),
        ("<w:r><w:rPr><w:vanish/></w:rPr><w:t> </w:t></w:r>", "", []),
        *[
            (f'<w:r><w:rPr><w:vanish w:val="{value}"/></w:rPr><w:t>here</w:t></w:r>', "here", [])
            for value in ("0", "false", "off", "none")
        ],
        *[
            (f'<w:r><w:rPr><w:vanish w:val="{value}"/></w:rPr><w:t>gone</w:t></w:r>', "", [HIDDEN])
            for value in ("1", "true", "on")
        ],
        (f"<w:r><w:rPr><w:vanish/></w:rPr><w:t>gone</w:t></w:r>{run('here')}", "here", [HIDDEN]),
    ],
)
def test_what_is_not_in_the_final_version_is_left_out_and_told(inner, text, codes):
    lines, notices = read(docx(f"<w:p>{run('Kept ')}{inner}</w:p>"))
    assert [(line.text, line.kind) for line in lines] == [(f"Kept {text}", "paragraph")]
    assert [notice.code for notice in notices] == codes


def test_a_whole_paragraph_that_was_struck_out_leaves_no_line():
    struck = f"<w:del>{paragraph('gone')}</w:del>"
    assert lines_of(docx(paragraph("One"), struck, paragraph("Two"))) == [
        ("One", "paragraph"),
        ("Two", "paragraph"),
    ]


def test_the_paragraphs_of_a_cell_are_one_and_a_table_in_a_cell_stays_in_its_row():
    inner = f"<w:tbl><w:tr><w:tc>{paragraph('c')}</w:tc><w:tc>{paragraph('d')}</w:tc></w:tr></w:tbl>"
    cells = (f"{paragraph('a')}{paragraph('')}{paragraph('b')}", f"{inner}{paragraph('e')}")
    row = "".join(f"<w:tc>{cell}</w:tc>" for cell in cells)
    table = docx(f"<w:tbl><w:tr>{row}</w:tr><w:tr>{row}</w:tr></w:tbl>")
    assert lines_of(table) == [("a b\tc d e", "row")] * 2


def test_a_document_without_styles_is_read():
    assert lines_of(docx(paragraph("Words"), **styles())) == [("Words", "paragraph")]
