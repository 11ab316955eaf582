"""The page of an indicator, as a visitor reads it."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.html import strip_tags

from impact.models import Change, Claim, Part
from tests.support.factory import a_reading, a_source, an_absence, an_indicator, cite, published
from tests.support.people import bob
from tests.support.sections import empty_parts

pytestmark = pytest.mark.django_db


@pytest.fixture
def children():
    return an_indicator()


def page_of(client, indicator):
    response = client.get(indicator.get_absolute_url())
    assert response.status_code == 200
    return response.content.decode()


def main_of(html):
    return html[html.index("<main") : html.index("</main>")]


def text_of(html):
    return " ".join(strip_tags(main_of(html)).split())


def rows(html):
    """Returns the text of each row of the table, its cells parted by bars."""
    table = re.search(r'<table class="result-table".*?</table>', html, re.S)[0]
    found = [re.findall(r"<(?:td|th)[^>]*>(.*?)</(?:td|th)>", row, re.S) for row in table.split("<tr")[2:]]
    return [" | ".join(" ".join(strip_tags(cell).split()) for cell in row).strip() for row in found]


def test_any_other_address_leads_to_the_present_one(client, children):
    number = children.number
    for path in (f"/indicators/i{number}/", f"/indicators/i{number}-other-words/"):
        response = client.get(path)
        assert (response.status_code, response.url) == (301, children.get_absolute_url())
    assert client.get(f"/indicators/i{number + 999}/").status_code == 404


def test_without_a_reading_the_page_says_so_and_has_no_empty_part(client, children):
    html = page_of(client, children)
    assert "No result over time is on record." in text_of(html)
    assert "<table" not in main_of(html) and 'class="result"' not in html
    assert empty_parts(html) == []


def test_one_reading_stands_as_a_number_and_is_not_drawn(client, children):
    claim = published(a_reading(children, 340, "2025"))
    html = page_of(client, children)
    assert "340 (2025), as Harbour Aid states." in text_of(html)
    assert 'class="result"' not in html
    assert rows(html) == [f"2025 | 340 | {claim.reference} own word only | Yearbook of Harbour Aid, line 1 |"]
    assert empty_parts(html) == []


def test_a_draft_reading_never_shows_nor_does_a_withdrawn_one(client, children):
    draft, claim = a_reading(children, 777, "2024"), published(a_reading(children, 888, "2025"))
    html = page_of(client, children)
    assert "888" in html and "777" not in html and draft.reference not in html
    claim.figures.update(value=999)
    assert "999" not in page_of(client, children)
    claim = Claim.objects.get(pk=claim.pk)
    claim.withdraw(bob(), "It was wrong", seen=Claim.AS_STORED)
    assert "888" not in page_of(client, children)


def test_what_was_first_published_is_struck_with_its_day_and_reason(client, children):
    published(a_reading(children, 50, "2023"))
    claim = published(a_reading(children, 60, "2024"))
    claim.figures.update(value=58, as_written="58")
    claim.citations.get().passage.mends.create(says="60", shows="58", why="A slip.")
    claim.statement = "In 2024 it was 58 children"
    published(claim, "One school was counted twice.", Change.CORRECTION)
    html = page_of(client, children)
    assert "<del>60</del>" in html
    assert re.search(r"Corrected on [^:]+: One school was counted twice\.", rows(html)[1])
    assert "Rose from 50 (2023) to 58 (2024)" in text_of(html)


def test_a_reading_that_comes_with_a_correction_of_another_corrects_nothing(client, children):
    claim = published(a_reading(children, 50, "2023"))
    figure = claim.figures.get()
    figure.pk, figure.label, figure.starts, figure.ends = None, "Children, 2024", "2024", "2024"
    figure._state.adding = True
    figure.value, figure.as_written = 60, "60"
    figure.save()
    claim.citations.get().passage.mends.create(says="50", shows="50 and 60", why="A slip.")
    claim.statement = claim.statement.replace("50", "50 and 60")
    published(claim, "The year after was left out.", Change.CORRECTION)
    html = page_of(client, children)
    assert "60" in text_of(html) and "<del>" not in html


def test_a_period_without_a_value_says_why_and_never_zero(client, children):
    published(a_reading(children, 50, "2022"))
    an_absence(children, "2023", "not collected", remark="Schools were closed.")
    an_absence(children, "2024", "withheld for safety")
    published(a_reading(children, 60, "2026"))
    html = page_of(client, children)
    assert [row.split(" | ")[1] for row in rows(html)] == ["50", "no value", "no value", "no value", "60"]
    assert "Not collected. Schools were closed." in rows(html)[1]
    assert "Withheld for safety, says Harbour Aid." in rows(html)[2]
    assert "No value, and no reason on record." in rows(html)[3]
    assert "0" not in [row.split(" | ")[1] for row in rows(html)]
    assert "3 periods have no value." in text_of(html)


def test_a_reported_zero_and_a_target_of_zero_stand_as_they_are(client):
    hurt = an_indicator("Children hurt", direction="down")
    published(a_reading(hurt, 2, "2024"))
    published(a_reading(hurt, 0, "2025"))
    target = published(a_reading(hurt, 0, "2025", kind="target", set_on="2023"))
    html = page_of(client, hurt)
    assert "Fell from 2 (2024) to 0 (2025)" in text_of(html)
    assert f"Target 0: as aimed. Set: 2023. {target.reference}" in rows(html)[1]
    assert "%" not in text_of(html)


def test_the_value_of_another_text_stands_beside_ours_with_its_place(client, children):
    claim = a_reading(children, 50, "2024")
    gazette = a_source("Gazette")
    cite(claim, gazette, "contradicts", "independent", note="It counts 17.", value_as_written="17", value=17)
    published(claim)
    published(a_reading(children, 60, "2025"))
    html = page_of(client, children)
    assert "“Gazette” says 17 for 2024, where Harbour Aid says 50." in text_of(html)
    assert "Another text says 17: Gazette" in rows(html)[0]
    assert f'href="{gazette.get_absolute_url()}"' in main_of(html)


def test_parts_stand_with_their_sum_and_what_is_missing_of_the_total(client, children):
    parts = [("sex", "girls", "25"), ("sex", "boys", "14"), ("place", "coast", "withheld for safety")]
    published(a_reading(children, 40, "2024", parts=parts))
    text = text_of(page_of(client, children))
    assert "25 + 14 = 39." in text
    assert "1 fewer than the total. Nothing was filled in." in text
    assert "withheld for safety" in text and "Not added up: 1 has no value." in text


def test_parts_that_give_the_total_are_said_to_add_up(client, children):
    claim = a_reading(children, 40, "2024", parts=[("sex", "girls", "25"), ("sex", "boys", "15")])
    published(claim)
    assert "25 + 15 = 40: adds up." in text_of(page_of(client, children))
    other = a_reading(children, 40, "2025", parts=[("sex", "girls", "25")])
    Part.objects.filter(figure__claim=other).update(qualifier="over")
    published(other)
    assert "Not added up: 1 part is not exact." in text_of(page_of(client, children))


def test_every_number_leads_in_one_press_to_words_that_hold_it(client, children):
    for period, value in (("2023", 41), ("2024", 52)):
        published(a_reading(children, value, period))
    html = page_of(client, children)
    for row in re.findall(r"<tr role=\"row\">.*?</tr>", html, re.S)[1:]:
        number = re.search(r"<bdi>(\d+)</bdi>", row)[1]
        address, anchor = re.search(r'href="(/sources/[^"#]+)(#[^"]+)"', row).groups()
        words = client.get(address).content.decode()
        assert f'id="{anchor[1:]}"' in words and number in words


def test_how_it_is_counted_stands_with_what_has_changed(client, children):
    assert "How it is counted is not on record." in text_of(page_of(client, children))
    note = a_source("Method note")
    children.how_counted, children.double_counting = "A child is counted once.", "Who returns counts twice."
    children.changed_on, children.change, children.change_source = "2022-03", "Two coasts more.", note
    children.save()
    text = text_of(page_of(client, children))
    for words in (
        "A child is counted once.",
        "Counted twice? Who returns counts twice.",
        "Counted differently since March 2022 Two coasts more. Method note",
    ):
        assert words in text


def test_answers_and_words_stand_as_such(client):
    law, told = an_indicator("A law", measure="yes or no"), an_indicator("What they say", measure="words")
    for period, value in (("2024", 0), ("2025", 1)):
        published(a_reading(law, value, period))
    claim = a_reading(told, 40, "2024", as_written="40")
    claim.figures.update(value=None)
    published(claim)
    assert [row.split(" | ")[1] for row in rows(page_of(client, law))] == ["no", "yes"]
    assert [row.split(" | ")[1] for row in rows(page_of(client, told))] == ["40"]
    assert "1 reading in words." in text_of(page_of(client, told))


def test_readings_without_a_period_stand_in_the_table_and_in_no_drawing(client, children):
    published(a_reading(children, 35, ""))
    published(a_reading(children, 40, "2024"))
    published(a_reading(children, 41, "2025"))
    html = page_of(client, children)
    assert [row.split(" | ")[0] for row in rows(html)] == ["undated", "2024", "2025"]
    assert html.count('class="result-point') == 2


def test_the_queries_are_as_many_for_two_readings_as_for_twelve(client, children):
    def give(year):
        parts = [("sex", "girls", "25"), ("sex", "boys", "15")]
        claim = a_reading(children, 40, str(year), parts=parts)
        cite(claim, a_source(f"Gazette {year}"), "contradicts", "independent", note="No.")
        published(claim)
        an_absence(children, str(year + 50))

    def queries():
        with CaptureQueriesContext(connection) as captured:
            page_of(client, children)
        return len(captured)

    give(2000), give(2001)
    queries()  # what is read once a process
    few = queries()
    for year in range(2002, 2012):
        give(year)
    assert queries() == few


def test_of_more_than_sixty_readings_the_latest_stand_and_how_many_more_there_are_is_said(client, children):
    for year in range(1950, 2012):
        published(a_reading(children, year, str(year)))
    html = page_of(client, children)
    assert len(rows(html)) == 60
    assert "2 earlier readings are not shown here." in text_of(html)
    assert rows(html)[0].startswith("1952 | ")
    assert "The latest values on record, in the order of their periods." in text_of(html)
