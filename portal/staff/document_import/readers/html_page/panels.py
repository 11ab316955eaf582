"""Finds the parts of a page that a reader opens, and the buttons, tabs and labels that open them."""

import re
from functools import cached_property
from itertools import islice

OPENING_ATTRIBUTES = (
    *("aria-expanded", "aria-controls", "data-toggle", "data-bs-toggle", "data-target", "data-bs-target"),
    *("data-tab", "data-panel", "popovertarget", "commandfor", "onclick"),
)
TARGET_ATTRIBUTES = (
    *(
        "aria-controls",
        "popovertarget",
        "commandfor",
        "data-target",
        "data-bs-target",
        "data-tab",
        "data-panel",
    ),
    "href",
)
# Finding them in the parser takes a tenth of the time.
MARKED = (
    f"//*[@id or @role or self::input or self::label or {' or '.join(f'@{n}' for n in OPENING_ATTRIBUTES)}]"
)
TOGGLES = {"collapse", "tab", "pill", "accordion", "modal", "offcanvas"}
# Of these a page needs somebody or something that opens them.
PANEL_ROLES = {"region", "dialog", "alertdialog"}
QUOTED = re.compile(r"""["']#?([\w-]{1,60})["']""")  # as in “toggle('more')”
MAX_SIBLINGS = 50
MAX_CLIMB = 3  # elements around an opener that stand between it and what it opens
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

    def __init__(self, root, can_change=False):
        self.elements, self.opened, self.labels, self.openers = {}, set(), {}, set()
        self.has_closed_ones, self.can_change = False, can_change
        candidates, tabs, boxes, self.tab_panels = [], [], set(), []
        for element in root.xpath(MARKED):
            if name := element.get("id"):
                self.elements.setdefault(name, element)
            role = element.get("role")
            if role == "tab":
                tabs.append(element)
            elif role == "tabpanel":
                self.tab_panels.append(element)
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
        self.add_labels(tabs)

    def add_opener(self, element, boxes):
        toggle = element.get("data-bs-toggle") or element.get("data-toggle")
        target, near = self.target(element), []
        if element.tag == "label":
            if element.get("for") in boxes and not is_in_form(element):
                near = [following(element), *later_containers(element)]
        elif toggle and toggle not in TOGGLES or element.get("aria-haspopup") in ("true", "menu"):
            return
        elif target is None:
            near = [following(element)]
        is_script = not any(element.get(name) for name in OPENING_ATTRIBUTES[:-1]) and element.get("onclick")
        if is_script:
            # Scripts do anything at a click: only what is hidden is opened by one that does not name it.
            near = [each for each in near if each is not None and is_hidden_itself(each)]
        found = [each for each in (target, *near) if each is not None]
        if is_script and element.tag in ("a", "span"):
            self.opened |= set(found)
        elif found or element.get("role") == "tab":
            self.openers.add(element)
            self.has_closed_ones |= element.get("aria-expanded") == "false"
            self.opened |= set(found)

    def add_labels(self, tabs):
        """Gives each panel its tab: by what the tab or the panel names, else by their order."""
        panels = self.tab_panels
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
        if tabs and not panels and not self.labels:
            self.opened |= panels_after(tabs)
        self.moved_tabs = set(self.labels.values())
        self.openers |= set(tabs)

    def target(self, element):
        """Returns the element of this page that another one names as what it opens."""
        names = [(element.get(name) or "").split(" ")[0] for name in TARGET_ATTRIBUTES[:-1]]
        address = element.get("href") or ""
        names.append(address if "#" in address else "")
        names += QUOTED.findall(element.get("onclick") or "")
        names += QUOTED.findall(address) if address.startswith("javascript:") else []
        for name in filter(None, names):
            target = self.elements.get(name.rpartition("#")[2])
            if target is not None and target is not element:
                return target
        return None

    def is_opened(self, element):
        """Says that something of the page names an element as what it opens, or that it is a tab's panel."""
        return element in self.opened or element in self.labels or element.get("role") == "tabpanel"

    def may_be_opened(self, element):
        """Says that a reader may open a hidden element: by what is marked as opening it, or by a script."""
        if element.get("hidden") == "until-found" or self.is_opened(element):
            return True
        can_open = self.can_change or bool(self.openers)
        return can_open and (
            element.get("role") in PANEL_ROLES
            or element.tag in CONTAINERS
            and bool(PANEL_CLASS.search(element.get("class", "")))
            or element in self.opened_by_links
        )

    @cached_property
    def opened_by_links(self):
        """Returns the containers that links of the page lead to, as the tabs of older scripts do."""
        root = next(iter(self.elements.values()), None)
        links = root.getroottree().iterfind(".//a[@href]") if root is not None else ()
        names = {link.get("href")[1:] for link in links if link.get("href").startswith("#")}
        return {
            each for name in names if (each := self.elements.get(name)) is not None and each.tag in CONTAINERS
        }


def is_in_form(element):
    return next(element.iterancestors("form"), None) is not None


def following(element):
    """Returns the block that follows an opener directly, or the heading or the box of its own around it."""
    for _step in range(MAX_CLIMB + 1):
        sibling = next_element(element)
        if sibling is not None:
            return sibling if sibling.tag in CONTAINERS else None
        element = element.getparent()
        if element is None or element.tag not in AROUND_OPENERS:
            return None
    return None


AROUND_OPENERS = set("h1 h2 h3 h4 h5 h6 span p div dt header".split())


def is_hidden_itself(element):
    return "hidden" in element.attrib or "display:none" in element.get("style", "").replace(" ", "")


def next_element(element):
    sibling = element.getnext()
    while sibling is not None and not isinstance(sibling.tag, str):
        sibling = sibling.getnext()
    return sibling


def later_containers(element):
    """Returns the blocks that stand after a label beside it, of which its box may show one."""
    siblings = islice(element.itersiblings(), MAX_SIBLINGS)
    return [each for each in siblings if isinstance(each.tag, str) and each.tag in CONTAINERS]


def panels_after(tabs):
    """Returns the blocks after a list of tabs which name none: as many as the tabs, or those within one."""
    row = next(
        (each for each in tabs[0].iterancestors() if each.get("role") == "tablist"), tabs[0].getparent()
    )
    blocks = later_containers(row)
    if len(blocks) == 1:
        blocks = [each for each in blocks[0] if isinstance(each.tag, str) and each.tag in CONTAINERS]
    return set(blocks[: len(tabs)]) if len(blocks) >= len(tabs) else set()
