"""What a visitor can reach and read: every page that links lead to from the home page, and its visible text."""

import re
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

UNSEEN = {"script", "style", "template", "noscript", "svg", "title"}
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


class Page(HTMLParser):
    """A page's links, the text a reader sees, and the part of that text which stands outside any record."""

    def __init__(self, html, path=""):
        super().__init__()
        self.html, self.path = html, path
        self.links, self.words, self.own_words, self.open = [], [], [], []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        # What is offered as a file holds no more links; the tests of the files read them.
        if tag == "a" and attributes.get("href") and "download" not in attributes:
            self.links.append(attributes["href"])
        if tag not in VOID:
            self.open.append((tag, "data-record" in attributes))

    def handle_endtag(self, tag):
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        if any(tag in UNSEEN for tag, _in_record in self.open):
            return
        self.words.append(data)
        if not any(in_record for _tag, in_record in self.open):
            self.own_words.append(data)

    @property
    def text(self):
        return " ".join(self.words)

    @property
    def text_outside_records(self):
        return " ".join(self.own_words)


class Reader:
    """A client that keeps what it reads, for pages of HTML."""

    def __init__(self, client):
        self.client, self.read = client, {}

    def get(self, path, follow=False):
        response = self.client.get(path, follow=follow)
        if "html" in response["Content-Type"]:
            self.read[response.request["PATH_INFO"]] = response.content.decode()
        return response


def crawl(client, start="/"):
    """Every public page by the path that a link names (it may lead on to `Page.path`), and what did not answer 200 as (status, path, the page that links to it)."""
    pages, broken, waiting, seen = {}, [], [(start, "")], {start}
    while waiting:
        path, linked_from = waiting.pop(0)
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
                waiting.append((address.path, path))
    return pages, broken


def plain(text):
    """The words of a text, without case, quotes and signs: what must agree between a source and a page."""
    return re.findall(r"[a-zà-ÿ0-9]+", re.sub(r"['’‘]", "", text.lower()))
