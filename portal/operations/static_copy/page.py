"""Reads the links of a page, and rewrites them so that they lead from file to file."""

import posixpath
import re
from html import escape
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

LINK_ATTRIBUTES = {"href", "src", "action", "poster", "data", "formaction"}
# Without an address these tags are dropped; an <a> stays, as text.
EMPTY_WITHOUT_LINK = {"link", "img", "script", "source", "iframe"}
ATTRIBUTES_OF_LINKS = {"href", "download", "rel", "target", "hreflang", "type", "ping", "referrerpolicy"}
CSS_URL = re.compile(rb"""url\(\s*["']?([^"')]+)""")
IMAGE_PROPERTIES = ("og:image", "twitter:image")


class Page(HTMLParser):
    """The start tags of a page that hold links: `tags` are (offset, text, name, attributes).

    The page is not parsed into a tree: whatever is no link keeps every byte.
    """

    def __init__(self, path, html, origin):
        super().__init__(convert_charrefs=False)
        self.path, self.html, self.address, self.origin, self.tags = path, html, f"{origin}{path}", origin, []
        self.line_offsets = [0, *(match.end() for match in re.finditer("\n", html))]
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        if any(name in (*LINK_ATTRIBUTES, "srcset") for name, _value in attributes) or tag == "meta":
            line, column = self.getpos()
            offset = self.line_offsets[line - 1] + column
            self.tags.append((offset, self.get_starttag_text(), tag, attributes))

    def linked_paths(self):
        """Yields the path of what the page links to or shows on this site, unless it takes a query."""
        for _offset, _text, tag, attributes in self.tags:
            values = [value for name, value in attributes if name in LINK_ATTRIBUTES]
            values += [address for address, _size in candidates_in(dict(attributes).get("srcset"))]
            by_name = dict(attributes)
            if tag == "meta" and (by_name.get("property") or by_name.get("name")) in IMAGE_PROPERTIES:
                values = [by_name.get("content")]
            targets = map(self.own_target, values)
            yield from (target.path for target in targets if target and not target.query)

    def own_target(self, value):
        """Returns the absolute address of a link, split, if it is one of this site's; else None."""
        try:
            target = urlsplit(urljoin(self.address, value or ""))
        except ValueError:
            return None  # no address at all, whatever somebody typed
        return target if f"{target.scheme}://{target.netloc}" == self.origin else None

    def rewritten(self, copied, link_to):
        """Returns the page with every link to a copied path written by `link_to(path)`.

        Links of this site to anything else are taken out.
        """
        parts, position = [], 0
        for offset, text, tag, attributes in self.tags:
            if tag == "meta" or is_for_machines(tag, dict(attributes)):
                continue
            parts += [
                self.html[position:offset],
                self.rewritten_tag(text, tag, attributes, copied, link_to),
            ]
            position = offset + len(text)
        return "".join([*parts, self.html[position:]])

    def rewritten_tag(self, text, tag, attributes, copied, link_to):
        rewritten, is_dead = [], False
        for name, value in attributes:
            if name == "srcset":
                there = [(self.own_target(address), size) for address, size in candidates_in(value)]
                there = [
                    (link_to(target.path), size) for target, size in there if target and target.path in copied
                ]
                is_dead = is_dead or not there
                value = ", ".join(" ".join(candidate) for candidate in there)
            target = self.own_target(value) if name in LINK_ATTRIBUTES else None
            fragment = f"#{target.fragment}" if target and target.fragment else ""
            if target and target.geturl().partition("#")[0] != self.address:
                is_dead = is_dead or bool(target.query) or target.path not in copied
                value = link_to(target.path) + fragment
            elif target:
                value = f"#{target.fragment}" if target.fragment or value == "#" else link_to(target.path)
            rewritten.append((name, value))
        if is_dead and tag in EMPTY_WITHOUT_LINK:
            return ""
        if is_dead:
            rewritten = [(name, value) for name, value in rewritten if name not in ATTRIBUTES_OF_LINKS]
        return text if rewritten == attributes else render_tag(text, tag, rewritten)


def candidates_in(srcset):
    """Returns (address, size) of each picture of which a browser chooses one; ours have no comma in them."""
    candidates = (candidate.split() for candidate in (srcset or "").split(","))
    return [(candidate[0], " ".join(candidate[1:])) for candidate in candidates if candidate]


def render_tag(text, tag, attributes):
    """Returns a start tag with these attributes, closed as its original text is."""
    values = "".join(
        f" {name}" if value is None else f' {name}="{escape(value)}"' for name, value in attributes
    )
    return f"<{tag}{values}{' /' if text.endswith('/>') else ''}>"


def is_for_machines(tag, attributes):
    """True for a link that names the page to search engines: it keeps its address on the site itself."""
    return tag == "link" and (attributes.get("rel") == "canonical" or "hreflang" in attributes)


def relative_link_from(path):
    """Returns a function that turns a target's path into the relative link that leads there from a page."""
    base = posixpath.dirname(path)
    return lambda target: posixpath.relpath(target, base) + ("/" if target.endswith("/") else "")


def linked_paths_of_style_sheet(path, content):
    """Returns the paths that a style sheet asks for; in the file they stay as they are, relative to it."""
    urls = (match.decode() for match in CSS_URL.findall(content))
    return [
        urljoin(path, url).partition("#")[0].partition("?")[0]
        for url in urls
        if not url.startswith(("data:", "#", "http:", "https:"))
    ]
