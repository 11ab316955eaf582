"""Each column of each table says what its record says."""

import datetime

import pytest

from advocacy.models import Instrument
from organisation.models import Milestone, Passage, Source, Succession
from tests.support.api import read_rows
from tests.support.factory import (
    a_claim,
    a_figure,
    a_profiled_organisation,
    a_source,
    an_organisation,
    cite,
    published,
)
from tests.support.people import bob

pytestmark = pytest.mark.django_db

HOST = "http://testserver"


def rows(client, query):
    return read_rows(client, f"/api/v1/{query}")


def full_claim(**values):
    """Returns a published claim of Harbour Aid that has a value of its own in every field."""
    text = "Harbour Aid\ntaught many.\nWe taught 40 pilots.\nAnd more."
    source = a_source(
        kind="report",
        text=text,
        address="https://example.org/yearbook",
        archived="https://example.net/yearbook",
        author=an_organisation("Sea Press", short_name="SP"),
        publisher=an_organisation("Book House"),
        published="2011-04",
    )
    claim = a_claim(
        "We taught 40 pilots",
        slug="pilots",
        role="led",
        together_with="the coastguard",
        as_of="2010-05",
        limitations="Counted by hand",
        shown="taught",
        not_established="40\npilots",
        source=a_source("Log"),
        **values,
    )
    claim.citations.all().delete()
    passage = Passage.objects.quote(source, "We taught 40 pilots.")
    cite(claim, source, "supports", "independent", passage=passage, note="It counts them")
    cite(claim, Source.objects.get(slug="log"), "context", "partner")
    a_figure(claim, "40.50", label="pilots taught", unit="people", qualifier="over", as_of="2009")
    a_figure(claim, 40, label="harbours", unit="places")
    return published(claim, reason="First count")


def test_a_claim_stands_in_its_row_with_all_that_its_edition_says(client):
    edition = full_claim(theme="law and standards", type="outcome").current_edition
    reference = edition.claim.reference
    [row] = rows(client, f"claims?claim={reference}")
    assert row == {
        "reference": reference,
        "edition": 1,
        "address": f"{HOST}/evidence/{reference.lower()}/v1/",
        "published_at": f"{edition.published_at.astimezone(datetime.UTC):%Y-%m-%dT%H:%M:%SZ}",
        "statement": "We taught 40 pilots",
        "wording": "quotation",
        "organisation": "Harbour Aid",
        "organisation_slug": "harbour-aid",
        "organisation_life": "",
        "as_it_said": "",
        "subject": "Pilots",
        "theme": "law and standards",
        "type": "outcome",
        "role": "led",
        "together_with": "the coastguard",
        "grade": "supported",
        "state": "current",
        "as_of": "2010-05",
        "limitations": "Counted by hand",
        "shown": ["taught"],
        "not_established": ["40", "pilots"],
        "change": "first",
        "reason": "First count",
        "figures": [
            {
                "label": "pilots taught",
                "as_written": "",
                "computed_from": "Computed from “We taught 40 pilots”: counted",
                "qualifier": "over",
                "value": "40.5",
                "unit": "people",
                "as_of": "2009",
            },
            {
                "label": "harbours",
                "as_written": "40",
                "computed_from": "",
                "qualifier": "",
                "value": "40",
                "unit": "places",
                "as_of": "",
            },
        ],
    }
    assert rows(client, f"editions?claim={reference}") == [row]
    first, second = rows(client, f"figures?claim={reference}")
    assert first == row["figures"][0] | {
        "id": edition.figures.all()[0].pk,
        **{name: row[name] for name in ("reference", "edition", "address")},
        **{name: row[name] for name in ("organisation", "organisation_slug", "organisation_life")},
    }
    assert (second["label"], second["value"]) == ("harbours", "40")


def test_the_evidence_of_a_claim_names_source_line_and_words(client):
    edition = full_claim().current_edition
    first, second = rows(client, f"evidence?claim={edition.claim.reference}")
    assert first == {
        "id": edition.citations.all()[0].pk,
        "reference": edition.claim.reference,
        "edition": 1,
        "address": f"{HOST}{edition.get_absolute_url()}",
        "relation": "supports",
        "independence": "independent",
        "source": "yearbook-of-harbour-aid",
        "source_title": "Yearbook of Harbour Aid",
        "source_kind": "report",
        "source_address": f"{HOST}/sources/yearbook-of-harbour-aid/#L3",
        "link": "https://example.org/yearbook",
        "archived": "https://example.net/yearbook",
        "author": "Sea Press",
        "author_life": "",
        "publisher": "Book House",
        "publisher_life": "",
        "published": "2011-04",
        "words": "We taught 40 pilots.",
        "note": "It counts them",
        "value_as_written": "",
        "value_qualifier": "",
        "value": "",
        "value_of": "",
    }
    assert second["source_address"] == f"{HOST}/sources/log/"
    assert [second[name] for name in ("relation", "independence", "author", "publisher", "words")] == [
        "context",
        "partner",
        "",
        "",
        "",
    ]


def test_the_line_of_quoted_words_is_counted_from_one(client):
    source = a_source("Two lines", text="First words\nsecond words\nthird words")
    for line, words in enumerate(("First words", "second words", "third words"), 1):
        claim = a_claim(f"We {words}", source=a_source(f"Other {line}"))
        cite(claim, source, passage=Passage.objects.quote(source, words))
        published(claim)
        [row] = rows(client, f"evidence?claim={claim.reference}&source=two-lines")
        assert (row["words"], row["source_address"]) == (words, f"{HOST}/sources/two-lines/#L{line}")


def test_an_organisation_a_publication_and_an_instrument_stand_whole_in_their_rows(client):
    aid = a_profiled_organisation(
        short_name="HA",
        other_names="Port Aid\nQuay Aid",
        founded="1998-05",
        closed="2019",
        seat="Quayside",
    )
    for earlier, later, kind in (
        (an_organisation("Old Aid"), aid, "renamed"),
        (aid, an_organisation("New Aid"), "renamed"),
        (an_organisation("Merged Aid"), aid, "merged"),
        (aid, an_organisation("Heir Aid"), "programmes passed on"),
    ):
        Succession.objects.create(earlier=earlier, later=later, kind=kind)
    assert client.get("/api/v1/organisations/harbour-aid").json() == {
        "slug": "harbour-aid",
        "address": f"{HOST}/organisations/harbour-aid/",
        "official_name": "Harbour Aid",
        "short_name": "HA",
        "other_names": ["Port Aid", "Quay Aid"],
        "formerly": ["Old Aid"],
        "later_known_as": ["New Aid"],
        "founded": "1998-05",
        "closed": "2019",
        "succeeded_by": ["New Aid", "Heir Aid"],
        "life_line": (
            "Renamed New Aid (undated). Closed in 2019. Formerly Old Aid (renamed: undated). "
            "Passed programmes on to Heir Aid (undated). Merged Aid merged into it (undated)."
        ),
        "seat": "Quayside",
    }
    a_source(
        kind="publication",
        subject="On pilots",
        author=aid,
        publisher=an_organisation("Book House"),
        byline="A. Pilot",
        published="2011-04",
        as_of="2010",
        region="the coast",
        address="https://example.org/yearbook",
        archived="https://example.net/yearbook",
    )
    assert client.get("/api/v1/publications/yearbook-of-harbour-aid").json() == {
        "slug": "yearbook-of-harbour-aid",
        "address": f"{HOST}/publications/yearbook-of-harbour-aid/",
        "kind": "publication",
        "title": "Yearbook of Harbour Aid",
        "subject": "On pilots",
        "organisation": "Harbour Aid",
        "organisation_slug": "harbour-aid",
        "organisation_life": "closed 2019",
        "publisher": "Book House",
        "byline": "A. Pilot",
        "published": "2011-04",
        "as_of": "2010",
        "region": "the coast",
        "link": "https://example.org/yearbook",
        "archived": "https://example.net/yearbook",
    }
    treaty = Instrument.objects.create(
        slug="pilot-treaty",
        title="Treaty on pilots",
        short_title="TP",
        reference="T/1",
        body=an_organisation("Sea Court"),
        adopted="2001-02-03",
        in_force="2004",
        source=Source.objects.get(slug="yearbook-of-harbour-aid"),
    )
    later, earlier, draft = (
        a_claim(f"We {word}", source=a_source(word)) for word in ("spoke", "sang", "hid")
    )
    published(earlier)
    published(later)
    treaty.claims.set([later, draft])
    assert client.get("/api/v1/instruments/pilot-treaty").json() == {
        "slug": "pilot-treaty",
        "address": f"{HOST}/instruments/pilot-treaty/",
        "title": "Treaty on pilots",
        "short_title": "TP",
        "reference": "T/1",
        "body": "Sea Court",
        "body_slug": "sea-court",
        "body_life": "",
        "adopted": "2001-02-03",
        "in_force": "2004",
        "source_address": f"{HOST}/publications/yearbook-of-harbour-aid/",
        "claims": [later.reference],
    }
    Instrument.objects.create(slug="bare", title="Bare")
    bare = client.get("/api/v1/instruments/bare").json()
    assert [bare[name] for name in ("body", "body_slug", "source_address", "claims")] == ["", "", "", []]


def test_an_event_stands_in_its_row_and_the_dateless_come_last_after_years_before_their_months(client):
    aid = an_organisation(profiled=True)
    for slug, date in (
        ("last", ""),
        ("may", "1800-05"),
        ("day", "1800-05-09"),
        ("year", "1800"),
        ("old", "1799"),
    ):
        Milestone.objects.create(
            organisation=aid, slug=slug, date=date, title=slug.title(), text=f"It was {slug}."
        )
    Instrument.objects.create(slug="bare", title="Bare", adopted="1800-06")
    events = rows(client, "timeline")
    assert [row["title"] for row in events[:5]] == ["Old", "Year", "May", "Day", "Bare adopted"]
    assert events[2] == {
        "anchor": "1800-05-may-harbour-aid",
        "event": "1800-05-may-harbour-aid",
        "address": f"{HOST}/timeline/#1800-05-may-harbour-aid",
        "date": "1800-05",
        "title": "May",
        "organisation": "Harbour Aid",
        "organisation_slug": "harbour-aid",
        "organisation_life": "",
        "text": "It was may.",
        "wording": "in our words",
    }
    assert {events[4][name] for name in ("organisation", "organisation_slug", "wording")} == {""}
    of_aid = [row["title"] for row in rows(client, "timeline?organisation=harbour-aid&limit=2")]
    assert of_aid == ["Old", "Year", "May", "Day", "Last"]
    assert [row["title"] for row in rows(client, "timeline?organisation=harbour-aid&year=none")] == ["Last"]
    assert [row["title"] for row in rows(client, "timeline?year=1800&organisation=harbour-aid")] == of_aid[
        1:4
    ]


def test_what_stands_in_no_edition_any_more_is_in_no_row(client):
    claim = full_claim()
    old = claim.current_edition
    published(claim, together_with="nobody", change="correction")
    assert [row["edition"] for row in rows(client, f"figures?claim={claim.reference}")] == [2, 2]
    assert [row["edition"] for row in rows(client, f"evidence?claim={claim.reference}")] == [2, 2]
    assert [row["edition"] for row in rows(client, f"editions?claim={claim.reference}")] == [1, 2]
    assert old.number == 1
    claim.refresh_from_db()
    claim.withdraw(by=bob(), reason="Not so", seen=claim.AS_STORED)
    for table in ("claims", "editions", "figures", "evidence"):
        assert rows(client, f"{table}?claim={claim.reference}") == []
