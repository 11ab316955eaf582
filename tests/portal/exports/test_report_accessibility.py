"""The PDFs for screen readers and for archives: PDF/UA-1 and PDF/A-2a."""

import re
from itertools import pairwise

import pytest

from impact.models import Edition
from organisation.models import Organisation

from . import PDFS, REPORT

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", PDFS)
def test_a_pdf_is_tagged_archival_and_names_its_language(documents, path):
    document = documents[path]
    assert bool(document.root["/MarkInfo"]["/Marked"])
    assert document.root["/Lang"] == "en"
    assert bool(document.root["/ViewerPreferences"]["/DisplayDocTitle"])
    assert document.reader.metadata.title
    assert "<pdfuaid:part>1<" in document.metadata
    assert "<pdfaid:part>2<" in document.metadata and "<pdfaid:conformance>A<" in document.metadata
    assert all(font_is_embedded(font) for page in document.reader.pages for font in fonts_of(page))


def fonts_of(page):
    return [font.get_object() for font in page["/Resources"].get("/Font", {}).values()]


def font_is_embedded(font):
    descriptor = font["/DescendantFonts"][0].get_object()["/FontDescriptor"]
    return any(key in descriptor for key in ("/FontFile2", "/FontFile3"))


@pytest.mark.parametrize("path", PDFS)
def test_every_picture_of_a_pdf_has_an_alternative_text(documents, path):
    pictures = [element for element in documents[path].elements if element["/S"] == "/Figure"]
    assert pictures
    assert [
        str(picture.get("/Alt", "")) for picture in pictures if not str(picture.get("/Alt", "")).strip()
    ] == []
    assert any("QR code: http://testserver/" in picture["/Alt"] for picture in pictures)


def test_the_chart_has_an_alternative_text_and_stands_beside_its_table(documents):
    report = documents[REPORT]
    alternatives = " ".join(str(each["/Alt"]) for each in report.elements if each["/S"] == "/Figure")
    for organisation in Organisation.objects.profiled():
        assert str(organisation) in alternatives
    assert "supported in part: 1" in alternatives
    tables = (
        1
        + Organisation.objects.filter(editions__figures__isnull=False, editions__in=Edition.objects.current())
        .distinct()
        .count()
    )
    assert (report.tags.count("/Table"), report.tags.count("/TH")) == (tables, 4 * tables)


def test_headings_contents_quotations_and_links_are_tagged_as_such(documents):
    tags = documents[REPORT].tags
    assert {"/H1", "/H2", "/H3", "/TOC", "/TOCI", "/BlockQuote", "/L", "/LI", "/Link"} <= set(tags)
    assert tags.count("/H3") == Edition.objects.current().count()
    levels = [int(tag[2:]) for tag in tags if re.fullmatch(r"/H\d", tag)]
    assert levels[0] == 1
    assert all(lower <= upper + 1 for upper, lower in pairwise(levels))
