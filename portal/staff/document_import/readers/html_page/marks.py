"""Finds the marks of notes and whatever else stands higher or lower than the letters around it."""

import re

from ..raised import MARK
from .lengths import pixels

NOTE_NAME = re.compile(r"(?:foot|end)-?note|noteref|\breference\b|sd(?:foot|end)noteanc|^_(?:ftn|edn)", re.I)
BACK_NAME = re.compile(r"(?:foot|end)note-?back|backref|doc-backlink", re.I)
HEIGHTS = {"super": 1, "text-top": 1, "sub": -1, "text-bottom": -1}
# Pixels, and parts of a line in a hundred, by which letters are raised at least to be read as raised.
MIN_RAISE, MIN_SHARE = 2, 15
OTHER_HEIGHTS = {"td", "th", "tr", "img", "svg", "input", "button"}  # stand so in a line or a cell as a whole


def height_of(element, styles, sight, outer):
    """Returns 1 for letters that are raised, -1 for lowered ones; both sights are within and around them."""
    if element.tag in ("sup", "sub"):
        return 1 if element.tag == "sup" else -1
    if not styles or element.tag in OTHER_HEIGHTS:
        return 0
    is_smaller = sight.size < 0.95 * outer.size
    value = styles.get("vertical-align", "")
    height = HEIGHTS.get(value) or HEIGHTS.get(styles.get("font-variant-position", ""), 0)
    if value in ("top", "bottom") and is_smaller:
        height = 1 if value == "top" else -1
    lift = pixels(value, sight.size, 100)
    least = MIN_SHARE if value.endswith("%") else MIN_RAISE
    if styles.get("position") == "relative" and is_smaller:
        above, below = (pixels(styles.get(side), sight.size, sight.size) for side in ("top", "bottom"))
        lift = -above if above is not None else below
        least = MIN_RAISE
    lift = lift or 0
    return height or (lift >= least) - (lift <= -least)


def is_note_mark(element, text):
    """Says that an element names itself the mark of a note, or leads to one."""
    if not MARK.fullmatch(text):
        return False
    links = [element] if element.tag == "a" else list(element.iter("a"))
    leads_to_note = any("#" in link.get("href", "") for link in links)
    is_named = any(
        NOTE_NAME.search(f"{each.get('class', '')} {each.get('role', '')} {each.get('id', '')}")
        or NOTE_NAME.search(each.get("href", "").rpartition("#")[2])
        or "noteanc" in each.get("class", "")
        for each in (element, *links)
    )
    if element.tag == "a":
        return leads_to_note and (is_named or element.find("sup") is not None)
    return leads_to_note or is_named


def is_back_link(element):
    """Says that a link leads from a note back to its mark, and has no words."""
    if element.tag != "a" or "#" not in element.get("href", ""):
        return False
    text = "".join(element.itertext()).strip()
    names = f"{element.get('class', '')} {element.get('role', '')}"
    return not re.search(r"\w", text) and bool(BACK_NAME.search(names) or re.search(r"[↩↑⏎^]", text))
