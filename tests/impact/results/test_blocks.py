"""Blocks that show results over time, and what tells which pages change with a reading."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from impact.models import Indicator
from impact.usage import pages_changed_by, pages_showing
from tests.support.blocks import PATH, page_of, read_block, text_of
from tests.support.factory import a_profiled_organisation, a_reading, an_absence, an_indicator, published

pytestmark = pytest.mark.django_db


@pytest.fixture
def children():
    Indicator.objects.filter(figures__isnull=True).delete()
    return an_indicator()


def test_one_indicator_says_its_sentence_and_has_its_table_behind_the_drawing(client, children):
    published(a_reading(children, 40, "2023"))
    published(a_reading(children, 50, "2025"))
    an_absence(children, "2024")
    html = read_block(client, "IndicatorPlugin", indicator=children)
    text = text_of(html)
    assert f"{children.title} Rose from 40 (2023) to 50 (2025)" in text
    assert "The same as a table" in text and "Not collected." in text
    assert 'data-size="block"' in html


def test_an_indicator_without_a_reading_shows_visitors_nothing(client, children):
    a_reading(children, 40, "2023")
    assert read_block(client, "IndicatorPlugin", indicator=children) == ""


def test_several_stand_as_small_drawings_with_their_last_value(client, children):
    harbour = a_profiled_organisation()
    for period, value in (("2023", 40), ("2025", 50)):
        published(a_reading(children, value, period))
    html = read_block(client, "IndicatorsPlugin", heading="Results", organisation=harbour)
    assert f'<a href="{children.get_absolute_url()}">{children.title}</a>' in html
    text = text_of(html)
    assert "no two of them can be compared" in text
    assert "50 2025" in text and "Rose from 40 (2023) to 50 (2025)" in text
    assert 'data-size="small"' in html


def test_of_another_organisation_nothing_stands_there(client, children):
    published(a_reading(children, 40, "2023"))
    council = a_profiled_organisation("Harbour Council")
    assert children.title not in read_block(client, "IndicatorsPlugin", heading="R", organisation=council)


def test_small_drawings_cost_the_same_for_one_indicator_and_for_five(client, children):
    page_of(("IndicatorsPlugin", {"heading": "Results"}))

    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(PATH).status_code == 200
        return len(captured)

    def give(indicator):
        for period, value in (("2023", 40), ("2025", 50)):
            published(a_reading(indicator, value, period))
        an_absence(indicator, "2024")

    give(children)
    queries()  # what is read once a process
    few = queries()
    for title in ("Boats", "Schools", "Teachers", "Laws"):
        give(an_indicator(title))
    assert queries() == few


def test_a_reading_names_the_pages_that_change_with_it(children):
    claim = a_reading(children, 40, "2023")
    page_of(("IndicatorsPlugin", {"heading": "Results"}))
    assert PATH in [each.address for each in pages_showing(claim)]
    assert children.get_absolute_url() in [each.address for each in pages_changed_by(claim)]
    published(claim)
    claim.figures.all().delete()
    assert children.get_absolute_url() in [each.address for each in pages_changed_by(claim)]
