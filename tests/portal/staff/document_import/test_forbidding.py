"""Words that forbid publication are shown before all others, wherever a document says them."""

import pytest

from portal.staff.document_import.document import read_document
from portal.staff.document_import.readers.docx import read
from portal.staff.document_import.readers.forbidding import (
    FIRST_LINES,
    MAX_WORDS_LENGTH,
    notices_of_headers,
    notices_of_lines,
)
from portal.staff.document_import.readers.shape import Line
from tests.support.documents import NAMESPACE, docx, paragraph, run

FORBIDDING = [
    "DRAFT – not to be published before 1 May 2031",
    "Embargoed until 00:01 on 3 March 2031",
    "Under strict embargo",
    "EMBARGO: 4 April",
    "Not for publication",
    "Not for further circulation",
    "Draft – do not quote or cite",
    "Please do not publish before we agree",
    "Strictly private",
    "Private and confidential",
    "This report may not be quoted",
    "For internal use only",
    "Ne pas diffuser",
    "À ne pas publier avant le 4 mai",
    "Sous embargo jusqu’au 4 mai",
    "Strictement confidentiel",
    "Document non destiné à la publication",
    "Ce rapport ne peut être publié",
    "No publication before 3 May",
    "Restricted circulation",
    "Sperrfrist: 3. Mai",
    "Nur für den internen Gebrauch",
    "Nicht zur Veröffentlichung",
    "Prohibida su difusión antes del 3 de mayo",
    "Uso interno",
    "Não divulgar antes de 3 de maio",
    "Da non pubblicare",
    "Niet voor publicatie",
    "Не для публикации",
    "Для служебного пользования",
    "Nie do publikacji",
    "غير للنشر",
    "سري للغاية",
    "内部资料",
    "社外秘",
]
HARMLESS = [
    "The arms embargo until 2012 held",
    "Le pays est sous embargo sur les armes",
    "The trust publishes a report each year before 1 May.",
    "Annual report 2031",
    "No part of this publication may be reproduced without permission.",
    "Private schools",
    "For immediate release",
    "Publications not cited elsewhere",
    "Tutti i diritti riservati",
    "Prohibida su reproducción sin permiso",
    "Distribution of seeds without limits",
]
IN_HEADERS_ALONE = [
    "Lantern Network, confidential, page 3",
    "Rapport confidentiel 2031",
    "DRAFT",
    "Draft v2.1",
    "Vertraulich – Seite 3",
    "Bericht, confidencial",
    "Tarn, riservato",
    "Отчёт, конфиденциально",
    "报告 机密",
]


@pytest.mark.parametrize("text", FORBIDDING)
def test_words_that_forbid_are_found_in_headers_and_among_the_first_lines(text):
    for notices in (notices_of_headers([text]), notices_of_lines([Line(text)])):
        assert [tuple(notice) for notice in notices] == [("forbidden", text)]


@pytest.mark.parametrize("text", HARMLESS)
def test_words_that_only_sound_alike_raise_no_alarm(text):
    assert notices_of_headers([text]) == notices_of_lines([Line(text)]) == []


@pytest.mark.parametrize("text", IN_HEADERS_ALONE)
def test_one_word_is_enough_in_a_header_alone(text):
    assert notices_of_headers([text]) and not notices_of_lines(
        [Line(f"The helpline: {text} calls were heard")]
    )


@pytest.mark.parametrize(
    ("text", "is_told"),
    [
        ("CONFIDENTIAL", True),
        ("Confidential – draft report", True),
        ("Confidential counselling for children", False),
        ("Embargo", True),
    ],
)
def test_a_line_of_its_own_forbids_among_the_first_lines(text, is_told):
    assert bool(notices_of_lines([Line(text)])) is is_told


@pytest.mark.parametrize(("before", "is_told"), [(FIRST_LINES - 1, True), (FIRST_LINES, False)])
def test_only_the_first_lines_speak_of_the_document_itself(before, is_told):
    lines = [Line("words"), Line("")] * before + [Line("Not for publication")]
    assert bool(notices_of_lines(lines)) is is_told


def test_of_a_long_line_the_words_around_are_shown():
    [notice] = notices_of_headers([f"{'word ' * 100}not for publication{' word' * 100}"])
    assert "not for publication" in notice.words and len(notice.words) <= MAX_WORDS_LENGTH


RELATIONS = '<Relationships><Relationship Id="r1" Type="types/{}" Target="{}"/></Relationships>'


@pytest.mark.parametrize("kind", ["header", "footer"])
def test_headers_and_footers_of_a_word_file_are_told_and_not_kept(kind):
    part = f"<w:hdr {NAMESPACE}>{paragraph('Not for publication')}{paragraph('Page 3')}</w:hdr>"
    section = f"<w:sectPr><w:{kind}Reference id='r1'/></w:sectPr>"
    parts = {"word/_rels/document.xml.rels": RELATIONS.format(kind, "h.xml"), "word/h.xml": part}
    lines, notices = read(docx(paragraph("Words"), section, **parts))
    assert [line.text for line in lines] == ["Words"]
    assert [tuple(notice) for notice in notices] == [
        ("forbidden", "Not for publication"),
        ("left out", "headers"),
    ]


def test_a_header_of_page_numbers_is_not_worth_a_word():
    parts = {
        "word/_rels/document.xml.rels": RELATIONS.format("header", "h.xml"),
        "word/h.xml": f"<w:hdr {NAMESPACE}>{paragraph('– 3 –')}</w:hdr>",
    }
    section = "<w:sectPr><w:headerReference id='r1'/></w:sectPr>"
    assert read(docx(paragraph("Words"), section, **parts))[1] == []


def test_the_properties_of_a_file_forbid_publication():
    parts = {
        "_rels/.rels": RELATIONS.format("core-properties", "core.xml"),
        "core.xml": "<properties><contentStatus>Confidential draft</contentStatus></properties>",
    }
    assert [tuple(each) for each in read(docx(paragraph("Words"), **parts))[1]] == [
        ("forbidden", "Confidential draft")
    ]


@pytest.mark.parametrize("extension", [".txt", ".html", ".docx"])
def test_the_words_come_first_whatever_the_kind_of_file(extension):
    words = "Sous embargo jusqu’au 4 mai"
    hidden = f"<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>x</w:t></w:r>{run(words)}</w:p>"
    contents = docx(hidden) if extension == ".docx" else words.encode()
    assert tuple(read_document(contents, extension).notices[0]) == ("forbidden", words)
