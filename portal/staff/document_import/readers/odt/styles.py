"""Resolves the styles of an OpenDocument file: what is hidden, what is a heading, and how those count."""

import re

from ..numbers import in_format
from .look import properties_of
from .names import attribute, iter_named, short

KINDS = (
    (re.compile(r"caption|^(?:Illustration|Figure)$", re.IGNORECASE), "caption"),
    (
        re.compile(r"^(?:Quotations?|Quote|Block[ _]?Text|Intense Quote|Blockquote)$", re.IGNORECASE),
        "quotation",
    ),
    (re.compile(r"^Contents (?:\d|Heading)", re.IGNORECASE), "contents"),
    (re.compile(r"^(?:Title|Subtitle)$"), "heading"),
)


class Styles:
    def __init__(self, *roots):
        self.styles, self.lists, self.known_properties = {}, {}, {}
        for root in roots:
            for element in iter_named(
                root, "style:style", "style:default-style", "text:list-style", "text:outline-style"
            ):
                if short(element.tag) in ("text:list-style", "text:outline-style"):
                    name = attribute(element, "style:name") or "Outline"
                    self.lists[name] = {attribute(level, "text:level"): level for level in element}
                    if short(element.tag) == "text:outline-style":
                        self.lists[""] = self.lists[name]
                else:
                    self.styles.setdefault(
                        (attribute(element, "style:family"), attribute(element, "style:name")), element
                    )

    def chain(self, family, name):
        """Yields a style and those that it inherits from, the default last.

        At most 20, because a damaged file may let styles inherit from each other in a circle.
        """
        for _step in range(20):
            style = self.styles.get((family, name))
            if style is not None:
                yield style
            if name is None:
                return
            name = attribute(style, "style:parent-style-name") if style is not None else None

    def properties(self, family, name):
        """Returns {name: value} of what a style, and those it inherits from, say of letters."""
        key = family, name
        if key not in self.known_properties:
            self.known_properties[key] = properties_of(self.chain(family, name))
        return self.known_properties[key]

    def names(self, name):
        """Returns the names that people see of a paragraph style and of those it inherits from."""
        names = [name or ""]
        for style in self.chain("paragraph", name):
            # A file need not hold the styles that every program knows by their names.
            names += (
                attribute(style, f"style:{each}") or "" for each in ("display-name", "parent-style-name")
            )
        return [name.replace("_20_", " ") for name in names if name]

    def kind(self, name):
        for each in self.names(name):
            for pattern, kind in KINDS:
                if pattern.search(each):
                    return kind
        return ""

    def level(self, name):
        """Returns the level of the heading that a paragraph of this style is; 0 if it is none."""
        for style in self.chain("paragraph", name):
            if (value := attribute(style, "style:default-outline-level")) is not None:
                return int(value) if value.isdecimal() and len(value) < 3 else 0
        heading = next(
            (found for each in self.names(name) if (found := re.match(r"Heading (\d{1,2})$", each))), None
        )
        return int(heading[1]) if heading else 0

    def list_of(self, name):
        """Returns the list style that a paragraph style or those it inherits from name; None without any."""
        values = (attribute(style, "style:list-style-name") for style in self.chain("paragraph", name))
        return next((value for value in values if value is not None), None)


class Counters:
    """The numbers of headings and items, by their list style."""

    def __init__(self, styles):
        self.styles, self.counts = styles, {}

    def restart(self, list_style):
        self.counts.pop(list_style, None)

    def next(self, list_style, level, start=None):
        """Returns the number that a program sets before the next heading of a level, such as “3.2”."""
        levels = self.styles.lists.get(list_style, {})
        style = levels.get(str(level))
        counts = self.counts.setdefault(list_style, {})
        for deeper in [each for each in counts if each > level]:
            del counts[deeper]
        first = self.start(levels, level)
        counts[level] = start if start is not None else counts.get(level, first - 1) + 1
        if style is None or not attribute(style, "style:num-format"):
            return ""
        shown = attribute(style, "text:display-levels") or "1"
        shown = min(int(shown), level) if shown.isdecimal() and len(shown) < 3 else 1
        numbers = [
            in_format(
                counts.get(each, self.start(levels, each)),
                attribute(levels[str(each)], "style:num-format") or "",
            )
            for each in range(level - shown + 1, level + 1)
            if str(each) in levels
        ]
        joined = ".".join(filter(None, numbers))
        prefix, suffix = (attribute(style, f"style:num-{name}") or "" for name in ("prefix", "suffix"))
        return prefix + joined + suffix

    @staticmethod
    def start(levels, level):
        value = attribute(levels[str(level)], "text:start-value") if str(level) in levels else None
        return int(value) if value and value.isdecimal() and len(value) < 6 else 1
