"""Every page of the staff says where one person alone publishes, and readers' pages stay as they are."""

import pytest
from cms.toolbar.utils import get_object_edit_url
from django.urls import reverse

from tests.support.factory import a_statement, an_organisation
from tests.support.pages import a_page, version_of
from tests.support.people import alice, bob
from tests.support.proposals import at_desk, form_of
from tests.support.site_settings import set_up_site

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:get_current_site")]

IN_TOOLBAR = "One person alone publishes here"
NOTICE = f"{IN_TOOLBAR}, as the settings of the site say"


def pages_of_staff():
    """Yields an address of each kind of page: the desk, lists, forms, reviews, questions of the CMS."""
    content, statement = a_page("Tides"), a_statement(organisation=an_organisation())
    draft = version_of(content).copy(bob())
    names = "admin:djangocms_versioning_pagecontentversion"
    yield from ("/admin/", reverse("admin:log"), reverse("admin:page-drafts"), form_of(statement))
    yield reverse("admin:organisation_statement_changelist")
    yield reverse("admin:organisation_statement_delete", args=[statement.pk])
    yield reverse("admin:cms_pagecontent_changelist")
    yield reverse("admin:page-review", args=[draft.pk])
    yield reverse(f"{names}_unpublish", args=[version_of(content).pk])
    yield reverse(f"{names}_discard", args=[draft.pk])


def without_notice(client):
    return [address for address in pages_of_staff() if NOTICE not in client.get(address).content.decode()]


def test_every_page_of_the_staff_says_that_one_person_publishes_alone(alone):
    assert without_notice(at_desk(bob())) == []


def test_where_two_publish_no_page_says_so():
    client = at_desk(bob())
    addresses = list(pages_of_staff())
    assert [each for each in addresses if NOTICE in client.get(each).content.decode()] == []


@pytest.mark.parametrize("is_alone", [True, False])
def test_the_toolbar_says_so_to_staff_and_never_to_visitors(client, is_alone):
    content = a_page("Tides")
    draft = version_of(content).copy(alice())
    set_up_site(one_person_alone=is_alone)
    page = at_desk(alice()).get(get_object_edit_url(draft.content)).content.decode()
    assert (IN_TOOLBAR in page) == is_alone
    assert IN_TOOLBAR not in client.get("/tides/").content.decode()
