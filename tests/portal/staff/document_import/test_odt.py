"""An OpenDocument text is read as its final version shows it; staff are told of what is left out."""

import pytest

from organisation.reader_process.unreadable import Unreadable
from portal.staff.document_import.readers.odt import read
from tests.support.open_documents import NAMESPACES, element, odt


def lines_of(body, **styles):
    lines, _notices = read(odt(body, **styles))
    return [(line.text, line.kind, line.number) for line in lines]


def texts_of(body, **styles):
    return [text for text, _kind, _number in lines_of(body, **styles)]


def told_of(body, **styles):
    _lines, notices = read(odt(body, **styles))
    return [notice.words or notice.code for notice in notices]


def p(text, style=""):
    return f'<text:p text:style-name="{style}">{text}</text:p>'


def style(name, family="paragraph", parent="", shown=""):
    display = f'<style:text-properties text:display="{shown}"/>' if shown else ""
    return (
        f'<style:style style:name="{name}" style:family="{family}" style:parent-style-name="{parent}">'
        f"{display}</style:style>"
    )


def test_spaces_tabs_and_line_breaks_are_those_of_the_file():
    body = p('a<text:s text:c="3"/>b<text:tab/>c<text:line-break/>d<text:soft-page-break/>e \n f')
    assert texts_of(body) == ["a   b\tc\nde f"]
    assert texts_of(p('a<text:s text:c="2000000000"/>b')) == ["a" + " " * 40 + "b"]


def test_what_styles_hide_is_left_out_and_told():
    styles = (
        style("Hidden", shown="none")
        + style("Child", parent="Hidden")
        + style("Shown", parent="Hidden", shown="true")
    )
    automatic = style("HiddenSpan", "text", shown="none") + style("ShownSpan", "text", shown="true")
    span = '<text:span text:style-name="{}">{}</text:span>'.format
    body = (
        p("one", "Hidden")
        + p("two", "Child")
        + p("three", "Shown")
        + p(f"four{span('HiddenSpan', ' five')}")
        + p(f"six {span('ShownSpan', 'seven')}", "Hidden")
        + f'<text:section text:display="none">{p("eight")}</text:section>'
        + p('<text:hidden-paragraph text:is-hidden="true"/>nine')
        + p('<text:hidden-text text:string-value="ten" text:is-hidden="true">ten</text:hidden-text>')
    )
    assert texts_of(body, styles=styles, automatic=automatic) == ["three", "four", "seven"]
    assert told_of(body, styles=styles, automatic=automatic) == ["hidden"]


def test_what_is_hidden_by_default_is_left_out():
    hidden = element("style:text-properties", text_display="none")
    default = element("style:default-style", hidden, style_family="paragraph")
    assert texts_of(p("one") + p("two", "S"), styles=default + style("S", shown="true")) == ["two"]


def test_styles_that_inherit_in_a_circle_end():
    assert texts_of(p("one", "A"), styles=style("A", parent="B") + style("B", parent="A")) == ["one"]


def test_deletions_are_left_out_and_told():
    deletion = element("text:changed-region", element("text:deletion", p("gone")))
    changes = element("text:tracked-changes", deletion)
    body = changes + p('We housed 230 <text:change text:change-id="c"/>children.')
    assert (texts_of(body), told_of(body)) == (["We housed 230 children."], ["tracked changes"])
    assert told_of("<text:tracked-changes/>" + p("a")) == []


def test_notes_come_last_and_their_marks_keep_apart_from_numbers():
    words = element("text:note-body", p("To the end of June."))
    note = element("text:note", element("text:note-citation", "1") + words)
    assert lines_of(p(f"530 by 2031{note} in Orovenia.") + p("More.")) == [
        ("530 by 2031[1] in Orovenia.", "paragraph", 0),
        ("More.", "paragraph", 0),
        ("[1] To the end of June.", "note", 0),
    ]


def test_comments_pictures_and_headers_are_left_out_and_told():
    master = (
        f'<style:master-page style:name="S"><style:header>{p("Page 1")}</style:header></style:master-page>'
    )
    body = p(f"a<office:annotation>{p('Ask.')}</office:annotation><draw:frame><draw:image/></draw:frame> b")
    assert texts_of(body, masters=master) == ["a  b"] or texts_of(body, masters=master) == ["a b"]
    assert told_of(body, masters=master) == ["comments", "embedded", "headers"]


def test_a_header_that_forbids_publication_is_told_with_its_words():
    header = element("style:header", p("Draft of 4 April - do not publish"))
    _lines, notices = read(odt(p("a"), masters=element("style:master-page", header)))
    assert ("forbidden", "Draft of 4 April - do not publish") in notices


def test_text_boxes_follow_the_paragraph_in_which_they_stand():
    box = f"<draw:frame><draw:text-box>{p('boxed')}</draw:text-box></draw:frame>"
    assert texts_of(p(f"a{box}b") + p("c")) == ["a b", "boxed", "c"]


OUTLINE = element(
    "text:outline-style",
    "".join(
        element(
            "text:outline-level-style",
            text_level=level,
            style_num_format=number_format,
            text_display_levels=shown,
            style_num_suffix=suffix,
        )
        for level, number_format, shown, suffix in (
            *((1, "I", 1, "."), (2, "1", 1, ""), (3, "1", 2, ""), (4, "", 1, "")),
        )
    ),
)


def test_headings_have_their_level_and_the_number_that_the_program_counts():
    h = '<text:h text:outline-level="{}">{}</text:h>'.format
    body = h(1, "A") + h(2, "B") + h(3, "C") + h(3, "D") + h(1, "E") + h(2, "F") + h(4, "G")
    assert lines_of(body, styles=OUTLINE) == [
        ("I. A", "heading", 1),
        ("1 B", "heading", 2),
        ("1.1 C", "heading", 3),
        ("1.2 D", "heading", 3),
        ("II. E", "heading", 1),
        ("1 F", "heading", 2),
        ("G", "heading", 4),
    ]
    assert lines_of(h(2, "A")) == [("A", "heading", 2)]


def test_styles_tell_titles_captions_and_quotations():
    body = p("A", "Title") + p("B", "Mine") + p("C", "Quotations") + p("D", "Heading_20_2") + p("E")
    assert [kind for _text, kind, _number in lines_of(body, styles=style("Mine", parent="Caption"))] == [
        "heading",
        "caption",
        "quotation",
        "heading",
        "paragraph",
    ]


LISTS = element(
    "text:list-style",
    element("text:list-level-style-number", text_level=1, style_num_format="1", style_num_suffix=".")
    + element("text:list-level-style-bullet", text_level=2),
    style_name="L",
)


def test_items_have_their_depth_and_the_number_that_the_program_counts():
    item = "<text:list-item>{}</text:list-item>".format
    inner = f"<text:list>{item(p('c'))}</text:list>"
    first = f'<text:list text:style-name="L">{item(p("a"))}{item(p("b") + p("more") + inner)}</text:list>'
    on = f'<text:list text:style-name="L" text:continue-numbering="true">{item(p("d"))}</text:list>'
    again = f'<text:list text:style-name="L">{item(p("e"))}</text:list>'
    assert lines_of(first + p("x") + on + again, automatic=LISTS) == [
        ("1.\ta", "item", 1),
        ("2.\tb", "item", 1),
        ("more", "item", 1),
        ("c", "item", 2),
        ("x", "paragraph", 0),
        ("3.\td", "item", 1),
        ("1.\te", "item", 1),
    ]


def test_a_contents_list_is_known():
    title = element("text:index-title", p("Contents"))
    index = element("text:index-body", title + p("Our impact<text:tab/>2"))
    assert lines_of(f"<text:table-of-content>{index}</text:table-of-content>") == [
        ("Contents", "contents", 0),
        ("Our impact\t2", "contents", 0),
    ]


def cell(content, attributes=""):
    return f"<table:table-cell {attributes}>{content}</table:table-cell>"


def table(*rows):
    return (
        "<table:table>"
        + "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
        + "</table:table>"
    )


def test_a_row_is_one_line_with_as_many_cells_as_it_has():
    items = element("text:list", "".join(element("text:list-item", p(text)) for text in "cd"))
    body = table(
        cell(p("a"), 'table:number-columns-spanned="2"') + "<table:covered-table-cell/>" + cell(p("b")),
        cell(items) + cell(p("12") + p("500")) + cell(""),
        cell("", 'table:number-columns-repeated="3"'),
    )
    assert texts_of(body) == ["a\t\tb", "• c • d\t12 / 500\t"]
    rows = element("table:table-row", cell(p("a")) + cell(p("b")))
    head = element("table:table", element("table:table-header-rows", rows))
    lines, _notices = read(odt(head))
    assert lines[0].cells == (("a", True), ("b", True))


@pytest.mark.parametrize("visibility", ["collapse", "filter"])
def test_rows_and_columns_that_are_folded_away_are_left_out_and_told(visibility):
    folded = f'table:visibility="{visibility}"'
    first = table(cell(p("a")) + cell(p("b")), cell(p("c")) + cell(p("d")))
    row = first.replace("<table:table-row>", f"<table:table-row {folded}>", 1)
    column = first.replace(
        "<table:table>", f"<table:table><table:table-column/><table:table-column {folded}/>"
    )
    for body, texts in ((row, ["c\td"]), (column, ["a", "c"])):
        assert (texts_of(body), told_of(body)) == (texts, ["hidden"])


def test_a_table_of_one_column_is_paragraphs():
    assert [line[:2] for line in lines_of(table(cell(p("a")), cell(p("b"))))] == [
        ("a", "paragraph"),
        ("b", "paragraph"),
    ]


def test_cells_and_rows_are_repeated_so_often_at_most():
    lines, _notices = read(odt(table(cell(p("x"), 'table:number-columns-repeated="1000000"') + cell(p("y")))))
    assert len(lines[0].cells) == 200
    rows = table(cell(p("x")) + cell(p("y"))).replace(
        "<table:table-row>", '<table:table-row table:number-rows-repeated="999999">'
    )
    assert len(read(odt(rows))[0]) == 100


@pytest.mark.parametrize(("depth", "is_read"), [(240, True), (260, False)])
def test_a_document_is_nested_two_hundred_and_fifty_times_at_most(depth, is_read):
    body = p("<text:span>" * depth + "words" + "</text:span>" * depth)
    if is_read:
        assert texts_of(body) == ["words"]
    else:
        with pytest.raises(Unreadable, match="nested"):
            texts_of(body)


@pytest.mark.parametrize(
    "content",
    [
        "<office:document-content",
        f'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x {NAMESPACES}>&a;</x>',
        f"<!DOCTYPE x><office:document-content {NAMESPACES}/>",
    ],
)
def test_a_damaged_document_or_one_with_entities_is_refused(content):
    with pytest.raises(Unreadable, match="damaged"):
        read(odt("", **{"content.xml": content}))


@pytest.mark.parametrize(
    ("letters", "behind", "text"),
    [
        ('fo:color="#ffffff"', "", "a"),
        ('fo:color="#eeeeee"', "", "a words"),
        ('fo:color="#ffffff" fo:background-color="#000080"', "", "a words"),
        ('fo:color="#ffffff"', 'fo:background-color="#333333"', "a words"),
        ('fo:color="#ffffff"', 'fo:background-color="transparent"', "a"),
        ('fo:font-size="1.5pt"', "", "a"),
        ('fo:font-size="2pt"', "", "a"),
        ('fo:font-size="2.5pt"', "", "a words"),
        ('fo:font-size="50%"', "", "a words"),
    ],
)
def test_letters_that_nobody_sees_are_left_out_and_told(letters, behind, text):
    automatic = (
        f'<style:style style:name="T" style:family="text"><style:text-properties {letters}/></style:style>'
        '<style:style style:name="P" style:family="paragraph">'
        f"<style:paragraph-properties {behind}/></style:style>"
    )
    body = p('a<text:span text:style-name="T"> words</text:span>', "P")
    assert texts_of(body, automatic=automatic) == [text]
    assert told_of(body, automatic=automatic) == ([] if text == "a words" else ["hidden"])


@pytest.mark.parametrize(
    ("position", "text"),
    [
        ("super 58%", "By 2031[5] they came"),
        ("33% 58%", "By 2031[5] they came"),
        ("sub 58%", "By 2031₅ they came"),
        ("0% 100%", "By 20315 they came"),
    ],
)
def test_raised_and_lowered_figures_run_into_no_number(position, text):
    letters = f'<style:text-properties style:text-position="{position}"/>'
    automatic = f'<style:style style:name="T" style:family="text">{letters}</style:style>'
    body = p('By 2031<text:span text:style-name="T">5</text:span> they came')
    assert texts_of(body, automatic=automatic) == [text]
