"""Tells from the styles that a page holds, in attributes and sheets, which of its elements are hidden."""

import re
from functools import lru_cache
from itertools import islice

from portal.staff.colours import read_css

from .media import is_for_screens
from .selectors import Tree, read_selector, split_selectors

COMMENT = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
VARIABLE = re.compile(r"var\(\s*(--[\w-]+)\s*(?:,([^()]*))?\)")
MAX_DEPTH = 12  # of rules within each other
MAX_AROUND = 60  # elements that are asked for a variable
MAX_NESTED = 100  # selectors that one rule within another may have
PROPERTIES = set(
    "display visibility opacity position left top right bottom text-indent clip clip-path height max-height "
    "width max-width overflow-x overflow-y mso-hide list-style list-style-type font-family font-size color "
    "background-color background-image background-clip -webkit-background-clip margin-left margin-top "
    "transform scale translate filter content-visibility text-shadow -webkit-text-stroke line-height "
    "-webkit-text-fill-color vertical-align padding padding-top padding-bottom padding-left "
    "font-variant-position text-decoration text-decoration-line".split()
)
# Other names of the same, where lines run from left to right.
SYNONYMS = {
    "inset-inline-start": "left",
    "inset-inline-end": "right",
    "inset-block-start": "top",
    "inset-block-end": "bottom",
    "margin-inline-start": "margin-left",
    "margin-block-start": "margin-top",
    "inline-size": "width",
    "block-size": "height",
    "max-inline-size": "max-width",
    "max-block-size": "max-height",
}
# Longer brackets hold pictures, and no words of a style.
DECLARATION = re.compile(r"""(?:[^;("']|\([^)]{0,200}\)|"[^"]{0,200}"|'[^']{0,200}')+""")
IMPORTANT = re.compile(r"\s*!\s*important\s*$")
KEPT_COLOURS = ("inherit", "initial", "unset", "revert", "currentcolor")
BLOCK_DISPLAYS = {"block", "flex", "grid", "list-item", "table", "flow-root"}


class Sheet:
    """The rules of a page, found by a mark of the element that they are about."""

    def __init__(self, texts):
        self.rules, self.order, self.variables, self.tree = {}, 0, {}, Tree()
        self.around = {}  # the variables of elements
        self.layers = 0  # that the rule which is read stands in
        for text in texts:
            self.add_rules(COMMENT.sub(" ", text))

    def add_rules(self, text, outer=(), depth=0):
        """Adds the rules of a sheet, or those that stand within others with these selectors."""
        for prelude, body in blocks(text) if depth < MAX_DEPTH else ():
            if prelude.startswith("@"):
                name, _space, query = prelude[1:].partition(" ")
                if holds(name.lower(), query.strip().lower()):
                    self.layers += name.lower() == "layer"
                    add = self.add_body if outer else self.add_rules
                    add(body, outer, depth + 1)
                    self.layers -= name.lower() == "layer"
            else:
                self.add_body(body, nested(outer, split_selectors(prelude)), depth)

    def add_body(self, body, selectors, depth):
        if "{" in body:
            self.add_rules(body, selectors[:MAX_NESTED], depth + 1)
            body = re.sub(r"[^;{}]*\{[^{}]*\}", ";", body)
        if found := declarations(body):
            for selector in selectors:
                self.add_rule(selector, found)

    def add_rule(self, text, found):
        if not (selector := read_selector(text)):
            return
        self.order += 1
        if text in (":root", "html", "body"):
            self.variables |= {
                name: value for name, (value, _is_important) in found.items() if name[:2] == "--"
            }
        known = self.rules.setdefault(selector.key, {}).setdefault(text, (selector, {}))[1]
        for name, (value, is_important) in found.items():
            # What is important in a layer weighs more than outside of one, and what is not weighs less.
            rank = (is_important, False, bool(self.layers) is is_important, selector.weight, self.order)
            known[name] = max(known.get(name, ((), "")), (rank, value))

    def styles(self, element):
        """Returns {property: value} of an element, from rules and its own attribute."""
        if not self.rules and "style" not in element.attrib:
            return {}
        marks, values = self.tree.marks(element), {}
        for mark in (*marks, ("*", "")):
            for selector, found in self.rules.get(mark, {}).values():
                if self.tree.is_match(element, selector):
                    for name, ranked in found.items():
                        values.setdefault(name, []).append(ranked)
        for name, (value, is_important) in declarations(element.get("style", "")).items():
            values.setdefault(name, []).append(((is_important, True), value))
        styles = {name: max(found)[-1] for name, found in values.items()}
        return {
            name: self.resolved(value, styles, element) if "var(" in value else value
            for name, value in styles.items()
            if name[:2] != "--"
        }

    def variables_of(self, element):
        """Returns {name: value} of the variables that an element sets for what stands in it."""
        texts = [element.get("style", "")] if "--" in element.get("style", "") else []
        found = {}
        for mark in (*self.tree.marks(element), ("*", "")):
            for selector, declared in self.rules.get(mark, {}).values():
                if any(name[:2] == "--" for name in declared) and self.tree.is_match(element, selector):
                    found |= {name: value for name, (_rank, value) in declared.items() if name[:2] == "--"}
        for text in texts:
            found |= {name: value for name, (value, _is_important) in declarations(text).items()}
        return found

    def resolved(self, value, styles, element):
        """Returns a value with the variables that the element, one around it or the whole page sets."""
        for _step in range(3):
            if not (match := VARIABLE.search(value)):
                break
            known = styles.get(match[1]) or self.inherited(match[1], element) or match[2] or ""
            value = value[: match.start()] + known.strip() + value[match.end() :]
        return value

    def inherited(self, name, element):
        for each in islice(element.iterancestors(), MAX_AROUND):
            if (value := self.known_variables(each).get(name)) is not None:
                return value
        return self.variables.get(name)

    def known_variables(self, element):
        if element not in self.around:
            self.around[element] = self.variables_of(element)
        return self.around[element]


def holds(name, query):
    """Says that the rules within such a rule hold on a wide screen."""
    if name == "media":
        return is_for_screens(query)
    return name in ("layer", "container") or name == "supports" and not query.startswith("not")


def nested(outer, selectors):
    """Returns the selectors of a rule within a rule."""
    if not outer:
        return selectors
    whole = [inner if "&" in inner else f"& {inner}" for inner in selectors]
    return [inner.replace("&", each) for each in outer for inner in whole][:MAX_NESTED]


def blocks(text):
    """Yields (what stands before a brace, what stands in it) of each outermost pair of braces."""
    depth = start = 0
    prelude = ""
    for match in re.finditer(r"[{};]", text):
        if match[0] == "{":
            if not depth:
                prelude, start = text[start : match.start()].strip(), match.end()
            depth += 1
        elif match[0] == "}" and depth:
            depth -= 1
            if not depth:
                yield prelude, text[start : match.start()]
                start = match.end()
        elif not depth:
            start = match.end()


# The rows of a table are set alike.
@lru_cache(1_000)
def declarations(text):
    """Returns {property: (value, is important)} of those that tell what is shown."""
    found = {}
    for declaration in DECLARATION.findall(text):
        name, _colon, value = declaration.partition(":")
        name, value = name.strip().lower(), value.strip().lower()
        words = IMPORTANT.sub("", value)
        if not is_valid(name, words):
            continue
        for own_name, own_words in longhands(SYNONYMS.get(name, name), words):
            is_known = own_name in PROPERTIES or own_name.startswith("--")
            is_overruled = found.get(own_name, ("", False))[1] and words == value
            if is_known and own_words and not is_overruled:
                found[own_name] = (own_words, words != value)
    return found


def longhands(name, value):
    """Returns [(property, value)] of what a property sets, of which one may set several."""
    words = value.split()
    if name == "background":
        clip = [("background-clip", "text" if "text" in words else "border-box")]
        return [("background-color", value), ("background-image", value), *clip]
    if name == "font":
        return [("font-size", value), ("font-family", words[-1] if words else "")]
    if name == "overflow":
        return [("overflow-x", words[0]), ("overflow-y", words[-1])] if words else []
    if name in ("inset", "margin") and words:
        top, right, bottom, left = (words * 4)[:4] if len(words) < 3 else (*words, words[1])[:4]
        sides = {"top": top, "right": right, "bottom": bottom, "left": left}
        prefix = "" if name == "inset" else "margin-"
        return [(prefix + side, length) for side, length in sides.items()]
    if name in ("inset-inline", "inset-block") and words:
        first, last = ("left", "right") if name == "inset-inline" else ("top", "bottom")
        return [(first, words[0]), (last, words[-1])]
    return [(name, value)]


def is_valid(name, value):
    """Says that a browser takes a value; one that names no colour leaves the value before it."""
    if name not in ("color", "background-color") or not value.isalpha():
        return True
    return value in KEPT_COLOURS or read_css(value) is not None
