"""Letters of web pages in the colour of what is behind them, and tiny ones, are left out and told."""

import pytest

from portal.staff.colours import read_css
from portal.staff.document_import.readers.html_page import read


def words_of(markup):
    lines, notices = read(f"{markup}<p>Seen.</p>".encode())
    return " ".join(line.text for line in lines), [notice.code for notice in notices]


def is_kept(markup):
    words, told = words_of(markup)
    kept = "words" in words
    assert "Seen." in words and kept is ("hidden" not in told), markup
    return kept


@pytest.mark.parametrize(
    ("text", "color"),
    [
        *[
            (text, "#ff8000")
            for text in ("#FF8000", "rgb(255,128,0)", "rgb(100% 50.2% 0%)", "hsl(30.1, 100%, 50%)")
        ],
        *[("hwb(30.1deg 0% 0%)", "#ff8000"), ("hsl(0.0836turn 100 50 / 1)", "#ff8000")],
        *[("RebeccaPurple", "#663399"), ("darkslategrey", "#2f4f4f"), ("white", "#ffffff")],
        *[(text, None) for text in ("whitest", "rgb(a b c)", "rgb(1e999 1 1)", "lab(50% 1 1)", "")],
    ],
)
def test_a_colour_is_read_in_all_the_ways_of_writing_it(text, color):
    assert (found := read_css(text)) == color or found.color == color


@pytest.mark.parametrize(
    "markup",
    [
        "<p style='color:hsl(0,0%,100%)'>words</p>",
        "<p style='color:rgb(100%,100%,100%)'>words</p>",
        "<p style='color:rgb(255 255 255 / 80%)'>words</p>",
        "<p style='color:rgba(0,0,0,0.02)'>words</p>",
        "<div style='background:navy'><p style='color:#000080'>words</p></div>",
        "<div style='background-color:teal'><span style='color:hsl(180 100% 25.1%)'>words</span></div>",
        "<body bgcolor=black text=black><p>words</p><p style='background:#fff'>Seen.</p>",
        "<table bgcolor=#336699><tr><td><font color=#336699>words</font><td>b</table>",
        "<table><tr style='background:#123'><td style='color:#123'>words<td style='color:#fff'>b</table>",
        "<table bgcolor=navy><tr><td><table bgcolor=white><tr><td><font color=white>words</font><td>b",
        "<p bgcolor=black><font color=white>words</font></p>",
        "<p style='background:linear-gradient(#fff,#fff);color:#fff'>words</p>",
        "<a href=x style='color:white'>words</a>",
        "<mark style='color:yellow'>words</mark>",
        "<p style='color:white; color:bogus'>words</p>",
        "<p style='color:white;text-shadow:0 0 1px white'>words</p>",
        "<style>.w{color:white!important}</style><p class=w style='color:black'>words</p>",
        "<style>.w{color:white ! important}.w{color:black}</style><p class=w>words</p>",
        "<style media='screen and (min-width:600px)'>.w{color:#fff}</style><p class=w>words</p>",
        "<style>@media (width >= 600px){.w{color:#fff}}</style><p class=w>words</p>",
        "<style>@media not print{.w{color:#fff}}</style><p class=w>words</p>",
        "<style>@media print{.w{color:black}} .w{color:white}</style><p class=w>words</p>",
        "<style>@layer a{.w{color:black}} .w{color:white}</style><p class=w>words</p>",
        "<noscript><style>.w{color:black}</style></noscript><p class=w style='color:white'>words</p>",
        "<div style='--c:white'><p style='color:var(--c)'>words</p></div>",
        "<p style='font-size:2px'>words</p>",
        "<p style='font-size:1pt'>words</p>",
        "<p style='font:1px/1 Arial'>words</p>",
        "<div style='font-size:2px'><p>words</p></div>",
        "<p style='transform:scale(.01)'>words</p>",
        "<p style='opacity:.01'>words</p>",
    ],
)
def test_words_in_their_own_ground_are_left_out_and_told(markup):
    assert not is_kept(markup)


@pytest.mark.parametrize(
    "markup",
    [
        "<p style='color:yellow'>words</p>",
        "<p style='background:#000;color:#000;background:none'>words</p>",
        "<p style='background:linear-gradient(#000,#fff);color:#fff'>words</p>",
        "<p style='color:transparent;background:linear-gradient(red,blue);background-clip:text'>words</p>",
        "<p style='color:white;text-shadow:0 0 3px #000'>words</p>",
        "<p style='color:#fff;-webkit-text-stroke:1px #000'>words</p>",
        "<div><img src=a><h1 style='position:absolute;color:white'>words</h1></div>",
        "<p style='color:white'><a href=x>words</a></p>",
        "<div style='color:white'><p style='color:initial'>words</p></div>",
        "<body bgcolor=#222222 text=white><p>words</p>",
        "<link rel=stylesheet href=x><body style='background:#000'><p>words</p>",
        "<style>@import 'x.css';</style><p style='color:white'>words</p>",
        "<style>@media print{.w{color:white}}</style><p class=w>words</p>",
        "<style media=print>.w{color:white}</style><p class=w>words</p>",
        "<style>@media (prefers-color-scheme:dark){.w{color:white}}</style><p class=w>words</p>",
        "<style>@supports not (display:grid){.w{color:white}}</style><p class=w>words</p>",
        "<style>@layer a{.w{color:white}} .w{color:black}</style><p class=w>words</p>",
        "<style>.w{color:white}</style><p class=w style='color:black'>words</p>",
        "<style>.a{color:white}.b{color:black}.a{font-size:2em}</style><p class='a b'>words</p>",
        "<p style='color:black!important;color:white'>words</p>",
        "<p style='color:color-mix(in srgb, white, black)'>words</p>",
        "<div style='font-size:0'><p style='font-size:12px'>words</p></div>",
        "<style>html{font-size:62.5%}p{font-size:1.4rem}</style><p>words</p>",
        "<p style='font-size:3px'>words</p>",
    ],
)
def test_words_on_another_ground_are_kept(markup):
    assert is_kept(markup)


@pytest.mark.parametrize(
    ("style", "kept"),
    [
        ("position:fixed;top:-9999em", False),
        ("position:absolute;right:-9999px", False),
        ("position:absolute;inset:-9999px auto auto auto", False),
        ("position:relative;top:-120px", True),
        ("margin:0 0 0 -9999px", False),
        ("translate:-9999px", False),
        ("position:absolute;clip:rect(0,100px,100px,0)", True),
        ("position:absolute;clip:rect(1px, 1px, 1px, 1px)", False),
        ("clip-path:inset(0 100% 0 0)", False),
        ("clip-path:polygon(0 0, 0 0, 0 0)", False),
        ("clip-path:circle(50%)", True),
        ("width:0;overflow:hidden", False),
        ("max-width:0;overflow-x:hidden", False),
        ("line-height:0;overflow:hidden", False),
        ("height:0;overflow:hidden;padding-bottom:50%", True),
        ("text-indent:100%;white-space:nowrap;overflow:hidden", False),
    ],
)
def test_words_that_are_moved_or_cut_away_are_left_out(style, kept):
    assert is_kept(f"<div style='{style}'>words</div>") is kept


def test_brackets_and_quotes_without_end_take_no_longer():
    assert words_of(f"<style>p{{x:{'(' * 100_000}}}</style>") == ("Seen.", [])
    assert words_of(f'<style>p{{x:{"(" * 100_000}"{"(" * 100_000}; color:red}}</style>') == ("Seen.", [])
