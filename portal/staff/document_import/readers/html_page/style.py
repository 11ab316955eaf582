"""Tells from the styles that a page holds, in attributes and sheets, which of its elements are hidden."""

import re

from .selectors import Tree, read_selector, split_selectors

COMMENT = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
VARIABLE = re.compile(r"var\(\s*(--[\w-]+)\s*(?:,([^()]*))?\)")
SCREEN_PIXELS = 1280
MAX_DEPTH = 12  # of rules within each other
MAX_NESTED = 100  # selectors that one rule within another may have
PROPERTIES = {
    *("display", "visibility", "opacity", "position", "left", "top", "text-indent", "clip", "clip-path"),
    *("height", "max-height", "width", "max-width", "overflow", "mso-hide", "list-style", "list-style-type"),
    *(
        "font",
        "font-family",
        "font-size",
        "color",
        "background",
        "background-color",
        "background-image",
        "margin-left",
    ),
    *("transform", "filter", "content-visibility"),
}
BLOCK_DISPLAYS = {"block", "flex", "grid", "list-item", "table", "flow-root"}


class Sheet:
    """The rules of a page, found by a mark of the element that they are about."""

    def __init__(self, texts):
        self.rules, self.order, self.variables, self.tree = {}, 0, {}, Tree()
        for text in texts:
            self.add_rules(COMMENT.sub(" ", text))

    def add_rules(self, text, outer=(), depth=0):
        """Adds the rules of a sheet, or those that stand within others with these selectors."""
        for prelude, body in blocks(text) if depth < MAX_DEPTH else ():
            if prelude.startswith("@"):
                name, _space, query = prelude[1:].partition(" ")
                if name in ("supports", "layer", "container") or name == "media" and is_for_screens(query):
                    add = self.add_body if outer else self.add_rules
                    add(body, outer, depth + 1)
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
        known = self.rules.setdefault(selector.key, {})
        before = known.get(text, (None, None, {}))[2]
        known[text] = (selector, self.order, before | found)

    def styles(self, element):
        """Returns {property: value} of an element, from rules and its own attribute."""
        if not self.rules and "style" not in element.attrib:
            return {}
        marks, values = self.tree.marks(element), {}
        for mark in (*marks, ("*", "")):
            for selector, order, found in self.rules.get(mark, {}).values():
                if self.tree.is_match(element, selector):
                    for name, (value, is_important) in found.items():
                        values.setdefault(name, []).append(
                            (is_important, False, (selector.weight, order), value)
                        )
        for name, (value, is_important) in declarations(element.get("style", "")).items():
            values.setdefault(name, []).append((is_important, True, (), value))
        styles = {name: max(found)[-1] for name, found in values.items()}
        return {name: self.resolved(value, styles) for name, value in styles.items() if name[:2] != "--"}

    def resolved(self, value, styles):
        """Returns a value with the variables that the element or the whole page sets."""
        for _step in range(3):
            if not (match := VARIABLE.search(value)):
                break
            known = styles.get(match[1]) or self.variables.get(match[1]) or match[2] or ""
            value = value[: match.start()] + known.strip() + value[match.end() :]
        return value


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
        if (name in PROPERTIES or name.startswith("--")) and value:
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
        or styles.get("content-visibility") == "hidden"
        or no_height
        and styles.get("overflow", "").startswith(("hidden", "clip"))
    )


def is_only_invisible(styles):
    """Says that nothing but its visibility hides an element."""
    return not is_closed({name: value for name, value in styles.items() if name != "visibility"})


def is_out_of_sight(styles):
    """Says that styles hide words from eyes at all times: words for screen readers, or white lies."""
    is_placed = styles.get("position") in ("absolute", "fixed")
    far = [styles.get(name, "") for name in ("left", "top")] if is_placed else []
    transform = styles.get("transform", "").replace(" ", "")
    sizes = [styles.get(name) or styles.get(f"max-{name}", "") for name in ("width", "height")]
    return (
        any(re.match(r"-\d{3,}", value) for value in (*far, styles.get("text-indent", "")))
        # A smaller margin sets what stands at half of the page in the middle of it.
        or bool(re.match(r"-\d{4,}", styles.get("margin-left", "")))
        or bool(is_placed and re.match(r"rect\(\s*(?:0|1px)", styles.get("clip", "")))
        or bool(re.match(r"inset\(\s*(?:50|100)%|circle\(\s*0", styles.get("clip-path", "")))
        or bool(re.search(r"scale[xy]?\(0*\.?0*[,)]|translate(?:x|y|3d)?\(-\d{4,}", transform))
        or bool(re.search(r"opacity\(\s*0*\.?0*%?\s*\)", styles.get("filter", "")))
        or all(re.fullmatch(r"[01](?:px)?", size) for size in sizes)
        and styles.get("overflow", "").startswith(("hidden", "clip"))
        or styles.get("mso-hide") == "all"
    )
