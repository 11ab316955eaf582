"""Tells the marks of notes from ordinals, powers and units, which are raised, too."""

import re

MARK = re.compile(
    r"[\[(]?(?:\d{1,3}|[a-z]|[ivx]{1,5})(?:\s?[,;–-]\s?(?:\d{1,3}|[a-z]))*[\])]?|[*†‡§¶]{1,3}", re.I
)
NOTE_NAME = re.compile(r"(?:foot|end)-?note|noteref|\breference\b|sd(?:foot|end)noteanc|^_(?:ftn|edn)", re.I)
BACK_NAME = re.compile(r"(?:foot|end)note-?back|backref|doc-backlink", re.I)
ORDINALS = {"e", "o", "a", "d", "º", "ª"}
UNIT = re.compile(r"(?:\b|\d)(?:[kcdmµ]?m|mi|ft|in|yd|s)$|(?<![\d.,])10$")
RAISED, LOWERED = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻"), str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


def is_note_mark(element, text, before):
    """Says that an element is the mark of a note; `before` are the words in front of it."""
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
    if element.tag != "sup":
        return element.tag == "a" and leads_to_note and (is_named or element.find("sup") is not None)
    if leads_to_note or is_named:
        return True
    if not before or text.casefold() in ORDINALS or UNIT.search(before):
        return False
    return text.isalpha() is False or before[-1].isdigit()


def is_back_link(element):
    """Says that a link leads from a note back to its mark, and has no words."""
    if element.tag != "a" or "#" not in element.get("href", ""):
        return False
    text = "".join(element.itertext()).strip()
    names = f"{element.get('class', '')} {element.get('role', '')}"
    return not re.search(r"\w", text) and bool(BACK_NAME.search(names) or re.search(r"[↩↑⏎^]", text))


def raised(tag, text, before):
    """Returns raised or lowered figures in the signs that Unicode has for them."""
    if re.fullmatch(r"\d{1,4}|-\d{1,3}", text) and before:
        return text.translate(RAISED if tag == "sup" else LOWERED)
    return text
