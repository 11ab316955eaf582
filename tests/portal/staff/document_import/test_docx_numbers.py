"""The numbers that Word computes stand before headings and items as a person sees them."""

import pytest

from portal.staff.document_import.readers.docx import read
from portal.staff.document_import.readers.docx.numbers import formatted
from tests.support.documents import NAMESPACE, docx, run


def level(number, text, number_format="decimal", more=""):
    return (
        f'<w:lvl w:ilvl="{number}"><w:start w:val="1"/><w:numFmt w:val="{number_format}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def labels(
    paragraphs, *levels, lists='<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>', outline=True
):
    """Returns what stands before the word of each paragraph, which is given as (list, level)."""
    heading = '<w:outlineLvl w:val="0"/>' if outline else ""
    body = "".join(
        f'<w:p><w:pPr><w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{list_}"/></w:numPr>{heading}</w:pPr>'
        f"{run('word')}</w:p>"
        for list_, depth in paragraphs
    )
    numbering = (
        f'<w:numbering {NAMESPACE}><w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum>'
        f"{lists}</w:numbering>"
    )
    lines, _notices = read(docx(body, **{"word/numbering.xml": numbering}))
    return [line.text.removesuffix("word") for line in lines]


def test_levels_count_below_each_other_and_start_again():
    levels = [level(0, "%1."), level(1, "%1.%2"), level(2, "(%3)", "lowerLetter")]
    paragraphs = [(1, depth) for depth in (0, 1, 1, 2, 2, 0, 1, 2)]
    assert labels(paragraphs, *levels) == ["1. ", "1.1 ", "1.2 ", "(a) ", "(b) ", "2. ", "2.1 ", "(a) "]


def test_a_level_that_never_starts_again_counts_on():
    levels = [level(0, "%1."), level(1, "Article %2", more='<w:lvlRestart w:val="0"/>')]
    assert labels([(1, 0), (1, 1), (1, 0), (1, 1)], *levels) == ["1. ", "Article 1 ", "2. ", "Article 2 "]


def test_legal_numbers_are_arabic_and_bullets_and_hidden_numbers_none():
    levels = [level(0, "%1", "upperRoman"), level(1, "%1.%2", more="<w:isLgl/>")]
    assert labels([(1, 0), (1, 1)], *levels) == ["I ", "1.1 "]
    assert labels([(1, 0)], level(0, "•", "bullet")) == [""]
    assert labels([(1, 0)], level(0, "%1.", more="<w:rPr><w:vanish/></w:rPr>")) == [""]


def test_a_list_may_start_elsewhere_and_goes_on_with_another_of_the_same_levels():
    lists = (
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">'
        '<w:startOverride w:val="5"/></w:lvlOverride></w:num>'
    )
    paragraphs = [(1, 0), (2, 0), (2, 0), (1, 0)]
    assert labels(paragraphs, level(0, "%1."), lists=lists) == ["1. ", "5. ", "6. ", "7. "]


def test_an_item_has_a_tab_after_its_number():
    assert labels([(1, 0), (1, 0)], level(0, "%1)", "lowerLetter"), outline=False) == ["a)\t", "b)\t"]


def test_a_list_that_is_not_defined_has_no_numbers():
    assert labels([(7, 0)], level(0, "%1.")) == [""]


def test_numbers_in_a_format_that_nobody_knows_here_are_told():
    numbering = (
        f'<w:numbering {NAMESPACE}><w:abstractNum w:abstractNumId="0">{level(0, "%1", "hebrew1")}'
        '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )
    body = f'<w:p><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>{run("word")}</w:p>'
    lines, notices = read(docx(body, **{"word/numbering.xml": numbering}))
    assert [line.text for line in lines] == ["word"]
    assert [tuple(notice) for notice in notices] == [("left out", "numbers")]


def test_the_levels_of_headings_are_those_of_their_styles():
    numbering = (
        f'<w:numbering {NAMESPACE}><w:abstractNum w:abstractNumId="0">'
        + level(0, "%1", more='<w:pStyle w:val="H1"/>')
        + level(1, "%1.%2", more='<w:pStyle w:val="H2"/>')
        + '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )
    properties = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
    styles = "".join(
        f'<w:style w:styleId="H{n}"><w:name w:val="heading {n}"/>{properties}</w:style>' for n in (1, 2)
    )
    parts = {
        "word/numbering.xml": numbering,
        "word/styles.xml": f"<w:styles {NAMESPACE}>{styles}</w:styles>",
    }
    body = "".join(
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{run("word")}</w:p>'
        for style in ("H1", "H2", "H2", "H1")
    )
    lines, _notices = read(docx(body, **parts))
    assert [(line.text, line.number) for line in lines] == [
        ("1 word", 1),
        ("1.1 word", 2),
        ("1.2 word", 2),
        ("2 word", 1),
    ]


@pytest.mark.parametrize(
    ("number", "number_format", "text"),
    [
        (4, "decimalZero", "04"),
        (28, "lowerLetter", "bb"),
        (780, "upperLetter", "Z" * 30),
        (781, "upperLetter", "781"),
        (1994, "upperRoman", "MCMXCIV"),
        (3999, "lowerRoman", "mmmcmxcix"),
        (4000, "lowerRoman", "4000"),
        (0, "upperRoman", "0"),
        (22, "ordinal", "22nd"),
        (112, "ordinal", "112th"),
        (1, "none", ""),
        (1, "chicago", None),
    ],
)
def test_a_number_in_the_formats_of_lists(number, number_format, text):
    assert formatted(number, number_format) == text
