"""Files of LibreOffice, pandoc and mail programs say what a person sees in them, as those of Word do."""

import pytest

from portal.staff.document_import.document import join_lines
from portal.staff.document_import.readers import docx, html_page, odt, plain_text
from portal.staff.document_import.rules.suggestions import suggest
from tests.support import documents, open_documents


def texts_of(lines):
    return [line.text for line in lines if line.text]


def claimed(lines):
    """Returns the words of the claims that are suggested for the lines of a document."""
    text, parts = join_lines(lines)
    return [text[each.start : each.end] for each in suggest(text, parts) if each.kind == "claim"]


@pytest.mark.parametrize(
    ("properties", "is_kept"),
    [
        ({"style:text-line-through-style": "solid"}, False),
        ({"style:text-line-through-type": "double"}, False),
        ({"style:text-line-through-style": "solid", "style:text-line-through-type": "single"}, False),
        ({"style:text-line-through-style": "none", "style:text-line-through-type": "none"}, True),
    ],
)
def test_letters_that_an_open_document_strikes_out_are_left_out_and_told(properties, is_kept):
    written = " ".join(f'{name}="{value}"' for name, value in properties.items())
    style = (
        f'<style:style style:name="T" style:family="text"><style:text-properties {written}/></style:style>'
    )
    body = '<text:p>We trained <text:span text:style-name="T">900 of </text:span>1,240 teachers.</text:p>'
    lines, notices = odt.read(open_documents.odt(body, automatic=style))
    assert texts_of(lines) == [f"We trained {'900 of ' if is_kept else ''}1,240 teachers."]
    assert [notice.code for notice in notices] == ([] if is_kept else ["struck out"])


def test_what_a_style_within_a_struck_out_one_shows_again_is_kept():
    styles = "".join(
        f'<style:style style:name="{name}" style:family="{family}">'
        f'<style:text-properties style:text-line-through-style="{line}"/></style:style>'
        for name, family, line in (("P", "paragraph", "solid"), ("T", "text", "none"))
    )
    body = '<text:p text:style-name="P">Gone <text:span text:style-name="T">and kept</text:span></text:p>'
    lines, _notices = odt.read(open_documents.odt(body, automatic=styles))
    assert texts_of(lines) == ["and kept"]


@pytest.mark.parametrize(
    ("style", "is_kept"),
    [
        ("text-decoration: line-through", False),
        ("text-decoration: 2px line-through red", False),
        ("text-decoration-line: line-through", False),
        ("text-decoration: underline", True),
    ],
)
def test_letters_that_a_page_strikes_out_by_a_style_are_left_out_and_told(style, is_kept):
    markup = f'<p>We trained <span style="{style}">900 of </span>1,240 teachers.</p>'
    lines, notices = html_page.read(markup.encode())
    assert texts_of(lines) == [f"We trained {'900 of ' if is_kept else ''}1,240 teachers."]
    assert [notice.code for notice in notices] == ([] if is_kept else ["struck out"])


HEADINGS = ["We trained 1,240 teachers in Port Sabel", "We opened 7 schools on the islands"]


@pytest.mark.parametrize(
    ("entries", "are_contents"),
    [
        ([f"{HEADINGS[0]} 1", f"{HEADINGS[1]} 2"], True),
        ([f"{HEADINGS[0]} ... iv", f"{HEADINGS[1]} ... 12"], True),
        ([f"{HEADINGS[0]} 1"], False),
        ([f"{HEADINGS[0]} 1", f"{HEADINGS[0]} 2"], False),
        (["We trained 88 nurses in 2", "We opened 9 houses in 3"], False),
    ],
)
def test_lines_with_the_words_of_headings_and_page_numbers_are_a_contents_list(entries, are_contents):
    entries_written = "".join(f"<p>{each}</p>" for each in entries)
    rest = "".join(f"<h1>{each}</h1><p>It is told here in the words of all.</p>" for each in HEADINGS)
    lines, _notices = html_page.read(f"<p>Contents</p>{entries_written}{rest}".encode())
    found = [each for each in claimed(lines) if each in entries]
    assert found == ([] if are_contents else entries)


def test_the_message_that_a_mail_answers_is_a_quotation():
    text = (
        "On 3 May Ada wrote:\n"
        "> Between 2019 and 2021 the Lantern Network trained 1,240\n"
        "> teachers in Port Sabel, who reached 31,000 children.\n"
        "We opened 7 schools.\n"
        "\n"
        "> We trained 88 nurses.\n"
        "> We opened 9 houses.\n"
    )
    lines, _notices = plain_text.read(text.encode())
    assert "\n".join(line.text for line in lines) == text
    assert [line.kind for line in lines if line.text.startswith(">")] == ["quotation", "", ""]
    assert "We opened 7 schools." in claimed(lines)


def test_a_word_that_is_broken_at_the_end_of_a_line_goes_on_in_the_next():
    lines, _notices = plain_text.read(b"The network helped re-\nintegrate 300 boys in 2020.")
    assert claimed(lines) == ["The network helped re-\nintegrate 300 boys in 2020."]
    lines, _notices = plain_text.read(b"Non-\nGovernmental")
    assert texts_of(lines) == ["Non-", "Governmental"]


def test_a_fraction_of_raised_and_lowered_figures_is_one_in_every_kind_of_file():
    page = "<p>We reached <sup>3</sup>&frasl;<sub>4</sub> of all, and H<sub>2</sub>O.</p>"
    styles = "".join(
        f'<style:style style:name="{name}" style:family="text">'
        f'<style:text-properties style:text-position="{name} 58%"/></style:style>'
        for name in ("super", "sub")
    )
    span = '<text:span text:style-name="{}">{}</text:span>'.format
    text = f"<text:p>We reached {span('super', 3)}⁄{span('sub', 4)} of all, and H{span('sub', 2)}O.</text:p>"
    run = '<w:r><w:rPr><w:vertAlign w:val="{}"/></w:rPr><w:t>{}</w:t></w:r>'.format
    word = (
        f"<w:p>{documents.run('We reached ')}{run('superscript', 3)}{documents.run('⁄')}"
        f"{run('subscript', 4)}{documents.run(' of all, and H')}{run('subscript', 2)}"
        f"{documents.run('O.')}</w:p>"
    )
    for lines, _notices in (
        html_page.read(page.encode()),
        odt.read(open_documents.odt(text, automatic=styles)),
        docx.read(documents.docx(word)),
    ):
        assert texts_of(lines) == ["We reached 3⁄4 of all, and H₂O."]


@pytest.mark.parametrize(
    "text",
    [
        "Results\n\n1. Trained 1,240 teachers\n2. Opened 7 schools",
        "Le réseau Lanterne a formé 1 240 enseignants à Port Sabel.",
    ],
)
def test_a_document_too_short_to_tell_its_language_by_small_words_has_figures(text):
    [claim, *_others] = [each for each in suggest(text) if each.kind == "claim"]
    assert [figure.value for figure in claim.figures] == [1240]
