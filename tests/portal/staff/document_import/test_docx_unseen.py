"""Letters that nobody can see, white on paper, clear or tiny, are left out like hidden ones, and told."""

import pytest

from portal.staff.document_import.readers.docx import read
from tests.support.documents import NAMESPACE, docx

WORD_2010 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
WHITE = '<w:color w:val="FFFFFF"/>'
BLUE = '<w:shd w:val="clear" w:color="auto" w:fill="1F3864"/>'
PAPER = '<w:shd w:val="clear" w:color="auto" w:fill="FFFFFF"/>'


def letters(properties):
    return f"<w:r {WORD_2010}><w:rPr>{properties}</w:rPr><w:t>words</w:t></w:r>"


def fill(content):
    return f"<w14:textFill>{content}</w14:textFill>"


def is_kept(body, styles=""):
    parts = {"word/styles.xml": f"<w:styles {NAMESPACE}>{styles}</w:styles>"} if styles else {}
    lines, notices = read(docx("<w:p><w:r><w:t>Seen.</w:t></w:r></w:p>", body, **parts))
    kept = any("words" in line.text for line in lines)
    assert kept is (not notices)
    return kept


@pytest.mark.parametrize(
    ("properties", "kept"),
    [
        (WHITE, False),
        ('<w:color w:val="FEFDFE"/>', False),
        ('<w:color w:val="EEEEEE"/>', True),
        ('<w:color w:val="auto"/>', True),
        ('<w:color w:val="auto" w:themeColor="background1"/>', False),
        ('<w:color w:val="auto" w:themeColor="background1" w:themeShade="80"/>', True),
        ('<w:color w:val="FFFFFF" w:themeColor="accent1"/>', True),
        (WHITE + BLUE, True),
        (WHITE + PAPER, False),
        (WHITE + '<w:highlight w:val="darkBlue"/>', True),
        (WHITE + '<w:highlight w:val="none"/>', False),
        ('<w:sz w:val="1"/>', False),
        ('<w:sz w:val="3"/>', False),
        ('<w:sz w:val="4"/>', False),
        ('<w:sz w:val="5"/>', True),
        (fill("<w14:noFill/>"), False),
        (fill('<w14:solidFill><w14:srgbClr w14:val="000000"/></w14:solidFill>'), True),
        (
            fill(
                '<w14:solidFill><w14:srgbClr w14:val="000000"><w14:alpha w14:val="100000"/></w14:srgbClr>'
                "</w14:solidFill>"
            ),
            False,
        ),
        (fill("<w14:noFill/>") + "<w14:textOutline><w14:solidFill/></w14:textOutline>", True),
    ],
)
def test_letters_that_nobody_sees_are_left_out(properties, kept):
    assert is_kept(f"<w:p>{letters(properties)}</w:p>") is kept


WHITE_PARAGRAPH = f"<w:p>{letters(WHITE)}</w:p>"


def table(cell="", whole="", style=""):
    look = f'<w:tblStyle w:val="{style}"/><w:tblLook w:firstRow="1"/>' if style else ""
    rows = "".join(
        f"<w:tr><w:tc><w:tcPr>{cell}</w:tcPr><w:p>{first}</w:p></w:tc><w:tc><w:p/></w:tc></w:tr>"
        for first in (letters(WHITE if not style else ""), "<w:r><w:t>Seen.</w:t></w:r>")
    )
    return f"<w:tbl><w:tblPr>{look}{whole}</w:tblPr>{rows}</w:tbl>"


@pytest.mark.parametrize(
    ("body", "kept"),
    [
        (f"<w:p><w:pPr>{BLUE}</w:pPr>{letters(WHITE)}</w:p>", True),
        (f"<w:p><w:pPr>{PAPER}</w:pPr>{letters(WHITE)}</w:p>", False),
        (table(), False),
        (table(cell=BLUE), True),
        (table(whole=BLUE), True),
        # A box may have any colour.
        (f"<w:p><w:r><w:pict><w:txbxContent>{WHITE_PARAGRAPH}</w:txbxContent></w:pict></w:r></w:p>", True),
    ],
)
def test_white_letters_are_seen_on_another_colour(body, kept):
    assert is_kept(body) is kept


@pytest.mark.parametrize(
    ("header_row", "kept"), [("<w:vanish/>", False), ("", True), (WHITE, False), (WHITE + BLUE, True)]
)
def test_the_style_of_a_table_may_hide_its_first_row(header_row, kept):
    part = f'<w:tblStylePr w:type="firstRow"><w:rPr>{header_row}</w:rPr></w:tblStylePr>'
    style = f'<w:style w:type="table" w:styleId="T"><w:name w:val="T"/>{part}</w:style>'
    assert is_kept(table(style="T"), style) is kept


def test_a_shaded_style_is_no_white_paper():
    style = f'<w:style w:type="paragraph" w:styleId="P"><w:name w:val="P"/><w:pPr>{BLUE}</w:pPr></w:style>'
    assert is_kept(f'<w:p><w:pPr><w:pStyle w:val="P"/></w:pPr>{letters(WHITE)}</w:p>', style)
