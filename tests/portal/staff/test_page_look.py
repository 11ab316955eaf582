"""Alice looks at a draft as it is on a telephone, in the dark, on paper and to visitors."""

import pytest
from cms.models import CMSPlugin
from cms.toolbar.utils import get_object_preview_url
from django.test import Client
from django.urls import reverse

from tests.portal.pages.drafts import Desk, review
from tests.support.pages import a_page, version_of
from tests.support.people import alice, bob, staff_with

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft():
    content = a_page("Tides", "<p>The tide is high.</p>", ("SearchWordsPlugin", {"heading": "zorble"}))
    return Desk(alice()).begin(content)


def look(version, way=""):
    return reverse("admin:page-look-frame", args=[version.pk, way]) if way else address_of(version)


def address_of(version):
    return reverse("admin:page-look", args=[version.pk])


@pytest.mark.parametrize(
    ("way", "width"),
    [("reader", 1280), ("360", 360), ("768", 768), ("1440", 1440), ("dark", 1280), ("paper", 794)],
)
def test_it_is_framed_as_wide_as_what_it_is_looked_at_on(draft, way, width):
    page = Desk(alice()).get(f"{look(draft)}?as={way}").content.decode()
    assert f'<iframe src="{look(draft, way)}" width="{width}"' in page
    assert page.count('aria-current="page"') == 1 and f'<a href="?as={way}" aria-current="page">' in page


def test_the_frame_holds_the_draft_as_a_visitor_would_be_sent_it(draft):
    answer = Desk(alice()).get(look(draft, "reader"))
    page = answer.content.decode()
    assert "Higher than last year." in page and "Preview: not published" in page
    assert "cms-toolbar" not in page and "zorble" not in page
    assert (answer["X-Robots-Tag"], answer["X-Frame-Options"]) == ("noindex", "SAMEORIGIN")
    assert "frame-ancestors 'self'" in answer["Content-Security-Policy"]
    assert "Higher than last year." not in Client().get("/tides/").content.decode()


def test_a_draft_of_the_page_that_is_printed_is_framed_with_its_questions():
    CMSPlugin.objects.filter(plugin_type="FactSheetPlugin").delete()
    body = "<h2>Who checks it?</h2><p>Nobody does.</p><p><strong>Asked in May.</strong></p>"
    printed = a_page("Give", ("FactSheetPlugin", {}), body, slug="tides")
    other = a_page("Ebb", ("FactSheetPlugin", {}), body)
    framed = [
        Desk(alice()).get(look(version, "reader")).content.decode()
        for version in (version_of(printed).copy(alice()), version_of(other).copy(alice()))
    ]
    assert ['aria-label="How it is known"' in page for page in framed] == [True, False]


def test_what_readers_see_is_not_called_a_preview(draft):
    published = version_of(a_page("Ebb", "<p>The tide is low.</p>"))
    page = Desk(alice()).get(look(published, "reader")).content.decode()
    assert "The tide is low." in page and "Preview: not published" not in page


def test_the_frame_is_dark_or_as_paper_whatever_theme_alice_has_chosen(draft):
    at_alices = Desk(alice())
    dark, paper = (at_alices.get(look(draft, way)).content.decode() for way in ("dark", "paper"))
    assert '<html data-theme="dark" ' in dark and 'media="print"' in dark
    assert '<html data-theme="light" ' in paper and 'media="print"' not in paper
    assert "js/theme" not in dark and "js/theme" not in paper
    assert "js/theme" in at_alices.get(look(draft, "360")).content.decode()


def test_the_review_and_the_toolbar_lead_there(draft):
    assert look(draft) in Desk(bob()).get(review(draft)).content.decode()
    assert look(draft) in Desk(alice()).get(get_object_preview_url(draft.content)).content.decode()


@pytest.mark.parametrize("way", ["", "360"])
def test_nobody_else_looks_at_a_draft(draft, way):
    assert Client().get(look(draft, way)).status_code == 302
    assert Desk(staff_with()).get(look(draft, way)).status_code == 403


def test_there_is_no_other_way_to_look_and_no_other_version(draft):
    at_alices = Desk(alice())
    assert at_alices.get(f"{look(draft)}?as=round").status_code == 404
    assert at_alices.get(reverse("admin:page-look-frame", args=[draft.pk, "round"])).status_code == 404
    assert at_alices.get(reverse("admin:page-look", args=[draft.pk + 1000])).status_code == 404
