"""A WSGI application behind the page cache, as the server runs it."""

from portal.delivery.page_cache import PageCache


class Site:
    """A WSGI application behind the page cache, which counts the pages that it renders."""

    def __init__(self):
        self.text, self.status, self.headers, self.generation = "words", "200 OK", [], 1
        self.cache_control = [("Cache-Control", "no-store")]  # as the CMS sends with every page
        self.content_type, self.is_streamed, self.closed = "text/html; charset=utf-8", False, 0
        self.rendered, self.while_rendering = [], lambda: None
        self.cache = PageCache(
            self.render, lambda: self.generation, personal_cookies=["sessionid", "csrftoken"]
        )

    def render(self, environ, start_response):
        self.rendered.append(environ)
        response = Response(self, f"{self.text} {environ['QUERY_STRING']}".encode())
        self.while_rendering()
        start_response(
            self.status,
            [("Content-Type", self.content_type), *self.cache_control, *self.headers],
        )
        return response

    def get(self, path="/", query="", method="GET", scheme="http", **headers):
        """Returns (status, headers, body) as a visitor receives them, each header once."""
        received = {}

        def start_response(status, headers, exc_info=None):
            received.update(status=status, headers=dict(headers))
            assert len(received["headers"]) == len(headers), headers

        environ = {
            "REQUEST_METHOD": method,
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "HTTP_HOST": "localhost",
            "wsgi.url_scheme": scheme,
        }
        body = b"".join(
            self.cache(
                environ | {f"HTTP_{name.upper()}": value for name, value in headers.items()}, start_response
            )
        )
        return received["status"], received["headers"], body


class Response(list):
    """A WSGI result, which is streamed or not, and notes that it was closed."""

    def __init__(self, site, body):
        super().__init__([body])
        self.site, self.streaming = site, site.is_streamed

    def close(self):
        self.site.closed += 1
