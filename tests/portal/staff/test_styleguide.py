"""The page that shows staff every component in every state."""

import re

import pytest
from django.utils.text import slugify

from advocacy.models import Ask
from impact.grades import Grade
from organisation.models import Citation
from portal.staff import styleguide
from tests.support.people import alice

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(client):
    client.force_login(alice())
    return client.get("/styleguide/")


def test_charlie_is_asked_to_log_in(client):
    response = client.get("/styleguide/")
    assert (response.status_code, response["Location"]) == (302, "/admin/login/?next=/styleguide/")


def test_alice_sees_it_and_search_engines_are_told_to_leave_it(page):
    assert page.status_code == 200
    assert page["X-Robots-Tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in page.content.decode()


def test_every_grade_status_and_bearing_is_shown(page):
    shown = page.content.decode()
    tags = [
        f"status-{word}"
        for word in (
            *map(slugify, Grade.values),
            *map(slugify, Ask.Status.values),
            "corrected",
            "retired",
            "withdrawn",
        )
    ]
    assert [tag for tag in tags if tag not in shown] == []
    assert [each for each in Citation.Relation.values if f"evidence-{slugify(each)}" not in shown] == []


def test_hard_cases_are_shown(page):
    shown = page.content.decode()
    for text in (
        styleguide.LONG_NAME,
        styleguide.ARABIC,
        "123,456,789,012,345",
        "Source: not on record.",
        "Not on record.",
    ):
        assert text in shown, text
    assert len(styleguide.LONG_NAME) == 300


def test_no_template_tag_is_left_unrendered(page):
    assert "{{" not in page.content.decode()
    assert "{%" not in page.content.decode()


def test_nothing_of_it_comes_from_the_database(client, django_assert_max_num_queries):
    client.force_login(alice())
    with django_assert_max_num_queries(50) as captured:
        client.get("/styleguide/")
    statements = [query["sql"] for query in captured.captured_queries]
    assert statements
    # The head of every page names the site, the menus leave out pages whose blocks are empty, and roles have
    # the names that an organisation gives them.
    of_records = re.compile(r'"(organisation_(?!sitesettings|term)|impact_|advocacy_)')
    of_the_site = re.compile(r'AS "is_empty"')
    assert [sql for sql in statements if of_records.search(sql) and not of_the_site.search(sql)] == []


def test_the_drawings_are_shown_with_nothing_with_some_and_with_very_many(page):
    shown = page.content.decode()
    for text in (
        "Nothing is claimed yet",
        "One claim, and how far it is shown",
        "30 claims, and how far each is shown",
        "300 claims, and how far each is shown",
        "3,000 claims, and how far each is shown",
        "not established by any",
        "contradicted by an independent source",
        "Context only:",
        "No source says until when, or from when.",
        "founding undated",
        "fold-open",
        "Waves: about that",
        "No source says when these were.",
        "lanes-3",
    ):
        assert text in shown, text
