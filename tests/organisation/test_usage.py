"""The pages that show a record: as the blocks answer, and as the pages read."""

import pytest
from cms.models import PageContent

from advocacy.models import Ask, Instrument
from organisation.models import Affiliation, Milestone, Statement, Succession
from organisation.usage import pages_showing
from tests.support.factory import a_page_with, a_source, a_statement, an_organisation, cite

pytestmark = pytest.mark.django_db


def is_exact(model, address):
    """Home counts the asks without naming one; a history leaves out a succession that a milestone tells."""
    if model is Succession:
        return not address.endswith(("/timeline/", "/history/"))
    return model is not Ask or address != "/"


def addresses(*rows):
    return {page.address for page in pages_showing(rows)}


@pytest.mark.parametrize("model", [Statement, Milestone, Affiliation, Succession, Ask, Instrument])
def test_the_pages_that_are_listed_are_those_on_which_each_record_stands(seeded_pages, model):
    cms_pages = {content.page.get_absolute_url() for content in PageContent.objects.select_related("page")}
    label = model._meta.label_lower
    marked = {
        record: {
            page.path
            for page in seeded_pages.values()
            if page.path in cms_pages and f'data-record="{label}:{record.pk}"' in page.html
        }
        for record in model.objects.all()
    }
    assert any(marked.values())
    exact = {address for address in cms_pages if is_exact(model, address)}
    for record, paths in marked.items():
        assert paths & exact == addresses(record) & exact, record


def test_a_page_shows_the_record_that_cites_a_document_when_a_citation_or_the_document_changes():
    source, vision = a_source("Yearbook", text="We sail."), a_statement()
    page = a_page_with("StatementPlugin", statement=vision)
    citation = cite(vision, source)
    assert page in addresses(citation) and page in addresses(source) and page in addresses(vision)
    assert page not in addresses(a_statement("Another vision"), a_source("Minutes"))


def test_a_block_of_facts_shows_its_organisation_and_no_other():
    aid, other = an_organisation(profiled=True), an_organisation("River Aid", profiled=True)
    page = a_page_with("FactsPlugin", organisation=aid)
    assert page in addresses(aid) and page not in addresses(other)


def test_a_history_shows_the_end_of_its_organisation_under_a_later_name_too():
    aid, fund, other = (
        an_organisation(name, profiled=True) for name in ("Harbour Aid", "Lantern Fund", "River Aid")
    )
    Succession.objects.create(earlier=aid, later=fund, kind="renamed")
    own, others = (
        Succession.objects.create(earlier=each, kind="closed", date="2019") for each in (fund, other)
    )
    page = a_page_with("HistoryPlugin", organisation=aid)
    assert page in addresses(own) and page not in addresses(others)
