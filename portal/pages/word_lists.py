"""Builds lists from what word processors have instead: Word's paragraphs with a level and a marker."""

import re
from dataclasses import dataclass

from lxml.html import HtmlElement

LEVEL = re.compile(r"mso-list:\s*l\d+\s+level(\d)", re.IGNORECASE)
MARKER = re.compile(r"mso-list:\s*ignore", re.IGNORECASE)
NUMBER = re.compile(r"\(?(?:\d+\.)*(?:(\d+)|[ivxlcdm]+|[a-z])[.)]", re.IGNORECASE)


@dataclass
class OpenList:
    level: int
    element: HtmlElement


def is_marker(element):
    return bool(MARKER.search(element.get("style", "")))


def build_lists(body):
    put_lists_into_entries(body)
    opened = []  # the lists that the next paragraph may belong to, the outermost first
    for paragraph in list(body.iter("p", *(f"h{level}" for level in range(1, 7)))):
        if level := LEVEL.search(paragraph.get("style", "")):
            marker = take_marker(paragraph)
            if paragraph.tag == "p":
                add_entry(opened, paragraph, int(level[1]), marker)


def put_lists_into_entries(body):
    """Moves the lists that Google Docs has between the entries of another into the entry before them."""
    for nested in [each for each in body.iter("ul", "ol") if each.getparent().tag in ("ul", "ol")]:
        entry = nested.getprevious()
        if entry is None or entry.tag != "li":
            entry = nested.makeelement("li")
            nested.addprevious(entry)
        entry.append(nested)


def take_marker(paragraph):
    """Removes the bullet or number that Word has written into a paragraph, and returns it."""
    markers = [element for element in paragraph.iterdescendants() if is_marker(element)]
    text = markers[0].text_content().strip() if markers else ""
    for marker in markers:
        if marker.getparent() is not None:
            marker.drop_tree()
    return text


def add_entry(opened, paragraph, level, marker):
    number = NUMBER.match(marker)
    tag = "ol" if number else "ul"
    if opened and (
        paragraph.getprevious() is not opened[0].element or (opened[0].element.tail or "").strip()
    ):
        opened.clear()
    while opened and opened[-1].level > level and len(opened) > 1:
        opened.pop()
    begins_anew = bool(number and number[1] == "1")
    if opened and opened[-1].level >= level and (opened[-1].element.tag != tag or begins_anew):
        opened.pop()
    elif opened and opened[-1].level > level:
        opened[-1].level = level
    if not opened or opened[-1].level < level:
        opened.append(OpenList(level, begin_list(opened, paragraph, tag)))
        if number and number[1] not in (None, "1"):
            opened[-1].element.set("start", number[1])
    entry = opened[-1].element.makeelement("li")
    opened[-1].element.append(entry)
    entry.text = paragraph.text
    entry.extend(list(paragraph))
    paragraph.text = None
    paragraph.drop_tree()  # what stands behind it is now behind the list


def begin_list(opened, paragraph, tag):
    begun = paragraph.makeelement(tag)
    if opened:
        opened[-1].element[-1].append(begun)
    else:
        paragraph.addprevious(begun)
    return begun
