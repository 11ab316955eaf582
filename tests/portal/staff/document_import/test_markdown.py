"""A Markdown file is read as the page that it describes."""

import pytest

from portal.staff.document_import.readers.markdown import read

YEAR = """---
title: "The year 2031"
author: A. Writer
keywords: midwives
---

# Our results

The trust **housed 230
children** in [Tessaly Bay](https://quillmere.example/bay).[^1]

- Trained 96 midwives
- Dug 44 wells

| District | Girls |
|---|---|
| Marrowen | 110 |

> They came home.

<!-- ask Odo -->

[^1]: Yes.
    For a year.
"""


def lines_of(text):
    lines, _notices = read(text.encode())
    return [(line.text, line.kind) for line in lines]


def test_headings_items_tables_quotations_and_notes_are_known_by_their_marks():
    assert lines_of(YEAR) == [
        ("The year 2031", "heading"),
        ("author: A. Writer", "paragraph"),
        ("Our results", "heading"),
        ("The trust housed 230 children in Tessaly Bay.[1]", "paragraph"),
        ("Trained 96 midwives", "item"),
        ("Dug 44 wells", "item"),
        ("District\tGirls", "row"),
        ("Marrowen\t110", "row"),
        ("They came home.", "quotation"),
        ("[1] Yes. For a year.", "note"),
    ]


def test_comments_and_what_a_file_says_of_itself_are_told():
    _lines, notices = read(YEAR.encode())
    assert [notice.words for notice in notices] == ["comments", "metadata"]
    assert read(b"---\ntitle: A\n---\nwords")[1] == []


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("A\n=\n\nb", [("A", "heading"), ("b", "paragraph")]),
        ("a  \nb", [("a\nb", "paragraph")]),
        ("3. a\n4. b", [("3.\ta", "item"), ("4.\tb", "item")]),
        ("```\n[^1]: a\n```", [("[^1]: a", "paragraph")]),
        ("~~a~~ b", [("b", "paragraph")]),
        ("<div hidden>a</div>\n\nb &amp; c", [("b & c", "paragraph")]),
        ("![picture](a.png) b", [("b", "paragraph")]),
        ("a[^x]", [("a[^x]", "paragraph")]),
    ],
)
def test_other_marks_and_pages_within_it_are_understood(text, lines):
    assert lines_of(text) == lines


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("## Results {#results .unnumbered}", [("Results", "heading")]),
        ("## Results {of all}", [("Results {of all}", "heading")]),
        ("We fed 3,120^2^ children on 12 km^2^.", [("We fed 3,120[2] children on 12 km².", "paragraph")]),
        ("H~2~O, ~~2~~3", [("H₂O, 3", "paragraph")]),
        ("It cost 2 ^ 3 and ~7 to ~9", [("It cost 2 ^ 3 and ~7 to ~9", "paragraph")]),
        ("Home^[All *of* them.] soon.", [("Home[1] soon.", "paragraph"), ("[1] All of them.", "note")]),
        (
            "a[^1] b^[c]\n\n[^1]: d",
            [("a[1] b[2]", "paragraph"), ("[1] d", "note"), ("[2] c", "note")],
        ),
        ("`5^2^` and\n\n    5^2^", [("5^2^ and", "paragraph"), ("5^2^", "paragraph")]),
        ("5\\^2\\^ and \\^[a]", [("5^2^ and ^[a]", "paragraph")]),
    ],
)
def test_what_pandoc_writes_besides_is_understood(text, lines):
    assert lines_of(text) == lines


@pytest.mark.parametrize("sign", ["`", "`a``b", "^[", "^a^", "~2~", "# {#a", "# " + " " * 50, "^[`"])
def test_many_signs_of_one_kind_end_soon(sign):
    assert read((sign * (60_000 // len(sign))).encode())
