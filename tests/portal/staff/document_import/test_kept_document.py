"""What was read of a document stays while its form is mended, and its first lines fill in what they say."""

import pytest

from organisation.models import Organisation
from portal.models import DocumentImport
from tests.support.factory import an_organisation
from tests.support.people import alice, bob
from tests.support.uploads import NEW_DOCUMENT_URL, document_fields, upload_document

pytestmark = pytest.mark.django_db

REPORT = "Annual report 2025\nHarbour Aid, February 2026\nWe taught 40 pilots.\n"
EMPTY = {"kind": "", "title": "", "author": "", "publisher": ""}


def values(page):
    form = page.context["form"]
    return {name: str(form[name].value() or "") for name in ("kind", "title", "author", "kept")}


def told(page):
    return " ".join(page.content.decode().split())


@pytest.fixture
def aid():
    return an_organisation("Harbour Aid", profiled=True)


def test_a_document_sent_alone_says_its_title_kind_and_author_and_is_not_chosen_again(client, aid):
    page = upload_document(client, "report.txt", REPORT.encode(), **EMPTY)
    shown = values(page)
    assert (shown["title"], shown["kind"]) == ("Annual report 2025", "report")
    assert shown["author"] == str(aid.pk)
    assert "“report.txt” is read, and need not be chosen again" in told(page)
    assert "“report.txt” is read already: choose another only to take its place." in told(page)
    assert list(page.context["form"].errors) == ["may_be_read"]
    assert not DocumentImport.objects.exists()
    client.post(NEW_DOCUMENT_URL, shown | {"may_be_read": "on"})
    source = DocumentImport.objects.get().source
    assert (source.text, source.title, source.author) == (REPORT, "Annual report 2025", aid)
    assert source.document_import.file_name == "report.txt"


def test_the_day_on_the_cover_is_filled_in_and_whoever_empties_it_is_not_given_it(client, aid):
    page = upload_document(client, "report.txt", REPORT.encode(), **EMPTY)
    form = page.context["form"]
    assert form["published"].value() == "2026-02" and str(form.suggested["published"]) in told(page)
    sent = values(page) | {"may_be_read": "on", "published": ""}
    page = client.post(NEW_DOCUMENT_URL, sent | {"title": ""})
    assert page.context["form"]["published"].value() == ""
    client.post(NEW_DOCUMENT_URL, sent)
    assert DocumentImport.objects.get().source.published == ""


def test_what_somebody_wrote_is_kept_and_a_sentence_is_no_title(client, aid):
    page = upload_document(client, "a.txt", REPORT.encode(), **EMPTY | {"title": "Our year"})
    assert values(page)["title"] == "Our year"
    page = upload_document(client, "a.txt", b"We sail at dawn.\nHarbour Aid", **EMPTY)
    assert (values(page)["title"], values(page)["kind"]) == ("", "")


def test_of_two_bodies_none_is_filled_in_as_the_author(client, aid):
    an_organisation("Pier School")
    page = upload_document(client, "a.txt", b"Report\nHarbour Aid and Pier School", **EMPTY)
    assert values(page)["author"] == "" and "author" in page.context["form"].errors


def test_a_kept_document_is_that_of_whoever_sent_it_and_nobody_writes_one(client, aid):
    kept = values(upload_document(client, "a.txt", REPORT.encode(), **EMPTY))["kept"]
    client.force_login(bob())
    for text in (kept, kept[:-3], "[1,2]"):
        page = client.post(NEW_DOCUMENT_URL, document_fields() | {"kept": text})
        assert "Choose a file." in page.context["form"].errors["file"]
    assert not DocumentImport.objects.exists()


def test_another_document_takes_the_place_of_the_kept_one_even_if_it_is_refused(client, aid):
    kept = values(upload_document(client, "a.txt", REPORT.encode(), **EMPTY))["kept"]
    page = upload_document(client, "b.exe", b"MZ", kept=kept)
    assert values(page)["kept"] == "" and "choose the document again" in told(page)


def test_a_body_that_is_not_on_record_is_named_as_the_author(client):
    fields = document_fields(author="", publisher="", new_author="Institute of Piers")
    page = upload_document(client, "a.txt", REPORT.encode(), **fields)
    source = DocumentImport.objects.get().source
    assert page.status_code == 302 and source.author.official_name == "Institute of Piers"
    assert not source.author.profiled
    other = document_fields(author="", publisher="", new_author="institute of piers")
    upload_document(client, "b.txt", b"Other words.", **other)
    assert Organisation.objects.filter(official_name__iexact="Institute of Piers").count() == 1


def test_a_document_without_an_author_is_told_what_to_choose(client):
    page = upload_document(client, "a.txt", b"Words.", author="")
    assert page.context["form"].errors["author"] == [
        "Choose whose words they are, or write the name of another body."
    ]
    assert alice().is_active
