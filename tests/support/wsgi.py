"""Asks a WSGI application itself, as a server does, on the database connection of the test."""

from contextlib import contextmanager
from io import BytesIO

from django.core.signals import request_finished, request_started
from django.db import close_old_connections


def ask(application, path):
    """Returns ({name of a header in lower case: value}, body) of the answer to a GET."""
    received = {}

    def start_response(status, headers, exc_info=None):
        received.update((name.lower(), value) for name, value in headers)

    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "QUERY_STRING": "",
        "HTTP_HOST": "localhost",
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(),
    }
    with kept_connections():
        body = b"".join(application(environ, start_response))
    return received, body


@contextmanager
def kept_connections():
    """Keeps connections open between requests, as Django's test client does."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in (request_started, request_finished):
            signal.connect(close_old_connections)
