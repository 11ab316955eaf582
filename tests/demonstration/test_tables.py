"""The tables of the demonstration answer what a journalist asks of its organisations."""

import pytest

from tests.portal.exports.test_tables import rows_of

pytestmark = pytest.mark.django_db


def test_a_journalist_finds_both_counts_of_coalitions_with_their_qualifiers_and_sources(client):
    figures = {
        row["reference"]: row
        for row in rows_of(client, "figures", "csv")
        if row["unit"] == "countries" and row["value"] == "35"
    }
    assert (figures["E24"]["qualifier"], figures["E28"]["qualifier"]) == ("", "over")
    evidence = [
        row for row in rows_of(client, "evidence", "csv", "?claim=E28") if row["relation"] == "states"
    ]
    assert (
        all("35 countries" in row["words"] and "#L" in row["source_address"] for row in evidence) and evidence
    )
