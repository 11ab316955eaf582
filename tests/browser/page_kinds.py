"""Finds the kinds of page that a visitor can reach; and the screens on which they are tested."""

import re

DESK, PHONE = {"width": 1440, "height": 900}, {"width": 320, "height": 640}
# Two editions, one of which is not the current one everywhere; a source with facts alone; and no page.
UNLINKED = ["/evidence/e10/v1/", "/evidence/e11/v1/", "/sources/srsg-paris-principles/", "/nowhere/"]


def kinds_of_page(pages):
    """Returns the path of one page of each kind among the pages of a site, and UNLINKED."""
    paths = {}
    for page in pages.values():
        paths.setdefault(kind_of(page.path), page.path)
    return list(dict.fromkeys([*paths.values(), *UNLINKED]))


def kind_of(path):
    """Returns the pattern of an address: its second part, which names a record, is replaced; digits go."""
    return re.sub(r"^(/[^/]+/)[^/]+/", r"\1*/", re.sub(r"\d+", "", path))
