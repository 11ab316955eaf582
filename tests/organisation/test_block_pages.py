"""Others lead to the page that holds a block, wherever it stands, and to none where no page holds it."""

import pytest
from cms.models import CMSPlugin, Page
from django.utils.translation import override

from impact.models import Claim
from organisation.block_pages import address_with, blocks_beside, page_with
from organisation.models import Milestone, MomentsBlock
from tests.portal.search.results_page import hit_addresses
from tests.support.factory import (
    a_claim,
    a_page_with,
    a_profiled_organisation,
    an_organisation,
    published,
)
from tests.support.pages import a_page, version_of
from tests.support.people import bob

pytestmark = pytest.mark.django_db


def read(client, path, status=200):
    response = client.get(path)
    assert response.status_code == status, path
    return response.content.decode()


@pytest.fixture
def without_blocks():
    """The site has no page yet that anything is linked to."""
    CMSPlugin.objects.exclude(plugin_type="TextPlugin").delete()


def test_the_first_page_in_the_order_of_the_tree_counts(without_blocks):
    assert page_with("RegisterPlugin") is None and address_with("RegisterPlugin") == ""
    top = a_page("Top", slug="top")
    a_page_with("RegisterPlugin", slug="claims")
    assert address_with("RegisterPlugin") == "/claims/"
    a_page("Below", ("RegisterPlugin", {}), parent=top, slug="below", menu_title="All claims")
    assert address_with("RegisterPlugin") == "/top/below/"
    assert page_with("RegisterPlugin").title == "All claims"


def test_only_a_page_that_visitors_may_open_counts(without_blocks):
    top = a_page("Top", slug="top")
    content = a_page("Below", ("RegisterPlugin", {}), parent=top, slug="below")
    Page.objects.filter(pk=top.page_id).update(login_required=True)
    assert page_with("RegisterPlugin") is None
    Page.objects.filter(pk=top.page_id).update(login_required=False)
    assert page_with("RegisterPlugin").pk == content.pk
    version_of(content).unpublish(bob())
    assert page_with("RegisterPlugin") is None


def test_a_page_of_the_records_language_stands_in_for_one_in_another(without_blocks):
    path = a_page_with("TimelinePlugin", slug="times")
    with override("fr"):
        assert address_with("TimelinePlugin") == path


def test_the_blocks_of_the_page_come_in_their_order(without_blocks):
    assert blocks_beside("RegisterPlugin") == []
    a_page("Claims", "<p>One</p>", ("RegisterPlugin", {"heading": "All"}), "<p>Two</p>", slug="claims")
    types = [block.plugin_type for block in blocks_beside("RegisterPlugin")]
    assert types == ["TextPlugin", "RegisterPlugin", "TextPlugin"]
    assert blocks_beside("RegisterPlugin")[1].heading == "All"


def test_nobody_asks_for_a_block_that_says_of_itself_that_it_is_not_linked_to():
    with pytest.raises(LookupError):
        page_with("HeroPlugin")


LINKING = [
    ("MomentsPlugin", "TimelinePlugin", "See the whole timeline"),
    ("NewestPublicationsPlugin", "PublicationsPlugin", "See every publication"),
    ("LatestCorrectionPlugin", "CorrectionsPlugin", "All corrections"),
    ("AskSummaryPlugin", "AsksPlugin", "See what is asked, and of whom"),
]


@pytest.mark.parametrize(("plugin", "linked", "words"), LINKING)
def test_a_block_leads_to_the_whole_list_where_a_page_holds_it(client, without_blocks, plugin, linked, words):
    path = a_page_with(plugin)
    for block in MomentsBlock.objects.all():
        block.milestones.add(Milestone.objects.order_by("pk").first())
    assert words not in read(client, path)
    a_page_with(linked, slug="elsewhere")
    assert f'<a href="/elsewhere/">{words}</a>' in read(client, path)


def test_the_trail_of_a_claim_leads_to_the_page_that_holds_the_register(client, without_blocks):
    claim = published(a_claim())
    page = read(client, claim.get_absolute_url())
    assert page.count("<li><a href=") and '"position": 3' not in page and '"isPartOf"' not in page
    a_page("Every claim", ("RegisterPlugin", {}), slug="every-claim")
    page = read(client, claim.get_absolute_url())
    assert '<li><a href="/every-claim/">Every claim</a></li>' in page
    assert '"position": 3' in page and 'every-claim/#register"' in page
    assert '"@type": "Dataset"' in read(client, "/every-claim/")


def test_a_withdrawn_claim_leads_to_the_log_of_corrections_where_there_is_one(client, without_blocks):
    claim = published(a_claim())
    claim.withdraw(by=bob(), reason="Another's", seen=Claim.AS_STORED)
    path = f"/evidence/e{claim.number}/"
    assert "All corrections and withdrawals" not in read(client, path, 410)
    a_page_with("CorrectionsPlugin", slug="log")
    assert '<a href="/log/">All corrections and withdrawals</a>' in read(client, path, 410)


@pytest.mark.parametrize(
    ("feed", "plugin"),
    [
        ("claims", "RegisterPlugin"),
        ("corrections", "CorrectionsPlugin"),
        ("publications", "PublicationsPlugin"),
    ],
)
def test_a_feed_leads_to_its_page_or_home(client, without_blocks, feed, plugin):
    link = '<link href="http://testserver{}" rel="alternate"'
    assert link.format("/") in read(client, f"/feeds/{feed}.atom")
    a_page_with(plugin, slug="elsewhere")
    assert link.format("/elsewhere/") in read(client, f"/feeds/{feed}.atom")


def test_an_event_has_an_address_only_where_a_page_tells_the_timeline(client, without_blocks):
    aid = a_profiled_organisation()
    Milestone.objects.create(organisation=aid, slug="m", title="Quibbled", text="We quibbled.", date="1801")
    fragment = "#1801-m-harbour-aid"
    for path in ("/timeline.ics", "/timeline.csv", "/data/timeline.json"):
        assert fragment not in read_all(client, path)
    assert hit_addresses(client, "quibbled") == ["/organisations/harbour-aid/"]
    a_page_with("TimelinePlugin", slug="times")
    for path in ("/timeline.ics", "/timeline.csv", "/data/timeline.json"):
        assert f"/times/{fragment}" in read_all(client, path).replace("\r\n ", "")
    assert hit_addresses(client, "quibbled") == [f"/times/{fragment}"]


def read_all(client, path):
    """Returns the text of a file, whether or not it comes in pieces."""
    response = client.get(path)
    assert response.status_code == 200, path
    return (response.getvalue() if response.streaming else response.content).decode()


def test_the_data_lead_to_the_page_that_offers_them_or_home(client, without_blocks):
    assert '"homepage": "http://testserver/"' in read(client, "/data/datapackage.json")
    assert "The fields of the answer" not in read(client, "/api/docs/")
    a_page_with("OpenDataPlugin", slug="tables")
    assert '"homepage": "http://testserver/tables/"' in read(client, "/data/datapackage.json")
    assert 'href="/tables/#claims"' in read(client, "/api/docs/")


def test_a_request_asks_for_the_pages_once(client, django_assert_max_num_queries):
    published(a_claim(organisation=an_organisation()))
    with django_assert_max_num_queries(100) as captured:
        client.get("/")
    asked = [query["sql"] for query in captured.captured_queries if "TimelinePlugin" in query["sql"]]
    # The menus ask of their pages which of them are empty.
    assert len([sql for sql in asked if "is_empty" not in sql]) == 1
