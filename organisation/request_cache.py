"""Loads what several parts of one page need once for all of them."""

from contextlib import contextmanager
from contextvars import ContextVar

from django.core.signals import request_finished, request_started
from django.db.models.signals import post_delete, post_save


def cached_for_request(request, key, load):
    """Returns the result of `load()`, which is called once a request for each key."""
    cached = request.__dict__.setdefault("request_cache", {})
    if key not in cached:
        cached[key] = load()
    return cached[key]


class LoadedOnce:
    """Loads once a request what is asked for where no request is at hand, such as in a method of a model.

    Outside of a request each question loads it anew, unless `held` says for how long it is to be held.
    """

    def __init__(self, name, load):
        self.name, self.load = name, load
        # Holds a list of what is loaded, empty until it is; None where nothing is held.
        self.loaded = ContextVar(name, default=None)

    def __call__(self):
        loaded = self.loaded.get()
        if loaded is None:
            return self.load()
        if not loaded:
            loaded.append(self.load())
        return loaded[0]

    @contextmanager
    def held(self, *given):
        """Answers all that is asked meanwhile from what is given, or from what it loads once."""
        token = self.loaded.set([*given])
        try:
            yield
        finally:
            self.loaded.reset(token)

    def connect(self, *models):
        """Connects the receivers, which forget it as a row of one of the models changes; called once."""
        request_started.connect(self.begin, dispatch_uid=self.name)
        request_finished.connect(self.end, dispatch_uid=self.name)
        for model in models:
            for signal in (post_save, post_delete):
                signal.connect(self.forget, sender=model, dispatch_uid=self.name)

    def begin(self, **kwargs):
        self.loaded.set([])

    def end(self, **kwargs):
        self.loaded.set(None)

    def forget(self, **kwargs):
        """Lets each question load anew until the request ends, for the change may still be rolled back."""
        if self.loaded.get() is not None:
            self.loaded.set(None)
