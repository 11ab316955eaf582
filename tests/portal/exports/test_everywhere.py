"""A published change appears in every export at once, and in none before."""

import csv
import io
import json
import re
import xml.etree.ElementTree as xml
from functools import cache

import openpyxl
import pytest
from pypdf import PdfReader

from impact.models import Claim
from tests.support.factory import restate_figures
from tests.support.people import alice, bob
from tests.support.share_images import words_on

pytestmark = pytest.mark.django_db

CLAIM = "/evidence/e10-training-programmes/"


def page(path):
    return lambda client: client.get(path).content.decode()


def csv_file(path, **of):
    """Returns a reader of the rows of a table in which columns have the values `of`."""

    def read(client):
        rows = csv.DictReader(io.StringIO(client.get(path).getvalue().decode("utf-8-sig"), newline=""))
        return str([row for row in rows if all(row[name] == value for name, value in of.items())])

    return read


def json_file(client):
    return str(
        next(
            row
            for row in json.loads(client.get("/data/claims.json").getvalue())["claims"]
            if row["reference"] == "E10"
        )
    )


def spreadsheet(client):
    book = openpyxl.load_workbook(io.BytesIO(client.get("/data/claims.xlsx").getvalue()), read_only=True)
    return str([row for row in book.active.iter_rows(values_only=True) if "E10" in row])


def pdf(path):
    return lambda client: text_of_pdf(client.get(path).content)


@cache
def text_of_pdf(file):
    """Returns the text of a PDF. Extraction is slow, and unchanged files come up twice."""
    return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(file)).pages)


def of_speaker(read, ending):
    """Returns a reader of an address below the profile of the organisation that makes the claim."""

    def read_address(client):
        profile = Claim.objects.get(number=10).organisation.get_absolute_url()
        return read(f"{profile}{ending}")(client)

    return read_address


def entry_of_feed(client):
    atom = "{http://www.w3.org/2005/Atom}"
    entries = [
        [entry.find(f"{atom}{name}").text for name in ("title", "content")]
        for entry in xml.fromstring(client.get("/feeds/claims.atom").content).iter(f"{atom}entry")
    ]
    return next(content for title, content in entries if title.startswith("E10:"))


def linked_data(client):
    return re.search(r'<script type="application/ld\+json">(.*?)</script>', page(CLAIM)(client), re.S)[1]


def alternative_text_of_picture(client):
    return re.search(r'property="og:image:alt" content="([^"]*)"', page(CLAIM)(client))[1]


def text_set_on_picture(client):
    """Returns the text that is set on the share image that the page names."""
    address = re.search(r'property="og:image" content="http://testserver([^"]*)"', page(CLAIM)(client))[1]
    return words_on(client, address)


def citations(client):
    edition = Claim.objects.get(number=10).current_edition.get_absolute_url()
    return "".join(client.get(f"{edition}cite.{form}").content.decode() for form in ("bib", "ris", "json"))


EXPORTS = {
    "the claim": page(CLAIM),
    "home": page("/"),
    "impact": page("/impact/"),
    "the donors' page": page("/support/"),
    "the register": page("/evidence/"),
    "the organisation's list": of_speaker(page, "achievements/"),
    "the report as a page": page("/impact/report/"),
    "the report on paper": pdf("/impact/report.pdf"),
    "the organisation's report": of_speaker(pdf, "report.pdf"),
    "the fact sheet": pdf("/support/factsheet.pdf"),
    "the chart's table": csv_file("/data/charts/figures-e10.csv"),
    "claims, CSV": csv_file("/data/claims.csv", reference="E10"),
    "claims, JSON": json_file,
    "claims, XLSX": spreadsheet,
    "figures, CSV": csv_file("/data/figures.csv", reference="E10"),
    "the API": page("/api/v1/claims/E10"),
    "the feed": entry_of_feed,
    "JSON-LD": linked_data,
    "the alternative text of the picture": alternative_text_of_picture,
    "the picture": text_set_on_picture,
    "the card for others": page("/embed/e10/"),
    "oEmbed": page(f"/oembed?url=http://testserver{CLAIM}"),
    "search": page("/search/?q=training+programs&kind=claim"),
    "files to cite": citations,
}


BEFORE, AFTER = re.compile(r"\b4,?500\b"), re.compile(r"\b5,?000\b")


def change_to_5000():
    """Changes the statement and the figure of the working copy."""
    claim = Claim.objects.get(number=10)
    claim.statement = claim.statement.replace("4,500", "5,000")
    claim.in_our_words = True
    claim.save()
    figure = claim.figures.get(unit="participants")
    figure.value = 5000
    figure.save()
    claim.note_change(alice())
    return claim


def test_a_change_of_a_figure_is_everywhere_once_it_is_published_and_nowhere_before(client):
    before = {name: read(client) for name, read in EXPORTS.items()}
    assert [name for name, text in before.items() if not BEFORE.search(text) or AFTER.search(text)] == []
    claim = change_to_5000()
    assert {name: read(client) for name, read in EXPORTS.items()} == before
    restate_figures(claim)
    claim.publish(by=bob(), reason="A newer count", change="update", seen=Claim.AS_STORED)
    after = {name: read(client) for name, read in EXPORTS.items()}
    assert [name for name, text in after.items() if not AFTER.search(text)] == []
    assert [name for name, text in after.items() if BEFORE.search(text)] == [
        "the claim"
    ]  # which tells what has changed
    assert "4,500" in page("/evidence/e10/v1/")(client)
