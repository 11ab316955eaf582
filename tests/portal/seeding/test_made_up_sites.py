"""A portal of one's own reads right with one organisation and with several; the drill has all of them."""

import pytest

from organisation.models import Organisation
from portal.seeding.staff import seed_accounts
from tests.support.blocks import text_of
from tests.support.factory import a_claim, an_organisation, published
from tests.support.made_up_sites import PUBLIC_ADDRESS, fill
from tests.support.pages import a_page
from tests.support.pdf import read_pdf
from tests.support.sampling import drill_only, in_turn
from tests.support.site_settings import set_up_site
from tests.support.sweep import Sweep

pytestmark = [
    pytest.mark.usefixtures("starter_site"),
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore:get_current_site"),
]

REPORT = "/impact/report/"
OURS = ("What we say of ourselves", "Our aim", "Our figures", "Our claims", "A source is our own")
THEIRS = ("What the organisations say of", "Its aim", "Its figures", "Its claims", "the organisation's own")


@pytest.fixture(autouse=True)
def people(db):
    seed_accounts()


def said(client, path):
    return text_of(client.get(path).content.decode())


@pytest.mark.parametrize("count", in_turn([3, 1]))
def test_a_site_says_nothing_false_and_nothing_empty_of_its_organisations(client, count):
    fill(count)
    assert Sweep(client, count, PUBLIC_ADDRESS, is_sampled=True).faults() == []


@drill_only()
def test_what_is_false_or_empty_would_be_found(client):
    fill(1)
    # One organisation on a site that speaks of several, and the reverse.
    set_up_site(several_organisations=True)
    told = Sweep(client, 1, is_sampled=True).in_voice()
    assert any("What »the organisations« say" in each for each in told)
    an_organisation("Lantern Aid", profiled=True)
    set_up_site(several_organisations=False)
    a_page("Costs", "<p>Our piers cost $4,000 since 1911, by treaty.</p><h2>Nothing</h2>", in_navigation=True)
    sweep = Sweep(client, 2, is_sampled=True)
    told = [*sweep.in_voice(), *sweep.unheld(), *sweep.in_markup()]
    for words in ("»Our« piers", "»$4«", "»1911«", "»treaty«", "/costs/: empty: Nothing"):
        assert any(words in each for each in told), words


def test_the_report_of_ones_own_organisation_says_we_on_the_page_and_on_paper(client):
    fill(1)
    page, paper = said(client, REPORT), read_pdf(client, "/impact/report.pdf")
    for sentence in OURS:
        assert sentence in page and paper.says(sentence), sentence
    assert [each for each in THEIRS if each in page or paper.says(each)] == []
    assert "Published claims by grade" in page and "Published claims by grade and" not in page


def test_where_the_site_speaks_of_several_the_same_report_says_they(client):
    fill(1)
    set_up_site(several_organisations=True)
    page = said(client, REPORT)
    assert [each for each in THEIRS if each not in page] == [] and not any(each in page for each in OURS)


def test_what_somebody_else_claims_is_not_ours(client):
    fill(1)
    published(a_claim("A lamp was lit", organisation=an_organisation("Lantern Aid")))
    page = said(client, REPORT)
    assert "Our claims" in page and "Its claims" in page and "What we say of ourselves" not in page


def test_a_block_of_several_says_whose_each_word_is_and_the_page_of_one_does_not(client):
    fill(3)
    assert "To keep pier 1 safe. Harbour Aid" in said(client, "/about/")
    assert "To keep pier 1 safe. Log of Harbour Aid" in said(client, "/organisations/harbour-aid/")


def test_with_one_organisation_nothing_says_whose_word_it_is(client):
    fill(1)
    assert "To keep pier 1 safe. Log of Harbour Aid" in said(client, "/about/")


def test_an_organisation_without_a_page_is_linked_nowhere(client):
    fill(1)
    address = f"/organisations/{Organisation.objects.profiled().get().slug}/"
    assert client.get(address).status_code == 404
    sweep = Sweep(client, 1, is_sampled=True)
    assert [path for path, html in sweep.pages.items() if f'"{address}"' in html] == []
    assert address not in client.get("/search/?q=harbour").content.decode()
    assert f"{address}\n".encode() not in sweep.answers["/data/organisations.csv"]


def test_a_list_of_nothing_offers_nothing_to_take_home(client):
    for path in ("/impact/", "/publications/", "/timeline/"):
        page = client.get(path).content.decode().partition("<main")[2].partition("</main>")[0]
        assert "Not on record." in page and "downloads" not in page and "0 claims" not in page, path
