"""The links of a page: where they lead, and the same page with links from file to file."""

import posixpath
import re
from html import escape
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

ADDRESSES = {"href", "src", "action", "poster", "data", "formaction"}
# Without an address these say nothing; a link of words stays, as words.
NOTHING_WITHOUT = {"link", "img", "script", "source", "iframe"}
ONLY_OF_LINKS = {"href", "download", "rel", "target", "hreflang", "type", "ping", "referrerpolicy"}
IN_CSS = re.compile(rb"""url\(\s*["']?([^"')]+)""")
PICTURES = ("og:image", "twitter:image")


class Page(HTMLParser):
    """`tags` are the start tags that lead somewhere: (place, text, name, attributes)."""

    def __init__(self, path, html, origin):
        super().__init__(convert_charrefs=False)
        self.path, self.html, self.here, self.origin, self.tags = path, html, f"{origin}{path}", origin, []
        self.starts = [0, *(match.end() for match in re.finditer("\n", html))]
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        if any(name in ADDRESSES for name, _value in attributes) or tag == "meta":
            line, column = self.getpos()
            self.tags.append((self.starts[line - 1] + column, self.get_starttag_text(), tag, attributes))

    def leads_to(self):
        """The path of everything of this site that the page links to or shows."""
        for _place, _text, tag, attributes in self.tags:
            given = dict(attributes)
            values = [value for name, value in attributes if name in ADDRESSES]
            if tag == "meta" and (given.get("property") or given.get("name")) in PICTURES:
                values = [given.get("content")]
            yield from (target.path for target in map(self.own, values) if target and not target.query)

    def own(self, value):
        """The address split, if it is one of this site's."""
        try:
            target = urlsplit(urljoin(self.here, value or ""))
        except ValueError:
            return None  # no address at all, whatever somebody typed
        return target if f"{target.scheme}://{target.netloc}" == self.origin else None

    def mirrored(self, kept, to):
        """The page with every link to this site written by `to(target path)`, and none to what is not `kept`."""
        written, done = [], 0
        for place, text, tag, attributes in self.tags:
            if tag == "meta" or is_for_machines(tag, dict(attributes)):
                continue
            written += [self.html[done:place], self.tag(text, tag, attributes, kept, to)]
            done = place + len(text)
        return "".join([*written, self.html[done:]])

    def tag(self, text, tag, attributes, kept, to):
        changed, lost = [], False
        for name, value in attributes:
            target = self.own(value) if name in ADDRESSES else None
            if target and target.geturl().partition("#")[0] != self.here:
                lost = lost or bool(target.query) or target.path not in kept
                value = to(target.path) + (f"#{target.fragment}" if target.fragment else "")
            elif target:
                value = f"#{target.fragment}" if target.fragment or value == "#" else to(target.path)
            changed.append((name, value))
        if lost and tag in NOTHING_WITHOUT:
            return ""
        if lost:
            changed = [(name, value) for name, value in changed if name not in ONLY_OF_LINKS]
        return text if changed == attributes else written_tag(text, tag, changed)


def written_tag(text, tag, attributes):
    values = "".join(
        f" {name}" if value is None else f' {name}="{escape(value)}"' for name, value in attributes
    )
    return f"<{tag}{values}{' /' if text.endswith('/>') else ''}>"


def is_for_machines(tag, attributes):
    """What names a page to the world names its address on the site itself."""
    return tag == "link" and (attributes.get("rel") == "canonical" or "hreflang" in attributes)


def relative(path):
    """A function from the path of a target to the link that leads there from a page."""
    base = posixpath.dirname(path)
    return lambda target: posixpath.relpath(target, base) + ("/" if target.endswith("/") else "")


def in_style_sheet(path, content):
    """The paths that a style sheet asks for; they stay as they are, relative to it."""
    found = (match.decode() for match in IN_CSS.findall(content))
    return [
        urljoin(path, each).partition("#")[0].partition("?")[0]
        for each in found
        if not each.startswith(("data:", "#", "http:", "https:"))
    ]
