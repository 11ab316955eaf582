"""Only requests by which staff change the tree of pages wait for one another."""

from types import SimpleNamespace
from unittest.mock import patch

import pytest
from cms.api import create_page
from cms.models import Page, PageContent
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import Client
from django.urls import reverse

from portal.pages.tree import PageTreeMiddleware
from tests.support.pages import a_page
from tests.support.people import alice
from tests.support.proposals import at_desk

pytestmark = pytest.mark.django_db


def handled_here(request_method, url_name, user):
    """Tells if the middleware calls the view itself, in a transaction of its own."""
    request = SimpleNamespace(
        method=request_method, user=user, resolver_match=SimpleNamespace(url_name=url_name)
    )
    depths = []
    outside = len(connection.savepoint_ids)
    response = PageTreeMiddleware(None).process_view(
        request,
        lambda request, *args, **kwargs: depths.append(len(connection.savepoint_ids)) or (args, kwargs),
        (1,),
        {"a": 2},
    )
    assert response in (None, ((1,), {"a": 2})) and depths in ([], [outside + 1])
    return bool(depths)


@pytest.mark.parametrize(
    ("method", "url_name", "is_handled"),
    [
        ("POST", "cms_page_move", True),
        ("POST", "cms_pagecontent_change", True),
        ("POST", "cms_wizard_create", True),
        ("POST", "djangocms_versioning_pagecontentversion_publish", True),
        ("GET", "cms_page_move", False),
        ("HEAD", "cms_page_move", False),
        ("POST", "impact_claim_change", False),
        ("POST", "cms_placeholder_edit_plugin", False),
        ("POST", "xcms_page_move", False),
        ("POST", None, False),
    ],
)
def test_a_change_of_the_tree_is_made_within_one_transaction(method, url_name, is_handled):
    assert handled_here(method, url_name, alice()) == is_handled


def test_a_visitor_makes_nobody_wait():
    assert not handled_here("POST", "cms_page_move", AnonymousUser())


def test_any_other_request_is_passed_on():
    assert PageTreeMiddleware(lambda request: f"answer to {request}")("this") == "answer to this"


def copy(page, target, spelled="{}"):
    address = reverse("admin:cms_page_copy_page", args=[page.page_id])
    data = {
        "position": 0,
        "target": spelled.format(target.page_id),
        "source_site": 1,
        "copy_permissions": False,
    }
    client = Client()
    client.force_login(alice())
    return client.post(address, data, follow=True)


def test_a_page_is_not_copied_below_itself_nor_with_more_pages_than_fifty():
    sea, land = a_page("The sea"), a_page("The land")
    tides, before = a_page("Tides", parent=sea), Page.objects.count()
    below = "A page cannot be copied below itself: choose another place for it."
    assert below in copy(sea, sea).content.decode() and below in copy(sea, tides).content.decode()
    for spelled in (" {}", "+{}", "000000000000000000{}"):
        assert below in copy(sea, tides, spelled).content.decode()
    with patch("portal.pages.tree.MOST_PAGES_COPIED", 2):
        assert "id" in copy(sea, land).json()
    with patch("portal.pages.tree.MOST_PAGES_COPIED", 1):
        refusal = "It would be copied with all 1 pages below it, and 0 is the most."
        assert refusal in copy(sea, land).content.decode()
    assert Page.objects.count() == before + 2


@pytest.mark.filterwarnings("ignore:get_current_site")
def test_a_page_that_is_not_published_is_not_copied_and_alice_is_told_so():
    desk, page = at_desk(alice()), create_page("Ebb", "pages/page.html", "en", created_by=alice())
    form = reverse("admin:cms_pagecontent_duplicate", args=[PageContent.admin_manager.get(page=page).pk])
    answer = desk.post(form, {"title": "Flow", "slug": "flow", "source": page.pk}, follow=True)
    assert "Only a published page is copied" in answer.content.decode()
    assert not PageContent.admin_manager.filter(title="Flow").exists()
