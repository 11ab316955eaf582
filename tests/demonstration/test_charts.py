"""The chart of publications counts those of the demonstration's Coalition."""

import pytest

from organisation.models import Organisation, Source
from portal.exports.charts import chart_at
from tests.portal.exports.test_charts import drawing_of, figure_of, table_of
from tests.support.factory import a_source

pytestmark = pytest.mark.django_db

SLUG = "publications-coalition-2004-2007"


def test_publications_are_counted_by_year_and_a_year_without_any_says_so():
    counted = {
        str(year): Source.objects.publications()
        .filter(author__slug="coalition", published__startswith=str(year))
        .count()
        for year in range(2004, 2008)
    }
    assert counted["2005"] == 0
    assert drawing_of(SLUG) == [
        [
            word
            for year, count in counted.items()
            for word in (year, str(count) if count else "0, none on record")
        ]
    ]
    assert [row[0] for row in table_of(SLUG)[1:]] == list(counted)
    assert "From 2005 none is on record." in figure_of(SLUG)


def test_a_new_publication_is_counted_and_one_of_another_year_is_noted():
    coalition = Organisation.objects.get(slug="coalition")
    before = chart_at(SLUG)
    Source.objects.create(slug="a", kind="report", title="A report", author=coalition, published="2005-03")
    Source.objects.create(slug="b", kind="report", title="Another", author=coalition, published="1999")
    after = chart_at(SLUG)
    assert [row.value for row in after.rows] == [row.value + (row.names == ("2005",)) for row in before.rows]
    assert "none is on record" not in " ".join(after.takeaway)
    assert after.notes != before.notes


def test_publications_of_four_years_are_drawn_and_the_others_are_counted_in_a_note():
    Source.objects.filter(author__slug="coalition").update(author=None)
    coalition = Organisation.objects.get(slug="coalition")
    assert chart_at(SLUG) is None
    for number, date in enumerate(("2003-12", "2004-01", "2004", "2007-12-31", "2008", "2009", "", "", "")):
        a_source(f"P{number}", kind="report", author=coalition, published=date)
        a_source(f"N{number}", kind="news", author=coalition, published=date)
    chart = chart_at(SLUG)
    assert [(row.names[0], row.value, row.unit, len(row.records)) for row in chart.rows] == [
        ("2004", 2, "publications", 2),
        ("2005", 0, "publications", 0),
        ("2006", 0, "publications", 0),
        ("2007", 1, "publication", 1),
    ]
    assert chart.takeaway == [
        "3 publications of the Coalition from the years 2004 to 2007 are on record.",
        "From 2005 and 2006 none is on record.",
    ]
    assert chart.notes[0] == "Each mark is one publication."
    assert chart.notes[2:] == [
        "Not shown: 3 publications from other years.",
        "Not shown: 3 publications whose date is not stated.",
    ]
    assert [link.text for link in chart.sources] == ["P1", "P2", "P3"]
    Source.objects.filter(title__in=["P0", "P4", "P6", "P7", "P1", "P2"]).delete()
    chart = chart_at(SLUG)
    assert chart.takeaway[0] == "1 publication of the Coalition from the years 2004 to 2007 is on record."
    assert chart.notes[2:] == [
        "Not shown: 1 publication from another year.",
        "Not shown: 1 publication whose date is not stated.",
    ]
    Source.objects.filter(title__in=["P5", "P8"]).delete()
    assert len(chart_at(SLUG).notes) == 2


@pytest.mark.parametrize(
    ("path", "title", "file"),
    [
        ("/publications/", "The Coalition's publications, 2004 to 2007", SLUG),
    ],
)
def test_the_charts_of_the_demonstration_have_the_titles_and_figures_that_they_had(client, path, title, file):
    page = client.get(path).content.decode().replace("&#x27;", "'")
    assert f">{title}</h2>" in page and f'href="/data/charts/{file}.csv"' in page
    assert "Not on record." not in page.split(f">{title}</h2>")[1].split("</figure>")[0]
    assert [client.get(f"/data/charts/{former}.csv")["Location"] for former in FORMER[file]] == [
        f"/data/charts/{file}.csv"
    ]


FORMER = {SLUG: ["publications"]}
