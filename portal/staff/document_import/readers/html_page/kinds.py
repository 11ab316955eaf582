"""Tells the kinds of the lines of a page: headings, items, quotations, captions, notes and contents."""

import re

from ..numbers import in_format
from ..shape import CAPTION, CONTENTS, NOTE, QUOTATION
from .tree import words_of

HEADINGS = {f"h{level}": level for level in range(1, 7)}
NOTE_ELEMENTS = {"p", "li", "div", "ol", "ul", "dl", "dd", "aside", "section", "footer", "td"}
NOTE_NAME = re.compile(
    r"(?:^|\s)(?:(?:foot|end)-?notes?(?:-(?:area|body|item|list|text))?(?=$|\s)|sd(?:foot|end)note|fn:?\d)"
    r"|Mso(?:Foot|End)noteText",
    re.IGNORECASE,
)
CONTENTS_NAME = re.compile(
    r"(?:^|[\s_-])(?:toc|table[ _-]?of[ _-]?contents|contents)(?:$|[\s_\d-])|MsoToc", re.IGNORECASE
)


def kind_of(page, element):
    """Returns the kind that an element gives to all lines within it; empty for headings and items."""
    names = f"{element.get('class', '')} {element.get('id', '')}".strip()
    if element.tag in ("caption", "figcaption") or "MsoCaption" in names:
        return CAPTION
    if element.tag == "blockquote" or "Quote" in names and "Mso" in names:
        return QUOTATION
    if element.get("role") in ("doc-footnote", "doc-endnote", "doc-endnotes") or NOTE_NAME.search(names):
        return NOTE if element.tag in NOTE_ELEMENTS else ""
    return CONTENTS if is_contents(page, element, names) else ""


def is_contents(page, element, names):
    """Says that an element lists what stands elsewhere in the page, and little else."""
    is_list = element.tag in ("nav", "ul", "ol")
    if element.tag == "p" and "MsoToc" in names:
        return True
    if not is_list and not CONTENTS_NAME.search(names) and element.get("role") != "doc-toc":
        return False
    links = [
        words_of(link)
        for link in element.iter("a")
        if is_in_page(page, link) and link not in page.panels.openers
    ]
    return len(links) > 1 and sum(map(len, links)) > 0.7 * len(re.sub(r"\s+", " ", words_of(element)))


def is_in_page(page, link):
    _path, sign, name = link.get("href", "").rpartition("#")
    return bool(sign) and (name in page.panels.elements or link.get("href").startswith("#"))


def heading_level(page, element):
    tag = element.tag
    if tag in HEADINGS:
        # A heading that opens something stands beside the summaries and buttons that do the same.
        page.level = HEADINGS[tag] - any(each in page.panels.openers for each in element.iter("button", "a"))
        return HEADINGS[tag]
    if element.get("role") == "heading":
        level = element.get("aria-level", "2")
        page.level = int(level) if level in ("1", "2", "3", "4", "5", "6") else 2
        return page.level
    return min(page.level + 1, 6) if tag == "summary" or element in page.panels.openers else 0


def number_of(page, item):
    """Returns the number that a browser sets before an item of an ordered list, such as “2.”."""
    parent = item.getparent()
    styles = page.sheet.styles(parent)
    if parent.tag != "ol" or "none" in f"{styles.get('list-style-type')} {styles.get('list-style')}".split():
        return ""
    if "none" in page.sheet.styles(item).get("list-style-type", ""):
        return ""
    step = -1 if "reversed" in parent.attrib else 1
    start = whole(parent.get("start"), len(list(parent.iterchildren("li"))) if step < 0 else 1)
    count = whole(item.get("value"), page.counts.get(parent, start - step) + step)
    page.counts[parent] = count
    return f"{in_format(count, parent.get('type', '1'))}."


def whole(value, default):
    return int(value) if re.fullmatch(r"-?\d{1,6}", value or "") else default
