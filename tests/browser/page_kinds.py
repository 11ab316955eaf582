"""Finds the kinds of page that a visitor can reach; and the screens on which they are tested."""

import re
from urllib.parse import urljoin, urlsplit
from urllib.request import urlopen

from tests.support.crawl import Page

DESK, PHONE = {"width": 1440, "height": 900}, {"width": 320, "height": 640}
# Pages to which no link leads, and a source of which only the facts are on record.
UNLINKED = ["/evidence/e10/v1/", "/sources/srsg-paris-principles/", "/nowhere/"]


def kinds_of_page(url):
    """Returns the path of one page of each kind, found by following links from the home page."""
    paths, seen, queue = {}, {"/"}, ["/"]
    while queue:
        path = queue.pop(0)
        # Each organisation has pages below its own that others have not, so all are looked through.
        if kind_of(path) in paths and not path.startswith("/organisations/"):
            continue
        with urlopen(url + path) as answer:
            path, is_page = urlsplit(answer.url).path, "html" in answer.headers["Content-Type"]
            html = answer.read().decode() if is_page else ""
        if is_page:
            paths.setdefault(kind_of(path), path)
            links = [urlsplit(urljoin(url + path, link)) for link in Page(html).links]
            inside = {
                link.path: None
                for link in links
                if url.endswith(f"//{link.netloc}") and not link.path.startswith("/admin/")
            }
            queue += [each for each in inside if each not in seen]
            seen.update(inside)
    return list(dict.fromkeys([*paths.values(), *UNLINKED]))


def kind_of(path):
    """Returns the pattern of an address: its second part, which names a record, is replaced; digits go."""
    return re.sub(r"^(/[^/]+/)[^/]+/", r"\1*/", re.sub(r"\d+", "", path))
