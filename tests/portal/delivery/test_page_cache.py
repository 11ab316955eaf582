"""What a visitor gets from memory: only ever what everybody may read, and never yesterday's."""

import gzip
import threading
from unittest.mock import patch

import pytest
from django.contrib.auth import get_user_model
from django.contrib.sessions.backends.db import SessionStore
from django.db import transaction

from impact.models import Claim
from organisation.models import Statement
from portal.delivery.generation import SharedMemory
from portal.delivery.page_cache import MOST_BYTES, PageCache
from tests.support.crawl import crawl
from tests.support.people import alice


class Pages:
    """An application that counts what it renders, and the answers that visitors get of it."""

    def __init__(self):
        self.words, self.status, self.headers, self.generation = "words", "200 OK", [], 1
        self.rendered, self.meanwhile = [], lambda: None
        self.application = PageCache(self.render, lambda: self.generation, cookies=["sessionid", "csrftoken"])

    def render(self, environ, start_response):
        self.rendered.append(environ)
        answer = Answer(f"{self.words} {environ['QUERY_STRING']}".encode())
        self.meanwhile()
        start_response(
            self.status,
            [("Content-Type", "text/html; charset=utf-8"), ("Cache-Control", "no-store"), *self.headers],
        )
        return answer

    def get(self, path="/", query="", method="GET", **headers):
        """(status, headers, body) as a visitor receives them."""
        got = {}

        def start_response(status, headers, error=None):
            got.update(status=status, headers=dict(headers))

        environ = {
            "REQUEST_METHOD": method,
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "HTTP_HOST": "localhost",
            "wsgi.url_scheme": "http",
        }
        body = b"".join(
            self.application(
                environ | {f"HTTP_{name.upper()}": value for name, value in headers.items()}, start_response
            )
        )
        return got["status"], got["headers"], body


class Answer(list):
    streaming = False

    def __init__(self, body):
        super().__init__([body])


@pytest.fixture
def pages():
    return Pages()


def test_a_page_is_rendered_once_until_the_record_changes(pages):
    assert [pages.get()[2] for _visit in range(3)] == [b"words "] * 3
    assert len(pages.rendered) == 1
    pages.words, pages.generation = "other words", 2
    assert pages.get()[2] == b"other words " and len(pages.rendered) == 2


def test_a_page_is_rendered_anew_on_the_next_day(pages):
    pages.get()
    with patch("portal.delivery.page_cache.time.time", return_value=4_102_444_800):
        pages.get()
    assert len(pages.rendered) == 2


def test_an_answer_during_whose_rendering_something_was_published_is_given_once(pages):
    def publish():
        pages.generation += 1

    pages.meanwhile = publish
    pages.get()
    pages.meanwhile = lambda: None
    pages.words = "new words"
    assert pages.get()[2] == b"new words "


def test_many_visitors_at_once_wait_for_the_one_rendering(pages):
    begun, may_end, bodies = threading.Event(), threading.Event(), []

    def wait():
        begun.set()
        may_end.wait(10)

    pages.meanwhile = wait
    visitors = [threading.Thread(target=lambda: bodies.append(pages.get()[2])) for _number in range(6)]
    visitors[0].start()
    begun.wait(10)
    for visitor in visitors[1:]:
        visitor.start()
    may_end.set()
    for visitor in visitors:
        visitor.join(10)
    assert bodies == [b"words "] * 6 and len(pages.rendered) == 1


def test_a_picture_may_be_copied_for_as_long_as_its_view_says(pages):
    pages.headers = [("Cache-Control", "public, max-age=3600")]
    assert pages.get()[1]["Cache-Control"] == "public, max-age=3600"


def test_a_browser_that_has_the_page_is_told_so(pages):
    _status, headers, _body = pages.get()
    assert (
        headers["Cache-Control"] == "public, max-age=0, must-revalidate"
        and headers["Vary"] == "Accept-Encoding"
    )
    status, again, body = pages.get(if_none_match=headers["ETag"])
    assert (status, again["ETag"], body) == ("304 Not Modified", headers["ETag"], b"")
    pages.words, pages.generation = "new words", 2
    assert pages.get(if_none_match=headers["ETag"])[0] == "200 OK"


def test_compressed_and_plain_are_the_same_words_under_two_tags(pages):
    _status, plain, words = pages.get(accept_encoding="identity")
    _status, small, body = pages.get(accept_encoding="gzip, br")
    assert gzip.decompress(body) == words and small["Content-Encoding"] == "gzip"
    assert plain["ETag"] != small["ETag"] and int(small["Content-Length"]) == len(body)
    assert "Content-Encoding" not in pages.get(accept_encoding="gzip;q=0")[1]


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_head_is_answered_as_get_without_its_words(pages, method):
    pages.get(method=method)
    status, headers, body = pages.get(method="HEAD")
    assert (status, headers["Content-Length"], body) == ("200 OK", "6", b"")
    assert pages.get(range="bytes=0-1")[::2] == ("200 OK", b"words ")
    assert len(pages.rendered) == 1


def test_what_a_page_does_not_know_is_left_out_of_the_question(pages):
    for query in ("", "utm_source=mail", "fbclid=1&utm_source=a", "toolbar_on", "a.b=%00"):
        assert pages.get(query=query)[2] == b"words "
    assert len(pages.rendered) == 1
    assert pages.get(query="q=war&utm_source=mail")[2] == b"words q=war"
    assert pages.get(query="x=1&q=war")[2] == b"words q=war" and len(pages.rendered) == 2


def test_nothing_a_visitor_sends_besides_reaches_what_others_read(pages):
    sent = dict.fromkeys(
        [
            "x_forwarded_host",
            "x_original_url",
            "forwarded",
            "accept_language",
            "user_agent",
            "referer",
            "x_http_method_override",
        ],
        "evil",
    )
    pages.get(**sent, cookie="theme=dark", x_forwarded_proto="evil")
    [environ] = pages.rendered
    assert "evil" not in environ.values() and "HTTP_COOKIE" not in environ
    pages.get()
    assert len(pages.rendered) == 1


@pytest.mark.parametrize("headers", [{"cookie": "theme=dark; sessionid=abc"}, {"cookie": "csrftoken=abc"}])
def test_who_has_a_session_gets_what_is_theirs_and_nobody_keeps_it(pages, headers):
    pages.words = "for Alice"
    assert pages.get(**headers)[1]["Cache-Control"] == "no-store, private"
    pages.words = "for everybody"
    assert pages.get()[2] == b"for everybody "
    pages.words = "for Alice"
    assert pages.get(**headers)[2] == b"for Alice "


@pytest.mark.parametrize(
    "path",
    [
        "/admin/",
        "/admin/x.css",
        "/fr/admin/login/",
        "/accounts/login/",
        "/review/secret/",
        "/api/v1/claims",
        "/data/claims.csv",
    ],
)
def test_what_is_never_for_everybody_is_asked_for_each_time(pages, path):
    pages.get(path)
    pages.get(path)
    assert len(pages.rendered) == 2


@pytest.mark.parametrize(
    "status, headers",
    [
        ("200 OK", [("Set-Cookie", "csrftoken=abc")]),
        ("500 Internal Server Error", []),
        ("503 Service Unavailable", []),
        ("400 Bad Request", []),
    ],
)
def test_an_answer_with_a_cookie_or_a_fault_is_not_kept(pages, status, headers):
    pages.status, pages.headers = status, headers
    assert pages.get()[0] == status and pages.get(method="HEAD")[2] == b""
    assert len(pages.rendered) == 2


def test_who_shows_credentials_of_any_kind_is_answered_anew(pages):
    pages.get()
    pages.get(authorization="Basic abc")
    assert len(pages.rendered) == 2


def test_a_post_reaches_the_application(pages):
    pages.get()
    pages.get(method="POST")
    assert len(pages.rendered) == 2


def test_while_nobody_knows_the_generation_each_visitor_gets_the_page_rendered(pages):
    pages.generation = None
    pages.words = "old"
    pages.get()
    pages.words = "new"
    assert pages.get()[2] == b"new "


def test_when_the_day_changes_and_the_database_is_away_the_page_of_yesterday_serves(pages):
    pages.get()
    pages.status = "503 Service Unavailable"
    with patch("portal.delivery.page_cache.time.time", return_value=4_102_444_800):
        assert pages.get()[::2] == ("200 OK", b"words ")
        pages.generation = 2  # something was published or taken down since
        assert pages.get()[0] == "503 Service Unavailable"


def test_a_flood_of_addresses_leaves_what_people_read_in_memory(pages):
    pages.words = "w" * 100_000
    for number in range(3 * MOST_BYTES // 100_000):
        pages.get(f"/{number}/")
        if number % 50 == 0:
            pages.get("/")
    assert pages.application.store.bytes <= MOST_BYTES
    rendered = len(pages.rendered)
    pages.get("/")
    assert len(pages.rendered) == rendered


def test_a_long_address_is_answered_and_not_kept(pages):
    pages.get("/", query=f"q={'a' * 600}")
    assert not pages.application.store.kept


def test_the_number_of_a_machine_is_the_same_for_every_process(tmp_path):
    here, there = SharedMemory(tmp_path / "generation"), SharedMemory(tmp_path / "generation")
    here.bump()
    first = there.now()
    there.bump()
    assert here.now() == there.now() > first


@pytest.mark.django_db
class TestWrites:
    """What raises the number, and what does not."""

    @pytest.fixture(autouse=True)
    def commits(self, django_capture_on_commit_callbacks):
        self.commits = django_capture_on_commit_callbacks

    def raises(self, act):
        with self.commits() as callbacks:
            act()
        return any(callback.__name__ == "bump_now" for callback in callbacks)

    @pytest.mark.parametrize(
        "write",
        [
            lambda statements: statements[0].save(),
            lambda statements: statements[0].delete(),
            lambda statements: statements.update(text="Other words"),
            lambda statements: Statement.objects.bulk_create(
                [
                    Statement(
                        organisation=statements[0].organisation, kind="belief", text="Words", slug="words"
                    )
                ]
            ),
        ],
        ids=["saved", "deleted", "changed in bulk", "made in bulk"],
    )
    def test_every_write_raises_it(self, write):
        assert self.raises(lambda: write(Statement.objects.filter(kind="value")))

    def test_what_is_rolled_back_raises_nothing(self):
        def try_and_take_back():
            with transaction.atomic():
                Statement.objects.first().save()
                transaction.set_rollback(True)

        assert not self.raises(try_and_take_back)

    def test_what_is_saved_after_a_part_was_taken_back_raises_it(self):
        def take_back_and_save():
            with transaction.atomic():
                Statement.objects.first().save()
                transaction.set_rollback(True)
            Statement.objects.last().save()

        assert self.raises(take_back_and_save)

    def test_reading_every_page_raises_nothing(self, client):
        assert not self.raises(lambda: crawl(client))

    def test_logging_in_raises_nothing_and_publishing_does(self, client):
        assert not self.raises(lambda: client.force_login(alice()))
        assert not self.raises(SessionStore().save)
        assert self.raises(
            lambda: Claim.objects.get(number=10).publish(
                by=get_user_model().objects.get(username="publisher"),
                reason="Once more",
                seen=Claim.AS_STORED,
            )
        )
