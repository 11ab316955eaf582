"""A citation carries the work's own date, and apart from it when it was recorded; and no local address."""

import re
from functools import partial

import pytest
from django.utils.formats import date_format

from tests.support.citations import bibtex, citations_on, csl, ris
from tests.support.factory import a_claim, a_source, cite, published, quote_statement

pytestmark = pytest.mark.django_db


def test_an_undated_work_is_never_given_the_day_on_which_it_was_recorded(client):
    claim = a_claim(source=a_source("Leaflet"))
    quote_statement(claim)
    edition = published(claim).current_edition
    path, recorded = edition.get_absolute_url(), date_format(edition.published_at)
    note = f"In “Leaflet” (n.d.). Recorded as {edition.claim.reference}, edition 1 ({recorded})."
    _kind, _key, fields = bibtex(client, f"{path}cite.bib")
    entry, item = ris(client, f"{path}cite.ris"), csl(client, f"{path}cite.json")
    assert not {"year", "month", "date"} & set(fields) and not {"year", "date"} & set(entry)
    assert "issued" not in item
    assert [each for each in (fields["note"], entry["notes"][0], item["note"]) if note not in each] == []
    sentence, apa = citations_on(client, path)
    recorded_as = f"In “Leaflet”. Recorded as {edition.claim.reference}, edition 1 ({recorded})."
    assert sentence.startswith(f"“We taught 40 pilots” Harbour Aid (n.d.). {recorded_as} ")
    assert apa.startswith(f"Harbour Aid. (n.d.). We taught 40 pilots [Claim]. {recorded_as} ")


def test_a_claim_has_the_date_of_the_first_source_that_states_it_and_of_no_other(client):
    claim = a_claim(source=a_source("Gazette", published="1999"))
    claim.citations.update(relation="supports")
    cite(claim, a_source("Yearbook", published="2004"))
    cite(claim, a_source("Almanac", published="2001"))
    quote_statement(claim)
    path = published(claim).current_edition.get_absolute_url()
    assert csl(client, f"{path}cite.json")["issued"] == {"date-parts": [[2004]]}
    sentence, apa = citations_on(client, path)
    assert "Harbour Aid (2004). In “Yearbook”." in sentence and "Harbour Aid. (2004)." in apa
    for relation in ("supports", "contradicts", "context"):
        other = a_claim("We taught 41 pilots")
        other.citations.update(relation=relation, source=a_source(relation, published="1999"))
        quote_statement(other)
        path = published(other).current_edition.get_absolute_url()
        item = csl(client, f"{path}cite.json")
        assert "issued" not in item and item["note"].startswith("Date not stated (n.d.). ")
        assert ("In our words. Recorded as " in item["note"]) is (relation == "contradicts")
        assert [each for each in citations_on(client, path) if "(n.d.)." not in each or ". In " in each] == []


@pytest.mark.parametrize(
    ("hosts", "origin"),
    [
        (["localhost", "127.0.0.1", "[::1]"], ""),
        (["localhost", "margin.localhost"], ""),
        (["localhost", "192.168.1.20", "10.0.0.7", "0.0.0.0", "[fd00::1]", "margin.local"], ""),
        (["localhost", ".example.org", "example.org"], "http://example.org"),
    ],
)
def test_without_a_public_address_citations_say_so_once_and_print_no_local_host(
    client, settings, hosts, origin
):
    settings.ALLOWED_HOSTS = hosts
    edition = published(a_claim()).current_edition
    source = edition.citations.get().source
    for path in (edition.get_absolute_url(), source.get_absolute_url()):
        read = partial(client.get, headers={"host": "localhost:8000"})
        files = [read(f"{path}cite.{form}").content.decode() for form in ("bib", "ris", "json")]
        page = read(path).content.decode()
        for written in (*files, *re.findall(r'<p class="citation">(.*?)</p>', page)):
            assert "localhost" not in written
            assert written.count("This site has no public address yet.") == (not origin)
            assert (f"{origin}{path}" in written) is bool(origin)
        if path == edition.get_absolute_url():
            assert ('<div class="qr"' in page) is bool(origin)
        assert 'href="/' in page.split('<dd class="files">')[1].split("</dd>")[0]
