"""Nothing unpublished leaks: a marker word stands in a claim of each state, and Charlie looks everywhere."""

import io
import zipfile
from datetime import timedelta

import pytest
from cms.api import add_plugin, create_page
from cms.models import PageContent
from django.urls import URLPattern, get_resolver
from django.utils import timezone
from djangocms_versioning.models import Version

from impact.models import Claim
from organisation.models import Citation, Source
from tests.browser.page_kinds import kind_of
from tests.support.crawl import crawl
from tests.support.factory import a_claim, an_organisation
from tests.support.pages import profile_of
from tests.support.people import alice, bob

pytestmark = pytest.mark.django_db

STATES = ["draft", "submitted", "returned", "scheduled", "withdrawn"]
PAGES = ["page", "formerpage"]


def marker(state):
    return f"zugzwang{state}"


@pytest.fixture
def claims():
    """Creates an unpublished claim in each state, and a change in each state to a published one.

    Returns the unpublished ones by state.
    """
    unpublished, organisation = {}, an_organisation(profiled=True)
    profile_of(organisation, ("FactsPlugin", {"organisation": organisation}))
    for state in STATES:
        claim = a_claim(
            f"We {marker(state)}",
            subject=marker(state),
            limitations=marker(state),
            together_with=marker(state),
        )
        cite(claim, state)
        bring_to(claim, state)
        unpublished[state] = claim
    for number, state in zip((1, 10, 20, 26, 14), STATES, strict=True):
        claim = Claim.objects.get(number=number)
        claim.statement, claim.slug, claim.in_our_words = f"We {marker(state)} more", "", True
        claim.statement = " ".join([claim.statement, *claim.figures.values_list("as_written", flat=True)])
        claim.shown, claim.not_established = "", marker(state)
        claim.save()
        claim.figures.update(unit=marker(state))
        cite(claim, f"{state}-change")
        bring_to(claim, state)
    return unpublished


def cite(claim, state):
    source = Source.objects.create(
        slug=f"hidden-{state}", kind="news", title=marker(state), address="https://example.org/"
    )
    Citation.objects.create(
        record=claim, source=source, relation="states", independence="independent", note=marker(state)
    )


def bring_to(claim, state):
    if state in ("submitted", "returned", "scheduled"):
        claim.submit(alice(), marker(state), seen=Claim.AS_STORED)
    if state == "returned":
        claim.send_back(bob(), marker(state), seen=Claim.AS_STORED)
    if state == "scheduled":
        claim.schedule(bob(), timezone.now() + timedelta(days=1), marker(state), seen=Claim.AS_STORED)
    if state == "withdrawn":
        claim.publish(bob(), marker(state), seen=Claim.AS_STORED)
        claim.withdraw(bob(), "It was a mistake", seen=Claim.AS_STORED)
    claim.refresh_from_db()


@pytest.fixture
def pages():
    """Creates a page that is a draft, and one that was published and taken down."""
    draft, former = [Version.objects.get_for_content(hidden_page(name)) for name in PAGES]
    former.publish(bob())
    former.unpublish(bob())
    return draft, former


def hidden_page(name):
    page = create_page(marker(name), "pages/page.html", "en", created_by=alice(), in_navigation=True)
    content = PageContent.admin_manager.get(page=page)
    add_plugin(
        content.get_placeholders().get(slot="content"), "TextPlugin", "en", body=f"<p>{marker(name)}</p>"
    )
    return content


class Recorder:
    """A client that keeps each response by its address, with redirects and headers."""

    def __init__(self, client):
        self.client, self.responses = client, {}

    def get(self, path, follow=False):
        response = self.client.get(path, follow=follow)
        content = unpacked(b"".join(response) if response.streaming else response.content)
        self.responses[path] = (
            f"{getattr(response, 'redirect_chain', '')} {response.headers} ".encode() + content
        )
        return response


def unpacked(content):
    """Returns the files inside a spreadsheet, which is an archive; anything else as it is."""
    if not content.startswith(b"PK"):
        return content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return b"".join(archive.read(name) for name in archive.namelist())


def plain_addresses():
    """Returns every address of the site that takes no argument: lists, feeds, files."""
    addresses, waiting = [], [("/", get_resolver().url_patterns)]
    while waiting:
        prefix, patterns = waiting.pop()
        for each in patterns:
            address = prefix + str(each.pattern).lstrip("^").rstrip("$")
            if isinstance(each, URLPattern):
                addresses.append(address)
            elif "admin" not in address:
                waiting.append((address, each.url_patterns))
    return [address for address in addresses if not set("<(\\^?[") & set(address)]


def test_no_word_of_anything_unpublished_is_on_any_page_list_feed_or_header(client, claims, pages):
    charlie = Recorder(client)
    _pages, broken = crawl(charlie, kind_of=kind_of)
    assert broken == []
    for path in plain_addresses():
        charlie.get(path)
    assert [path for path, response in charlie.responses.items() if b"zugzwang" in response] == []
    # A page of results repeats the query, and nothing else.
    repetitions = client.get("/search/?q=nosuchword").content.count(b"nosuchword")
    for word in [marker(state) for state in STATES + PAGES]:
        charlie.get(f"/search/?q={word}")
        assert charlie.responses[f"/search/?q={word}"].count(b"zugzwang") == repetitions, word


def test_no_count_includes_what_is_not_published(client, claims):
    register = client.get("/evidence/").content.decode()
    shown = Claim.objects.filter(current_edition__isnull=False).count()
    assert (
        register.count('<li>\n          <div class="record"') in (0, shown)
        and f"{shown + 1} claims" not in register
    )


def test_the_address_of_a_draft_cannot_be_guessed_and_that_of_a_withdrawn_claim_says_only_that(
    client, claims
):
    for state, claim in claims.items():
        edition = f"/evidence/e{claim.number}/v1/"
        files = [edition + name for name in ("cite.bib", "cite.ris", "cite.json", "share.png")]
        for address in (
            f"/evidence/e{claim.number}/",
            f"/evidence/e{claim.number}-we-{marker(state)}/",
            edition,
            f"/embed/e{claim.number}/",
            *files,
        ):
            response = client.get(address)
            assert response.status_code == (410 if state == "withdrawn" else 404), address
            assert marker(state) not in response.content.decode().replace(address, ""), address
        for address in (f"/api/v1/claims/E{claim.number}", f"/api/v1/claims/E{claim.number}/editions/1"):
            response = client.get(address)
            assert (
                response.status_code == (410 if state == "withdrawn" else 404)
                and marker(state) not in response.content.decode()
            ), address
        for name in ("claims", "editions", "figures", "evidence"):
            assert client.get(f"/api/v1/{name}?claim=E{claim.number}").json()[name] == []
    for path in ("/review/guess/", "/sources/hidden-draft/", "/sources/hidden-scheduled-change/"):
        assert client.get(path).status_code == 404, path


def test_a_withdrawn_claim_answers_with_its_reference_the_day_and_the_reason(client, claims):
    claim = claims["withdrawn"]
    page = client.get(f"/evidence/e{claim.number}/").content.decode()
    assert claim.reference in page and "It was a mistake" in page and str(timezone.now().year) in page
