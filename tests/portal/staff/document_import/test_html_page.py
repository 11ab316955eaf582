"""A page is read as a person sees it, and what can be opened with it; staff are told of what is left out."""

import pytest

from organisation.reader_process.unreadable import Unreadable
from portal.staff.document_import.readers.html_page import read
from tests.support.inputs import input_file


def lines_of(markup):
    lines, _notices = read(markup.encode())
    return [(line.text, line.kind) for line in lines]


def texts_of(markup):
    return [text for text, _kind in lines_of(markup)]


def told_of(markup):
    _lines, notices = read(markup.encode())
    return [notice.words or notice.code for notice in notices]


def test_headings_that_are_buttons_are_kept_with_what_they_open():
    lines, notices = read(input_file("accordion-of-buttons.html"))
    assert [(line.text, line.kind, line.number) for line in lines] == [
        ("What we do", "heading", 1),
        ("Our impact in Sabelia", "heading", 2),
        ("Trained 1,240 teachers", "item", 1),
        ("Opened 7 schools", "item", 1),
        ("Our impact in Norvania", "heading", 2),
        ("Trained 88 teachers", "item", 1),
    ]
    assert [notice.code for notice in notices] == ["openable"]


def test_closed_tabs_are_kept_under_their_names():
    lines, notices = read(input_file("closed-tab.html"))
    assert [line.text for line in lines] == [
        "Facts",
        "2030",
        "In 2030 we trained 80 teachers.",
        "2031",
        "In 2031 we trained 1,240 teachers.",
        "In 2032 we opened 7 schools.",
    ]
    assert [notice.code for notice in notices] == ["openable"]


def test_cells_with_paragraphs_are_one_line_a_row():
    lines, _notices = read(input_file("cells-with-paragraphs.html"))
    assert [line.text for line in lines] == [
        "Country\tChildren released\tChildren recruited",
        "Sabelia\t312\t5",
        "Norvania\t9\t144",
    ]
    assert [is_header for _text, is_header in lines[0].cells] == [True] * 3
    assert [is_header for _text, is_header in lines[1].cells] == [False] * 3


def test_the_mark_of_a_note_stays_apart_from_the_number_before_it():
    lines, _notices = read(input_file("note-mark-after-number.html"))
    assert [line.text for line in lines[1:]] == [
        "By 2031[1] we had brought 3,120[2] children home from 12 km² of islands.",
        "CO₂ is measured too.",
    ]


def test_lines_of_one_paragraph_stay_one_paragraph():
    lines, _notices = read(input_file("sentence-over-line-breaks.html"))
    assert [(line.text, line.kind) for line in lines[1:]] == [
        (
            "In 2031 the Lantern Network trained\n1,240 teachers in Port Sabel and\n"
            "brought 312 children home.",
            "paragraph",
        )
    ]


def test_soft_hyphens_are_no_signs_of_a_word():
    lines, _notices = read(input_file("soft-hyphens.html"))
    assert lines[1].text == (
        "The network trained 1\u202f240 teachers of the demobilisation programme in Port\u00a0Sabel."
    )


@pytest.mark.parametrize(
    ("tag", "told"),
    [
        *[(tag, []) for tag in ("script", "style", "datalist")],
        *[(tag, ["hidden"]) for tag in ("template", "noscript", "title")],
        *[(tag, ["embedded"]) for tag in ("iframe", "object", "canvas", "audio", "video", "svg")],
        *[(tag, ["controls"]) for tag in ("button", "select", "textarea")],
        *[(tag, ["navigation"]) for tag in ("nav", "menu")],
        *[(tag, ["struck out"]) for tag in ("del", "s", "strike")],
    ],
)
def test_what_is_no_text_of_the_page_is_left_out_and_told(tag, told):
    markup = f"<p>One</p><{tag}>gone</{tag}><p>Two</p>"
    assert lines_of(markup) == [("One", "paragraph"), ("Two", "paragraph")]
    assert told_of(markup) == told


@pytest.mark.parametrize(
    ("style", "is_shown"),
    [
        *[
            (style, False)
            for style in ("display:none", "a:b; DISPLAY : None !important", "visibility: hidden")
        ],
        *[
            (style, False)
            for style in ("opacity:0", "font-size:0", "height:0;overflow:hidden", "mso-hide:all")
        ],
        *[("position:absolute;left:-9999px", False), ("position:absolute;clip:rect(0,0,0,0)", False)],
        *[
            (style, True)
            for style in ("display: block", "opacity:0.5", "left:-9999px", "height:0.5em;overflow:hidden")
        ],
    ],
)
def test_what_styles_hide_is_left_out_wherever_they_stand(style, is_shown):
    texts = ["a b", "c"] if is_shown else ["c"]
    for markup in (
        f"<p style='{style}'>a <b>b</b></p><p>c</p>",
        f"<style>/* x */ .x, .y {{{style}}}</style><p class='z x'>a b</p><p>c</p>",
        f"<style>#x{{{style}}}</style><div id=x><p>a b</p></div><p>c</p>",
        f"<style>@media screen{{div p.x{{{style}}}}}</style><div><p class=x>a b</p></div><p class=x>c</p>",
    ):
        assert texts_of(markup) == texts, markup
        assert told_of(markup) == ([] if is_shown else ["hidden"]), markup


@pytest.mark.parametrize(
    "sheet",
    [
        *[
            "@media print{.x{display:none}}",
            "@media (max-width:600px){.x{display:none}}",
            ".x:hover{display:none}",
        ],
        *[".x{display:none} .x.x{display:block}", "div .x{display:none}", "p{display:none!important} .x.q{}"][
            :2
        ],
        *[".x{display:none}.x{display:inline}", "@font-face{display:none}", "span{display:none}"],
    ],
)
def test_rules_for_another_case_hide_nothing(sheet):
    assert texts_of(f"<style>{sheet}</style><p class=x>a</p>") == ["a"]


@pytest.mark.parametrize(
    ("markup", "told"),
    [
        ("<div hidden><p>a</p></div>", ["hidden"]),
        ("<p hidden>a</p>", ["hidden"]),
        ("<button aria-expanded=false aria-controls=x>b</button><p id=x hidden>a</p>", ["openable"]),
        (
            "<a href='#x' data-toggle=collapse>b</a><div id=x class=collapse style='display:none'>a</div>",
            ["openable"],
        ),
        ("<details><summary>b</summary>a</details>", ["openable"]),
        ("<details open><summary>b</summary>a</details>", []),
        ("<dialog>a</dialog>", ["openable"]),
        ("<div hidden=until-found>a</div>", ["openable"]),
        (
            "<input type=checkbox id=c><label for=c>b</label><div style='display:none'>a</div>",
            ["controls", "openable"],
        ),
        ("<script></script><section style='visibility:hidden'>a</section>", ["openable"]),
        ("<section style='visibility:hidden'>a</section>", ["hidden"]),
    ],
)
def test_what_a_reader_can_open_is_kept_and_told(markup, told):
    assert ("a" in texts_of(markup)) is (told != ["hidden"])
    assert told_of(markup) == told


def test_a_page_without_a_body_of_its_own_is_read_whole():
    markup = "<!doctype html><title>x</title><style>p{}</style><main><p>a</p><section>b</section></main>"
    assert texts_of(markup) == ["a", "b"]


def test_a_header_that_forbids_publication_is_told_with_its_words():
    _lines, notices = read(b"<div title=header><p>Confidential - do not quote</p></div><p>a</p>")
    assert notices == [("forbidden", "Confidential - do not quote"), ("left out", "headers")]


def test_fields_of_a_form_are_left_out_with_their_labels():
    markup = "<form><label>Name <input></label><p>We answer letters.</p><button>Send</button></form>"
    assert (texts_of(markup), told_of(markup)) == (["We answer letters."], ["controls"])


def test_a_list_of_links_within_the_page_is_its_contents():
    contents = "<ul><li><a href='#a'>Our work</a></li><li><a href='#b'>Our people</a></li></ul>"
    assert lines_of(f"<nav>{contents}</nav><h2 id=a>Our work</h2>") == [
        ("Our work", "contents"),
        ("Our people", "contents"),
        ("Our work", "heading"),
    ]
    assert lines_of("<ul><li>See <a href='#a'>here</a> for what we did</li><li>Two</li></ul>")[1][1] == "item"
    assert lines_of("<nav><a href='/a'>Home</a> <a href='/b'>News</a></nav><p>a</p>") == [("a", "paragraph")]


@pytest.mark.parametrize(
    ("markup", "lines"),
    [
        *[(f"<{tag}>a</{tag}>b", [("a", "heading"), ("b", "paragraph")]) for tag in ("h1", "h3", "h6")],
        ("<ul><li>a<li>b</ul>", [("a", "item"), ("b", "item")]),
        ("<dl><dt>a<dd>b</dl>", [("a", "item"), ("b", "item")]),
        ("<ol><li><h2>a</h2>b<li>c</ol>", [("1. a", "heading"), ("b", "item"), ("2.\tc", "item")]),
        ("<ol start=3 type=a><li>a<li value=9>b</ol>", [("c.\ta", "item"), ("i.\tb", "item")]),
        ("<ol style='list-style:none'><li>a</ol>", [("a", "item")]),
        ("a<br>b<br><br>c", [("a\nb", "paragraph"), ("c", "paragraph")]),
        ("a<br>• b<br>• c", [("a", "paragraph"), ("• b", "item"), ("• c", "item")]),
        ("<h2>a<br>b</h2>", [("a b", "heading")]),
        (
            "<section>a<blockquote><p>b</p></blockquote>c</section>",
            [("a", "paragraph"), ("b", "quotation"), ("c", "paragraph")],
        ),
        ("<figure><img alt=x><figcaption>a</figcaption></figure>", [("a", "caption")]),
        ("<p>a <i>b</i><span>c</span>\n  d</p>", [("a bc d", "paragraph")]),
        ("<pre>a\n  b\n\nc</pre>", [("a\nb", "paragraph"), ("c", "paragraph")]),
        ("<p>a\n\tb\r\nc</p>", [("a b c", "paragraph")]),
        ("<p> </p><p>\n</p>a", [("a", "paragraph")]),
        ("<p>a <q>b</q></p>", [("a “b”", "paragraph")]),
        ("<ruby>a<rt>b</rt></ruby>", [("a(b)", "paragraph")]),
        ("<p>a&#11;b&#x1f;c&#150;d</p>", [("a b c–d", "paragraph")]),
    ],
)
def test_each_block_is_a_line_of_its_kind(markup, lines):
    assert lines_of(markup) == lines


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<span class=n>1,240</span><span class=l>teachers</span>", "1,240 teachers"),
        ("<b>12</b><b>40</b>", "1240"),
        ("<a href=x>2030</a><a href=y>2031</a>", "2030 2031"),
        ("the 1<sup>st</sup> and 21<sup>e</sup>", "the 1st and 21e"),
        ("10<sup>6</sup> and 5 m<sup>2</sup>", "10⁶ and 5 m²"),
        ("40 pupils<sup>a</sup>, 7<sup>a)</sup>", "40 pupils[a], 7[a)]"),
        ("5,000<sup>[2]</sup> and 9<sup>*</sup>", "5,000[2] and 9*"),
        ("5,000<a class=footnote-ref href='#fn2'>2</a>", "5,000[2]"),
    ],
)
def test_figures_keep_apart_from_what_styles_set_beside_them(markup, text):
    assert texts_of(f"<p>{markup}</p>") == [text]


def test_a_note_begins_with_the_mark_that_leads_to_it():
    note = "<ol><li id=fn1 role=doc-endnote><p>Until June.<a href='#r1' role=doc-backlink>↩︎</a></p></li></ol>"
    markup = f"<p>By 2031<sup id=r1><a href='#fn1'>1</a></sup></p><section role=doc-endnotes>{note}</section>"
    assert lines_of(markup) == [("By 2031[1]", "paragraph"), ("[1] Until June.", "note")]


@pytest.mark.parametrize(
    ("attributes", "kind"),
    [
        *[
            (each, "note")
            for each in ("class=footnotes", "class='a footnote-text'", "id=sdfootnote1", "id=fn2")
        ],
        *[(each, "paragraph") for each in ("class='text has-footnotes'", "class=noted", "id=fns")],
    ],
)
def test_notes_are_known_by_their_names(attributes, kind):
    assert lines_of(f"<div {attributes}><p>a</p></div>") == [("a", kind)]


def test_a_banner_that_asks_for_cookies_is_no_text_and_a_recipe_is():
    assert texts_of("<div class=cookie-banner>We use cookies.</div><div id=cookies>We baked 40.</div>") == [
        "We baked 40."
    ]


def test_a_window_that_asks_for_cookies_is_no_text_and_another_is():
    page = (
        '<div id=a role=dialog aria-label="Cookies" style="display: none">We use 14 cookies.</div>'
        "<button aria-controls=b>Norvania</button><dialog id=b>We opened 7 schools.</dialog>"
    )
    assert texts_of(page) == ["Norvania", "We opened 7 schools."]


@pytest.mark.parametrize(
    ("table", "rows"),
    [
        ("<tr><td> <td>b<tr><td>c<td>d", ["\tb", "c\td"]),
        ("<caption>x</caption><tr><th>a<td>b", ["x", "a\tb"]),
        ("<tr><td colspan=2>a<td>b<tr><td>c<td>d<td>e", ["a\t\tb", "c\td\te"]),
        ("<tr><td rowspan=2>a<td>b<tr><td>c", ["a\tb", "\tc"]),
        ("<tr><td colspan=99999999>a<td>b<tr><td>c<td>d", ["a\tb", "c\td"]),
        ("<tr><td><ul><li>a<li>b</ul><td>1<br>2", ["• a • b\t1 / 2"]),
        ("<tr><td><ol><li>a<li>b</ol><td>c", ["1. a 2. b\tc"]),
        ("<tr><td>a<tr><td><p>b</p><p>c</p>", ["a", "b", "c"]),
        ("<tr><td><h2>a</h2>b<td>c", ["a", "b", "c"]),
        ("<tr><td>a<td>b<tr hidden><td>c<td>d", ["a\tb"]),
        (
            "<tfoot><tr><td>All<td>3</tfoot><tbody><tr><td>a<td>1</tbody><thead><tr><th>A<th>B</thead>"
            "<tfoot><tr><td>b<td>2</tfoot>",
            ["A\tB", "a\t1", "b\t2", "All\t3"],
        ),
    ],
)
def test_a_row_has_as_many_cells_as_it_has(table, rows):
    assert texts_of(f"<table>{table}</table>") == rows


@pytest.mark.parametrize(("depth", "is_read"), [(250, True), (260, False)])
def test_a_page_is_nested_two_hundred_and_fifty_times_at_most(depth, is_read):
    markup = "<div>" * depth + "words"
    if is_read:
        assert lines_of(markup) == [("words", "paragraph")]
    else:
        with pytest.raises(Unreadable, match="nested"):
            lines_of(markup)
