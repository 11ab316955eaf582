"""Pages as they would be: rendered from a publication that never happened."""

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from impact.models import Claim, Edition, Figure, ReviewStep
from impact.usage import pages_changed_by
from organisation.models import Citation, Source
from tests.support.forms import filled_in
from tests.support.people import alice, bob

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client):
    """Alice, who has changed the number of participants."""
    client.force_login(alice())
    form = reverse("admin:impact_claim_change", args=[e10().pk])
    client.post(form, filled_in(client.get(form), slug="a-new-address", **{"figures-0-value": "5000"}))
    return client


def e10():
    return Claim.objects.get(number=10)


def preview(client, page, **headers):
    return client.get(reverse("admin:impact_claim_preview", args=[e10().pk]), {"page": page}, headers=headers)


def traces():
    """Returns everything that publishing would leave behind."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM django_session")
        sessions = cursor.fetchone()[0]
    claim = e10()
    counts = [model.objects.count() for model in (Edition, Figure, Citation, ReviewStep)]
    return counts, sessions, claim.current_edition_id, claim.stage, claim.fingerprint, claim.history.count()


def test_every_page_that_changes_is_shown_as_it_would_be_and_marked(desk):
    before = traces()
    for changed in pages_changed_by(e10()):
        page = preview(desk, changed.address)
        assert page.status_code == 200, changed
        assert "Preview: not published" in page.content.decode()
        assert (page["X-Robots-Tag"], "no-store" in page["Cache-Control"]) == ("noindex", True)
    assert "5,000" in preview(desk, "/").content.decode()
    assert "5,000" in preview(desk, "/evidence/e10-a-new-address/").content.decode()
    assert traces() == before
    assert "5,000" not in Client().get("/").content.decode()
    assert "Preview" not in Client().get("/").content.decode()


def test_a_preview_is_the_page_of_a_visitor_who_has_no_account(desk):
    shown = preview(desk, "/").content.decode()
    assert "cms-toolbar" not in shown and "Edit this record" not in shown
    assert not preview(desk, "/").cookies


def test_a_source_that_only_the_draft_cites_has_a_preview_and_no_page(desk):
    source = Source.objects.create(
        slug="only-drafted", kind="news", title="News", address="https://example.org/news"
    )
    Citation.objects.create(record=e10(), source=source, relation="context")
    assert "News" in preview(desk, source.get_absolute_url()).content.decode()
    assert Client().get(source.get_absolute_url()).status_code == 404


def test_a_page_that_fails_leaves_no_trace_either(desk, monkeypatch):
    def fail(*args):
        raise RuntimeError("A page that fails")

    before = traces()
    monkeypatch.setattr("impact.cms_plugins.FiguresPlugin.render", fail)
    desk.raise_request_exception = False
    assert preview(desk, "/").status_code == 500
    assert traces() == before


def test_a_database_that_fails_inside_the_page_leaves_no_trace_either(desk, monkeypatch):
    def fail(*args):
        with connection.cursor() as cursor:
            cursor.execute("SELECT nothing FROM nowhere")

    before = traces()
    monkeypatch.setattr("impact.cms_plugins.FiguresPlugin.render", fail)
    desk.raise_request_exception = False
    assert preview(desk, "/").status_code == 500
    assert traces() == before


def test_no_other_address_is_rendered(desk):
    for address in (
        "",
        "/admin/",
        "/admin/logout/",
        "/nowhere/",
        "//example.org/",
        "/contact/",
        "https://example.org/",
        "/%00",
    ):
        assert preview(desk, address).status_code == 404, address


def test_a_preview_is_only_read(desk):
    assert desk.post(reverse("admin:impact_claim_preview", args=[e10().pk]) + "?page=/").status_code == 405


def test_charlie_sees_no_preview():
    assert preview(Client(), "/").status_code == 302


def test_what_follows_a_preview_is_still_written_down_in_the_name_of_who_did_it(desk):
    preview(desk, "/")
    form = reverse("admin:impact_claim_change", args=[e10().pk])
    desk.post(form, filled_in(desk.get(form), statement="Words after a preview"))
    assert e10().last_changed_by() == alice() != bob()


def test_a_preview_of_a_retirement_shows_the_words_as_retired(client):
    client.force_login(bob())
    e10().ask_to_retire(alice(), seen=Claim.AS_STORED)
    shown = preview(client, e10().get_absolute_url()).content.decode()
    assert "Retired on" in shown and "status-retired" in shown
    assert "Retired on" not in Client().get(e10().get_absolute_url()).content.decode()
    e10().send_back(bob(), "It still runs", seen=Claim.AS_STORED)
    assert "Retired on" not in preview(client, e10().get_absolute_url()).content.decode()
