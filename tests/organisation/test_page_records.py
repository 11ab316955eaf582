"""Blocks of one page share the queries for their records, and each shows its own."""

import pytest
from cms.api import add_plugin, create_page
from cms.models import PageContent
from cms.toolbar.utils import get_object_edit_url, get_object_preview_url
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from djangocms_versioning.models import Version

from organisation.models import Milestone, Organisation, Statement
from tests.support.factory import an_organisation
from tests.support.people import alice, bob

# djangocms-versioning does not yet do this as the next django CMS will want it.
pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:get_current_site")]

PATH = "/page-of-a-test/"


@pytest.fixture
def organisation():
    organisation = Organisation.objects.create(slug="made-up", official_name="Made-up body", profiled=True)
    for kind in ("vision", "mission"):
        Statement.objects.create(organisation=organisation, slug=kind, kind=kind, text=f"The made-up {kind}")
    for slug in ("first", "second"):
        Milestone.objects.create(
            organisation=organisation, slug=slug, title=f"The {slug} moment", text=f"{slug} text"
        )
    return organisation


@pytest.fixture
def content():
    page = create_page("A page", "pages/page.html", "en", slug="page-of-a-test", created_by=alice())
    return PageContent.admin_manager.get(page=page)


def add_block(content, plugin, **values):
    return add_plugin(content.get_placeholders().get(slot="content"), plugin, "en", **values)


def publish(content):
    Version.objects.get_for_content(content).publish(bob())


def sections(client):
    """Returns the sections of the page's blocks, in their order."""
    return client.get(PATH).content.decode().split('<section class="block">')[1:]


def test_blocks_beside_each_other_show_each_its_own_records(client, content, organisation):
    add_block(content, "StatementsPlugin", organisation=organisation, kind="vision")
    add_block(content, "StatementsPlugin", organisation=organisation, kind="mission")
    add_block(content, "StatementsPlugin", organisation=organisation, kind="value")
    add_block(content, "HistoryPlugin", organisation=organisation)
    moments = add_block(content, "MomentsPlugin")
    moments.milestones.set([Milestone.objects.get(organisation=organisation, slug="second")])
    publish(content)
    vision, mission, history, chosen = sections(client)  # without the values, of which there are none
    assert "The made-up vision" in vision and "The made-up mission" not in vision
    assert "The made-up mission" in mission and "The made-up vision" not in mission
    assert "The first moment" in history and "The second moment" in history
    assert "The second moment" in chosen and "The first moment" not in chosen


def test_a_page_with_more_blocks_of_a_kind_costs_no_more_queries(client, content, organisation):
    def count_queries():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(PATH).status_code == 200
        return len(captured)

    add_block(content, "StatementsPlugin", organisation=organisation, kind="vision")
    add_block(content, "HistoryPlugin", organisation=organisation)
    publish(content)
    count_queries()  # the first page of a process also fetches content types and the site
    before = count_queries()
    add_block(content, "StatementsPlugin", organisation=organisation, kind="mission")
    add_block(content, "HistoryPlugin", organisation=an_organisation("Lantern Fund"))
    assert count_queries() == before


def test_alice_sees_in_her_draft_what_its_own_blocks_show(client, content, organisation):
    add_block(content, "StatementsPlugin", organisation=organisation, kind="vision")
    client.force_login(alice())
    for address in (get_object_preview_url(content), get_object_edit_url(content)):
        assert "The made-up vision" in client.get(address).content.decode(), address


def test_a_block_that_alice_edits_is_shown_alone_with_its_records(client, content, organisation):
    add_block(content, "StatementsPlugin", organisation=organisation, kind="mission")
    block = add_block(content, "StatementsPlugin", organisation=organisation, kind="mission")
    client.force_login(alice())
    response = client.post(
        reverse("admin:cms_placeholder_edit_plugin", args=[block.pk]) + f"?cms_path={PATH}",
        {"heading": "", "organisation": organisation.pk, "kind": "vision"},
    )
    assert response.status_code == 200
    assert "The made-up vision" in response.content.decode()
