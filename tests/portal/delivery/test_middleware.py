"""Odd requests reach the CMS as plain ones, and its pages for editors open for nobody else."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.contrib.sessions.models import Session
from django.urls import reverse

from tests.support.people import alice

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("query", ["toolbar_on", "toolbar_off", "toolbar_on&toolbar_language=en"])
def test_a_visitor_who_asks_for_the_toolbar_gets_the_plain_page_and_no_session(client, query):
    plain = client.get("/about/").content
    sessions = Session.objects.count()
    assert client.get(f"/about/?{query}").content == plain
    assert (Session.objects.count(), client.cookies) == (sessions, {})


def test_what_else_a_visitor_asks_for_is_answered_beside_it(client):
    page = client.get("/search/?toolbar_on&q=zugzwang").content.decode()
    assert "zugzwang" in page and "toolbar_on" not in page


def test_an_editor_turns_the_toolbar_off_and_on(client):
    client.force_login(alice())
    assert "cms-toolbar" in client.get("/about/").content.decode()
    for switch, is_shown in (("off", False), ("on", True)):
        client.get(f"/about/?toolbar_{switch}")
        assert ("cms-toolbar" in client.get("/about/").content.decode()) is is_shown


def addresses_of_the_cms():
    return [
        reverse("admin:cms_pagecontent_changelist"),
        reverse("admin:cms_placeholder_add_plugin"),
        reverse("admin:cms_placeholder_clear_placeholder", args=[1]),
        "/cms_wizard/create/",
        "/admin/djangocms_versioning/pagecontentversion/",
    ]


def test_only_who_may_change_pages_opens_the_views_of_the_cms(client):
    dana = get_user_model().objects.create_user("dana", is_staff=True)
    client.force_login(dana)
    for address in addresses_of_the_cms():
        assert client.get(address).status_code == 403, address
    dana.user_permissions.add(
        *Permission.objects.filter(codename__in=["change_page", "view_page", "view_pagecontent"])
    )
    client.force_login(type(dana).objects.get(pk=dana.pk))
    assert client.get(addresses_of_the_cms()[0]).status_code == 200


def test_the_desk_and_the_records_open_without_the_permission_for_pages(client):
    dana = get_user_model().objects.create_user("dana", is_staff=True)
    dana.user_permissions.add(Permission.objects.get(codename="view_claim"))
    client.force_login(dana)
    for address in ("/admin/", "/admin/impact/claim/", "/about/"):
        assert client.get(address).status_code == 200, address


@pytest.mark.parametrize("encoding", ["iso-8859-1", "UTF-16", "utf-7"])
@pytest.mark.parametrize(
    "media_type", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x"]
)
def test_a_form_in_another_encoding_is_refused_with_a_sentence(client, encoding, media_type):
    client.force_login(alice())
    for address in (reverse("admin:organisation_statement_add"), "/accounts/login/"):
        refused = client.post(address, b"--x--", f"{media_type}; charset={encoding}")
        sentence = f"The form was sent in the encoding “{encoding}”: send it as UTF-8. Nothing was saved."
        assert (refused.status_code, refused.content.decode()) == (400, sentence)


@pytest.mark.parametrize("encoding", ["utf-8", "UTF-8", "none-of-these"])
def test_a_form_in_utf_8_or_that_names_no_known_encoding_is_read(client, encoding):
    media_type = f"application/x-www-form-urlencoded; charset={encoding}"
    assert client.generic("POST", "/accounts/login/", b"login=x", media_type).status_code == 200
