"""Crawls the site as a visitor would, from the home page along every link, and reads the visible text."""

import re
from collections import Counter
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from .sampling import WHOLE_IS_ASKED

INVISIBLE = {"script", "style", "template", "noscript", "svg", "title"}
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


class Page(HTMLParser):
    """A page: its links, the text that a reader sees, and the part of it that stands outside any record."""

    def __init__(self, html, path=""):
        super().__init__()
        self.html, self.path = html, path
        self.links, self.texts, self.texts_outside_records, self.open_tags = [], [], [], []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        # A download holds no links; the tests of the files read them.
        if tag == "a" and attributes.get("href") and "download" not in attributes:
            self.links.append(attributes["href"])
        if tag not in VOID:
            self.open_tags.append((tag, "data-record" in attributes))

    def handle_endtag(self, tag):
        while self.open_tags and self.open_tags.pop()[0] != tag:
            pass

    def handle_data(self, data):
        if any(tag in INVISIBLE for tag, _in_record in self.open_tags):
            return
        self.texts.append(data)
        if not any(in_record for _tag, in_record in self.open_tags):
            self.texts_outside_records.append(data)

    @property
    def text(self):
        return " ".join(self.texts)

    @property
    def text_outside_records(self):
        return " ".join(self.texts_outside_records)


class Reader:
    """A client that remembers the HTML of each page that it reads, by path."""

    def __init__(self, client):
        self.client, self.read = client, {}

    def get(self, path, follow=False):
        response = self.client.get(path, follow=follow)
        if "html" in response["Content-Type"]:
            self.read[response.request["PATH_INFO"]] = response.content.decode()
        return response


def crawl(client, start="/", kind_of=None):
    """Returns the public pages, {path that a link names: Page}, and the links that are broken.

    The path of a link may redirect to `Page.path`. A broken link is (status, path, path of the page that
    has it). With `kind_of(path)`, an eighth of the pages of each kind are read beyond the first three.
    """
    pages, broken, queue, seen, met = {}, [], [(start, "")], {start}, Counter()
    while queue:
        path, linked_from = queue.pop(0)
        if kind_of and not WHOLE_IS_ASKED:
            met[kind_of(path)] += 1
            if met[kind_of(path)] > 3 and met[kind_of(path)] % 8:
                continue
        response = client.get(path, follow=True)
        if response.status_code != 200:
            broken.append((response.status_code, path, linked_from))
            continue
        if "html" not in response["Content-Type"]:
            continue
        pages[path] = Page(response.content.decode(), response.request["PATH_INFO"])
        for link in pages[path].links:
            address = urlsplit(urljoin(f"http://testserver{path}", link))
            if (
                address.netloc == "testserver"
                and address.path not in seen
                and not address.path.startswith("/admin/")
            ):
                seen.add(address.path)
                queue.append((address.path, path))
    return pages, broken


def comparable_words(text):
    """Returns the words that must agree between a source and a page: without case, quotes and punctuation."""
    return re.findall(r"[a-zà-ÿ0-9]+", re.sub(r"['’‘]", "", text.lower()))
