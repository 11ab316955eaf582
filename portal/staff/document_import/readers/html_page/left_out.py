"""Tells which parts of a page are left out: those that nobody sees, and those that are none of its text."""

import re

from ..shape import (
    COMMENTS,
    CONTROLS,
    DIAGRAMS,
    EMBEDDED,
    HEADERS,
    NAVIGATION,
    OPENABLE,
    STRUCK_OUT,
    Notice,
)
from .hiding import is_closed, is_only_invisible, is_out_of_sight
from .kinds import HEADINGS, is_contents
from .panels import is_in_form
from .tree import words_of

EMBEDDED_ELEMENTS = set("iframe frame frameset object embed applet canvas audio video".split())
CONTROL_ELEMENTS = {"select", "textarea", "input", "output", "progress", "meter"}
# What scripts fade in or show one by one, as the slides of a talk.
PAGES = {"html", "body", "main", "article", "section"}
CONSENT_NAME = re.compile(
    r"(?:^|[\s_-])(?:consent|gdpr|cookies?[_-]?(?:ba(?:nner|r)|consent|dialog|law|message|notice|popup))(?:$|[\s_-])",
    re.IGNORECASE,
)
# What a window of the page is called that asks for consent.
CONSENT_LABEL = re.compile(r"(?:^|[\s_-])(?:cookies?|privacy choices)(?:$|[\s_-])", re.IGNORECASE)


def is_hidden(page, element, styles):
    """Says that no reader sees an element; one that can be opened is told and kept."""
    is_far = bool(styles) and is_out_of_sight(styles)
    if is_far and not page.panels.is_opened(element):
        return True
    is_slide = page.has_scripts and is_page(element, styles)
    is_shut = "hidden" in element.attrib or is_closed_window(element)
    is_shut = is_far or is_shut and styles.get("display", "none") == "none"
    if not (is_shut or styles and is_closed(styles)):
        return False
    if not is_closed_window(element) and not is_slide and not page.panels.may_be_opened(element):
        # What stands in an invisible element may be visible again.
        return not is_only_invisible(styles) or is_shut
    page.sight = page.sight._replace(is_visible=True)
    if words_of(element).strip():
        page.notices.append(Notice(OPENABLE))
    return False


def is_page(element, styles):
    """Says that an element may be one of the pages that scripts show one by one, or fade in."""
    if element.tag not in PAGES or "hidden" in element.attrib:
        return False
    is_alone = element.getparent() is None or len(element.getparent().findall(element.tag)) == 1
    return styles.get("display") != "none" or not is_alone or element.tag in ("html", "body", "main")


def is_closed_window(element):
    """Says that an element is a window of the page which only a reader opens."""
    return element.tag == "dialog" and "open" not in element.attrib or "popover" in element.attrib


def is_struck_out(styles):
    return any("line-through" in styles.get(name, "") for name in ("text-decoration", "text-decoration-line"))


def part_of(page, element, styles):
    """Returns the kind of part that an element is, if it is none of the text."""
    tag, role = element.tag, element.get("role")
    if tag in ("nav", "menu") or role in ("navigation", "menu", "menubar", "toolbar"):
        return "" if is_contents(page, element, "") else NAVIGATION
    if tag == "label":
        names_a_field = is_in_form(element) or element.get("for") in page.panels.elements
        return CONTROLS if names_a_field and element not in page.panels.openers else ""
    if tag in CONTROL_ELEMENTS or role == "search":
        is_told = element.get("type") != "hidden"
        return CONTROLS if is_told else ""
    if tag == "button" or role == "button":
        is_heading = any(each.tag in (*HEADINGS, "summary", "dt") for each in element.iterancestors())
        return "" if is_heading or element in page.panels.openers else CONTROLS
    if tag in ("del", "s", "strike") or is_struck_out(styles):
        return STRUCK_OUT
    if tag == "svg":
        return DIAGRAMS if any(True for _text in element.iter("text", "foreignobject")) else EMBEDDED
    if tag in EMBEDDED_ELEMENTS or tag == "img" and element.get("alt", "").strip():
        return EMBEDDED
    if tag == "div" and element.get("title") in ("header", "footer"):  # as LibreOffice saves them
        return HEADERS
    names = f"{element.get('class', '')} {element.get('id', '')}"
    if "MsoCommentText" in names or "mso-element:comment" in element.get("style", ""):
        return COMMENTS
    is_window = tag == "dialog" or role in ("dialog", "alertdialog")
    names_consent = CONSENT_NAME.search(names) or (
        is_window and CONSENT_LABEL.search(f"{names} {element.get('aria-label', '')}")
    )
    if names_consent and tag in ("div", "section", "aside", "dialog"):
        return NAVIGATION
    return ""
