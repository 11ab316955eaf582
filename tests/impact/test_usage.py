"""The pages that show a claim: as the blocks answer, and as the pages read."""

import pytest
from cms.api import add_plugin, create_page
from cms.models import PageContent
from django.urls import reverse
from djangocms_versioning.models import Version

from impact.models import Claim, Edition
from impact.usage import pages_changed_by, pages_showing
from organisation.models import Organisation, Source
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


@pytest.mark.parametrize(
    ("values", "is_shown"),
    [
        ({"organisation": "dallaire-initiative"}, True),
        ({"organisation": "coalition"}, False),
        ({"type": "output"}, True),
        ({"type": "outcome"}, False),
        ({"source": "dallaire-our-story"}, True),
        ({"source": "csi-who-we-are"}, False),
        ({"claims": [10]}, True),
        ({"claims": [11]}, False),
    ],
)
def test_a_block_shows_the_claims_that_fit_its_choices(client, values, is_shown):
    claim = Claim.objects.get(number=10)
    path, content = "/page-of-a-test/", new_page()
    block = add_plugin(content.get_placeholders().get(slot="content"), "ClaimsPlugin", "en", **fields(values))
    block.claims.set(Claim.objects.filter(number__in=values.get("claims", [])))
    assert path not in addresses(pages_showing(claim))  # a draft is no public page
    Version.objects.get_for_content(content).publish(bob())
    assert (path in addresses(pages_showing(claim))) is is_shown
    assert (claim.get_absolute_url() in client.get(path).content.decode()) is is_shown


def fields(values):
    """Returns the fields of a block, with records in place of slugs; its claims are set after it is saved."""
    models = {"organisation": Organisation, "source": Source}
    return {
        name: models[name].objects.get(slug=value) if name in models else value
        for name, value in values.items()
        if name != "claims"
    }


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


def test_a_claim_that_moves_to_another_organisation_changes_the_pages_of_both():
    claim = Claim.objects.get(number=10)
    before = addresses(pages_showing(claim.current_edition))
    content = new_page()
    add_plugin(
        content.get_placeholders().get(slot="content"),
        "ClaimsPlugin",
        "en",
        organisation=Organisation.objects.get(slug="coalition"),
    )
    Version.objects.get_for_content(content).publish(bob())
    claim.organisation = Organisation.objects.get(slug="coalition")
    assert "/page-of-a-test/" not in before
    assert before | {"/page-of-a-test/"} <= addresses(pages_changed_by(claim))
