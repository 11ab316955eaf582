"""Finds the parts of a page that a reader opens, and the buttons, tabs and labels that open them."""

import re

OPENING_ATTRIBUTES = ("aria-expanded", "aria-controls", "data-toggle", "data-bs-toggle")
TARGET_ATTRIBUTES = ("aria-controls", "data-target", "data-bs-target", "href")
# Finding them in the parser takes a tenth of the time.
MARKED = (
    f"//*[@id or @role or self::input or self::label or {' or '.join(f'@{n}' for n in OPENING_ATTRIBUTES)}]"
)
TOGGLES = {"collapse", "tab", "pill", "accordion", "modal", "offcanvas"}
PANEL_ROLES = {"tabpanel", "region", "dialog"}
PANEL_CLASS = re.compile(
    r"(?:^|[\s_-])(?:tab-?(?:pane|content|panel)|panel|collaps\w*|accordion)(?:$|[\s_-])", re.I
)
# What a script may open whole: a paragraph or a word within one that is hidden stays so.
CONTAINERS = set(
    "article aside blockquote dd details dialog div dl fieldset figure form main ol section table tbody tr "
    "ul".split()
)


class Panels:
    """The panels of a page, and what opens each; `labels` are the tabs of panels, which stand elsewhere."""

    def __init__(self, root):
        self.elements, self.opened, self.labels, self.openers = {}, set(), {}, set()
        self.has_closed_ones = False
        candidates, tabs, boxes, panels = [], [], set(), []
        for element in root.xpath(MARKED):
            if name := element.get("id"):
                self.elements.setdefault(name, element)
            role = element.get("role")
            if role == "tab":
                tabs.append(element)
            elif role == "tabpanel":
                panels.append(element)
            if element.tag == "input" and element.get("type") in ("checkbox", "radio"):
                boxes.add(element.get("id"))
            if (
                role == "tab"
                or any(element.get(name) for name in OPENING_ATTRIBUTES)
                or element.tag == "label"
            ):
                candidates.append(element)
        for element in candidates:
            self.add_opener(element, boxes)
        self.add_labels(tabs, panels)

    def add_opener(self, element, boxes):
        toggle = element.get("data-bs-toggle") or element.get("data-toggle")
        if element.tag == "label":
            is_opener = (
                element.get("for") in boxes and not is_in_form(element) and following(element) is not None
            )
        elif toggle and toggle not in TOGGLES or element.get("aria-haspopup") in ("true", "menu"):
            is_opener = False
        else:
            is_opener = self.target(element) is not None or following(element) is not None
        if is_opener:
            self.openers.add(element)
            self.has_closed_ones |= element.get("aria-expanded") == "false"
            if (target := self.target(element)) is not None:
                self.opened.add(target)

    def add_labels(self, tabs, panels):
        """Gives each panel its tab: by what the tab or the panel names, else by their order."""
        by_name = {panel.get("aria-labelledby"): panel for panel in panels if panel.get("aria-labelledby")}
        for tab in tabs:
            panel = self.target(tab)
            if panel is None and tab.get("id"):
                panel = by_name.get(tab.get("id"))
            # A tab may be the list item around the link that names the panel.
            if panel is None:
                panel = next(
                    (found for each in tab.iter("a", "button") if (found := self.target(each)) is not None),
                    None,
                )
            if panel is not None:
                self.labels.setdefault(panel, tab)
        if not self.labels and len(tabs) == len(panels):
            self.labels = dict(zip(panels, tabs, strict=True))
        self.moved_tabs = set(self.labels.values())
        self.openers |= set(tabs)

    def target(self, element):
        """Returns the element of this page that another one names as what it opens."""
        for name in TARGET_ATTRIBUTES:
            value = (element.get(name) or "").split(" ")[0]
            if name == "href" and "#" not in value:
                continue
            target = self.elements.get(value.rpartition("#")[2])
            if target is not None and target is not element:
                return target
        return None

    def may_be_opened(self, element):
        return (
            element.get("hidden") == "until-found"
            or element in self.opened
            or element in self.labels
            or element.get("role") in PANEL_ROLES
            or bool(PANEL_CLASS.search(element.get("class", "")))
            or bool(self.openers)
            and element.tag in CONTAINERS
        )


def is_in_form(element):
    return next(element.iterancestors("form"), None) is not None


def following(element):
    """Returns the block that follows an opener directly, or its heading."""
    while element is not None:
        sibling = element.getnext()
        while sibling is not None and not isinstance(sibling.tag, str):
            sibling = sibling.getnext()
        if sibling is not None:
            return sibling if sibling.tag in CONTAINERS else None
        element = element.getparent()
        if element is None or element.tag not in ("h1", "h2", "h3", "h4", "h5", "h6", "span", "p"):
            return None
    return None
