"""What several parts of one page need is found once for it."""


def cached_for_request(request, what, find):
    """What `find` gave when this was first asked for while the request is answered; `what` names it."""
    found = request.__dict__.setdefault("request_cache", {})
    if what not in found:
        found[what] = find()
    return found[what]
