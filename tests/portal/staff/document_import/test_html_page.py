"""A page is read line by line as a browser shows it: what is no text of it is left out."""

import pytest

from portal.staff.document_import.readers.html_page import read
from portal.staff.reader_process.unreadable import Unreadable


def lines_of(markup):
    lines, _notices = read(markup.encode())
    return [(line.text, line.kind) for line in lines]


@pytest.mark.parametrize(
    "tag",
    [
        *["script", "style", "template", "noscript", "iframe", "object", "applet", "svg", "canvas", "audio"],
        *["video", "nav", "menu", "button", "select", "textarea", "datalist", "dialog", "del", "title"],
    ],
)
def test_what_a_reader_does_not_see_or_does_not_read_is_left_out(tag):
    assert lines_of(f"<p>One</p><{tag}>gone</{tag}><p>Two</p>") == [
        ("One", "paragraph"),
        ("Two", "paragraph"),
    ]


@pytest.mark.parametrize(
    ("attributes", "is_shown"),
    [
        *[("hidden", False), ("style='display:none'", False), ("style='a:b; DISPLAY : None'", False)],
        *[("style='visibility: hidden'", False), ("style='display: block'", True), ("class=hidden", True)],
        ("aria-hidden=true", True),
    ],
)
def test_what_is_hidden_is_left_out_with_all_that_is_in_it(attributes, is_shown):
    lines = lines_of(f"<div {attributes}><p>a <b>b</b></p></div><p>c</p>")
    assert [text for text, _kind in lines] == (["a b", "c"] if is_shown else ["c"])


@pytest.mark.parametrize(
    ("markup", "lines"),
    [
        *[(f"<{tag}>a</{tag}>b", [("a", "heading"), ("b", "paragraph")]) for tag in ("h1", "h3", "h6")],
        ("<ul><li>a<li>b</ul>", [("a", "item"), ("b", "item")]),
        ("<dl><dt>a<dd>b</dl>", [("a", "item"), ("b", "item")]),
        ("<ol><li><h2>a</h2>b</ol>", [("a", "heading"), ("b", "item")]),
        ("<table><tr><th>a<td>b<tr><td>c</table>", [("a\tb", "row"), ("c", "row")]),
        ("<table><tr><td> <td>b</table>", [("b", "row")]),
        ("a<br>b<br><br>c", [("a", "paragraph"), ("b", "paragraph"), ("c", "paragraph")]),
        ("<section>a<blockquote>b</blockquote>c</section>", [(each, "paragraph") for each in "abc"]),
        ("<p>a <i>b</i><span>c</span>\n  d</p>", [("a bc d", "paragraph")]),
        ("<pre>a\n  b\n\nc</pre>", [("a", "paragraph"), ("b", "paragraph"), ("c", "paragraph")]),
        ("<p>a\n\tb\r\nc</p>", [("a b c", "paragraph")]),
        ("<p> </p><p>\n</p>a", [("a", "paragraph")]),
    ],
)
def test_each_block_is_a_line_of_its_kind(markup, lines):
    assert lines_of(markup) == lines


@pytest.mark.parametrize(("depth", "is_read"), [(198, True), (210, False)])
def test_a_page_is_nested_two_hundred_times_at_most(depth, is_read):
    markup = "<div>" * depth + "words"
    if is_read:
        assert lines_of(markup) == [("words", "paragraph")]
    else:
        with pytest.raises(Unreadable, match="nested"):
            lines_of(markup)
