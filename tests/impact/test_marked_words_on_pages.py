"""The words of a claim are marked as far as they are shown, and a key says what the marks mean."""

import re

from django.template.loader import render_to_string

from impact.templatetags.claims import marked

SEGMENTS = [
    ("We ", None),
    ("taught pilots", "shown"),
    (", the ", ""),
    ("first", "not_established"),
    (" & ", ""),
    ("best", "not_established"),
]


def component(name, segments):
    return render_to_string(f"components/claim/{name}.html", {"segments": segments})


def text(html):
    return re.sub(r"<[^>]+>", "", html)


def test_the_wording_stands_letter_by_letter_with_its_marks():
    html = marked(SEGMENTS)
    assert text(html) == "We taught pilots, the first &amp; best"
    assert '<span class="mk">taught pilots</span>' in html
    assert '<span class="mk-no">first</span>' in html


def test_the_key_says_what_the_marks_mean_and_reads_the_words_out():
    html = component("marked_key", SEGMENTS)
    assert (
        text(html) == "supported by an independent source: taught pilotsnot established by any: first; best"
    )


def test_the_key_names_only_the_marks_that_are_there():
    assert "not established" not in component("marked_key", SEGMENTS[:2])
    assert "supported" not in component("marked_key", SEGMENTS[3:])
    assert component("marked_key", [("Nothing is marked", "")]).strip() == ""
