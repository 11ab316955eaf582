"""The published record as one document: what the page and the PDFs say, and what they never show."""

import re
from unittest.mock import patch

import pytest
from django.db.models import Q

from impact.models import Claim, ClaimsBlock, Edition, Figure, Highlight
from organisation.models import Citation, Organisation, Source, Statement, Succession
from organisation.templatetags.records import figure_value
from tests.support.factory import a_claim, a_figure, an_organisation, restate_figures
from tests.support.pdf import PdfDocument, compact, read_pdf
from tests.support.people import bob
from tests.support.sampling import in_turn

from . import FACTSHEET, ORGANISATION_REPORT, PDFS, REPORT, REPORT_PAGE

pytestmark = pytest.mark.django_db

DRAFT_WORD = "zugzwang"
# Markup to Typst and to HTML, words without an end, right-to-left scripts, characters without a glyph.
HOSTILE = (
    '#panic("x") \\ ] $ @ <b> `a` _*_ // /* {{ }} '
    + "x" * 300
    + " درّبنا الناس 训练 😀 \ue000\ufeff\u202e\x01 ɖevi"
)
# That of all organisations is set as that of one is, and takes longest.
EACH = [REPORT_PAGE, FACTSHEET, *in_turn([REPORT, ORGANISATION_REPORT])]


def text_of(client, path):
    """Returns the text of a PDF or the HTML of a page, without white space."""
    response = client.get(path)
    assert response.status_code == 200
    if path.endswith(".pdf"):
        return PdfDocument(response.content).text
    return compact(response.content.decode())


def draft_claim():
    claim = a_claim(f"We {DRAFT_WORD}", organisation=an_organisation(profiled=True))
    a_figure(claim, 77, label=DRAFT_WORD)
    return claim


def test_the_page_holds_every_published_claim_with_its_edition_figures_grade_limits_and_sources(client):
    page = text_of(client, REPORT_PAGE)
    for edition in Edition.objects.current().in_full():
        expected = [
            edition.claim.reference,
            f"http://testserver{edition.get_absolute_url()}",
            f'href="{edition.get_absolute_url()}"',
        ]
        expected += [str(citation.source.get_absolute_url()) for citation in edition.citations.all()]
        assert [each for each in expected if compact(each) not in page] == []
        assert page.count(compact(f'data-record="impact.edition:{edition.pk}"')) >= 1
    assert page.count("Beforeyourelyonit:") == Edition.objects.current().exclude(limitations="").count()


def test_the_printed_record_holds_every_published_claim_in_its_own_words(documents):
    report = documents[REPORT]
    for edition in Edition.objects.current().in_full():
        expected = [
            f"“{edition.statement}”",
            f"{edition.claim.reference} v{edition.number}",
            edition.limitations,
            str(edition.grade_reason),
            f"testserver{edition.get_absolute_url()}",
            *(f"testserver{citation.source.get_absolute_url()}" for citation in edition.citations.all()),
            *(citation.note for citation in edition.citations.all()),
        ]
        assert [each for each in expected if not report.says(each)] == []
    assert Edition.objects.current().count() == 30


def test_the_printed_figures_are_those_that_are_published(documents):
    for figure in Figure.objects.filter(edition__in=Edition.objects.current()):
        expected = [figure.label, f"{figure.qualifier} {figure_value(figure.value)} {figure.unit}"]
        assert [each for each in expected if not documents[REPORT].says(each)] == []


def test_each_organisation_stands_with_its_names_its_aim_and_what_is_missing(documents):
    of_one, report = documents[ORGANISATION_REPORT], documents[REPORT]
    assert of_one.says("Formerly Harbour Union") and of_one.says("Renamed Sea Aid")
    assert of_one.says("The mission of a harbour for every ship.")
    [renamed] = Succession.objects.filter(kind="renamed")
    assert report.says(f"Formerly {renamed.earlier}") and report.says(f"Renamed {renamed.later}")
    for statement in Statement.objects.filter(kind__in=["vision", "mission", "goal"]):
        assert report.says(statement.text)
    assert report.says("Areas of work") and not report.says("How funds are used")


def test_the_record_of_one_organisation_speaks_of_no_other(client, harbour_aid):
    own = {edition.claim.reference for edition in harbour_aid.editions.current()}
    pages = read_pdf(client, ORGANISATION_REPORT).pages
    assert len(own) == 2 and set(re.findall(r"\b(E\d+) v\d+\b", " ".join(pages))) == own
    an_organisation("Only Named")
    assert client.get("/organisations/only-named/report.pdf").status_code == 404
    assert client.get("/organisations/nobody/report.pdf").status_code == 404


@pytest.mark.parametrize("path", [FACTSHEET, ORGANISATION_REPORT])
def test_without_a_public_address_a_document_says_so_once_and_names_no_local_host(
    client, settings, path, harbour_aid
):
    settings.ALLOWED_HOSTS = ["localhost"]
    document = PdfDocument(client.get(path, headers={"host": "localhost:8000"}).content)
    assert document.text.count(compact("This site has no public address yet.")) == 1
    links = [each.get_object() for page in document.reader.pages for each in page.get("/Annots", [])]
    assert [link["/A"] for link in links if "/A" in link] == [] and "localhost" not in document.text


def test_the_foot_of_each_page_gives_the_day_of_the_record_and_the_page(documents):
    report = documents[REPORT]
    for number, page in enumerate(report.pages, start=1):
        assert re.search(r"As of \d{1,2} \w+ \d{4}", page)
        assert f"Page {number} of {len(report.pages)}" in page


@pytest.mark.parametrize("path", EACH)
def test_charlie_reads_nothing_of_a_draft_or_of_what_was_withdrawn(client, path, harbour_aid):
    claim = draft_claim()
    for block in ClaimsBlock.objects.exclude(claims=None).distinct():  # those of the fact sheet, too
        block.claims.add(claim)
    assert DRAFT_WORD not in text_of(client, path)
    claim.publish(by=bob(), seen=Claim.AS_STORED)
    assert DRAFT_WORD in text_of(client, path)
    claim.refresh_from_db()
    claim.withdraw(by=bob(), reason="It was not so", seen=Claim.AS_STORED)
    assert DRAFT_WORD not in text_of(client, path)


def test_a_working_copy_changes_nothing_until_bob_publishes_it(client):
    before = client.get(REPORT)["ETag"]
    claim = Claim.objects.get(number=10)
    claim.statement = f"We {DRAFT_WORD}"
    claim.in_our_words = True
    claim.save()
    claim.figures.filter(unit="participants").update(label=DRAFT_WORD)
    assert client.get(REPORT)["ETag"] == before
    restate_figures(claim)
    claim.publish(by=bob(), reason="A newer count", seen=Claim.AS_STORED)
    report = read_pdf(client, REPORT)
    assert report.says(f"We {DRAFT_WORD}") and report.says("E10 v2") and not report.says("E10 v1")


def test_hostile_words_break_neither_the_page_nor_a_printed_document(client, harbour_aid):
    harbour_aid.official_name, harbour_aid.other_names = HOSTILE[:300], HOSTILE
    harbour_aid.save()
    Statement.objects.update(text=HOSTILE * 4)
    Source.objects.update(title=HOSTILE[:300])
    for claim in Claim.objects.filter(Q(number__in=(10, 20, 26)) | Q(organisation=harbour_aid)):
        numbers = [figure.as_written for figure in claim.figures.all()]
        claim.statement = claim.limitations = " ".join([HOSTILE * 4, *numbers])
        claim.in_our_words, claim.shown, claim.not_established = True, "", ""
        claim.save()
        for figure in claim.figures.all():
            figure.label, figure.unit, figure.value = (
                f"{figure.pk} {HOSTILE}"[:200],
                HOSTILE[-100:],
                99999999999999999,
            )
            figure.save()
        Citation.objects.filter(content_type__model="claim", object_id=claim.pk).update(note=HOSTILE)
        claim.publish(by=bob(), reason="Hostile", seen=Claim.AS_STORED)
    for path in PDFS:
        document = read_pdf(client, path)
        assert document.says('#panic("x") \\ ] $ @ <b> `a` _*_ // /* {{ }} xxx'), path
        assert path == FACTSHEET or document.says("\ufffd\ufffd") and document.says("ɖevi")
    assert path == FACTSHEET and len(document.reader.pages) == 1
    assert "<b>`a`" not in text_of(client, REPORT_PAGE)


def test_an_organisation_of_which_nothing_is_on_record_has_a_record_that_says_so(client):
    Organisation.objects.create(slug="new", official_name="New Organisation", profiled=True)
    document = read_pdf(client, "/organisations/new/report.pdf")
    assert document.says("New Organisation") and document.says("What no source says")
    for named in ("When it was founded", "Vision", "Figures", "Claims"):
        assert document.says(named), named
    # Of what is not there no heading stands.
    for heading in ("Its aim", "Its figures", "Its claims", "Published claims by grade"):
        assert not document.says(heading), heading


def test_a_report_of_very_many_claims_ends_and_says_how_many_it_leaves_out(client):
    with patch("portal.exports.report.content.MAX_CLAIMS", 3):
        report = read_pdf(client, REPORT)
        page = text_of(client, REPORT_PAGE)
    assert report.tags.count("/H3") == 3
    assert (
        report.says("Not printed here: 27 more claims")
        and compact("Not printed here: 27 more claims") in page
    )


@pytest.mark.parametrize("path", EACH)
def test_it_costs_a_fixed_number_of_queries(client, path, django_assert_max_num_queries, harbour_aid):
    for _number in range(5):
        claim = draft_claim()
        claim.publish(by=bob(), seen=Claim.AS_STORED)
        Highlight.objects.create(claim=claim, where="home figures", order=9)
        organisation = Organisation.objects.create(
            slug=f"organisation-{claim.number}", official_name=f"Organisation {claim.number}", profiled=True
        )
        Statement.objects.create(organisation=organisation, slug="vision", kind="vision", text="A vision")
    with django_assert_max_num_queries(32):
        client.get(path)


def test_the_pages_lead_to_the_documents(client):
    profiles = [organisation.get_absolute_url() for organisation in Organisation.objects.profiled()]
    reports = [f"{profile}report.pdf" for profile in profiles]
    links = {
        "/impact/": [REPORT_PAGE],
        "/support/": [FACTSHEET, "/evidence/"],
        "/press/": [REPORT, FACTSHEET],
        REPORT_PAGE: [REPORT, *reports],
    } | {profile: [report] for profile, report in zip(profiles, reports, strict=True)}
    for path, addresses in links.items():
        page = client.get(path).content.decode()
        assert [address for address in addresses if f'href="{address}"' not in page] == [], path
