"""What a page hides by its styles is left out wherever the rule stands, and what they show again is kept."""

import pytest

from portal.staff.document_import.readers.html_page import read


def words_of(markup):
    lines, notices = read(markup.encode())
    return " ".join(line.text for line in lines), [notice.code for notice in notices]


@pytest.mark.parametrize(
    ("style", "is_shown"),
    [
        ("color:transparent", False),
        ("color:rgba(0, 0, 0, 0)", False),
        ("color:#0000", False),
        ("color:white", False),
        ("color:#fefefe", False),
        ("color:#ddd", True),
        ("color:white;background:navy", True),
        ("color:white;background-color:#FFF", False),
        ("color:#123456;background:rgb(18,52,86)", False),
        ("color:red;background:red", False),
        ("color:white;background:url(x.png)", True),
        ("font:0/0 a", False),
        ("font:12px/0 a", True),
        ("font-size:0.16em", False),
        ("font-size:0.18em", True),
        ("transform:scale(0)", False),
        ("transform:scale(0.5)", True),
        ("transform:translateX(-9999px)", False),
        ("transform:translateX(-10px)", True),
        ("filter:opacity(0)", False),
        ("filter:opacity(0.5)", True),
        ("content-visibility:hidden", False),
        ("margin-left:-10000px", False),
        ("margin-left:-400px", True),
        ("width:1px;height:1px;overflow:hidden", False),
        ("width:1px;height:1px", True),
        ("--x:none;display:var(--x)", False),
        ("display:var(--y, none)", False),
        ("display:var(--y, block)", True),
    ],
)
def test_words_that_nobody_sees_are_left_out(style, is_shown):
    for markup in (f"<p style='{style}'>words</p>", f"<style>.x{{{style}}}</style><p class=x>words</p>"):
        assert words_of(markup) == (("words", []) if is_shown else ("", ["hidden"])), markup


@pytest.mark.parametrize(
    "markup",
    [
        "<div style='visibility:hidden'><p style='visibility:visible'>words</p></div>",
        "<ul style='font-size:0'><li style='font-size:16px'>words</ul>",
        "<div style='color:#fff'><p style='background:#000'>words</p></div>",
        "<div style='background:#000'><p style='color:#fff'>words</p></div>",
        "<table bgcolor=navy><tr><th>A<th>B<tr><td><font color=white>words</font><td>c</table>",
        # A sheet that is not there may set the colour behind.
        "<link rel=stylesheet href=x.css><p style='color:white'>words</p>",
    ],
)
def test_words_that_are_shown_again_are_kept(markup):
    words, told = words_of(markup)
    assert "words" in words and told == []


def test_the_number_of_an_item_that_nobody_sees_is_left_out_with_it():
    assert words_of("<ol><li>a<li style='color:white'>b</ol><p>c</p>") == ("1.\ta c", ["hidden"])


@pytest.mark.parametrize(
    ("sheet", "is_shown"),
    [
        ("[data-x='1']{display:none}", False),
        ("[data-x='2']{display:none}", True),
        ("[class^=no]{display:none}", False),
        ("[class$=x]{display:none}", True),
        ("p:nth-child(2){display:none}", False),
        ("p:nth-child(2n+1){display:none}", True),
        ("p:last-child{display:none}", False),
        ("p:first-child{display:none}", True),
        ("p:not(.on){display:none}", False),
        ("p:not(.note){display:none}", True),
        (":is(.note,.x){display:none}", False),
        ("div>.note{display:none}", False),
        ("body>.note{display:none}", True),
        ("i+.note{display:none}", False),
        ("b+.note{display:none}", True),
        ("i~p{display:none}", False),
        ("div{.note{display:none}}", False),
        ("div{color:red;&>.note{display:none}}", False),
        ("b{.note{display:none}}", True),
        (".note{@media screen{display:none}}", False),
        (".note{@media print{display:none}}", True),
        (r".md\:note{display:none}", False),
        (":root{--x:none}.note{display:var(--x)}", False),
        ("#n,p.note{display:block}.note{display:none}", True),
        ("p:where(#n){display:block}.note{display:none}", False),
        (".note:hover{display:none}", True),
        (".note::before{display:none}", True),
        ("*{display:none}", False),
    ],
)
def test_the_rules_of_a_sheet_find_their_elements(sheet, is_shown):
    body = "<div><i></i><p id=n class='note md:note' data-x=1>words</p></div>"
    words, _told = words_of(f"<html><head><style>{sheet}</style></head><body>{body}</body></html>")
    assert words == ("words" if is_shown else "")


def test_rules_within_rules_without_end_are_read_so_deep_at_most():
    assert words_of(f"<style>{'p{' * 5_000}</style><p>words</p>") == ("words", [])
    assert words_of(f"<style>{'p{' * 5_000}{'}' * 5_000}</style><p>words</p>") == ("words", [])


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ("<font face=Symbol>\uf0b3</font> 30", ("≥ 30", [])),
        ("<span style='font-family:\"Symbol\",serif'>\uf0b3</span> 30", ("≥ 30", [])),
        ("<font face=Arial>\uf0b3</font> 30", ("30", ["left out"])),
        ("<font face=Symbol><font face=Arial>30</font></font>", ("30", [])),
    ],
)
def test_letters_of_a_font_of_symbols_are_the_signs_that_it_draws(markup, words):
    assert words_of(f"<p>{markup}</p>") == words
