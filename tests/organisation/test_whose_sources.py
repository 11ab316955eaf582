"""The list of sources says whose each is, and the page of one begins with its words."""

import pytest

from organisation.models import Organisation, Source
from tests.support.blocks import PATH, in_order, page_of, text_of
from tests.support.factory import a_claim, a_source, an_organisation, cite, published
from tests.support.site_settings import set_up_site

pytestmark = pytest.mark.django_db

GROUPS = (
    "Own documents of the organisations",
    "Our own documents",
    "Documents of partners",
    "Independent documents",
)


def parts(client):
    """Returns the text below each heading of the list of sources."""
    page_of(("SourcesPlugin", {}))
    return parts_again(client)


def parts_again(client):
    main = client.get(PATH).content.decode().split("<main")[1].partition("</main>")[0]
    sections = main.split('<section class="block">')[1:]
    return {next(each for each in GROUPS if each in text_of(part)): text_of(part) for part in sections}


@pytest.fixture
def harbour_aid():
    return an_organisation(profiled=True)


@pytest.fixture
def claim(harbour_aid):
    """Returns a published claim that cites a document of its own, a partner's, and an independent one."""
    log = a_source("Log of the harbour", author=harbour_aid)
    claim = a_claim("We taught 40 pilots", source=log, organisation=harbour_aid)
    cite(claim, a_source("Lantern letter"), "supports", "partner", note="It says so.")
    cite(claim, a_source("Port gazette"), "supports", "independent", note="It says so.")
    return published(claim)


def test_each_document_stands_with_those_that_are_as_far_from_the_organisations(client, claim):
    groups = parts(client)
    assert list(groups) == [
        "Own documents of the organisations",
        "Documents of partners",
        "Independent documents",
    ]
    assert "Log of the harbour" in groups["Own documents of the organisations"]
    assert "Lantern letter" in groups["Documents of partners"]
    assert "Port gazette" in groups["Independent documents"]


def test_what_one_calls_a_partners_and_another_independent_is_a_partners(client, claim, harbour_aid):
    other = a_claim("We gave boats", organisation=harbour_aid)
    cite(other, Source.objects.get(title="Lantern letter"), "supports", "independent", note="It says so.")
    published(other)
    groups = parts(client)
    assert "Lantern letter" in groups["Documents of partners"]
    assert "Lantern letter" not in groups["Independent documents"]


def test_an_organisations_document_is_its_own_also_where_another_cites_it_as_independent(client, claim):
    fund = an_organisation("Lantern Fund", profiled=True)
    theirs = a_claim("We pay for pilots", organisation=fund)
    cite(
        theirs, Source.objects.get(title="Log of the harbour"), "supports", "independent", note="It says so."
    )
    published(theirs)
    assert "Log of the harbour" in parts(client)["Own documents of the organisations"]


def test_a_site_of_one_organisation_calls_its_documents_our_own_if_all_of_them_are(client, claim):
    aid = claim.organisation
    Organisation.objects.exclude(pk=aid.pk).update(profiled=False)
    set_up_site(several_organisations=False)
    assert "Log of the harbour" in parts(client)["Own documents of the organisations"]
    Source.objects.exclude(title__in=["Lantern letter", "Port gazette"]).update(author=aid)
    assert "Log of the harbour" in parts_again(client)["Our own documents"]


def test_the_text_of_a_source_comes_first_and_its_record_names_once_what_is_missing(client, harbour_aid):
    source = a_source("Tides", kind="report", author=harbour_aid, text="High at noon.", published="1802")
    html = client.get(source.get_absolute_url()).content.decode()
    text = text_of(html.split("<main")[1].split("</main>")[0])
    assert in_order(text, "Report Harbour Aid 1802", "High at noon.", "What rests on it", "On record") == [
        "Report Harbour Aid 1802",
        "High at noon.",
        "What rests on it",
        "On record",
    ]
    assert "No web address, archived copy or day of access is on record." in text
    assert text.lower().count("not on record") == 1  # nothing rests on it
    assert "Region" not in text and "Publisher" not in text
