"""Only requests by which staff change the tree of pages wait for one another."""

from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection

from portal.pages.tree import PageTreeMiddleware
from tests.support.people import alice

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
