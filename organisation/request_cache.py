"""Loads what several parts of one page need once for all of them."""


def cached_for_request(request, key, load):
    """Returns the result of `load()`, which is called once a request for each key."""
    cached = request.__dict__.setdefault("request_cache", {})
    if key not in cached:
        cached[key] = load()
    return cached[key]
