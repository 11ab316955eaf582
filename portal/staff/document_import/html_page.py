"""The words of a web page as a browser would show them: no scripts, no furniture, nothing from elsewhere."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from lxml import etree

UNSEEN = {
    "head",
    "title",
    "script",
    "style",
    "template",
    "noscript",
    "iframe",
    "frame",
    "frameset",
    "object",
    "embed",
    "applet",
    "svg",
    "canvas",
    "audio",
    "video",
}
# What is for finding one's way or for filling in, and what the page itself marks as struck out.
NOT_THE_TEXT = {"nav", "menu", "button", "select", "textarea", "datalist", "dialog", "del"}
BLOCKS = {
    *"address article aside blockquote body center dd details div dl dt fieldset figcaption figure footer form header hr html legend".split(),
    *"li main ol p pre search section summary table tbody tfoot thead tr ul caption h1 h2 h3 h4 h5 h6".split(),
}
KINDS = dict.fromkeys("h1 h2 h3 h4 h5 h6".split(), "heading") | {
    "li": "item",
    "dt": "item",
    "dd": "item",
    "tr": "row",
}
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
MOST_NESTED = 200


def web_page(markup):
    """The lines of a page as (words, kind)."""
    parser = etree.HTMLParser(
        target=Reader(),
        no_network=True,
        remove_comments=True,
        remove_pis=True,
        huge_tree=True,
        encoding="utf-8",
    )
    parser.feed(markup.encode())
    return parser.close()


class Reader:
    """Takes the tags and words of a page one by one, so that no page, however made, fills the memory."""

    def __init__(self):
        self.lines, self.words, self.open, self.unseen = [], [], [], 0

    def start(self, tag, attributes):
        if len(self.open) > MOST_NESTED:
            raise ValidationError(
                _("The page is nested too deeply to be read: save its text as a .txt file.")
            )
        if tag in BLOCKS:
            self.end_line()
        elif tag == "br":
            self.say("\n")
        elif tag in ("td", "th") and any(word.strip() for word in self.words):
            self.say("\t")
        is_unseen = (
            tag in UNSEEN
            or tag in NOT_THE_TEXT
            or "hidden" in attributes
            or bool(HIDDEN.search(attributes.get("style", "")))
        )
        self.open.append((tag, is_unseen))
        self.unseen += is_unseen

    def end(self, tag):
        if tag in BLOCKS:
            self.end_line()
        if self.open:
            self.unseen -= self.open.pop()[1]

    def data(self, words):
        is_kept = any(tag == "pre" for tag, _unseen in self.open)
        self.say(words.replace("\r\n", "\n") if is_kept else re.sub(r"[ \t\n\r\f]+", " ", words))

    def say(self, words):
        if not self.unseen:
            self.words.append(words)

    def end_line(self):
        """Each line of what was said since the last, with the kind of part it stands in."""
        said, self.words = "".join(self.words), []
        kind = next((KINDS[tag] for tag, _unseen in reversed(self.open) if tag in KINDS), "paragraph")
        lines = (
            re.sub(r" *\t *", "\t", re.sub(r" {2,}", " ", line)).strip(" \t") for line in said.split("\n")
        )
        self.lines += [(line, kind) for line in lines if line]

    def close(self):
        self.end_line()
        return self.lines
