"""How many addresses a copy has, which copies stay, and where each file and each link of it leads."""

import gzip
import os
from pathlib import Path
from types import SimpleNamespace
from unittest.mock import patch

import pytest
from django.contrib.staticfiles import finders
from django.core.management import CommandError, call_command

from portal.operations.backup import OperationError
from portal.operations.static_copy.client import Answer, SiteClient, origin_of, static_file
from portal.operations.static_copy.crawl import Crawl
from portal.operations.static_copy.folder import CopyFolder, file_of
from portal.operations.static_copy.page import Page, linked_paths_of_style_sheet
from portal.operations.static_copy.static_copy import unused_name

pytestmark = pytest.mark.django_db

ORIGIN = "http://localhost"


class MadeUpSite:
    """Answers paths from a mapping; any other is not found."""

    def __init__(self, answers):
        self.answers, self.asked = answers, []

    def get(self, path):
        self.asked.append(path)
        return self.answers.get(path, Answer(error="answers 404"))


def page(*links):
    return Answer("".join(f'<a href="{link}">x</a>' for link in links).encode())


def crawled(answers, *start, limit=100):
    site = MadeUpSite(answers)
    crawl = Crawl(site, ORIGIN, start, limit)
    return crawl, [path for path, _content in crawl], site


@pytest.mark.parametrize(("limit", "copied", "over"), [(5, 4, 0), (4, 3, 1), (3, 2, 2)])
def test_a_copy_has_so_many_addresses_at_most_with_its_banner(limit, copied, over):
    answers = {"/": page("/a/", "/b/", "/c/", "/a/"), "/a/": page("/"), "/b/": page(), "/c/": page()}
    crawl, paths, _site = crawled(answers, "/", limit=limit)
    assert (paths, crawl.over_limit) == (["/", "/a/", "/b/", "/c/"][:copied], over)


def test_links_are_followed_in_pages_maps_manifests_and_style_sheets():
    answers = {
        "/": page(
            "/a/", "/site.css", "/x?q=1", "https://example.org/", "/admin/", "/api/v1/claims", "/review/s/"
        ),
        "/a/": page("b/"),
        "/a/b/": page(),
        "/map.xml": Answer(f"<loc>{ORIGIN}/c/</loc><loc>{ORIGIN}/d/</loc>".encode()),
        "/c/": page(),
        "/d/": page(),
        "/m.webmanifest": Answer(b'{"icons": [{"src": "/i.png"}, {"src": "/j.png"}]}'),
        "/i.png": Answer(b"/z/"),
        "/j.png": Answer(b"j"),
        "/site.css": Answer(b'a { src: url("fonts/a.woff2?1#x") } b { src: url(data:x) }'),
        "/fonts/a.woff2": Answer(b"f"),
    }
    crawl, paths, site = crawled(answers, "/", "/map.xml", "/m.webmanifest")
    assert set(paths) == set(answers) == crawl.copied and len(paths) == len(answers)
    assert crawl.failures == {} and set(site.asked) == set(answers)


def test_what_a_redirect_leads_to_stands_at_both_addresses():
    answers = {"/old/": Answer(location="/new/"), "/new/": page("more/"), "/new/more/": page()}
    crawl, paths, _site = crawled(answers, "/old/")
    assert paths == ["/old/", "/new/", "/new/more/"] and crawl.failures == {}
    answers = {
        "/": page("/private/", "/gone/", "/bad/", "/twice/"),
        "/private/": Answer(location="/accounts/login/"),
    }
    answers |= {"/gone/": Answer(error="answers 410", is_gone=True), "/twice/": Answer(location="/once/")}
    answers |= {"/once/": Answer(location="/private/")}
    crawl, paths, _site = crawled(answers, "/", "/.well-known/security.txt", "/support/factsheet.pdf")
    assert paths == ["/"]
    assert crawl.failures["/bad/"] == ("answers 404", "/") and "/private/" not in crawl.failures
    assert crawl.dead["/twice/"] == ("/private/", "/") and "/twice/" not in crawl.failures
    assert not {"/gone/", "/.well-known/security.txt", "/support/factsheet.pdf"} & set(crawl.failures)
    assert "/support/factsheet.pdf" not in crawl.dead


def test_the_site_is_asked_as_a_visitor_asks_it():
    site = SiteClient("https://localhost")
    with patch.object(site.client, "get") as get:
        get.return_value = type("Moved", (dict,), {"status_code": 302})(Location="/to/")
        assert site.get("/a/") == Answer(location="/to/") and get.call_args.kwargs == {"secure": True}
        for status, is_gone in ((404, False), (410, True), (500, False)):
            get.return_value = SimpleNamespace(status_code=status)
            assert site.get("/a/") == Answer(
                error=f"answers {status}", is_missing=status < 500, is_gone=is_gone
            )
        with pytest.raises(OperationError, match="The page for a wrong address answers 500"):
            site.not_found_page()
    assert b"There is no page at this address" in SiteClient(ORIGIN).not_found_page()
    assert SiteClient(ORIGIN).get("/about/").content.startswith(b"<!doctype html>")


def test_a_static_file_is_read_from_where_it_was_collected_or_written():
    written = Path(finders.find("js/theme.js")).read_bytes()
    assert static_file("/static/js/theme.js") == Answer(written)
    assert static_file("/static/none.css").error == "No such file or directory"


@pytest.mark.parametrize(
    ("address", "https", "hosts", "expected"),
    [
        ("", False, ["localhost", "a.org"], "http://localhost"),
        ("", True, [".b.org", "*", "a.org"], "https://a.org"),
        (None, True, ["a.org"], "https://a.org"),
        ("https://a.org/", False, ["a.org"], "https://a.org"),
        ("http://a.org:8000", False, ["a.org"], "http://a.org:8000"),
        ("http://x.b.org", False, [".b.org"], "http://x.b.org"),
        ("", True, [".b.org"], None),
        ("https://c.org", False, ["a.org"], None),
        ("https://a.org/below", False, ["a.org"], None),
        ("ftp://a.org", False, ["a.org"], None),
        ("a.org", False, ["a.org"], None),
    ],
)
def test_the_address_of_a_copy_is_one_that_the_site_answers_to(settings, address, https, hosts, expected):
    settings.PORTAL_HTTPS, settings.ALLOWED_HOSTS = https, hosts
    if expected:
        assert origin_of(address) == expected
    else:
        with pytest.raises(OperationError, match="is not an address of this site"):
            origin_of(address)


@pytest.mark.parametrize(
    ("path", "file"),
    [
        *[
            ("/", "index.html"),
            ("/a/", "a/index.html"),
            ("/a/b.csv", "a/b.csv"),
            ("/a%20b/", "a b/index.html"),
        ],
        *[("/../a", None), ("/a/%2e%2e/b", None), ("//etc/passwd", None), ("/a%00b", None)],
    ],
)
def test_the_file_of_a_path_never_leaves_the_folder(path, file):
    if file:
        assert str(file_of(path)) == file
    else:
        with pytest.raises(ValueError, match="."):
            file_of(path)


def test_a_file_that_has_not_changed_takes_no_room_and_text_lies_there_compressed(tmp_path):
    first = CopyFolder(tmp_path, "mirror-20260101T000000Z")
    for path, content in (("/", b"one"), ("/a.png", b"png"), ("/b.csv", b"b")):
        first.write(path, content)
    assert (first.files, first.changed) == (5, 5)
    first.publish()
    (tmp_path / ".unfinished-mirror-of-a-killed-run").mkdir()
    second = CopyFolder(tmp_path, "mirror-20260102T000000Z")
    assert [each.name for each in tmp_path.glob(".unfinished*")] == [".unfinished-mirror-20260102T000000Z"]
    for path, content in (("/", b"two"), ("/a.png", b"png"), ("/b.csv", b"b"), ("/c.ics", b"c")):
        second.write(path, content)
    assert (second.files, second.changed) == (7, 4) and second.digest.digest() != first.digest.digest()
    folder = second.publish()
    assert os.readlink(tmp_path / "current") == folder.name == "mirror-20260102T000000Z"
    assert gzip.decompress((folder / "c.ics.gz").read_bytes()) == b"c" and not (folder / "a.png.gz").exists()
    assert os.path.samefile(folder / "a.png", tmp_path / first.name / "a.png")


@pytest.mark.parametrize(
    ("keep", "left"), [(1, ["3"]), (2, ["2", "3"]), (3, ["1", "2", "3"]), (9, ["1", "2", "3"])]
)
def test_the_newest_copies_stay_and_what_is_no_copy(tmp_path, keep, left):
    for day in "231":
        (tmp_path / f"mirror-2026010{day}T000000Z").mkdir()
    (tmp_path / "mirror of somebody").mkdir()
    CopyFolder(tmp_path, "mirror-20260104T000000Z").prune(keep)
    assert {each.name for each in tmp_path.glob("mirror*")} == {
        "mirror of somebody",
        *(f"mirror-2026010{day}T000000Z" for day in left),
    }


def test_two_copies_of_one_second_have_names_of_their_own(tmp_path):
    names = []
    for _copy in range(3):
        names.append(unused_name(tmp_path, "mirror-20260104T000000Z"))
        (tmp_path / names[-1]).mkdir()
    assert names == [f"mirror-20260104T000000Z{end}" for end in ("", "-2", "-3")]


@pytest.mark.parametrize("keep", [0, -1])
def test_a_copy_that_would_not_stay_is_not_made(tmp_path, keep):
    with pytest.raises(CommandError, match=f"^--keep is {keep}: keep at least the copy that is made now.$"):
        call_command("mirror", tmp_path, keep=keep)
    assert not list(tmp_path.iterdir())


def test_the_command_counts_addresses_and_files_and_tells_every_hundredth(tmp_path, capsys):
    answers = {f"/{number}.png": Answer(b"x") for number in range(100)}
    answers |= {"/": page(*answers), "/robots.txt": Answer(b"r")}
    site = MadeUpSite(answers)
    site.not_found_page = lambda: b"none"
    copying = "portal.operations.static_copy.static_copy"
    start = patch(f"{copying}.start_paths", lambda: ["/", "/robots.txt"])
    with start, patch(f"{copying}.SiteClient", lambda origin: site):
        call_command("mirror", tmp_path, most=102)
    assert capsys.readouterr().out.splitlines() == [
        "100 addresses copied, 1 waiting …",
        f"Copied to {tmp_path}/current: 101 addresses in 107 files, of which 107 are new or changed.",
        "There was no room for 1 more address: raise --most.",
    ]
    banner = (tmp_path / "current/mirror.txt").read_text()
    assert "address: http://localhost/\n" in banner and "addresses: 101\nbeyond: 1\n" in banner
    assert "There was no room for every page: 1 or more addresses are not in this copy." in banner


def test_the_links_of_a_page_are_rewritten_by_what_they_lead_to():
    html = (
        '<link rel="canonical" href="/a/"><link rel="alternate" hreflang="fr" href="/fr/">'
        '<link rel="icon" href="/i.png">'
        '<a href="#top">1</a>'
        '<a href="/a/">2</a><a href="?q=1" rel="next" class="k">3</a><a href="/b/#x">4</a>'
        '<img src="/gone.png"><img src="/i.png" /><a href="https://o.org/">5</a>'
        '<meta property="og:image" content="http://localhost/share.png"><a href="/b/?q=1">6</a>'
    )
    read = Page("/a/", html, ORIGIN)
    assert list(read.linked_paths()) == [
        *["/a/", "/fr/", "/i.png", "/a/", "/a/", "/b/", "/gone.png", "/i.png", "/share.png"]
    ]
    assert read.rewritten({"/a/", "/b/", "/i.png"}, lambda path: f"to{path}") == (
        '<link rel="canonical" href="/a/"><link rel="alternate" hreflang="fr" href="/fr/">'
        '<link rel="icon" href="to/i.png">'
        '<a href="#top">1</a><a href="to/a/">2</a><a class="k">3</a><a href="to/b/#x">4</a>'
        '<img src="to/i.png" /><a href="https://o.org/">5</a>'
        '<meta property="og:image" content="http://localhost/share.png"><a>6</a>'
    )


def test_a_style_sheet_asks_for_files_of_the_site_alone():
    sheet = (
        b"a { b: url(c.png) url(\"../d.svg#x\") url('/e.woff2?v=1') url(data:x) url(#f) }"
        b" i { b: url(https://g.org/h.png) url(http://g.org/h.png) }"
    )
    assert linked_paths_of_style_sheet("/static/css/site.css", sheet) == [
        "/static/css/c.png",
        "/static/d.svg",
        "/e.woff2",
    ]
