"""The words of rich text: no tag, and a space between two blocks."""

import pytest

from portal.pages.plain_text import plain_text


@pytest.mark.parametrize(
    "tag", "blockquote caption dd dl dt div figcaption h1 h2 h3 h4 h5 h6 li p pre td th tr".split()
)
def test_words_of_two_blocks_are_kept_apart(tag):
    assert plain_text(f"<{tag}>one</{tag}><{tag}>two</{tag}>") == "one two"


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("one<br>two<br/>three", "one two three"),
        ("o<b>n</b>e <em>two</em>", "one two"),
        ("<p>R&amp;D &lt;b&gt; &nbsp;x</p>", "R&D <b> \u00a0x"),
        ("<param>x</param><table>y</table>z", "xyz"),
        (" <p> </p> ", ""),
        ("", ""),
    ],
)
def test_only_blocks_and_breaks_part_words_and_signs_are_read_as_they_show(html, text):
    assert plain_text(html) == text
