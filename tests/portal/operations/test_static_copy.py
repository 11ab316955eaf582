"""The static copy is what Charlie reads when the server is gone."""

import gzip
import os
import re
from unittest.mock import patch
from urllib.parse import urljoin, urlsplit

import html5rdf
import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from impact.models import Claim
from portal.operations.static_copy import crawl
from portal.operations.static_copy.page import Page, relative_link_from
from tests.portal.test_secrecy import plain_addresses
from tests.support.factory import a_page_with, a_statement

pytestmark = pytest.mark.django_db

ORIGIN = "http://localhost"


def links(file):
    """Yields every address that a page of the copy asks for, but those that name it to search engines."""
    document = html5rdf.HTMLParser(strict=True, namespaceHTMLElements=False).parse(file.read_text())
    for element in document.iter():
        if element.get("rel") != "canonical" and not element.get("hreflang"):
            yield from (element.get(name) for name in ("href", "src", "action") if element.get(name))


def test_a_copy_holds_pages_data_pictures_and_what_they_are_shown_with(mirror):
    mirror([*mirror.few, a_page_with("TextPlugin", body="<p>We sail at dawn.</p>")])
    files = {str(file.relative_to(mirror.root)) for file in mirror.root.rglob("*") if file.is_file()}
    assert {
        "index.html",
        "evidence/e10/index.html",
        "data/claims.csv",
        "favicon.ico",
        "share.png",
        "404.html",
        "mirror.txt",
    } <= files
    assert {
        "static/css/base.css",
        "static/js/theme.js",
        "static/fonts/gentium-book-plus-latin-400-normal.woff2",
        "static/img/icon-192.png",
    } <= files
    assert (mirror.root / "favicon.ico").read_bytes() == (mirror.root / "static/img/favicon.ico").read_bytes()
    assert "We sail at dawn." in (mirror.root / "page-of-a-test/index.html").read_text()


def test_links_lead_from_file_to_file_wherever_the_copy_lies(mirror):
    mirror()
    for page in mirror.root.rglob("index.html"):
        address = f"http://mirror/{page.relative_to(mirror.root)}"
        for link in links(page):
            assert not link.startswith(("/", ORIGIN)), link
            target = urlsplit(urljoin(address, link))
            if target.netloc == "mirror":
                assert not target.query, link
                file = mirror.root / target.path[1:]
                assert (file / "index.html" if target.path.endswith("/") else file).is_file(), link
    assert (
        f'<link rel="canonical" href="{ORIGIN}/evidence/e10-'
        in (mirror.root / "evidence/e10/index.html").read_text()
    )


def test_what_needs_a_server_is_words_without_a_link(mirror):
    mirror(["/evidence/", "/", "/evidence/e10/"])
    register = html5rdf.parse((mirror.root / "evidence/index.html").read_text(), namespaceHTMLElements=False)
    facets = [link for link in register.iterfind(".//nav[@class='facets']//a")]
    assert facets and all(not link.get("href") or "?" not in link.get("href") for link in facets)
    assert [form for form in register.iter("form") if form.get("action")] == []
    assert "oembed" not in (mirror.root / "evidence/e10/index.html").read_text()


def test_a_copy_says_that_it_is_one_and_of_what_day(mirror):
    noon = timezone.now().replace(hour=12, minute=0, second=0, microsecond=0)
    with patch("portal.operations.static_copy.static_copy.timezone.now", return_value=noon):
        mirror()
    assert f"made: {noon:%Y-%m-%dT12:00:00Z}" in (mirror.root / "mirror.txt").read_text()
    assert mirror.root.resolve().name == f"mirror-{noon:%Y%m%dT120000Z}"
    assert "This is a copy of the site." in (mirror.root / "evidence/e10/index.html").read_text()
    assert '<a href="mirror.txt">When the copy was made</a>' in (mirror.root / "index.html").read_text()
    assert "search needs the site itself" in (mirror.root / "search/index.html").read_text()


def test_the_page_for_a_wrong_address_works_at_any(mirror):
    mirror()
    page = (mirror.root / "404.html").read_text()
    assert "There is no page at this address" in page
    assert all(link.startswith(("/", "#", "http")) for link in links(mirror.root / "404.html"))


def test_texts_lie_there_compressed_as_well(mirror):
    mirror()
    for name in ("index.html", "data/claims.csv", "static/css/base.css", "404.html", "mirror.txt"):
        assert gzip.decompress((mirror.root / f"{name}.gz").read_bytes()) == (mirror.root / name).read_bytes()
    assert not (mirror.root / "share.png.gz").exists()


def test_only_what_has_changed_is_written_anew_and_older_copies_go(mirror, tmp_path):
    statement = a_statement("A world of fewer storms.")
    paths = [*mirror.few, a_page_with("StatementPlugin", statement=statement)]
    mirror(paths)
    before = mirror.root.resolve()
    statement.text = "A world without storms."
    statement.save()
    assert "are new or changed" in mirror(paths)
    now = mirror.root.resolve()
    assert now != before
    for name, same in (
        ("evidence/e10/index.html", True),
        ("share.png", True),
        ("static/css/base.css.gz", True),
        ("page-of-a-test/index.html", False),
        ("page-of-a-test/index.html.gz", False),
    ):
        assert os.path.samefile(before / name, now / name) == same, name
    assert statement.text in (now / "page-of-a-test/index.html").read_text()
    mirror(keep=1)
    assert [each.name for each in tmp_path.iterdir() if each.name.startswith("mirror-")] == [
        mirror.root.resolve().name
    ]


def test_a_page_that_fails_leaves_the_last_copy_in_its_place(mirror, tmp_path, capsys):
    mirror(["/"])
    before = mirror.root.resolve()
    with (
        patch("impact.views.render_edition", side_effect=ZeroDivisionError),
        pytest.raises(
            CommandError,
            match=r"The first is /evidence/e10/ \(answers 500\), which stands in the list of addresses\. "
            r"The last copy stays\.",
        ),
    ):
        mirror(["/", "/evidence/e10/"])
    assert "/evidence/e10/: answers 500" in capsys.readouterr().err
    assert mirror.root.resolve() == before
    assert not list(tmp_path.glob(".unfinished*"))


def test_a_dead_link_is_a_line_of_the_report_and_text_in_the_copy(mirror):
    page = a_page_with("TextPlugin", body='<p><a href="/no-such-page/">There</a></p>')
    mirror(["/no-such-page/", page])
    assert mirror.report == "/no-such-page/: answers 404 (the list of addresses)\n"
    assert "<a>There</a>" in (mirror.root / "page-of-a-test/index.html").read_text()


def test_what_there_is_no_room_for_is_told(mirror):
    output = mirror(["/", "/about/", "/method/"], follow=True, most=3)
    assert re.search(r"There was no room for \d+ more addresses: raise --most\.", output)
    assert "There was no room for every page" in (mirror.root / "mirror.txt").read_text()
    assert not (mirror.root / "evidence").exists()


def test_no_draft_and_no_withdrawn_claim_is_in_a_copy(mirror):
    claim = Claim.objects.get(number=10)
    claim.statement = "We zugzwang"
    claim.in_our_words = True
    claim.save()
    gone = Claim.objects.get(number=11)
    gone.withdraw(by=gone.current_edition.published_by, reason="By mistake", seen=Claim.AS_STORED)
    mirror(
        ["/", "/evidence/", "/evidence/e10/", "/evidence/e11/", "/data/claims.csv", "/feeds/corrections.atom"]
    )
    assert not (mirror.root / "evidence/e11").exists()
    assert [
        file for file in mirror.root.rglob("*") if file.is_file() and b"zugzwang" in file.read_bytes()
    ] == []


def test_every_address_that_takes_no_argument_is_copied_or_left_out_on_purpose():
    requested, excluded = (
        set(crawl.start_paths()),
        (*crawl.excluded_prefixes(), "/cms_login/", "/cms_wizard/"),
    )
    assert [
        address
        for address in plain_addresses()
        if address not in requested and not address.startswith(excluded)
    ] == []
    assert {
        reverse("claim-short", kwargs={"number": 10}),
        reverse("embed", kwargs={"number": 10}),
        "/data/editions.xlsx",
    } <= requested


def test_an_address_that_the_site_does_not_answer_to_is_refused(tmp_path):
    for address in ("https://example.org", "localhost", "ftp://localhost", "http://localhost/below"):
        with pytest.raises(CommandError, match="is not an address of this site"):
            call_command("mirror", tmp_path, address=address)


def test_two_runs_do_not_write_to_one_folder(mirror, tmp_path):
    def meanwhile(done, waiting):
        with pytest.raises(CommandError, match="Another run is writing"):
            call_command("mirror", tmp_path)

    with (
        patch("portal.management.commands.mirror.PROGRESS_EVERY", 1),
        patch(
            "portal.management.commands.mirror.Command.report_progress",
            lambda self, *counts: meanwhile(*counts),
        ),
    ):
        mirror(["/robots.txt"])
    assert (mirror.root / "robots.txt").exists()


@pytest.mark.parametrize(
    ("page", "target", "link"),
    [
        ("/", "/", "./"),
        ("/", "/about/", "about/"),
        ("/a/b/", "/", "../../"),
        ("/a/b/", "/a/", "../"),
        ("/a/b/", "/a/b/", "./"),
        ("/a/b/", "/share.png", "../../share.png"),
    ],
)
def test_a_link_is_written_from_where_its_page_lies(page, target, link):
    assert relative_link_from(page)(target) == link


def test_a_page_keeps_every_byte_that_is_no_link_of_ours():
    html = (
        '<!doctype html>\n<p title="a > b">&amp; <a href="https://example.org/?a=1&amp;b=2">x</a> '
        '<a href="http://[oops">z</a>\n<a class="c" href="/about/#top">y</a>'
        "<script>\"<a href='/'>\"</script>"
    )
    page = Page("/a/", html, ORIGIN)
    assert list(page.linked_paths()) == ["/about/"]
    assert page.rewritten({"/about/"}, relative_link_from("/a/")) == html.replace(
        "/about/#top", "../about/#top"
    )
    assert page.rewritten(set(), relative_link_from("/a/")) == html.replace(' href="/about/#top"', "")
