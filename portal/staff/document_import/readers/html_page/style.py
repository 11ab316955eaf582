"""Tells from the styles that a page holds, in attributes and sheets, which of its elements are hidden."""

import re
from itertools import chain

COMMENT = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
SIMPLE_SELECTOR = re.compile(r"[\w.#\s>-]+")
COMPOUND = re.compile(r"([.#]?)([\w-]+)")
SCREEN_PIXELS = 1280
PROPERTIES = {
    *("display", "visibility", "opacity", "position", "left", "top", "text-indent", "clip", "clip-path"),
    *("height", "max-height", "overflow", "font-size", "mso-hide", "list-style", "list-style-type"),
}
BLOCK_DISPLAYS = {"block", "flex", "grid", "list-item", "table", "flow-root"}


class Sheet:
    """The rules of a page with simple selectors, by the id, class or tag of the element itself."""

    def __init__(self, texts):
        self.rules, self.order = {}, 0
        for text in texts:
            self.add_rules(COMMENT.sub(" ", text))

    def add_rules(self, text):
        for prelude, body in blocks(text):
            if prelude.startswith("@"):
                name, _space, query = prelude[1:].partition(" ")
                if name in ("supports", "layer", "container") or name == "media" and is_for_screens(query):
                    self.add_rules(body)
            elif found := declarations(body):
                for selector in prelude.split(","):
                    self.add_rule(selector.strip(), found)

    def add_rule(self, selector, found):
        # A selector with conditions, such as `:hover`, says nothing of the page as it opens.
        if not SIMPLE_SELECTOR.fullmatch(selector):
            return
        compounds = [frozenset(COMPOUND.findall(part)) for part in re.split(r"[\s>]+", selector) if part]
        if not compounds or not compounds[-1]:
            return
        parts = list(chain.from_iterable(compounds))
        weight = tuple(sum(sign == each for sign, _name in parts) for each in ("#", ".", ""))
        self.order += 1
        key = max(compounds[-1])
        known = self.rules.setdefault(key, {})
        before = known.get(tuple(compounds), (None, {}))[1]
        known[tuple(compounds)] = ((weight, self.order), before | found)

    def styles(self, element):
        """Returns {property: value} of an element, from rules and its own attribute."""
        if not self.rules and "style" not in element.attrib:
            return {}
        marks, values = marks_of(element), {}
        for mark in marks:
            for compounds, (weight, found) in self.rules.get(mark, {}).items():
                if compounds[-1] <= marks and stands_in(element, compounds[:-1]):
                    for name, (value, is_important) in found.items():
                        values.setdefault(name, []).append((is_important, False, weight, value))
        for name, (value, is_important) in declarations(element.get("style", "")).items():
            values.setdefault(name, []).append((is_important, True, (), value))
        return {name: max(found)[-1] for name, found in values.items()}


def marks_of(element):
    marks = {(".", name) for name in element.get("class", "").split()}
    marks |= {("#", element.get("id"))} if element.get("id") else set()
    return marks | {("", element.tag)}


def stands_in(element, compounds):
    """Says that an element stands within others that match compounds, the outermost first."""
    wanted = list(compounds)
    for ancestor in element.iterancestors() if wanted else ():
        if wanted and wanted[-1] <= marks_of(ancestor):
            wanted.pop()
    return not wanted


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


def is_for_screens(queries):
    return any(is_for_screen(query) for query in queries.lower().split(","))


def is_for_screen(query):
    """Says that a media query holds for a wide screen; one that asks for anything else does not."""
    features = re.findall(r"\(([^)]*)\)", query)
    words = set(re.sub(r"\([^)]*\)", " ", query).split())
    if words - {"screen", "all", "only", "and"}:
        return False
    for feature in features:
        match = re.fullmatch(r"\s*(min|max)-width\s*:\s*([\d.]{1,8})(px|r?em)\s*", feature)
        if not match:
            return False
        pixels = float(match[2].strip(".") or 0) * (1 if match[3] == "px" else 16)
        if (pixels > SCREEN_PIXELS) if match[1] == "min" else (pixels < SCREEN_PIXELS):
            return False
    return True


def declarations(text):
    """Returns {property: (value, is important)} of those that tell what is shown."""
    found = {}
    for declaration in text.split(";"):
        name, _colon, value = declaration.partition(":")
        name, value = name.strip().lower(), value.strip().lower()
        if name in PROPERTIES and value:
            words = value.removesuffix("!important").strip()
            found[name] = (words, words != value)
    return found


def is_closed(styles):
    """Says that styles hide an element in a way that scripts change: they may open it."""
    no_height = any(re.match(r"0(?!\.?\d*[1-9])", styles.get(name, "")) for name in ("height", "max-height"))
    return (
        styles.get("display") == "none"
        or styles.get("visibility") in ("hidden", "collapse")
        or bool(re.fullmatch(r"0*\.?0+%?", styles.get("opacity", "")))
        or no_height
        and styles.get("overflow", "").startswith(("hidden", "clip"))
    )


def is_out_of_sight(styles):
    """Says that styles hide words from eyes at all times: words for screen readers, or white lies."""
    is_placed = styles.get("position") in ("absolute", "fixed")
    far = [styles.get(name, "") for name in ("left", "top")] if is_placed else []
    return (
        any(re.match(r"-\d{3,}", value) for value in (*far, styles.get("text-indent", "")))
        or bool(is_placed and re.match(r"rect\(\s*(?:0|1px)", styles.get("clip", "")))
        or bool(re.match(r"inset\(\s*(?:50|100)%|circle\(\s*0", styles.get("clip-path", "")))
        or bool(re.fullmatch(r"0(?:\.0+)?(?:px|pt|r?em|%)?", styles.get("font-size", "")))
        or styles.get("mso-hide") == "all"
    )
