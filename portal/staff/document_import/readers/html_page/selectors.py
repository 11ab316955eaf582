"""Reads the selectors of a style sheet that say something of a page as it opens, and matches elements."""

import re
from itertools import islice, pairwise
from typing import NamedTuple

NAME = r"(?:[\w-]|\\.)+"
TOKEN = re.compile(
    rf"(?P<combinator>\s*[>+~]\s*|\s+)|(?P<sign>[.#]?)(?P<name>{NAME})|(?P<any>\*)"
    rf"|\[\s*(?P<attribute>{NAME})\s*(?:(?P<how>[~|^$*]?=)\s*(?P<value>\"[^\"]*\"|'[^']*'|[^\]\s]+)\s*[is]?\s*)?\]"
    r"|:(?P<group>not|is|where)\((?P<inner>[^()]*)\)"
    r"|:(?P<place>root|first-child|last-child|only-child|nth-child\(\s*(?P<nth>[\dn+\s-]+|odd|even)\s*\))"
)
COMMA = re.compile(r",(?![^()\[\]]*[)\]])")
# Longer ones come from nobody who writes a page.
MAX_COMPOUNDS, MAX_LENGTH = 12, 300
KEYS = ("", "[", ".", "#")  # signs of the marks of tags, attributes, classes and ids, the rarest last
MAX_SIBLINGS = 100  # that are asked for what stands before a “~”


class Compound(NamedTuple):
    """Marks, such as (".", "note"), and conditions that one element has; `combinator` leads to it."""

    combinator: str
    marks: frozenset
    conditions: tuple


class Selector(NamedTuple):
    compounds: tuple
    weight: tuple  # (ids, classes, tags)
    above: frozenset  # marks without which nothing that an element stands in is matched

    @property
    def key(self):
        """Returns a mark that every element has that is matched; an empty one where none is needed."""
        return max(self.compounds[-1].marks, key=lambda mark: KEYS.index(mark[0]), default=("*", ""))


def split_selectors(text):
    return [each.strip() for each in COMMA.split(text) if each.strip()]


def read_selector(text):
    """Returns the selector of a rule; None for one with conditions such as `:hover`, which is not read."""
    compounds, marks, conditions, weight, offset = [], set(), [], [0, 0, 0], 0
    combinator = ""
    text = text.strip()[: MAX_LENGTH + 1]
    while offset < len(text) <= MAX_LENGTH:
        if not (token := TOKEN.match(text, offset)):
            return None
        offset = token.end()
        if token["combinator"]:
            if not (marks or conditions):
                return None
            compounds.append(Compound(combinator, frozenset(marks), tuple(conditions)))
            combinator, marks, conditions = token["combinator"].strip() or " ", set(), []
        elif token["name"]:
            weight[(("#", ".", "").index(token["sign"]))] += 1
            name = re.sub(r"\\(.)", r"\1", token["name"])
            marks.add((token["sign"], name if token["sign"] else name.lower()))
        elif not (condition := read_condition(token, weight)):
            return None
        else:
            marks |= {("[", token["attribute"].lower())} if token["attribute"] else set()
            conditions.append(condition)
    if len(text) > MAX_LENGTH or len(compounds) >= MAX_COMPOUNDS or not (marks or conditions):
        return None
    compounds.append(Compound(combinator, frozenset(marks), tuple(conditions)))
    above = [each.marks for each, after in pairwise(compounds) if after.combinator in ("", " ", ">")]
    return Selector(tuple(compounds), tuple(weight), frozenset().union(*above))


def read_condition(token, weight):
    """Returns a condition on an element as a function; None for one that is not read. Adds its weight."""
    if token["any"]:
        return lambda tree, element: True
    if token["group"]:
        inner = [read_selector(each) for each in split_selectors(token["inner"])]
        if not inner or None in inner:
            return None
        if token["group"] != "where":
            heaviest = max(each.weight for each in inner)
            weight[:] = [own + more for own, more in zip(weight, heaviest, strict=True)]
        is_wanted = token["group"] != "not"
        return lambda tree, element: any(tree.is_match(element, each) for each in inner) is is_wanted
    weight[1] += 1
    if token["attribute"]:
        return attribute_condition(
            token["attribute"].lower(), token["how"], (token["value"] or "").strip("\"'")
        )
    return place_condition(token["place"], token["nth"])


def attribute_condition(name, how, wanted):
    tests = {
        None: lambda value: True,
        "=": lambda value: value == wanted,
        "~=": lambda value: wanted in value.split(),
        "|=": lambda value: value == wanted or value.startswith(f"{wanted}-"),
        "^=": lambda value: bool(wanted) and value.startswith(wanted),
        "$=": lambda value: bool(wanted) and value.endswith(wanted),
        "*=": lambda value: bool(wanted) and wanted in value,
    }
    return lambda tree, element: name in element.attrib and tests[how](element.get(name))


def place_condition(place, nth):
    if place == "root":
        return lambda tree, element: element.getparent() is None
    if place != "nth-child" and nth is None:
        is_first, is_last = place != "last-child", place != "first-child"
        return lambda tree, element: (
            not (is_first and neighbour(element, -1) is not None)
            and not (is_last and neighbour(element, 1) is not None)
        )
    nth = {"odd": "2n+1", "even": "2n"}.get(nth, nth.replace(" ", ""))
    match = re.fullmatch(r"(?:([+-]?\d{0,4})n)?([+-]?\d{1,4})?", nth)
    if not match:
        return None
    every = 0 if match[1] is None else int(match[1] + "1" if match[1] in ("", "+", "-") else match[1])
    first = int(match[2] or 0)

    def is_counted(tree, element):
        apart = tree.place(element) - first
        return apart == 0 if not every else apart % every == 0 and apart // every >= 0

    return is_counted


class Tree:
    """Matches the elements of a page with selectors, and keeps what many of these ask for."""

    def __init__(self):
        self.own, self.around, self.places = {}, {}, {}

    def marks(self, element):
        if element not in self.own:
            marks = {(".", name) for name in element.get("class", "").split()}
            marks |= {("#", element.get("id"))} if element.get("id") else set()
            marks |= {("[", name) for name in element.attrib}
            self.own[element] = frozenset(marks | {("", element.tag)})
        return self.own[element]

    def marks_above(self, element):
        """Returns the marks of all elements that an element stands in."""
        parent = element.getparent()
        if parent is None:
            return frozenset()
        if parent not in self.around:
            self.around[parent] = self.marks_above(parent) | self.marks(parent)
        return self.around[parent]

    def place(self, element):
        """Returns the number of an element among those of its parent, from 1."""
        if element not in self.places:
            parent = element.getparent()
            siblings = [element] if parent is None else parent.iterchildren()
            elements = (each for each in siblings if isinstance(each.tag, str))
            self.places |= {each: number for number, each in enumerate(elements, 1)}
        return self.places[element]

    def is_match(self, element, selector):
        """Says that a selector matches an element; of those before that would do, the nearest is taken."""
        *before, last = selector.compounds
        if not selector.above <= self.marks_above(element) or not self.fits(element, last):
            return False
        combinator = last.combinator
        for compound in reversed(before):
            fitting = (each for each in candidates(element, combinator) if self.fits(each, compound))
            if (element := next(fitting, None)) is None:
                return False
            combinator = compound.combinator
        return True

    def fits(self, element, compound):
        if not compound.marks <= self.marks(element):
            return False
        return not compound.conditions or all(fits(self, element) for fits in compound.conditions)


def candidates(element, combinator):
    """Returns the elements that may stand before a combinator, the nearest first."""
    if combinator in "+~":
        siblings = (each for each in element.itersiblings(preceding=True) if isinstance(each.tag, str))
        return islice(siblings, 1 if combinator == "+" else MAX_SIBLINGS)
    return islice(element.iterancestors(), 1 if combinator == ">" else None)


def neighbour(element, step):
    siblings = element.itersiblings(preceding=step < 0)
    return next((each for each in siblings if isinstance(each.tag, str)), None)
