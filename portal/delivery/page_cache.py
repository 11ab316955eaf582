"""Finished answers, kept for the present content generation and given to every visitor who asks for the same.

This stands around Django, not in its middleware: a request that is answered from here never reaches the framework.
"""

import gzip
import hashlib
import io
import re
import time
from collections import OrderedDict
from operator import itemgetter
from threading import Lock
from urllib.parse import parse_qsl, urlencode

# What a visitor may ask of a page. Any other key changes no page, and is left out before the page is asked for.
QUERY_KEYS = {
    "after",
    "before",
    "format",
    "grade",
    "kind",
    "maxheight",
    "maxwidth",
    "organisation",
    "page",
    "q",
    "theme",
    "type",
    "url",
    "year",
}
# Whoever works there works on the newest, and sends or gets what is theirs alone.
NEVER_CACHED = re.compile(
    r"(?:/[a-z]{2,3}(?:-[a-z]+)?)?/(?:(?:admin|accounts|cms_login|cms_wizard|api/v1|review|static|healthz|readyz)(?:/|$)|data/[\w-]+\.)"
)
CACHED_STATUSES = {200, 301, 302, 404, 410}
COMPRESSED = re.compile(r"(?:text/|image/svg|application/(?:json|javascript|manifest|xml|\w+\+(?:json|xml)))")
OWN_HEADERS = {
    "accept-ranges",
    "cache-control",
    "content-length",
    "etag",
    "expires",
    "last-modified",
    "pragma",
    "vary",
}

MOST_BYTES = 64_000_000
LARGEST = 4_000_000
LONGEST_ADDRESS = 500
WAIT = 20  # seconds for which a request waits for another that renders the same

FRESH = ("Cache-Control", "public, max-age=0, must-revalidate")
PERSONAL = ("Cache-Control", "no-store, private")
VARY = ("Vary", "Accept-Encoding")


class Form:
    """An answer as it goes over the wire: as it is, or compressed."""

    def __init__(self, headers, freshness, body, tag):
        self.body = body
        self.tag = f'"{tag}"'
        self.unchanged = [("ETag", self.tag), freshness, VARY]
        self.headers = [*headers, ("Content-Length", str(len(body))), *self.unchanged]


class CachedResponse:
    """A finished answer of one generation."""

    def __init__(self, generation, status, headers, body):
        self.generation, self.status, self.asked_again = generation, status, False
        # Of what others copy, such as a picture, its view says for how long; the CMS says of every page that nobody may keep it.
        freshness = next(
            (
                (name, value)
                for name, value in headers
                if name.lower() == "cache-control" and "public" in value
            ),
            FRESH,
        )
        headers = [(name, value) for name, value in headers if name.lower() not in OWN_HEADERS]
        tag = hashlib.sha256(repr((status, headers)).encode() + body).hexdigest()[:32]
        self.plain = self.small = Form(headers, freshness, body, tag)
        if body and COMPRESSED.match(dict(headers).get("Content-Type", "")):
            self.small = Form(
                [*headers, ("Content-Encoding", "gzip")],
                freshness,
                gzip.compress(body, 6, mtime=0),
                f"{tag}-gzip",
            )
        self.size = len(self.plain.body) + len(self.small.body) + 2000

    def answer(self, environ, start_response):
        self.asked_again = True
        form = self.small if takes_gzip(environ.get("HTTP_ACCEPT_ENCODING", "")) else self.plain
        if form.tag in environ.get("HTTP_IF_NONE_MATCH", "") and self.status == "200 OK":
            start_response("304 Not Modified", form.unchanged)
            return []
        start_response(self.status, form.headers)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [form.body]


class Store:
    """Answers by what was asked, within a bound of bytes. What nobody has asked for again goes first."""

    def __init__(self):
        self.kept, self.bytes, self.lock = OrderedDict(), 0, Lock()
        self.get = self.kept.get

    def put(self, key, kept):
        with self.lock:
            self.drop(key)
            self.kept[key] = kept
            self.bytes += kept.size
            while self.bytes > MOST_BYTES:
                oldest, first = next(iter(self.kept.items()))
                if first.asked_again:
                    first.asked_again = False
                    self.kept.move_to_end(oldest)
                else:
                    self.drop(oldest)

    def drop(self, key):
        if kept := self.kept.pop(key, None):
            self.bytes -= kept.size


class PageCache:
    """The WSGI application of the site: Django, with what it has rendered kept before it.

    `generation` is a function that gives the present number, or None while it is not known; `cookies` are the names of those that make an answer personal.
    """

    def __init__(self, application, generation, cookies):
        self.application, self.number = application, generation
        self.personal = re.compile(rf"(?:^|[;\s])(?:{'|'.join(map(re.escape, cookies))})=")
        self.store, self.rendering, self.lock = Store(), {}, Lock()

    def generation(self):
        """The number and the day: pages tell the day they were read, and whether one has passed."""
        number = self.number()
        return None if number is None else (number, int(time.time()) // 86_400)

    def __call__(self, environ, start_response):
        if (
            environ["REQUEST_METHOD"] not in ("GET", "HEAD")
            or NEVER_CACHED.match(environ["PATH_INFO"])
            or "HTTP_AUTHORIZATION" in environ
        ):
            return self.application(environ, start_response)
        if "HTTP_COOKIE" in environ and self.personal.search(environ["HTTP_COOKIE"]):
            return self.application(environ, personal(start_response))
        query = environ.get("QUERY_STRING")
        key = (
            environ.get("HTTP_HOST", "").lower(),
            environ["wsgi.url_scheme"],
            forwarded(environ),
            environ["PATH_INFO"],
            known(query) if query else "",
        )
        kept = self.store.get(key)
        if kept and kept.generation == self.generation():
            return kept.answer(environ, start_response)
        return self.render_once(key, environ, start_response)

    def render_once(self, key, environ, start_response):
        """Render, unless somebody who came first is at it: then wait for what they keep."""
        with self.lock:
            first = key not in self.rendering
            turn = self.rendering.setdefault(key, Lock())
            if first:
                turn.acquire()
        if not first and turn.acquire(timeout=WAIT):
            turn.release()
            kept = self.store.get(key)
            if kept and kept.generation == self.generation():
                return kept.answer(environ, start_response)
        try:
            return self.render(key, environ, start_response)
        finally:
            if first:
                with self.lock:
                    del self.rendering[key]
                turn.release()

    def render(self, key, environ, start_response):
        generation, answer = self.generation(), {}

        def note(status, headers, error=None):
            answer["status"], answer["headers"] = status, headers

        result = self.application(asked(environ, key), note)
        status, headers = answer["status"], answer["headers"]
        number, names = int(status[:3]), {name.lower() for name, _value in headers}
        if getattr(result, "streaming", True) or number not in CACHED_STATUSES or "set-cookie" in names:
            if number >= 500 and (kept := self.last_of(key, generation)):
                close(result)
                return kept.answer(environ, start_response)
            if "cache-control" not in names:
                headers = [*headers, FRESH if number < 400 else PERSONAL]
            start_response(status, headers)
            if environ["REQUEST_METHOD"] == "HEAD":
                close(result)
                return []
            return result
        body = b"".join(result)
        close(result)
        kept = CachedResponse(generation, status, headers, body)
        if (
            generation
            and generation == self.generation()
            and kept.size <= LARGEST
            and len(environ["PATH_INFO"] + key[-1]) <= LONGEST_ADDRESS
        ):
            self.store.put(key, kept)
        return kept.answer(environ, start_response)

    def last_of(self, key, generation):
        """What was kept before the day changed: nothing has been published since, so it still holds while the database is away."""
        kept = self.store.get(key)
        return kept if kept and generation and kept.generation[0] == generation[0] else None


def known(query):
    """The part of a query that a page may know, in one order."""
    return urlencode(
        sorted(
            ((name, value) for name, value in parse_qsl(query, keep_blank_values=True) if name in QUERY_KEYS),
            key=itemgetter(0),
        )
    )


def asked(environ, key):
    """What is asked, and nothing of who asks: no header of theirs can come to stand in what others read."""
    host, _scheme, protocol, _path, query = key
    bare = {name: value for name, value in environ.items() if not name.startswith(("HTTP_", "CONTENT_"))}
    bare |= {"REQUEST_METHOD": "GET", "HTTP_HOST": host, "QUERY_STRING": query, "wsgi.input": io.BytesIO()}
    if protocol:
        bare["HTTP_X_FORWARDED_PROTO"] = protocol
    return bare


def forwarded(environ):
    """How the visitor reached the proxy before this server, of which Django only believes what its settings allow."""
    protocol = environ.get("HTTP_X_FORWARDED_PROTO")
    return protocol if protocol in ("http", "https") else None


def personal(start_response):
    """Whatever else is said, nobody keeps it."""

    def start(status, headers, error=None):
        return start_response(
            status, [*(pair for pair in headers if pair[0].lower() != "cache-control"), PERSONAL], error
        )

    return start


def takes_gzip(accepted):
    return "gzip" in accepted and not re.search(r"gzip\s*;\s*q=0(?:\.0*)?\s*(?:,|$)", accepted)


def close(result):
    if hasattr(result, "close"):
        result.close()
