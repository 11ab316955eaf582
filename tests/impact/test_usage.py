"""The pages that show a claim: as the blocks answer, and as the pages read."""

import pytest
from cms.api import add_plugin, create_page
from cms.models import PageContent
from django.urls import reverse
from djangocms_versioning.models import Version

from impact.models import Claim, Edition
from impact.usage import pages_changed_by, pages_showing
from organisation.models import Source
from tests.support.factory import a_claim, a_page_with, a_source, an_organisation, cite, published
from tests.support.people import alice, bob

pytestmark = pytest.mark.django_db


def addresses(pages):
    return {page.address for page in pages}


def test_the_pages_that_are_listed_are_those_on_which_each_claim_stands(client):
    paths = [content.page.get_absolute_url() for content in PageContent.objects.select_related("page")]
    pages = {path: client.get(path).content.decode() for path in paths}
    listed, linking = {}, {}
    for edition in Edition.objects.current():
        listed[edition.claim.reference] = addresses(pages_showing(edition))
        linking[edition.claim.reference] = {
            path for path, html in pages.items() if f'href="{edition.claim.get_absolute_url()}"' in html
        }
    assert listed == linking
    assert len(listed) == 30


def test_the_pages_of_a_claim_are_found_with_one_query(django_assert_num_queries):
    edition = Edition.objects.current().select_related("claim").get(claim__number=10)
    pages_showing(edition)
    with django_assert_num_queries(1):
        assert "/" in addresses(pages_showing(edition))


@pytest.fixture
def claim():
    """An output of Harbour Aid, as its yearbook states it."""
    return published(a_claim())


@pytest.mark.parametrize(
    ("fields", "is_shown"),
    [
        (lambda: {"organisation": an_organisation()}, True),
        (lambda: {"organisation": an_organisation("Lantern Fund")}, False),
        (lambda: {"type": "output"}, True),
        (lambda: {"type": "outcome"}, False),
        (lambda: {"source": Source.objects.get(slug="yearbook-of-harbour-aid")}, True),
        (lambda: {"source": a_source("Port gazette")}, False),
        (lambda: {"organisation": an_organisation(), "type": "outcome"}, False),
    ],
)
def test_a_block_shows_the_claims_that_fit_its_choices(client, claim, fields, is_shown):
    path = a_page_with("ClaimsPlugin", **fields())
    assert (path in addresses(pages_showing(claim.current_edition))) is is_shown
    assert (claim.get_absolute_url() in client.get(path).content.decode()) is is_shown


def test_a_block_shows_the_claims_that_are_chosen_one_by_one_and_no_other(client, claim):
    chosen = published(a_claim("We taught crews"))
    content = new_page()
    block = add_plugin(content.get_placeholders().get(slot="content"), "ClaimsPlugin", "en", type="outcome")
    block.claims.set([chosen])
    path = "/page-of-a-test/"
    assert path not in addresses(pages_showing(chosen))  # a draft is no public page
    Version.objects.get_for_content(content).publish(bob())
    page = client.get(path).content.decode()
    for each, is_shown in ((chosen, True), (claim, False)):
        assert (path in addresses(pages_showing(each))) is (each.get_absolute_url() in page) is is_shown
    assert path in addresses(pages_changed_by(chosen))  # a block has no page but those it stands on


def test_a_source_that_gives_context_states_nothing(claim):
    gazette = a_source("Port gazette")
    cite(claim, gazette, "context")
    published(claim)
    path = a_page_with("ClaimsPlugin", source=gazette)
    assert path not in addresses(pages_showing(claim.current_edition))


def new_page():
    page = create_page("A page", "pages/page.html", "en", slug="page-of-a-test", created_by=alice())
    return PageContent.admin_manager.get(page=page)


def test_publishing_also_changes_the_pages_of_the_claim_its_sources_instruments_and_subject():
    claim = Claim.objects.get(number=14)
    changed = addresses(pages_changed_by(claim))
    source = claim.citations.first().source
    assert {
        claim.get_absolute_url(),
        source.get_absolute_url(),
        "/",
        reverse("pages-details-by-slug", kwargs={"slug": "evidence"}),
    } <= changed
    same_subject = Edition.objects.current().filter(subject=claim.subject).exclude(claim=claim)
    assert {each.claim.get_absolute_url() for each in same_subject} <= changed
    naming = Claim.objects.exclude(instruments=None).first()
    assert naming.instruments.first().get_absolute_url() in addresses(pages_changed_by(naming))


def test_a_claim_that_moves_to_another_organisation_changes_the_pages_of_both(claim):
    own = a_page_with("ClaimsPlugin", organisation=an_organisation())
    other = a_page_with("ClaimsPlugin", slug="another", organisation=an_organisation("Lantern Fund"))
    assert own in addresses(pages_changed_by(claim)) and other not in addresses(pages_changed_by(claim))
    claim.organisation = an_organisation("Lantern Fund")
    assert {own, other} <= addresses(pages_changed_by(claim))
