"""Names the tags and attributes that a rich text may have: what the style sheet knows."""

import re
import unicodedata

import nh3

HEADINGS = {f"h{level}" for level in range(2, 7)}  # the template of a page has the one of level 1
TABLES = {"table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td"}
BLOCKS = {"p", "ul", "ol", "li", "blockquote", "hr"} | HEADINGS | TABLES
PHRASES = {"a", "em", "strong", "s", "sub", "sup", "q", "cite", "abbr", "time", "span", "br"}
TAGS = BLOCKS | PHRASES
# Tags whose content is no text of a page.
WITHOUT_CONTENT = set(
    "script style title head template svg math noscript noembed noframes iframe object applet audio video "
    "canvas select textarea button xml".split()
)

URL_SCHEMES = {"http", "https", "mailto", "tel"}
SCHEME = re.compile(r"[\s\x00-\x1f]*([a-z][a-z0-9+.\s-]*):", re.IGNORECASE)
SPAN = re.compile(r"[1-9]\d?")
# The values that an attribute may have, whole.
VALUES = {
    "lang": re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,4}"),
    "dir": re.compile(r"ltr|rtl|auto"),
    # None of what is removed afterwards, which can hide a scheme.
    "href": re.compile("[^\x00-\x1f\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]+"),
    "data-cms-href": re.compile(r"cms\.page:\d{1,9}"),  # as links.py has it
    "rel": re.compile(r"noopener noreferrer"),  # the editor adds it to each link
    "title": re.compile(r".{1,300}", re.DOTALL),
    "datetime": re.compile(r"[\dTZPYMWDHS:+. -]{1,40}"),
    "start": re.compile(r"-?\d{1,4}"),
    "scope": re.compile(r"(row|col)(group)?"),
    "colspan": SPAN,
    "rowspan": SPAN,
}
EVERYWHERE = {"lang", "dir"}
ATTRIBUTES = {
    "a": {"href", "data-cms-href", "rel"},
    "abbr": {"title"},
    "time": {"datetime"},
    "ol": {"start"},
    "th": {"scope", "colspan", "rowspan"},
    "td": {"colspan", "rowspan"},
}
# Characters that turn round the words after them, so that readers see others than those that are stored
# (`dir` says the direction of a text), and those that nobody sees.
DIRECTION_MARKS = [*range(0x202A, 0x202F), *range(0x2066, 0x206A)]
CONTROLS = set(range(0x20)) - set(b"\t\n\r")
HIDDEN = [0xFEFF, *range(0xFFF9, 0xFFFC), *range(0xE0000, 0xE0080)]
REMOVED_CHARACTERS = dict.fromkeys([*DIRECTION_MARKS, *CONTROLS, *HIDDEN])
# Marks stand on one another: more than a language needs would cover the lines above and below.
MOST_MARKS = 6
MARKS = "".join(
    chr(code) for code in range(0x300, 0x20000) if unicodedata.category(chr(code)) in ("Mn", "Me")
)
TOO_MANY_MARKS = re.compile(f"(?<=[{MARKS}]{{{MOST_MARKS}}})[{MARKS}]+")


def permitted(tag, attribute, value):
    """Returns the value of an attribute; None if the tag may not have it, or not with this value."""
    is_known = attribute in EVERYWHERE or attribute in ATTRIBUTES.get(tag, ())
    return value if is_known and VALUES[attribute].fullmatch(value) else None


def leads_somewhere(link):
    """True for the attributes of a link that has an address of a scheme which a text may use."""
    scheme = SCHEME.match(link.get("href", ""))
    is_allowed = scheme is None or scheme[1].lower() in URL_SCHEMES
    return is_allowed and bool(link.get("href") or link.get("data-cms-href"))


def allow_list():
    """Returns what nh3 is told; djangocms-text asks for it as `cms_parser`."""
    return {
        "tags": TAGS,
        "attributes": ATTRIBUTES | {"*": EVERYWHERE},
        "attribute_filter": permitted,
        "clean_content_tags": WITHOUT_CONTENT,
        "generic_attribute_prefixes": set(),
        "url_schemes": URL_SCHEMES,
        "link_rel": None,
    }


CLEANER = nh3.Cleaner(**allow_list())


def sanitised(html):
    """Returns HTML without the tags and attributes that a text may not have; it is safe to show."""
    return without_hidden(CLEANER.clean(html))


def without_hidden(text):
    """Returns a text without the characters that nobody sees, or that cover others."""
    return TOO_MANY_MARKS.sub("", text.translate(REMOVED_CHARACTERS))
