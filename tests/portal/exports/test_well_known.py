"""Files at agreed addresses: the sitemap, robots.txt, security.txt, icons and the manifest."""

import datetime
import json
import re
from pathlib import Path
from unittest.mock import patch
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree

import html5rdf
import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.utils import timezone
from PIL import Image

from impact.models import Claim
from organisation.models import Citation, Mend, Organisation, Source
from portal.exports import sitemap
from tests.support.factory import a_claim, a_statement, an_organisation, published
from tests.support.lists import publish_claims
from tests.support.pages import profile_of
from tests.support.people import bob
from tests.support.site_settings import set_up_site

pytestmark = pytest.mark.django_db

HOST = "http://testserver"
CSS = (settings.BASE_DIR / "static/css/tokens.css").read_text()


def listed(client, path="/sitemap.xml", root="urlset"):
    """Returns {path: time of its last change} of a sitemap, in its order."""
    response = client.get(path)
    assert (response.status_code, response["Content-Type"]) == (200, "application/xml; charset=utf-8"), path
    tree, space = ElementTree.fromstring(response.getvalue()), f"{{{sitemap.NAMESPACE}}}"
    assert tree.tag == space + root
    changes = {}
    for each in tree:
        address, changed = each.find(f"{space}loc").text, each.find(f"{space}lastmod")
        assert address.startswith(f"{HOST}/")
        changes[urlsplit(address).path] = (
            datetime.datetime.fromisoformat(changed.text) if changed is not None else None
        )
    assert len(changes) == len(tree)
    return changes


def newer_by(client, change):
    """Returns the paths that a change makes newer, after checking that it makes none older."""
    before = listed(client)
    change()
    after = listed(client)
    assert [path for path in before.keys() & after.keys() if after[path] < before[path]] == []
    return {path for path in after if path not in before or after[path] > before[path]}


def test_the_map_lists_every_page_that_charlie_can_reach_and_says_of_each_when_it_changed(
    client, seeded_pages
):
    changes = listed(client)
    canonical = {
        path
        for path in seeded_pages
        if not re.match(r"/(api|embed|search|styleguide)/|/evidence/e\d+/v\d+/", path)
    }
    assert canonical == set(changes)
    assert [path for path, at in changes.items() if not at or at > timezone.now()] == []
    assert [path for path in changes if seeded_pages[path].path != path] == []


def a_profile(name):
    organisation = an_organisation(name, profiled=True)
    return profile_of(organisation, ("FactsPlugin", {"organisation": organisation}))


def test_a_new_edition_is_the_last_change_of_its_claim_and_of_the_pages_that_show_it(client):
    for name in ("Harbour Aid", "Lantern Fund"):
        a_profile(name)
    claim = published(a_claim())
    before = claim.get_absolute_url()
    assert before in listed(client)
    newer = newer_by(client, lambda: published(claim, slug="another"))
    assert {
        f"/evidence/e{claim.number}-another/",
        "/",
        "/evidence/",
        "/organisations/harbour-aid/",
        "/sources/yearbook-of-harbour-aid/",
    } <= newer
    assert (
        not {
            "/evidence/e11-mous/",
            "/method/",
            "/organisations/lantern-fund/",
            "/publications/global-report-2004/",
        }
        & newer
    )
    assert before not in listed(client)


def test_a_changed_sentence_is_the_last_change_of_the_pages_of_its_organisation(client):
    for name in ("Harbour Aid", "Lantern Fund"):
        a_profile(name)
    statement = a_statement()
    statement.text = "What staff say now"
    newer = newer_by(client, statement.save)
    assert {"/", "/organisations/harbour-aid/"} <= newer
    assert not {"/organisations/lantern-fund/", "/about/", "/evidence/e10-training-programmes/"} & newer


def test_a_note_on_a_slip_is_a_change_of_its_source(client):
    mend = Mend.objects.first()
    mend.why = "Another reason"
    assert newer_by(client, mend.save) == {mend.passage.source.get_absolute_url()}


def test_nothing_of_a_draft_shows_in_the_map_not_even_that_somebody_works_on_it(client):
    def draft():
        changed = Claim.objects.get(number=10)
        changed.statement, changed.slug = "We zugzwang", "zugzwang"
        changed.in_our_words = True
        changed.save()
        source = Source.objects.create(
            slug="zugzwang", kind="news", title="Zugzwang", address="https://example.org/"
        )
        Citation.objects.create(record=changed, source=source, relation="contradicts")
        Claim.objects.create(
            organisation=changed.organisation,
            statement="We zugzwang",
            subject="s",
            theme="training",
            type="output",
        )

    assert newer_by(client, draft) == set()
    assert b"zugzwang" not in client.get("/sitemap.xml").getvalue()


def test_a_withdrawn_claim_is_not_in_the_map_and_its_going_is_a_change_of_the_pages_it_stood_on(client):
    a_profile("Harbour Aid")
    claim = published(a_claim())
    address = claim.get_absolute_url()
    assert address in listed(client)
    newer = newer_by(client, lambda: claim.withdraw(by=bob(), reason="By mistake", seen=Claim.AS_STORED))
    assert "/evidence/" in newer and "/organisations/harbour-aid/" in newer
    assert address not in listed(client)


def test_more_addresses_than_a_file_may_hold_are_told_in_parts(client):
    publish_claims(25)
    everything = listed(client)
    with patch("portal.exports.sitemap.MAX_URLS", 20):
        parts = listed(client, root="sitemapindex")
        assert {"/sitemap-pages-1.xml", "/sitemap-claims-1.xml", "/sitemap-claims-3.xml"} <= set(parts)
        listings = [listed(client, part) for part in parts]
        assert (
            client.get("/sitemap-claims-99.xml").status_code
            == client.get("/sitemap-claims-0.xml").status_code
            == 404
        )
    assert all(0 < len(each) <= 20 for each in listings)
    assert {path: at for each in listings for path, at in each.items()} == everything
    assert client.get("/sitemap-drafts-1.xml").status_code == 404


def test_the_map_costs_the_same_queries_however_many_claims_there_are(client, django_assert_max_num_queries):
    publish_claims(60)
    with django_assert_max_num_queries(44):
        client.get("/sitemap.xml").getvalue()


def test_search_engines_are_shown_the_map_and_led_past_searches_staff_and_reviews(client):
    rules = RobotFileParser()
    rules.parse(client.get("/robots.txt").content.decode().splitlines())
    assert rules.site_maps() == [f"{HOST}/sitemap.xml"]
    for path in (
        "/",
        "/evidence/e10/",
        "/share.png",
        "/evidence/e10/v1/share.png",
        "/data/claims.json",
        "/static/css/base.css",
    ):
        assert rules.can_fetch("anybot", path), path
    for path in ("/admin/", "/admin/login/", "/review/secret/", "/search/?q=children"):
        assert not rules.can_fetch("anybot", path), path


def test_security_txt_names_a_contact_and_expires_within_a_year(client):
    set_up_site(email="safety@example.org")
    response = client.get("/.well-known/security.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    fields = dict(line.split(": ", 1) for line in response.content.decode().splitlines())
    assert (fields["Contact"], fields["Preferred-Languages"]) == ("mailto:safety@example.org", "en")
    assert fields["Canonical"] == f"{HOST}/.well-known/security.txt"
    ends = datetime.datetime.fromisoformat(fields["Expires"])
    assert datetime.timedelta(days=90) < ends - timezone.now() < datetime.timedelta(days=365)


def test_without_a_contact_there_is_no_security_txt(client):
    assert client.get("/.well-known/security.txt").status_code == 404


def test_the_colours_of_the_windows_are_those_of_the_page_and_of_the_slate(client):
    page, slate = re.search(r"--paper: light-dark\((#\w+), (#\w+)\)", CSS).groups()
    head = html5rdf.parse(client.get("/").content.decode(), namespaceHTMLElements=False).find("head")
    colours = {
        meta.get("media"): meta.get("content")
        for meta in head.iter("meta")
        if meta.get("name") == "theme-color"
    }
    assert colours == {"(prefers-color-scheme: light)": page, "(prefers-color-scheme: dark)": slate}
    manifest = json.loads(client.get("/site.webmanifest").content)
    assert (manifest["background_color"], manifest["theme_color"]) == (page, page)
    assert manifest["user_preferences"]["color_scheme"]["dark"] == {
        "background_color": slate,
        "theme_color": slate,
    }
    assert (manifest["name"], manifest["start_url"]) == ("Children's Rights Up Front", "/")


def test_every_icon_that_is_named_is_there_in_its_size(client):
    head = html5rdf.parse(client.get("/").content.decode(), namespaceHTMLElements=False).find("head")
    named = {link.get("href"): link.get("sizes") for link in head.iter("link") if "icon" in link.get("rel")}
    response = client.get("/site.webmanifest")
    assert response["Content-Type"] == "application/manifest+json"
    named |= {icon["src"]: icon["sizes"] for icon in json.loads(response.content)["icons"]}
    assert client.get("/favicon.ico")["Location"] in named
    for address, sizes in named.items():
        file = finders.find(address.removeprefix(settings.STATIC_URL))
        assert file, address
        if not address.endswith(".svg"):
            with Image.open(file) as image:
                assert (
                    not sizes or f"{image.width}x{image.height}" == sizes or (32, 32) in image.info["sizes"]
                ), address
        if "apple" in address:
            assert (image.width, image.height) == (180, 180)
    assert "prefers-color-scheme: dark" in Path(finders.find("img/icon.svg")).read_text()


def test_an_organisation_that_is_only_named_has_no_page_in_the_map(client):
    named = Organisation.objects.filter(profiled=False).first()
    assert f"/organisations/{named.slug}/" not in listed(client)


@pytest.mark.parametrize("day", [datetime.datetime(2027, 1, 31, 23, 59, tzinfo=datetime.UTC)])
def test_security_txt_is_valid_for_180_days_from_the_beginning_of_the_day(client, day):
    set_up_site(email="safety@example.org")
    with patch("django.utils.timezone.now", return_value=day):
        assert b"\nExpires: 2027-07-30T00:00:00Z\n" in client.get("/.well-known/security.txt").content


def test_the_manifest_names_three_icons_and_opens_in_a_browser(client):
    manifest = json.loads(client.get("/site.webmanifest").content)
    assert [(icon["sizes"], icon["type"]) for icon in manifest["icons"]] == [
        ("any", "image/svg+xml"),
        ("192x192", "image/png"),
        ("512x512", "image/png"),
    ]
    assert (manifest["display"], manifest["lang"]) == ("browser", "en")
