"""Letters of Word files in the colour of what is behind them are left out like hidden ones, and told."""

import pytest

from portal.staff.document_import.readers.docx import read
from tests.support.documents import NAMESPACE, docx

DRAWING = (
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
)
SEEN = "<w:p><w:r><w:t>Seen.</w:t></w:r></w:p>"
OTHER_CELL = f"<w:tc>{SEEN}</w:tc>"
LOOK = '<w:tblLook w:firstRow="1" w:firstColumn="1" w:noHBand="0" w:noVBand="1"/>'


def color(value, more=""):
    return f'<w:color w:val="{value}" {more}/>'


def shade(fill, more=""):
    return f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}" {more}/>'


def highlight(name):
    return f'<w:highlight w:val="{name}"/>'


def paragraph(letters="", own=""):
    return f"<w:p><w:pPr>{own}</w:pPr><w:r><w:rPr>{letters}</w:rPr><w:t>words</w:t></w:r></w:p>"


def cell(content, own=""):
    return f"<w:tc><w:tcPr>{own}</w:tcPr>{content}</w:tc>"


def table(*cells, own="", rows=""):
    """Returns a table of two columns, whose other cells hold words that are seen."""
    cells = [*cells, *[OTHER_CELL] * (-len(cells) % 2), OTHER_CELL, OTHER_CELL]
    pairs = ["".join(cells[index : index + 2]) for index in range(0, len(cells), 2)]
    return f"<w:tbl><w:tblPr>{own}</w:tblPr>{''.join(f'<w:tr>{rows}{pair}</w:tr>' for pair in pairs)}</w:tbl>"


def style(identity, content, kind="paragraph", based_on=""):
    return (
        f'<w:style w:type="{kind}" w:styleId="{identity}"><w:name w:val="{identity}"/>'
        f'<w:basedOn w:val="{based_on}"/>{content}</w:style>'
    )


def is_kept(body, *styles, theme="", **parts):
    parts = {f"word/{name}.xml": content for name, content in parts.items()}
    if theme:
        parts |= {"word/theme.xml": theme, "word/_rels/document.xml.rels": RELATIONS}
    parts["word/styles.xml"] = f"<w:styles {NAMESPACE}>{''.join(styles)}</w:styles>"
    lines, notices = read(docx(SEEN, body, **parts))
    kept = any("words" in line.text for line in lines)
    assert kept is ("hidden" not in [notice.code for notice in notices])
    return kept


WHITE, BLUE = color("FFFFFF"), color("1F3864")


@pytest.mark.parametrize(
    ("letters", "own", "kept"),
    [
        (BLUE + shade("1F3864"), "", False),
        (BLUE, shade("1F3864"), False),
        (BLUE, shade("FFFFFF"), True),
        (WHITE, shade("1F3864"), True),
        (WHITE + shade("auto"), shade("1F3864"), True),
        (color("FFFF00") + highlight("yellow"), "", False),
        (color("000080") + highlight("darkBlue"), "", False),
        (WHITE + highlight("white"), shade("000000"), False),
        # The program sets letters without a colour in white where it is dark behind them.
        (highlight("black"), "", True),
        (color("auto") + shade("000000"), "", True),
        (color("000000") + highlight("black"), "", False),
        ('<w:color w:val="FFFFFF"/><w:shd w:val="solid" w:color="000000" w:fill="FFFFFF"/>', "", True),
        ('<w:color w:val="000000"/><w:shd w:val="solid" w:color="auto" w:fill="FFFFFF"/>', "", False),
        ('<w:color w:val="808080"/><w:shd w:val="pct50" w:color="000000" w:fill="FFFFFF"/>', "", False),
        (f"{WHITE}<w:rPrChange><w:rPr>{color('000000')}</w:rPr></w:rPrChange>", "", False),
        ("", '<w:spacing w:line="20" w:lineRule="exact"/>', False),
        ("", '<w:spacing w:line="60" w:lineRule="exact"/>', True),
        ("", '<w:spacing w:line="20" w:lineRule="auto"/>', True),
    ],
)
def test_letters_are_compared_with_what_is_behind_them(letters, own, kept):
    assert is_kept(paragraph(letters, own)) is kept


@pytest.mark.parametrize(
    ("body", "kept"),
    [
        (table(cell(paragraph(WHITE), shade("1F3864"))), True),
        (table(cell(paragraph(BLUE), shade("1F3864"))), False),
        (table(cell(paragraph(WHITE)), own=shade("1F3864")), True),
        (table(cell(paragraph(BLUE)), own=shade("1F3864")), False),
        (table(cell(table(cell(paragraph(WHITE))), shade("1F3864"))), True),
        (table(cell(table(cell(paragraph(BLUE))), shade("1F3864"))), False),
        (table(cell(table(cell(paragraph(WHITE), shade("FFFFFF"))), shade("1F3864"))), False),
        (table(cell(paragraph()), rows='<w:trPr><w:trHeight w:val="20" w:hRule="exact"/></w:trPr>'), False),
        (table(cell(paragraph()), rows='<w:trPr><w:trHeight w:val="20"/></w:trPr>'), True),
    ],
)
def test_letters_in_a_cell_stand_on_its_colour_or_that_around_it(body, kept):
    assert is_kept(body) is kept


def part_of_table(kind, letters="", fill=""):
    ground = f"<w:tcPr>{shade(fill)}</w:tcPr>" if fill else ""
    return f'<w:tblStylePr w:type="{kind}"><w:rPr>{letters}</w:rPr>{ground}</w:tblStylePr>'


FIRST, THIRD, SECOND_ROW = 0, 4, 3


@pytest.mark.parametrize(
    ("place", "letters", "content", "kept"),
    [
        (FIRST, "", part_of_table("firstRow", WHITE, "1F3864"), True),
        (FIRST, "", part_of_table("firstRow", BLUE, "1F3864"), False),
        (FIRST, "", part_of_table("firstCol", WHITE), False),
        (THIRD, "", part_of_table("firstCol", WHITE, "333333"), True),
        (SECOND_ROW, WHITE, part_of_table("band1Horz", fill="333333"), True),
        (SECOND_ROW, WHITE, part_of_table("band2Horz", fill="333333"), False),
        (FIRST, WHITE, part_of_table("lastRow", fill="333333"), False),
        (FIRST, WHITE, f"<w:tcPr>{shade('333333')}</w:tcPr>", True),
        (FIRST, WHITE, part_of_table("nwCell", fill="333333"), True),
    ],
)
def test_the_style_of_a_table_colours_its_parts(place, letters, content, kept):
    cells = [OTHER_CELL] * place + [cell(paragraph(letters))]
    body = table(*cells, own=f'<w:tblStyle w:val="T"/>{LOOK}')
    assert is_kept(body, style("T", content, "table")) is kept


def test_a_cell_without_colour_of_its_own_takes_off_that_of_the_style():
    body = table(cell(paragraph(WHITE), shade("auto")), own='<w:tblStyle w:val="T"/>')
    assert not is_kept(body, style("T", f"<w:tcPr>{shade('333333')}</w:tcPr>", "table"))


@pytest.mark.parametrize(
    ("letters", "own", "base", "kept"),
    [
        (WHITE, "", shade("203040"), True),
        (color("203040"), "", shade("203040"), False),
        (WHITE, shade("FFFFFF"), shade("203040"), False),
        (WHITE, "", "", False),
    ],
)
def test_styles_that_are_based_on_others_inherit_letters_and_ground(letters, own, base, kept):
    styles = [
        style("P", "", based_on="Q"),
        style("Q", f"<w:rPr>{letters}</w:rPr>", based_on="R"),
        style("R", f"<w:pPr>{base}</w:pPr>"),
    ]
    assert is_kept(paragraph("", f'<w:pStyle w:val="P"/>{own}'), *styles) is kept


THEME = (
    f"<a:theme {DRAWING}><a:themeElements><a:clrScheme>"
    '<a:lt2><a:srgbClr val="FEFEFE"/></a:lt2><a:accent1><a:srgbClr val="FFFFFF"/></a:accent1>'
    '<a:accent2><a:srgbClr val="ED7D31"/></a:accent2></a:clrScheme></a:themeElements></a:theme>'
)
RELATIONS = (
    '<Relationships><Relationship Id="t" Type="x/theme" Target="theme.xml"/>{}</Relationships>'.format(
        '<Relationship Id="s" Type="x/styles" Target="styles.xml"/>'
    )
)


@pytest.mark.parametrize(
    ("letters", "kept"),
    [
        (color("4472C4", 'w:themeColor="accent1"'), False),
        (color("FFFFFF", 'w:themeColor="accent2"'), True),
        (color("000000", 'w:themeColor="background1"'), False),
        (color("000000", 'w:themeColor="background2"'), False),
        (color("FFFFFF", 'w:themeColor="background1" w:themeShade="80"'), True),
        (color("FFFFFF", 'w:themeColor="background1"') + shade("FFFFFF", 'w:themeFill="accent2"'), True),
        (color("000000", 'w:themeColor="accent2"') + shade("FFFFFF", 'w:themeFill="accent2"'), False),
        (color("000000", 'w:themeColor="text1" w:themeTint="00"'), False),
    ],
)
def test_the_colours_of_the_theme_outweigh_those_in_digits(letters, kept):
    assert is_kept(paragraph(letters), theme=THEME) is kept


def test_a_theme_that_cannot_be_read_is_that_of_the_program():
    assert is_kept(paragraph(color("FFFFFF", 'w:themeColor="accent1"')), theme="<a:theme")


def box(fill, letters):
    shape = f"<wps:wsp><wps:spPr>{fill}</wps:spPr><wps:txbx><w:txbxContent>{paragraph(letters)}"
    inner = f"{shape}</w:txbxContent></wps:txbx></wps:wsp>"
    return f"<w:p><w:r><w:drawing><wp:inline {DRAWING}>{inner}</wp:inline></w:drawing></w:r></w:p>"


def older_box(attributes, letters):
    inner = f"<v:textbox><w:txbxContent>{paragraph(letters)}</w:txbxContent></v:textbox>"
    return f"<w:p><w:r><w:pict><v:rect {DRAWING} {attributes}>{inner}</v:rect></w:pict></w:r></w:p>"


@pytest.mark.parametrize(
    ("body", "kept"),
    [
        (box('<a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill>', WHITE), False),
        (box('<a:solidFill><a:schemeClr val="bg1"/></a:solidFill>', WHITE), False),
        (box('<a:solidFill><a:schemeClr val="tx2"/></a:solidFill>', WHITE), True),
        (box('<a:solidFill><a:srgbClr val="1F3864"/></a:solidFill>', BLUE), False),
        (box("<a:noFill/>", WHITE), True),
        (older_box('fillcolor="#333"', WHITE), True),
        (older_box('fillcolor="white [3201]"', WHITE), False),
        (older_box("", WHITE), False),
        (older_box('filled="f"', WHITE), True),
    ],
)
def test_letters_in_a_box_stand_on_its_fill(body, kept):
    assert is_kept(body) is kept


@pytest.mark.parametrize(
    ("settings", "letters", "kept"),
    [
        (None, WHITE, True),
        (None, BLUE, False),
        ("<w:displayBackgroundShape/>", WHITE, True),
        ("<w:displayBackgroundShape/>", BLUE, False),
        # Word keeps the colour of a page that it does not show.
        ("", WHITE, False),
        ("", BLUE, True),
    ],
)
def test_letters_stand_on_the_colour_of_the_page_if_it_is_shown(settings, letters, kept):
    body = f"<w:body>{SEEN}{paragraph(letters)}</w:body>"
    document = f'<w:document {NAMESPACE}><w:background w:color="1F3864"/>{body}</w:document>'
    parts = {"document": document}
    if settings is not None:
        parts["settings"] = f"<w:settings {NAMESPACE}>{settings}</w:settings>"
    assert is_kept("", **parts) is kept
