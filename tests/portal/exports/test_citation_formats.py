"""The citation files, read back by the parsers of reference managers."""

import datetime
from unittest.mock import patch

import pytest
from django.utils.formats import date_format

from impact.models import Claim
from organisation.models import Source
from tests.support.citations import bibtex, csl, ris, text
from tests.support.claims import publish
from tests.support.factory import a_claim, a_source, an_organisation, published
from tests.support.people import bob

pytestmark = pytest.mark.django_db

E10 = "/evidence/e10/v1/"
REQUESTED_AT = datetime.datetime(2027, 3, 1, 0, 30, tzinfo=datetime.timezone(datetime.timedelta(hours=2)))
HOSTILE = (
    "100% of {all} \\ children} & “adults” cost $5_000 #1 ~ ^\r\n"
    "ER  - \u2028TI  - {Ours}\x0b@misc{x, title = {no}}"
)


def test_the_three_files_name_the_words_the_edition_its_address_for_good_and_the_day(client):
    edition = published(a_claim(source=a_source("Yearbook", published="2004-05"))).current_edition
    reference, path = edition.claim.reference, edition.get_absolute_url()
    key_of_edition, address = f"{reference.lower()}-v1", f"http://testserver{path}"
    with patch("django.utils.timezone.now", return_value=REQUESTED_AT.astimezone(datetime.UTC)):
        kind, key, fields = bibtex(client, f"{path}cite.bib")
        entry, item = ris(client, f"{path}cite.ris"), csl(client, f"{path}cite.json")
    recorded = date_format(edition.published_at)
    record = f"Recorded as {reference}, edition 1 ({recorded})."
    note = f"After “Yearbook” (May 2004). In our words. {record} As of: not stated."
    assert (kind, key) == ("misc", key_of_edition)
    assert (fields["author"], fields["title"]) == ("Harbour Aid", edition.statement)
    assert (fields["url"], fields["urldate"], fields["year"], fields["month"]) == (
        address,
        "2027-02-28",
        "2004",
        "may",
    )
    assert fields["note"] == entry["notes"][0] == item["note"] == note
    assert (entry["type_of_reference"], entry["id"], entry["authors"]) == (
        "ELEC",
        key_of_edition,
        ["Harbour Aid"],
    )
    assert (entry["title"], entry["urls"]) == (edition.statement, [address])
    assert (entry["access_date"], entry["year"], entry["date"]) == ("2027/02/28", "2004", "2004/05")
    assert (item["id"], item["type"], item["author"]) == (
        key_of_edition,
        "webpage",
        [{"literal": "Harbour Aid"}],
    )
    assert (item["title"], item["URL"]) == (edition.statement, address)
    assert item["issued"] == {"date-parts": [[2004, 5]]}
    assert item["accessed"] == {"date-parts": [[2027, 2, 28]]}


def test_signs_that_mean_something_to_a_format_stay_signs(client):
    publish(statement=HOSTILE)
    expected = " ".join(HOSTILE.split())
    _kind, _key, fields = bibtex(client, "/evidence/e10/v2/cite.bib")
    assert fields["title"].translate(str.maketrans("⦃⦄ˆ", "{}^")) == expected
    assert ris(client, "/evidence/e10/v2/cite.ris")["title"] == expected
    assert csl(client, "/evidence/e10/v2/cite.json")["title"] == expected


def test_braces_that_do_not_match_leave_the_file_whole(client):
    publish(statement="We trained } many { { people \\")
    written = text(client, "/evidence/e10/v2/cite.bib")
    depths = [written[: n + 1].count("{") - written[: n + 1].count("}") for n in range(len(written))]
    entry = depths[len("@misc") : -len("}\n")]
    assert min(entry) == 1 and depths[-1] == 0


def test_what_no_program_can_show_is_left_out(client):
    publish(statement="We trained\x01 many\ufffe people\x9f")
    for form in ("bib", "ris", "json"):
        assert "We trained many people" in text(client, f"/evidence/e10/v2/cite.{form}"), form


def test_every_line_of_a_ris_file_ends_as_ris_wants_it(client):
    publish(statement=HOSTILE)
    lines = text(client, "/evidence/e10/v2/cite.ris").split("\r\n")
    assert lines.pop() == "" and lines[0] == "TY  - ELEC" and lines[-1] == "ER  - "
    assert [line for line in lines if line[2:6] != "  - " or len(line.splitlines()) != 1] == []


@pytest.mark.parametrize(
    "form, media_type",
    [
        ("bib", "application/x-bibtex"),
        ("ris", "application/x-research-info-systems"),
        ("json", "application/vnd.citationstyles.csl+json"),
    ],
)
def test_a_file_has_a_name_and_says_what_it_is(client, form, media_type):
    response = client.get(f"/evidence/e10/v1/cite.{form}")
    assert response["Content-Type"] == f"{media_type}; charset=utf-8"
    assert response["Content-Disposition"] == f'attachment; filename="e10-v1.{form}"'


def test_an_edition_is_cited_in_its_own_words_for_good(client):
    before = Claim.objects.get(number=10).current_edition.statement
    publish(statement="We trained over 5,000 people")
    assert csl(client, "/evidence/e10/v1/cite.json")["title"] == before
    assert csl(client, "/evidence/e10/v2/cite.json")["title"] == "We trained over 5,000 people"


def test_what_is_withdrawn_is_gone_and_what_was_never_published_is_not_there(client):
    draft = a_claim("We zugzwang")
    statement = Claim.objects.get(number=10).statement
    Claim.objects.get(number=10).withdraw(by=bob(), reason="It was about somebody else", seen=Claim.AS_STORED)
    for form in ("bib", "ris", "json"):
        gone = client.get(f"/evidence/e10/v1/cite.{form}")
        assert gone.status_code == 410 and statement not in gone.content.decode()
        assert client.get(f"/evidence/e{draft.number}/v1/cite.{form}").status_code == 404
        assert client.get(f"/evidence/e11/v2/cite.{form}").status_code == 404
    assert client.get("/evidence/e11/v1/cite.doc").status_code == 404


def test_a_publication_is_cited_with_its_page_here_and_its_own_date(client):
    item = csl(client, "/publications/global-report-2004/cite.json")
    source = Source.objects.get(slug="global-report-2004")
    assert item["type"] == "report" and item["issued"]["date-parts"][0][0] == 2004
    assert item["URL"] == "http://testserver/publications/global-report-2004/" and item["author"] == [
        {"literal": str(source.author)}
    ]
    assert ris(client, "/publications/global-report-2004/cite.ris")["type_of_reference"] == "RPRT"
    path = cited_source()
    _kind, key, fields = bibtex(client, f"{path}cite.bib")
    assert path == "/sources/yearbook-of-harbour-aid/"
    assert key == "yearbook-of-harbour-aid" and fields["url"] == f"http://testserver{path}"


def test_every_document_on_record_can_be_cited(client):
    for source in Source.objects.public().select_related("author", "publisher"):
        address = source.get_absolute_url()
        item = csl(client, f"{address}cite.json")
        assert item["title"] in (source.title, f"[{source.subject}]"), address
        assert ("issued" in item) == bool(source.published), address
        assert ris(client, f"{address}cite.ris")["urls"] == [item["URL"]]
        assert bibtex(client, f"{address}cite.bib")[1] == source.slug


def test_a_source_that_only_a_draft_cites_cannot_be_cited_either(client):
    Source.objects.create(slug="hidden", kind="news", title="Zugzwang", address="https://example.org/")
    assert client.get("/sources/hidden/cite.bib").status_code == 404


def test_the_drawer_leads_to_the_files_and_says_both_sentences(client):
    page = text(client, Claim.objects.get(number=10).get_absolute_url())
    page = page.split('id="quote"')[1].split("</details>")[0]
    assert [form for form in ("bib", "ris", "json") if f'href="{E10}cite.{form}"' not in page] == []
    assert page.count("Recorded as E10, edition 1 (") == 2 and "[Claim]" in page
    path = cited_source()
    assert f'href="{path}cite.ris"' in text(client, path)


def cited_source(**values):
    """Returns the path of the page of a source that a published claim cites."""
    return published(a_claim(source=a_source(**values))).citations.get().source.get_absolute_url()


@pytest.mark.parametrize(
    ("kind", "ris_type", "csl_type"),
    [
        ("web page", "ELEC", "webpage"),
        ("report", "RPRT", "report"),
        ("publication", "GEN", "document"),
        ("treaty", "LEGAL", "treaty"),
        ("resolution", "GOVDOC", "legislation"),
        ("news", "NEWS", "article-newspaper"),
        ("official record", "GOVDOC", "document"),
    ],
)
def test_each_kind_of_document_has_its_type_in_each_format(client, kind, ris_type, csl_type):
    path = cited_source(kind=kind)
    assert text(client, f"{path}cite.ris").startswith(
        f"TY  - {ris_type}\r\nID  - yearbook-of-harbour-aid\r\n"
    )
    assert csl(client, f"{path}cite.json")["type"] == csl_type


@pytest.mark.parametrize(
    ("date", "parts", "year", "month", "ris_date", "apa"),
    [
        ("", None, None, None, None, "n.d."),
        ("1998", [1998], "1998", None, "1998", "1998"),
        ("1998-01", [1998, 1], "1998", "jan", "1998/01", "January 1998"),
        ("1998-12-05", [1998, 12, 5], "1998", "dec", "1998/12/05", "5 December 1998"),
    ],
)
def test_a_date_is_as_precise_as_the_source_in_each_format(client, date, parts, year, month, ris_date, apa):
    path = cited_source(published=date)
    issued = csl(client, f"{path}cite.json").get("issued")
    assert issued == (parts and {"date-parts": [parts]})
    lines = text(client, f"{path}cite.bib").splitlines()
    assert [line for line in lines if line.startswith("  year")] == (
        [f"  year = {{{year}}},"] if year else []
    )
    assert [line for line in lines if line.startswith("  month")] == (
        [f"  month = {month},"] if month else []
    )
    tags = dict(line.split("  - ", 1) for line in text(client, f"{path}cite.ris").split("\r\n") if line)
    assert (tags.get("PY"), tags.get("DA")) == (year, ris_date)
    assert f". ({apa}). Yearbook of Harbour Aid [Web page]." in text(client, path)


@pytest.mark.parametrize(
    ("author", "publisher", "cited", "sentence"),
    [
        ("Sea Press", "Book House", "Sea Press", "Sea Press: Yearbook"),
        ("", "Book House", "Book House", "Book House: Yearbook"),
        ("Sea Press", "", "Sea Press", "Sea Press: Yearbook"),
        ("", "", None, "Author not stated: Yearbook"),
    ],
)
def test_a_source_without_an_author_is_its_publishers_or_nobodys(client, author, publisher, cited, sentence):
    names = {"author": author, "publisher": publisher}
    path = cited_source(**{role: an_organisation(name) for role, name in names.items() if name})
    item = csl(client, f"{path}cite.json")
    assert item.get("author") == (cited and [{"literal": cited}])
    assert item.get("publisher") == (publisher or None)
    _kind, _key, fields = bibtex(client, f"{path}cite.bib")
    assert (fields.get("author"), fields.get("howpublished")) == (cited, publisher or None)
    assert ("AU  - " in text(client, f"{path}cite.ris")) == bool(cited)
    assert sentence in text(client, path)


def test_what_is_not_on_record_of_a_document_is_left_out_or_said(client):
    path = cited_source(title="", slug="untitled", subject="a letter")
    item = csl(client, f"{path}cite.json")
    note = "Date not stated (n.d.). On record at Children's Rights Up Front."
    assert (item["title"], item["note"]) == ("[a letter]", note)
    assert not {"issued", "author"} & set(item)
    assert "AU" not in {line[:2] for line in text(client, f"{path}cite.ris").splitlines()}
    Source.objects.filter(slug="untitled").update(address="https://example.org/letter")
    assert csl(client, f"{path}cite.json")["note"] == f"{note} The document: https://example.org/letter"
    assert "Author not stated: [a letter]. Web page (n.d.)." in text(client, path)


def test_a_claim_is_cited_whole(client):
    claim = published(a_claim(as_of="2010-05", source=a_source("Yearbook", published="2004-05-06")))
    edition = claim.current_edition
    cite = f"{edition.get_absolute_url()}cite"
    address, day = f"http://testserver{edition.get_absolute_url()}", date_format(edition.published_at)
    name, today = claim.reference, datetime.datetime.now(datetime.UTC).date()
    assert text(client, f"{cite}.ris").split("\r\n") == [
        "TY  - ELEC",
        f"ID  - {name.lower()}-v1",
        "AU  - Harbour Aid",
        "TI  - We taught 40 pilots",
        "PY  - 2004",
        "DA  - 2004/05/06",
        "PB  - Children's Rights Up Front",
        f"N1  - After “Yearbook” (6 May 2004). In our words. Recorded as {name}, edition 1 ({day}). "
        "As of: May 2010.",
        f"UR  - {address}",
        f"Y2  - {today:%Y/%m/%d}",
        "ER  - ",
        "",
    ]
    item = csl(client, f"{cite}.json")
    assert item["publisher"] == "Children's Rights Up Front"
    assert "author = {{Harbour Aid}},\n  title = {{We taught" in text(client, f"{cite}.bib")
