"""The kinds of page a visitor can reach, and the screens they are read on."""

import re
from urllib.parse import urljoin, urlsplit
from urllib.request import urlopen

from tests.support.crawl import Page

DESK, PHONE = {"width": 1440, "height": 900}, {"width": 320, "height": 640}
# What no link leads to, and a source of which only the facts are on record.
UNLINKED = ["/evidence/e10/v1/", "/sources/srsg-paris-principles/", "/nowhere/"]


def kinds_of_page(url):
    """The path of one page of each kind: a new page in a menu, and a new kind of record, are found by themselves."""
    found, seen, waiting = {}, {"/"}, ["/"]
    while waiting:
        path = waiting.pop(0)
        # Each organisation has pages below its own that others have not, so all are looked through.
        if kind_of(path) in found and not path.startswith("/organisations/"):
            continue
        with urlopen(url + path) as answer:
            path, is_page = urlsplit(answer.url).path, "html" in answer.headers["Content-Type"]
            html = answer.read().decode() if is_page else ""
        if is_page:
            found.setdefault(kind_of(path), path)
            links = [urlsplit(urljoin(url + path, link)) for link in Page(html).links]
            inside = {
                link.path: None
                for link in links
                if url.endswith(f"//{link.netloc}") and not link.path.startswith("/admin/")
            }
            waiting += [each for each in inside if each not in seen]
            seen.update(inside)
    return list(dict.fromkeys([*found.values(), *UNLINKED]))


def kind_of(path):
    """The pattern of the address: the second part names a record, and numbers count it."""
    return re.sub(r"^(/[^/]+/)[^/]+/", r"\1*/", re.sub(r"\d+", "", path))
