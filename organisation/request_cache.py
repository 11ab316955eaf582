"""What several parts of one page need is found once for it."""


def once(request, what, find):
    """What `find` gave when this was first asked for while the request is answered; `what` names it."""
    found = request.__dict__.setdefault("found_once", {})
    if what not in found:
        found[what] = find()
    return found[what]
