"""Visitors read what is published; tests/portal/test_secrecy.py looks for drafts at every address."""

import pytest
from cms.api import add_plugin, create_page
from cms.models import PageContent, PageUrl
from djangocms_versioning.models import Version

from impact.models import Claim, Edition
from organisation.models import Citation, Organisation, Source, Succession
from tests.support.blocks import PATH, page_of
from tests.support.factory import a_claim, a_statement, an_organisation, restate_figures
from tests.support.pages import profile_of
from tests.support.people import alice, bob

pytestmark = pytest.mark.django_db

MARKER = "zugzwang"


def text_of(client, path):
    response = client.get(path)
    assert response.status_code == 200, path
    return response.content.decode()


def test_each_of_the_two_names_of_one_organisation_leads_to_the_other(client):
    union, aid = an_organisation("Harbour Union", profiled=True), an_organisation(profiled=True)
    Succession.objects.create(earlier=union, later=aid, kind="renamed")
    for organisation in (union, aid):
        profile_of(organisation, ("FactsPlugin", {"organisation": organisation}))
    earlier, later = "/organisations/harbour-union/", "/organisations/harbour-aid/"
    for path, term, other in ((earlier, "Later known as", later), (later, "Formerly", earlier)):
        main = text_of(client, path).split("<main")[1]
        assert f"{term}</dt>" in main
        assert f'href="{other}"' in main


def test_the_footer_says_that_the_site_is_not_official(client):
    note = "Demonstration content from published statements; not an official site of the organisations named."
    assert note in text_of(client, "/")
    assert note in text_of(client, "/evidence/")


def test_charlie_cannot_see_a_claim_that_was_never_published(client):
    claim = a_claim(f"We {MARKER}")
    assert client.get(claim.get_absolute_url()).status_code == 404
    assert client.get(f"/evidence/e{claim.number}/").status_code == 404
    assert client.get(f"/evidence/e{claim.number}/v1/").status_code == 404
    assert MARKER not in text_of(client, "/evidence/")


def test_charlie_reads_the_published_words_while_alice_changes_the_working_copy(client):
    claim = Claim.objects.get(number=10)
    claim.statement = f"We {MARKER}"
    claim.in_our_words = True
    claim.save()
    claim.figures.filter(unit="participants").update(label=MARKER)
    for path in (claim.get_absolute_url(), "/evidence/", "/"):
        assert MARKER not in text_of(client, path), path
    restate_figures(claim)
    claim.publish(by=bob(), reason="A newer count", seen=Claim.AS_STORED)
    assert MARKER in text_of(client, claim.get_absolute_url())
    assert MARKER in text_of(client, "/evidence/")
    own_words, rest = text_of(client, "/evidence/e10/v1/").split('id="changed-next"')
    changes, facts = rest.split('class="facts"')[:2]
    assert MARKER not in own_words and MARKER in changes and MARKER not in facts


def test_charlie_cannot_see_a_page_that_is_a_draft(client):
    page = create_page(MARKER, "pages/page.html", "en", created_by=alice(), in_navigation=True)
    content = PageContent.admin_manager.get(page=page)
    add_plugin(content.get_placeholders().get(slot="content"), "TextPlugin", "en", body=f"<p>{MARKER}</p>")
    assert client.get(f"/{MARKER}/").status_code == 404
    assert MARKER not in text_of(client, "/")
    Version.objects.get_for_content(content).publish(bob())
    assert MARKER in text_of(client, f"/{MARKER}/")
    Version.objects.get_for_content(content).unpublish(bob())
    assert client.get(f"/{MARKER}/").status_code == 404
    assert MARKER not in text_of(client, "/")


def test_the_address_of_a_claim_follows_what_is_published_and_not_what_alice_drafts(client):
    claim = Claim.objects.get(number=10)
    claim.slug, claim.statement, claim.in_our_words = "", f"We {MARKER}", True
    claim.save()
    assert client.get("/evidence/e10/")["Location"] == "/evidence/e10-training-programmes/"
    assert MARKER not in text_of(client, "/evidence/")
    restate_figures(claim)
    claim.publish(by=bob(), reason="A newer count", seen=Claim.AS_STORED)
    assert client.get("/evidence/e10-training-programmes/")["Location"] == f"/evidence/e10-we-{MARKER}/"


def test_charlie_cannot_see_a_source_that_only_a_draft_cites(client):
    source = Source.objects.create(slug="hidden", kind="news", title=MARKER, address="https://example.org/")
    claim = Claim.objects.get(number=10)
    Citation.objects.create(record=claim, source=source, relation="contradicts")
    assert client.get("/sources/hidden/").status_code == 404
    assert MARKER not in text_of(client, "/sources/")
    claim.publish(by=bob(), seen=Claim.AS_STORED)
    assert MARKER in text_of(client, "/sources/hidden/")


def test_alice_is_offered_the_form_of_a_record_on_its_page_and_charlie_is_not(client):
    claim = Claim.objects.get(number=10)
    assert "Edit this record" not in text_of(client, claim.get_absolute_url())
    client.force_login(alice())
    assert f"/admin/impact/claim/{claim.pk}/change/" in text_of(client, claim.get_absolute_url())


def test_an_old_slug_leads_to_the_present_address(client):
    claim = Claim.objects.get(number=10)
    for old_address in ("/evidence/e10/", "/evidence/e10-an-older-wording/"):
        response = client.get(old_address)
        assert (response.status_code, response["Location"]) == (301, claim.get_absolute_url())


def test_an_earlier_edition_keeps_its_words_and_says_that_it_is_not_the_current_one(client):
    claim = Claim.objects.get(number=10)
    old_statement = claim.statement
    claim.statement = "Our training programs have been delivered to over 5,000 participants"
    claim.in_our_words = True
    claim.save()
    restate_figures(claim)
    claim.publish(by=bob(), reason="A newer count", seen=Claim.AS_STORED)
    page = text_of(client, "/evidence/e10/v1/")
    assert old_statement in page
    assert claim.get_absolute_url() in page
    assert old_statement not in text_of(client, claim.get_absolute_url()).split("</h1>")[0]


def test_the_site_says_whether_it_is_up_and_ready(client):
    assert text_of(client, "/healthz") == "ok\n"
    assert text_of(client, "/readyz") == "ready\n"


def test_a_visitor_gets_no_cookie_anywhere(client):
    for path in (
        "/",
        "/?toolbar_on",
        "/evidence/",
        "/organisations/?toolbar_off&edit",
        "/nowhere/",
    ):
        assert client.get(path).cookies == {}, path


def test_a_page_costs_a_fixed_number_of_queries(client, django_assert_max_num_queries):
    records = [
        Edition.objects.current().get(claim__number=14).claim.get_absolute_url(),
        "/instruments/opac/",
        *(source.get_absolute_url() for source in Source.objects.public().exclude(text="")),
    ]
    pages = [url.get_absolute_url("en") for url in PageUrl.objects.all()]
    limits = dict.fromkeys(records, 14) | dict.fromkeys(pages, 22)
    limits["/"] = 25  # home has blocks of every kind, a story and a chart among them
    limits["/impact/"] = 27  # with the readings of the indicators, their parts and absences
    for organisation in Organisation.objects.with_page():  # the lineage, the sheet, claims and a history
        limits[organisation.get_absolute_url()] = 24
    for path, limit in limits.items():
        client.get(path)  # what is looked up once a process
        with django_assert_max_num_queries(limit):
            assert client.get(path).status_code == 200


def test_script_in_a_record_is_shown_and_not_run(client):
    statement = a_statement("<script>alert(1)</script>")
    page_of(("HeroPlugin", {"statement": statement}), ("StatementPlugin", {"statement": statement}))
    page = text_of(client, PATH)
    assert "<script>alert(1)" not in page and page.count("&lt;script&gt;alert(1)") >= 2
