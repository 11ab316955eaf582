"""Staff see nothing on the desk that they may not look up."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission

from impact.models import Edition
from tests.support.desk import DESK, publish_update, save_record, undo_url, vision
from tests.support.people import bob

pytestmark = pytest.mark.django_db


def test_charlie_is_asked_to_log_in(client):
    for path in (
        DESK,
        "/admin/search/?q=a",
        "/admin/completeness/",
        "/admin/unsourced/",
        "/admin/undo/edition/1/",
        "/admin/impact/claim/new/",
    ):
        assert client.get(path).url.startswith("/admin/login/"), path


def test_staff_without_rights_see_nothing_of_the_records(open_page):
    page = open_page(get_user_model().objects.create_user("dora", is_staff=True))
    assert "Needs attention" not in page and "My drafts" not in page and "New claim" not in page
    results = open_page(get_user_model().objects.get(username="dora"), "/admin/search/?q=child")
    assert "Nothing on record contains “child”" in results


def test_staff_see_only_what_they_may_look_up(open_page, client):
    dora = get_user_model().objects.create_user("dora", is_staff=True)
    dora.user_permissions.add(Permission.objects.get(codename="view_statement"))
    save_record(bob(), vision(), text="Bob's words")
    publish_update(10, "Words of a claim")
    page = open_page(dora)
    assert "Statements whose review is overdue" in page and "Harbour Aid, vision" in page
    assert "Words of a claim" not in page and "Undo" not in page
    for path in (
        "/admin/completeness/",
        "/admin/unsourced/",
        f"/admin/undo/edition/{Edition.objects.last().pk}/",
        undo_url(vision().history.first()),
    ):
        assert client.get(path).status_code == 403, path
