"""An address where nothing stands offers a search, and the pages from which most people go on."""

import pytest
from cms.models import PageContent
from django.template.loader import render_to_string
from django.test import Client

from tests.support.pages import a_page
from tests.support.site_settings import set_up_site

pytestmark = pytest.mark.django_db


def nowhere():
    answer = Client().get("/nowhere/")
    assert answer.status_code == 404
    return answer.content.decode().split("<main")[1].split("</main>")[0]


def test_it_offers_one_search_and_a_drawn_sheet():
    page = Client().get("/nowhere/").content.decode()
    assert page.count('role="search"') == 1 and 'id="search-here"' in nowhere()
    assert '<svg class="plate"' in nowhere()


@pytest.mark.parametrize(("several", "who"), [(False, "we"), (True, "they")])
def test_it_leads_to_the_claims_the_timeline_and_whoever_answers(several, who):
    set_up_site(several_organisations=several)
    words = f"What {who} say {who} did"
    PageContent.admin_manager.all().delete()
    assert "What brings you here?" not in nowhere()
    for slug, plugin in (("all", "RegisterPlugin"), ("days", "TimelinePlugin"), ("ask", "ContactPlugin")):
        a_page(slug, (plugin, {}), slug=slug)
    page = nowhere()
    for link in (f'<a href="/all/">{words}', '<a href="/days/">What happened when', '<a href="/ask/">Ask'):
        assert link in page, link


def test_the_pages_of_errors_that_ask_nothing_of_the_database_draw_the_sheet_too(django_assert_num_queries):
    for template in ("500.html", "503.html"):
        with django_assert_num_queries(0):
            assert '<svg class="plate"' in render_to_string(template), template
