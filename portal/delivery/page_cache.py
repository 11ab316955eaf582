"""The page cache: stores finished responses for one content generation, and serves them to all visitors.

It is WSGI middleware around Django, not Django middleware: a cache hit never reaches the framework.
"""

import gzip
import hashlib
import io
import re
import time
from collections import OrderedDict
from operator import itemgetter
from threading import Lock
from typing import NamedTuple
from urllib.parse import parse_qsl, urlencode

# The query keys that public pages read. Any other key is left out of the cache key, and never reaches Django.
QUERY_KEYS = {
    "after",
    "before",
    "format",
    "grade",
    "kind",
    "maxheight",
    "maxwidth",
    "order",
    "organisation",
    "page",
    "q",
    "shown",
    "theme",
    "type",
    "url",
    "year",
}
# Addresses of staff and of secrets, of answers that are about this very moment, and of large files.
UNCACHED_PATHS = re.compile(
    r"(?:/[a-z]{2,3}(?:-[a-z]+)?)?/"
    r"(?:(?:admin|accounts|cms_login|cms_wizard|api/v1|review|static|healthz|readyz)(?:/|$)|data/[\w-]+\.)"
)
CACHEABLE_STATUSES = {200, 301, 302, 404, 410}
COMPRESSIBLE_TYPES = re.compile(
    r"(?:text/|image/svg|application/(?:json|javascript|manifest|xml|\w+\+(?:json|xml)))"
)
# Headers of Django's response that the cache sets itself.
REPLACED_HEADERS = {
    "accept-ranges",
    "cache-control",
    "content-length",
    "etag",
    "expires",
    "last-modified",
    "pragma",
    "vary",
}

MAX_CACHE_BYTES = 64_000_000
MAX_RESPONSE_BYTES = 4_000_000
MAX_ADDRESS_LENGTH = 500
RESPONSE_OVERHEAD = 2000  # bytes, roughly: headers, key and objects of a stored response
COALESCING_TIMEOUT = 20  # seconds that a request waits for another that renders the same page

REVALIDATE = ("Cache-Control", "public, max-age=0, must-revalidate")
# What a view says of a file whose address names its content: no other answer ever stands there.
IMMUTABLE = "immutable"
NO_STORE = ("Cache-Control", "no-store, private")
VARY = ("Vary", "Accept-Encoding")


class CacheKey(NamedTuple):
    """Everything of a request that the response may depend on."""

    host: str
    scheme: str
    forwarded_proto: str | None
    path: str
    query: str


class Representation:
    """A response body as it is sent, plain or compressed with gzip, with its headers and entity tag."""

    def __init__(self, headers, body, etag, cache_control=REVALIDATE):
        self.body = body
        self.etag = f'"{etag}"'
        self.not_modified_headers = [("ETag", self.etag), cache_control, VARY]
        self.headers = [*headers, ("Content-Length", str(len(body))), *self.not_modified_headers]


class CachedResponse:
    """A finished response of one generation, in both representations."""

    def __init__(self, generation, status, headers, body):
        self.generation, self.status, self.recently_used = generation, status, False
        # Other caches ask each time, whatever the view says: what is taken down must be gone there, too. Only
        # what names no record can be immutable.
        says = next((value for name, value in headers if name.lower() == "cache-control"), "")
        cache_control = ("Cache-Control", says) if IMMUTABLE in says else REVALIDATE
        headers = [(name, value) for name, value in headers if name.lower() not in REPLACED_HEADERS]
        etag = hashlib.sha256(repr((status, headers)).encode() + body).hexdigest()[:32]
        self.plain = self.gzipped = Representation(headers, body, etag, cache_control)
        if body and COMPRESSIBLE_TYPES.match(dict(headers).get("Content-Type", "")):
            self.gzipped = Representation(
                [*headers, ("Content-Encoding", "gzip")],
                gzip.compress(body, 6, mtime=0),
                f"{etag}-gzip",
                cache_control,
            )
        self.size = len(self.plain.body) + len(self.gzipped.body) + RESPONSE_OVERHEAD

    def send(self, environ, start_response):
        """Answers a request, conditional or not; HEAD gets the headers of GET."""
        self.recently_used = True
        accepts = accepts_gzip(environ.get("HTTP_ACCEPT_ENCODING", ""))
        representation = self.gzipped if accepts else self.plain
        if representation.etag in environ.get("HTTP_IF_NONE_MATCH", "") and self.status == "200 OK":
            start_response("304 Not Modified", representation.not_modified_headers)
            return []
        start_response(self.status, representation.headers)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [representation.body]


class ResponseStore:
    """Holds cached responses by key, within a limit of bytes, with second-chance eviction."""

    def __init__(self):
        self.responses, self.bytes, self.lock = OrderedDict(), 0, Lock()
        self.get = self.responses.get

    def set(self, key, response):
        with self.lock:
            self.remove(key)
            self.responses[key] = response
            self.bytes += response.size
            while self.bytes > MAX_CACHE_BYTES:
                oldest_key, oldest = next(iter(self.responses.items()))
                if oldest.recently_used:
                    oldest.recently_used = False
                    self.responses.move_to_end(oldest_key)
                else:
                    self.remove(oldest_key)

    def remove(self, key):
        if response := self.responses.pop(key, None):
            self.bytes -= response.size


class PageCache:
    """The WSGI application of the site: Django behind the page cache.

    `content_generation` is a function that returns the present number, or None while it is unknown;
    `personal_cookies` are the names of the cookies that make a response personal.
    """

    def __init__(self, application, content_generation, personal_cookies):
        self.application, self.content_generation = application, content_generation
        self.personal_cookie = re.compile(rf"(?:^|[;\s])(?:{'|'.join(map(re.escape, personal_cookies))})=")
        # `rendering` holds, by key, a lock that is released once the page of that key is rendered.
        self.store, self.rendering, self.lock = ResponseStore(), {}, Lock()

    def generation(self):
        """Returns (number, days since 1970 in UTC), for some pages change with the date; None if unknown."""
        number = self.content_generation()
        return None if number is None else (number, int(time.time()) // 86_400)

    def __call__(self, environ, start_response):
        if (
            environ["REQUEST_METHOD"] not in ("GET", "HEAD")
            or UNCACHED_PATHS.match(environ["PATH_INFO"])
            or "HTTP_AUTHORIZATION" in environ
        ):
            return self.application(environ, start_response)
        if "HTTP_COOKIE" in environ and self.personal_cookie.search(environ["HTTP_COOKIE"]):
            return self.application(environ, with_no_store(start_response))
        query = environ.get("QUERY_STRING")
        key = CacheKey(
            host=environ.get("HTTP_HOST", "").lower(),
            scheme=environ["wsgi.url_scheme"],
            forwarded_proto=forwarded_proto(environ),
            path=environ["PATH_INFO"],
            query=normalised_query(query) if query else "",
        )
        cached = self.store.get(key)
        if cached and cached.generation == self.generation():
            return cached.send(environ, start_response)
        return self.render_once(key, environ, start_response)

    def render_once(self, key, environ, start_response):
        """Coalesces simultaneous requests for one page: the first renders it, the others wait for that."""
        with self.lock:
            is_first = key not in self.rendering
            rendered = self.rendering.setdefault(key, Lock())
            if is_first:
                rendered.acquire()
        if not is_first and rendered.acquire(timeout=COALESCING_TIMEOUT):
            rendered.release()  # the next one that waits
            cached = self.store.get(key)
            if cached and cached.generation == self.generation():
                return cached.send(environ, start_response)
            # The response was not cacheable, or something was published meanwhile.
        try:
            return self.render(key, environ, start_response)
        finally:
            if is_first:
                with self.lock:
                    del self.rendering[key]
                rendered.release()

    def render(self, key, environ, start_response):
        """Lets Django render the page, and stores the response if it is cacheable and still current."""
        generation, started = self.generation(), {}

        def note_start(status, headers, exc_info=None):
            started["status"], started["headers"] = status, headers

        result = self.application(anonymous_environ(environ, key), note_start)
        status, headers = started["status"], started["headers"]
        status_code, header_names = int(status[:3]), {name.lower() for name, _value in headers}
        if (
            getattr(result, "streaming", True)
            or status_code not in CACHEABLE_STATUSES
            or "set-cookie" in header_names
        ):
            if status_code >= 500 and (stale := self.stale_response(key, generation)):
                close(result)
                return stale.send(environ, start_response)
            if "cache-control" not in header_names:
                # A cookie is one visitor's: a proxy must not hand it to the next.
                is_for_all = status_code < 400 and "set-cookie" not in header_names
                headers = [*headers, REVALIDATE if is_for_all else NO_STORE]
            start_response(status, headers)
            # The request to Django was a GET.
            if environ["REQUEST_METHOD"] == "HEAD":
                close(result)
                return []
            return result
        body = b"".join(result)
        close(result)
        response = CachedResponse(generation, status, headers, body)
        if (
            generation
            # Something published while this page was rendered may or may not be on it.
            and generation == self.generation()
            and response.size <= MAX_RESPONSE_BYTES
            and len(environ["PATH_INFO"] + key.query) <= MAX_ADDRESS_LENGTH
        ):
            self.store.set(key, response)
        return response.send(environ, start_response)

    def stale_response(self, key, generation):
        """Returns yesterday's response to serve if Django fails (stale-if-error), or None.

        Only the day may have changed since, not the number: then nothing has been published or taken down.
        """
        cached = self.store.get(key)
        return cached if cached and generation and cached.generation[0] == generation[0] else None


def normalised_query(query):
    """Returns the part of a query string that pages read, sorted by key."""
    pairs = parse_qsl(query, keep_blank_values=True)
    # A stable sort by the name alone: the order of the values of one name may matter.
    return urlencode(
        sorted(((name, value) for name, value in pairs if name in QUERY_KEYS), key=itemgetter(0))
    )


def anonymous_environ(environ, key):
    """Returns the WSGI environment without the visitor's headers, cookies and unknown query keys.

    So nothing that one visitor sends can poison what others read.
    """
    anonymous = {name: value for name, value in environ.items() if not name.startswith(("HTTP_", "CONTENT_"))}
    anonymous |= {
        "REQUEST_METHOD": "GET",
        "HTTP_HOST": key.host,
        "QUERY_STRING": key.query,
        "wsgi.input": io.BytesIO(),
    }
    if key.forwarded_proto:
        anonymous["HTTP_X_FORWARDED_PROTO"] = key.forwarded_proto
    return anonymous


def forwarded_proto(environ):
    """Returns the protocol by which the visitor reached the proxy; settings decide if Django believes it."""
    protocol = environ.get("HTTP_X_FORWARDED_PROTO")
    return protocol if protocol in ("http", "https") else None


def with_no_store(start_response):
    """Wraps `start_response` so that no cache stores the response, whatever its view says."""

    def start(status, headers, exc_info=None):
        return start_response(
            status, [*(pair for pair in headers if pair[0].lower() != "cache-control"), NO_STORE], exc_info
        )

    return start


def accepts_gzip(accept_encoding):
    return "gzip" in accept_encoding and not re.search(r"gzip\s*;\s*q=0(?:\.0*)?\s*(?:,|$)", accept_encoding)


def close(result):
    """Closes a WSGI result, as the server would have done."""
    if hasattr(result, "close"):
        result.close()
