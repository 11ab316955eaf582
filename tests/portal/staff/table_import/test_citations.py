"""Whoever decides on a table is shown which record each of its citations belongs to."""

import pytest

from tests.support.factory import a_source, an_organisation
from tests.support.people import alice, bob
from tests.support.proposals import at_desk, the_proposal
from tests.support.spreadsheets import confirm, csv_bytes, dry_run

pytestmark = pytest.mark.django_db

WORDS = "Both schools stand at the pier."


def test_a_proposed_citation_names_the_record_that_cites(client):
    source = a_source("Logbook", text=WORDS)
    schools = [an_organisation("Pier School"), an_organisation("Tide School")]
    client.force_login(alice())
    rows = [(each.slug, source.slug, WORDS) for each in schools]
    response = dry_run(client, "organisations", csv_bytes(("slug", "source", "words"), *rows))
    confirm(client, response, "organisations")
    page = at_desk(bob()).get(the_proposal().get_absolute_url()).content.decode()
    for name in ("Pier School", "Tide School"):
        assert f"Citation: states: Logbook (cited by “{name}”)" in page
