"""Rich text holds what the style sheet knows and nothing else, whichever way it comes."""

import re
from pathlib import Path

import html5rdf
import pytest
from cms.toolbar.utils import get_object_preview_url
from django.test import Client
from django.urls import reverse
from djangocms_text.models import Text

from portal.pages.allowed_markup import ATTRIBUTES, DIRECTION_MARKS, EVERYWHERE, TAGS, VALUES, sanitised
from portal.pages.rich_text import DEEPEST, LONGEST, clean
from tests.support.hostile_text import HOSTILE, everything, words
from tests.support.pages import publish
from tests.support.people import bob

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:get_current_site")]

CLIPBOARDS = Path(__file__).parent / "clipboards"
ALLOWED = (
    '<h2>Tides</h2><p lang="fr" dir="ltr">La <em>mer</em>, <strong>haute</strong> : 10 m<sup>2</sup>, '
    'H<sub>2</sub>O, <s>x</s>, <q>Words</q> <cite>Log</cite><br><abbr title="High water">HW</abbr> '
    '<time datetime="2019-05">May 2019</time> <span lang="ar" dir="rtl">\u0646\u0648\u0631</span></p><hr>'
    '<ul><li>One<ol start="3"><li>Two</li></ol></li></ul><blockquote><p>Words</p></blockquote>'
    '<p><a href="https://example.org/">x</a> <a href="mailto:a@example.org" rel="noopener noreferrer">y</a> '
    '<a href="tel:1">z</a> <a href="/about/">w</a></p>'
    '<table><caption>Boats</caption><thead><tr><th scope="col">Year</th></tr></thead>'
    '<tbody><tr><td colspan="2" rowspan="1">2019&nbsp;m</td></tr></tbody></table>'
)
CAPTION = "<caption>Boats by year</caption>"


def test_no_link_becomes_a_script_as_a_mark_of_direction_is_taken_out_of_it():
    for mark in map(chr, DIRECTION_MARKS):
        assert "javascript" not in sanitised(f'<a href="java{mark}script:alert(1)">x</a>')


def faults(fragment):
    """Returns the tags and attributes of HTML that no text may have."""
    tree = html5rdf.parseFragment(fragment, namespaceHTMLElements=False)
    found = []
    for element in tree.iter():
        if element.tag == "DOCUMENT_FRAGMENT":
            continue
        if element.tag not in TAGS:
            found.append(str(element.tag))
            continue
        for name, value in element.attrib.items():
            known = EVERYWHERE | ATTRIBUTES.get(element.tag, set())
            if name not in known or not VALUES[name].fullmatch(value) or "script:" in value:
                found.append(f"{element.tag} {name}={value}")
    return found


def form_of(draft):
    text = Text.objects.get(placeholder__in=draft.content.get_placeholders())
    return text, reverse("admin:cms_placeholder_edit_plugin", args=[text.pk]) + "?cms_path=/tides/"


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_text_is_stored_as_its_words_alone(kind):
    stored = clean(HOSTILE[kind].format(words(kind)))
    assert faults(stored) == []
    assert words(kind) in stored and not re.search(
        "[\u202a-\u202e\u2066-\u2069\U000e0000-\U000e007f\ufeff\ufff9]|\u0301{7}|evil.example/x|alert", stored
    )
    assert clean(stored) == stored


def test_an_editor_who_sends_all_of_it_at_once_stores_and_shows_words_alone(at_alices, draft):
    text, address = form_of(draft)
    answer = at_alices.post(address, {"body": everything(), "json": '{"type": "doc", "content": [{"x": 1}]}'})
    assert answer.status_code == 200
    text.refresh_from_db()
    assert faults(text.body) == [] and text.json is None
    for page in (at_alices.get(get_object_preview_url(draft.content)), published_page(draft)):
        main = main_of(page)
        assert [kind for kind in HOSTILE if words(kind) not in main] == []
        assert "evil.example/x" not in main and "<img" not in main and " style=" not in main


def test_a_text_pasted_from_word_is_no_more_red_in_the_preview_than_on_the_page(at_alices, draft):
    text, address = form_of(draft)
    at_alices.post(
        address, {"body": '<p class="MsoNormal" style="color:red"><font color="red">Tides</font></p>'}
    )
    text.refresh_from_db()
    assert text.body == "<p>Tides</p>"
    assert "<p>Tides</p>" in main_of(at_alices.get(get_object_preview_url(draft.content)))
    assert "<p>Tides</p>" in main_of(published_page(draft))


def test_the_window_and_the_page_show_no_more_of_a_row_that_something_else_wrote(at_alices, draft):
    text, address = form_of(draft)
    Text.objects.filter(pk=text.pk).update(
        body='<p class="drawer" style="inset:0">High<img src="/x.png"></p>'
    )
    for page in (at_alices.get(get_object_preview_url(draft.content)), published_page(draft)):
        assert "<p>High</p>" in main_of(page)
    assert "drawer" not in at_alices.get(address).content.decode()


def test_whatever_is_allowed_is_kept_to_the_byte(at_alices, draft):
    text, address = form_of(draft)
    at_alices.post(address, {"body": ALLOWED})
    text.refresh_from_db()
    assert text.body == ALLOWED
    assert faults(ALLOWED) == []
    assert ALLOWED in main_of(at_alices.get(get_object_preview_url(draft.content)))


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ("x" * LONGEST, ""),
        ("x" * (LONGEST + 1), "divide it into several blocks."),
        ("<blockquote>" * DEEPEST + "x" + "</blockquote>" * DEEPEST, ""),
        ("<blockquote>" * (DEEPEST + 1) + "x", "paste its words without their format."),
    ],
)
def test_a_text_that_is_too_long_or_too_deep_is_refused_with_a_sentence(at_alices, draft, body, sentence):
    text, address = form_of(draft)
    answer = at_alices.post(address, {"body": body})
    text.refresh_from_db()
    errors = answer.context["adminform"].form.errors.get("body", []) if sentence else []
    assert bool(errors) == bool(sentence) == (text.body == "<p>Higher than last year.</p>")
    assert all(sentence in error for error in errors)


@pytest.mark.parametrize("program", ["word", "google_docs", "libreoffice"])
def test_what_is_pasted_from_a_word_processor_becomes_lists_headings_and_tables(at_alices, program):
    clipboard = (CLIPBOARDS / f"{program}.html").read_text()
    expected = between_tags((CLIPBOARDS / f"{program}.clean.html").read_text())
    assert between_tags(clean(clipboard)) == expected
    # The editor knows no captions.
    expected = expected.replace(f"<table>{CAPTION}", "<p>Boats by year</p><table>")
    answer = at_alices.post(reverse("admin:djangocms_text_textplugin_pasted"), {"html": clipboard})
    assert between_tags(answer.content.decode()) == expected and CAPTION not in expected


def test_a_clipboard_that_is_too_deep_is_refused_and_so_is_whoever_may_change_no_text(at_alices):
    address = reverse("admin:djangocms_text_textplugin_pasted")
    assert at_alices.post(address, {"html": "<div>" * (DEEPEST + 1)}).status_code == 400
    assert Client().post(address, {"html": "<p>x</p>"}).status_code == 403


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<div>One</div><div>Two</div>", "<p>One</p><p>Two</p>"),
        ("a<div>b<p>c</p>d</div>e", "<p>a</p><p>b</p><p>c</p><p>d</p><p>e</p>"),
        ("<dl><dt>a</dt><dd>b</dd></dl>", "<p>a</p><p>b</p>"),
        ("<b>a</b> <i>b</i> <u>c</u> <del>d</del>", "<strong>a</strong> <em>b</em> c <s>d</s>"),
        ("<h1>a</h1><h2>b</h2>", "<h2>a</h2><h2>b</h2>"),
        ('<a href="javascript:x">a</a> <a href="tel:1">b</a>', 'a <a href="tel:1">b</a>'),
        ('<a data-cms-href="cms.page:1">a</a>', '<a data-cms-href="cms.page:1">a</a>'),
        ('<a data-cms-href="impact.claim:1">a</a>', "a"),
        ("<pre>a\nb</pre><p></p>", "<p>a\nb</p>"),
        ("<p>\x01a&#2;</p>", "<p>a</p>"),
    ],
)
def test_no_word_is_lost_or_glued_to_another(html, expected):
    assert clean(html) == expected


def published_page(draft):
    publish(draft, bob())
    return Client().get("/tides/")


def main_of(page):
    return re.search(r"<main\b.*</main>", page.content.decode(), re.DOTALL)[0]


def between_tags(html):
    return re.sub(r">\s+<", "><", html).strip()


def test_a_text_of_any_size_has_no_scheme_that_a_hidden_letter_hid():
    link = '<a href="java\u202ascript:alert(1)">x</a>'
    for text in (link, link + "x" * LONGEST):
        assert "script:" not in clean(text)


def test_the_marks_that_a_language_needs_are_kept():
    text = "<p>Việt, בְּרֵאשִׁ֖ית, قُرْآنٌ, กี่, e\u0301\u0302\u0303\u0304\u0305\u0306</p>"
    assert clean(text) == text
