"""Loads what several parts of one page need once for all of them."""

from contextvars import ContextVar

from django.core.signals import request_finished, request_started

# Holds what is loaded once for the request at hand, by its key; None where there is no request.
loaded_rows = ContextVar("loaded_rows", default=None)
CHANGED = object()


def cached_for_request(request, key, load):
    """Returns the result of `load()`, which is called once a request for each key."""
    cached = request.__dict__.setdefault("request_cache", {})
    if key not in cached:
        cached[key] = load()
    return cached[key]


def cached_for_current_request(key, load):
    """Does the same where no request is at hand; outside of any, `load()` is called each time."""
    cached = loaded_rows.get()
    if cached is None or cached.get(key) is CHANGED:
        return load()
    if key not in cached:
        cached[key] = load()
    return cached[key]


def forget_for_current_request(key):
    """Lets the rest of the request load something each time: a save may still be rolled back."""
    cached = loaded_rows.get()
    if cached is not None:
        cached[key] = CHANGED


def begin_request(**kwargs):
    loaded_rows.set({})


def end_request(**kwargs):
    loaded_rows.set(None)


def connect_request_cache():
    """Connects the receivers; called once, when the site starts."""
    request_started.connect(begin_request, dispatch_uid="cache of a request")
    request_finished.connect(end_request, dispatch_uid="cache of a request")
