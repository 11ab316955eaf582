"""The published record as one document: what the page and the PDF say, and that the PDF can be read by everyone and kept."""

import re
from datetime import timedelta
from functools import cache, cached_property
from io import BytesIO
from unittest.mock import patch

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone
from pypdf import PdfReader

from impact.models import Claim, Edition, Figure, Highlight
from organisation.models import Citation, Organisation, Source, Statement
from organisation.templatetags.margin import figure_value
from portal.exports.report import pdf
from tests.support.people import bob

pytestmark = pytest.mark.django_db

MARKER = "zugzwang"
PAGE, RECORD, FACTSHEET = "/impact/report/", "/impact/report.pdf", "/support/factsheet.pdf"
COALITION = "/organisations/coalition/report.pdf"
PRINTED = [RECORD, COALITION, FACTSHEET]
# Markup to Typst and to HTML, words without an end, scripts from the right, and letters that no font here has.
HOSTILE = (
    '#panic("x") \\ ] $ @ <b> `a` _*_ // /* {{ }} '
    + "x" * 300
    + " درّبنا الناس 训练 😀 \ue000\ufeff\u202e\x01 ɖevi"
)


class Document:
    """A PDF as a reader's program finds it."""

    def __init__(self, file):
        self.reader = PdfReader(BytesIO(file))
        self.root = self.reader.trailer["/Root"]
        self.text_of_page = cache(lambda number: self.reader.pages[number].extract_text())
        self.words_of_page = cache(lambda number: closed_up(self.text_of_page(number)))
        self.metadata = self.root["/Metadata"].get_data().decode()

    @cached_property
    def pages(self):
        return [self.text_of_page(number) for number in range(len(self.reader.pages))]

    @cached_property
    def words(self):
        return closed_up(" ".join(self.pages))

    @cached_property
    def body(self):
        return closed_up(" ".join(without_head_and_foot(page) for page in self.pages))

    @cached_property
    def elements(self):
        return list(below(self.root["/StructTreeRoot"]))

    def says(self, text):
        """Also where a page ends in the midst of it; reading a page costs much, so none is read after the one that says it."""
        text = closed_up(text)
        on_a_page = any(text in self.words_of_page(number) for number in range(len(self.reader.pages)))
        return on_a_page or text in self.words or text in self.body

    def tags(self):
        return [element["/S"] for element in self.elements]


def below(node):
    """Every element of the structure under a node, in reading order."""
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        kid = kid.get_object()
        if hasattr(kid, "get") and "/S" in kid:
            yield kid
            yield from below(kid)


def without_head_and_foot(page):
    return re.sub(r"\nMargin As of .*Page \d+ of \d+$", "", page).removeprefix(page.split("\n")[0])


def closed_up(text):
    """Without its spaces: a line may break anywhere."""
    return re.sub(r"\s", "", text)


def read(client, path):
    response = client.get(path)
    assert (response.status_code, response["Content-Type"]) == (200, "application/pdf"), path
    return Document(response.content)


def words_of(client, path):
    response = client.get(path)
    assert response.status_code == 200
    return Document(response.content).words if path.endswith(".pdf") else closed_up(response.content.decode())


@pytest.fixture(scope="module")
def documents(django_db_setup, django_db_blocker):
    """Each of the printed documents by its address."""
    with django_db_blocker.unblock(), transaction.atomic():
        return {path: read(Client(), path) for path in PRINTED}


def draft():
    claim = Claim.objects.create(
        organisation=Organisation.objects.get(slug="coalition"),
        statement=f"We {MARKER}",
        subject="s",
        theme="training",
        type="output",
    )
    Citation.objects.create(record=claim, source=Source.objects.get(slug="coalition-what-we-do"))
    Figure.objects.create(claim=claim, label=MARKER, value=77, unit="people")
    return claim


def test_the_page_holds_every_published_claim_with_its_edition_figures_grade_limits_and_sources(client):
    page = words_of(client, PAGE)
    for edition in Edition.objects.current().in_full():
        told = [
            edition.claim.reference,
            f"http://testserver{edition.get_absolute_url()}",
            f'href="{edition.get_absolute_url()}"',
        ]
        told += [str(citation.source.get_absolute_url()) for citation in edition.citations.all()]
        assert [each for each in told if closed_up(each) not in page] == []
        assert page.count(closed_up(f'data-record="impact.edition:{edition.pk}"')) >= 1
    assert page.count("Beforeyourelyonit:") == Edition.objects.current().exclude(limitations="").count()


def test_the_printed_record_holds_every_published_claim_in_its_own_words(documents):
    record = documents[RECORD]
    for edition in Edition.objects.current().in_full():
        told = [
            f"“{edition.statement}”",
            f"{edition.claim.reference} v{edition.number}",
            edition.limitations,
            str(edition.grade_reason),
            f"testserver{edition.get_absolute_url()}",
            *(f"testserver{citation.source.get_absolute_url()}" for citation in edition.citations.all()),
            *(citation.note for citation in edition.citations.all()),
        ]
        assert [each for each in told if not record.says(each)] == []
    assert Edition.objects.current().count() == 30


def test_the_printed_figures_are_those_that_are_published(documents):
    for figure in Figure.objects.filter(edition__in=Edition.objects.current()):
        told = [figure.label, f"{figure.qualifier} {figure_value(figure.value)} {figure.unit}"]
        assert [each for each in told if not documents[RECORD].says(each)] == []


def test_each_organisation_stands_with_its_names_its_aim_and_what_is_missing(documents):
    record = documents[RECORD]
    assert record.says("Formerly Coalition to Stop the Use of Child Soldiers")
    assert record.says("Later known as Child Soldiers International")
    for statement in Statement.objects.filter(kind__in=["vision", "mission", "goal"]):
        assert record.says(statement.text)
    assert record.says("Areas of work") and record.says("How funds are used: no source on record says it.")


def test_the_record_of_one_organisation_speaks_of_no_other(documents, client):
    own = {
        edition.claim.reference
        for edition in Edition.objects.current().filter(organisation__slug="coalition").in_full()
    }
    assert set(re.findall(r"\b(E\d+) v\d+\b", " ".join(documents[COALITION].pages))) == own
    assert client.get("/organisations/save-the-children/report.pdf").status_code == 404
    assert client.get("/organisations/nobody/report.pdf").status_code == 404


@pytest.mark.parametrize("path", PRINTED)
def test_a_printed_document_is_tagged_archival_and_names_its_language(documents, path):
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


@pytest.mark.parametrize("path", PRINTED)
def test_every_picture_of_a_printed_document_has_an_alternative_text(documents, path):
    pictures = [element for element in documents[path].elements if element["/S"] == "/Figure"]
    assert pictures
    assert [
        str(picture.get("/Alt", "")) for picture in pictures if not str(picture.get("/Alt", "")).strip()
    ] == []
    assert any("QR code: http://testserver/" in picture["/Alt"] for picture in pictures)


def test_the_chart_is_told_in_words_and_stands_beside_its_table(documents):
    record = documents[RECORD]
    told = " ".join(str(element["/Alt"]) for element in record.elements if element["/S"] == "/Figure")
    for organisation in Organisation.objects.profiled():
        assert str(organisation) in told
    assert "supported: 1" in told
    tables = (
        1
        + Organisation.objects.filter(editions__figures__isnull=False, editions__in=Edition.objects.current())
        .distinct()
        .count()
    )
    assert (record.tags().count("/Table"), record.tags().count("/TH")) == (tables, 4 * tables)


def test_headings_contents_quotations_and_links_are_marked_as_such(documents):
    tags = documents[RECORD].tags()
    assert {"/H1", "/H2", "/H3", "/TOC", "/TOCI", "/BlockQuote", "/L", "/LI", "/Link"} <= set(tags)
    assert tags.count("/H3") == Edition.objects.current().count()
    levels = [int(tag[2:]) for tag in tags if re.fullmatch(r"/H\d", tag)]
    assert levels[0] == 1
    assert all(lower <= upper + 1 for upper, lower in zip(levels, levels[1:]))


def test_the_foot_of_each_page_gives_the_day_of_the_record_and_the_page(documents):
    record = documents[RECORD]
    for number, page in enumerate(record.pages, start=1):
        assert re.search(r"As of \d{1,2} \w+ \d{4}", page)
        assert f"Page {number} of {len(record.pages)}" in page


def test_the_fact_sheet_is_one_sheet_with_figures_references_and_what_is_not_on_record(documents):
    sheet = documents[FACTSHEET]
    assert len(sheet.pages) == 1
    for told in (
        "over 4,500 participants",
        "E10",
        "E10 v1",
        "E20 v1",
        "E26 v1",
        "As of: not stated",
        "How funds are used: not on record",
        "testserver/support/",
    ):
        assert sheet.says(told), told
    independence = Statement.objects.get(
        organisation__slug="child-soldiers-international", slug="independence"
    )
    assert sheet.says(independence.text)
    width, height = (round(float(side) / 72 * 25.4) for side in sheet.reader.pages[0].mediabox[2:])
    assert (width, height) == (210, 297)


@pytest.mark.parametrize("path", [PAGE, *PRINTED])
def test_charlie_reads_nothing_of_a_draft_or_of_what_was_withdrawn(client, path):
    claim = draft()
    Highlight.objects.create(claim=claim, where="home figures", order=0)
    assert MARKER not in words_of(client, path)
    claim.publish(by=bob())
    assert MARKER in words_of(client, path)
    claim.refresh_from_db()
    claim.withdraw(by=bob(), reason="It was not so")
    assert MARKER not in words_of(client, path)


def test_a_working_copy_changes_nothing_until_bob_publishes_it(client):
    before = client.get(RECORD)["ETag"]
    claim = Claim.objects.get(number=10)
    claim.statement = f"We {MARKER}"
    claim.save()
    claim.figures.filter(unit="participants").update(label=MARKER)
    assert client.get(RECORD)["ETag"] == before
    claim.publish(by=bob(), reason="A newer count")
    record = read(client, RECORD)
    assert record.says(f"We {MARKER}") and record.says("E10 v2") and not record.says("E10 v1")


@pytest.mark.parametrize("path", PRINTED)
def test_a_document_is_set_once_and_then_taken_from_its_file_whatever_the_day(
    client, path, settings, tmp_path
):
    settings.VAR_DIR = tmp_path
    first = client.get(path)
    assert [file.read_bytes() for file in (tmp_path / "reports").iterdir()] == [first.content]
    later = timezone.now() + timedelta(days=40)
    with (
        patch("portal.exports.report.pdf.typst.compile", side_effect=AssertionError),
        patch("django.utils.timezone.now", return_value=later),
    ):
        again = client.get(path)
    assert (again.content, again["ETag"]) == (first.content, first["ETag"])


def test_a_reader_who_has_the_document_is_not_sent_it_again(client):
    first = client.get(RECORD)
    again = client.get(RECORD, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert re.fullmatch(
        r'inline; filename="published-record-\d{4}-\d{2}-\d{2}\.pdf"', first["Content-Disposition"]
    )


def test_the_same_record_gives_the_same_bytes(client, settings, tmp_path):
    files = []
    for name in ("one", "two"):
        settings.VAR_DIR = tmp_path / name
        settings.VAR_DIR.mkdir()
        files.append(client.get(RECORD).content)
    assert files[0] == files[1]


def test_only_the_newest_files_are_kept_and_no_half_written_one(client, settings, tmp_path, monkeypatch):
    settings.VAR_DIR = tmp_path
    monkeypatch.setattr(pdf, "MAX_CACHED_FILES", 2)
    vision = Statement.objects.get(organisation__slug="dallaire-initiative", kind="mission")
    for number in range(4):
        vision.text = f"The mission, told for the {number}th time"
        vision.save()
        newest = client.get(FACTSHEET).content
    kept = list((tmp_path / "reports").iterdir())
    assert len(kept) == 2
    assert newest in [file.read_bytes() for file in kept]
    assert {file.suffix for file in kept} == {".pdf"}


def test_a_fault_while_setting_leaves_no_file(client, settings, tmp_path):
    settings.VAR_DIR = tmp_path
    with (
        patch("portal.exports.report.pdf.typst.compile", side_effect=RuntimeError),
        pytest.raises(RuntimeError),
    ):
        client.get(RECORD)
    assert not (tmp_path / "reports").exists()
    assert client.get(RECORD).status_code == 200


def test_hostile_words_break_neither_the_page_nor_a_printed_document(client):
    coalition = Organisation.objects.get(slug="coalition")
    coalition.official_name, coalition.other_names = HOSTILE[:300], HOSTILE
    coalition.save()
    Statement.objects.update(text=HOSTILE * 4)
    Source.objects.update(title=HOSTILE[:300])
    for number in (10, 20, 26):
        claim = Claim.objects.get(number=number)
        claim.statement = claim.limitations = HOSTILE * 4
        claim.save()
        for figure in claim.figures.all():
            figure.label, figure.unit, figure.value = (
                f"{figure.pk} {HOSTILE}"[:200],
                HOSTILE[-100:],
                99999999999999999,
            )
            figure.save()
        Citation.objects.filter(content_type__model="claim", object_id=claim.pk).update(note=HOSTILE)
        claim.publish(by=bob(), reason="Hostile")
    for path in PRINTED:
        document = read(client, path)
        assert document.says('#panic("x") \\ ] $ @ <b> `a` _*_ // /* {{ }} xxx'), path
        assert path == FACTSHEET or document.says("\ufffd\ufffd") and document.says("ɖevi")
    assert path == FACTSHEET and len(document.reader.pages) == 1
    assert "<b>`a`" not in words_of(client, PAGE)


def test_an_organisation_of_which_nothing_is_on_record_has_a_record_that_says_so(client):
    Organisation.objects.create(slug="new", official_name="New Organisation", profiled=True)
    document = read(client, "/organisations/new/report.pdf")
    assert document.says("New Organisation") and document.says("Not on record.")
    assert document.says("When it was founded") and document.says("Vision")


def test_what_staff_deleted_is_not_on_record_on_the_fact_sheet(client):
    Statement.objects.get(organisation__slug="dallaire-initiative", slug="mission").delete()
    Highlight.objects.all().delete()
    sheet = read(client, FACTSHEET)
    assert len(sheet.pages) == 1
    assert "".join(sheet.pages).count("Not on record.") == 2


def test_a_report_of_very_many_claims_ends_and_says_how_many_it_leaves_out(client):
    with patch("portal.exports.report.content.MAX_CLAIMS", 3):
        record = read(client, RECORD)
        page = words_of(client, PAGE)
    assert record.tags().count("/H3") == 3
    assert (
        record.says("Not printed here: 27 more claims")
        and closed_up("Not printed here: 27 more claims") in page
    )


@pytest.mark.parametrize("path", [PAGE, *PRINTED])
def test_it_costs_a_fixed_number_of_queries(client, path, django_assert_max_num_queries):
    for _number in range(5):
        claim = draft()
        claim.publish(by=bob())
        Highlight.objects.create(claim=claim, where="home figures", order=9)
        organisation = Organisation.objects.create(
            slug=f"organisation-{claim.number}", official_name=f"Organisation {claim.number}", profiled=True
        )
        Statement.objects.create(organisation=organisation, slug="vision", kind="vision", text="A vision")
    with django_assert_max_num_queries(32):
        client.get(path)


def test_the_pages_lead_to_the_documents(client):
    links = {
        "/impact/": [PAGE],
        "/support/": [FACTSHEET, PAGE],
        "/press/": [RECORD, FACTSHEET],
        PAGE: [RECORD, COALITION],
        "/organisations/coalition/": [COALITION],
    }
    for path, addresses in links.items():
        page = client.get(path).content.decode()
        assert [address for address in addresses if f'href="{address}"' not in page] == [], path
