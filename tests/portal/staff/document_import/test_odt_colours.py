"""Letters of ODT files in the colour of what is behind them are left out like hidden ones, and told."""

import pytest

from portal.staff.document_import.readers.odt import read
from tests.support.open_documents import odt

LOEXT = 'xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"'
WORDS = '<text:p text:style-name="P"><text:span text:style-name="T">words</text:span></text:p>'
WHITE, BLUE = 'fo:color="#ffffff"', 'fo:color="#003366"'


def style(name, family, content="", parent=""):
    return (
        f'<style:style style:name="{name}" style:family="{family}" style:parent-style-name="{parent}">'
        f"{content}</style:style>"
    )


def letters(properties, name="T", parent=""):
    return style(name, "text", f"<style:text-properties {LOEXT} {properties}/>", parent)


def ground(family, color, name="G"):
    properties = f'<style:{family}-properties fo:background-color="{color}"/>'
    return style(name, family, properties)


def table(cell="", row="", whole="", column="", content=WORDS):
    columns = f'<table:table-column table:default-cell-style-name="{column}"/><table:table-column/>'
    first = f'<table:table-cell table:style-name="{cell}">{content}</table:table-cell>'
    other = "<table:table-cell><text:p>b</text:p></table:table-cell>"
    rows = f'<table:table-row table:style-name="{row}">{first}{other}</table:table-row>'
    return f'<table:table table:style-name="{whole}">{columns}{rows}</table:table>'


def frame(content=WORDS):
    box = f"<draw:text-box>{content}</draw:text-box>"
    return f'<text:p><draw:frame draw:style-name="G">{box}</draw:frame></text:p>'


def fill(properties):
    return style("G", "graphic", f"<style:graphic-properties {properties}/>")


def is_kept(body, automatic, **styles):
    lines, notices = read(odt(f"<text:p>Seen.</text:p>{body}", automatic=automatic, **styles))
    kept = any("words" in line.text for line in lines)
    assert kept is ("hidden" not in [notice.code for notice in notices])
    return kept


@pytest.mark.parametrize(
    ("automatic", "kept"),
    [
        (letters(WHITE) + ground("paragraph", "#223344", "P"), True),
        (letters('fo:color="#223344"') + ground("paragraph", "#223344", "P"), False),
        (letters('fo:color="#ffff00" fo:background-color="#ffff00"'), False),
        (letters('fo:color="#000000" fo:background-color="#000000"'), False),
        (letters('style:use-window-font-color="true" fo:background-color="#000000"'), True),
        (letters(f'{WHITE} fo:background-color="transparent"') + ground("paragraph", "#000000", "P"), True),
        (letters("", parent="B") + letters('fo:color="#fffffe"', "B"), False),
        (letters('style:use-window-font-color="true"', parent="B") + letters(WHITE, "B"), True),
        (letters('fo:font-size="0.5mm"'), False),
        (letters('fo:font-size="10%"'), False),
        (letters('fo:font-size="58%"'), True),
        (letters('fo:color="#000000" loext:opacity="0%"'), False),
        # LibreOffice writes this of letters without a colour of their own.
        (letters('style:use-window-font-color="true" loext:opacity="0%"'), True),
    ],
)
def test_letters_are_compared_with_what_is_behind_them(automatic, kept):
    assert is_kept(WORDS, automatic) is kept


@pytest.mark.parametrize(
    ("body", "automatic", "kept"),
    [
        (table("G"), letters(WHITE) + ground("table-cell", "#003366"), True),
        (table("G"), letters(BLUE) + ground("table-cell", "#003366"), False),
        (table("G"), letters(WHITE) + ground("table-cell", "#ffffff"), False),
        (table(row="G"), letters(WHITE) + ground("table-row", "#003366"), True),
        (table(whole="G"), letters(BLUE) + ground("table", "#003366"), False),
        (table(column="G"), letters(WHITE) + ground("table-cell", "#003366"), True),
        (table("G", content=table()), letters(WHITE) + ground("table-cell", "#003366"), True),
        (table("G", content=table()), letters(BLUE) + ground("table-cell", "#003366"), False),
        (
            f'<text:section text:style-name="G">{WORDS}</text:section>',
            letters(WHITE) + ground("section", "#003366"),
            True,
        ),
        (frame(), letters(WHITE) + fill('draw:fill="solid" draw:fill-color="#ffffff"'), False),
        (frame(), letters(WHITE) + fill('draw:fill="solid" draw:fill-color="#aa0000"'), True),
        (frame(), letters(WHITE) + fill('draw:fill="none"'), True),
        (frame(), letters(WHITE) + fill('draw:fill="gradient"'), True),
    ],
)
def test_letters_stand_on_the_colour_of_a_cell_a_table_a_section_or_a_box(body, automatic, kept):
    assert is_kept(body, automatic) is kept


@pytest.mark.parametrize(
    ("page", "own", "kept"),
    [
        ('fo:background-color="#003366"', WHITE, True),
        ('fo:background-color="#003366"', BLUE, False),
        ('draw:fill="solid" draw:fill-color="#003366"', BLUE, False),
        ('fo:background-color="transparent"', WHITE, False),
    ],
)
def test_letters_stand_on_the_colour_of_the_page(page, own, kept):
    layout = f'<style:page-layout style:name="p"><style:page-layout-properties {page}/></style:page-layout>'
    master = '<style:master-page style:name="Standard" style:page-layout-name="p"/>'
    assert is_kept(WORDS, letters(own), styles=layout, masters=master) is kept
