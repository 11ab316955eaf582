"""Turns markup that a text may not have into what stands for it in one, so that no word is glued to another.

Above all what Word, Google Docs and LibreOffice put on the clipboard: their lists, headings, tables and
emphasis are told by styles and classes, which a text has none of.
"""

import re
from html import escape

from django.conf import settings
from lxml import html as lxml_html

from .allowed_markup import BLOCKS, HEADINGS, TABLES, WITHOUT_CONTENT, leads_somewhere, permitted
from .word_lists import build_lists

# What only the clipboard of a word processor has.
OFFICE = re.compile(r"\bmso-|\bclass=\"?Mso|docs-internal-guid|<o:p|<font\b|class=\"?western", re.IGNORECASE)
FRAGMENT = re.compile(r"<!--StartFragment-->(.*)<!--EndFragment-->", re.DOTALL)
CONDITION = re.compile(r"<!\[(if|endif)[^>]*>", re.IGNORECASE)
# What no XML may hold, as characters or as numbers.
NO_CHARACTER = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]"
    r"|&#(?:x0*(?:[0-8bcef]|1[0-9a-f]|fff[ef])(?![0-9a-f])|0*(?:[0-8]|1[124-9]|2\d|3[01]|6553[45])(?!\d));?",
    re.IGNORECASE,
)
STYLE = re.compile(r"([\w-]+)\s*:\s*([^;]+)")

OTHER_BLOCKS = set(
    "div section article header footer main nav aside figure figcaption address dl dt dd center pre form "
    "fieldset legend details summary dialog hgroup marquee menu dir h1".split()
)
RENAMED = {"b": "strong", "i": "em", "strike": "s", "del": "s", "dfn": "em", "var": "em", "h1": "h2"}
EMPHASIS = {"strong", "em", "s", "sub", "sup"}
# Emphasis that says nothing where everything is emphasised.
EMPHASISED = HEADINGS | {"th"}
INVISIBLE = dict.fromkeys([0x00AD, 0x200B, 0xFEFF])
HELD_TOGETHER = "\N{NO-BREAK SPACE}"


def tidied(html):
    is_office = bool(OFFICE.search(html))
    body = parsed(html)
    remove_what_is_no_text(body)
    rename_office_paragraphs(body)
    build_lists(body)
    put_emphasis_for_styles(body)
    if is_office:
        lower_headings(body)
        mark_header_cells(body)
    for element in elements(body):
        if element.tag in RENAMED:
            element.tag = RENAMED[element.tag]
    if is_office:
        tidy_spaces(body)
        remove_needless_attributes(body)
    divide_into_paragraphs(body)
    remove_attributes(body)
    unwrap_what_says_nothing(body)
    join_emphasised_phrases(body)
    return escape(body.text or "", quote=False) + "".join(
        lxml_html.tostring(child, encoding="unicode") for child in body
    )


def parsed(html):
    if fragment := FRAGMENT.search(html):
        html = fragment[1]
    parser = lxml_html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    content = NO_CHARACTER.sub("", CONDITION.sub("", html))
    document = lxml_html.document_fromstring(
        f"<body>{content}</body>".encode(errors="replace"), parser=parser
    )
    return document.find("body")


def elements(body):
    """Returns the elements of a tree, those within others first, so that each may go."""
    return [element for element in body.iterdescendants() if isinstance(element.tag, str)][::-1]


def style_of(element):
    return {name.lower(): value.strip().lower() for name, value in STYLE.findall(element.get("style", ""))}


def class_of(element):
    return element.get("class", "")


def remove_what_is_no_text(body):
    for element in elements(body):
        style = style_of(element)
        is_hidden = style.get("display") == "none" or style.get("mso-hide") == "all"
        is_comment = style.get("mso-element", "").startswith("comment") or "mso-comment" in element.get(
            "style", ""
        )
        if element.tag in WITHOUT_CONTENT or is_hidden or is_comment:
            element.drop_tree()


def rename_office_paragraphs(body):
    for element in elements(body):
        if element.tag == "p" and class_of(element) == "MsoTitle":
            element.tag = "h1"
        elif element.tag == "p" and class_of(element) in ("MsoQuote", "MsoIntenseQuote"):
            element.tag = "blockquote"
        elif element.tag == "p" and class_of(element) == "MsoCaption":
            become_caption(element)


def become_caption(paragraph):
    for table in (paragraph.getnext(), paragraph.getprevious()):
        if table is not None and table.tag == "table" and table.find("caption") is None:
            paragraph.drop_tree()
            paragraph.tag = "caption"
            table.insert(0, paragraph)
            return


def put_emphasis_for_styles(body):
    for element in elements(body):
        style = style_of(element)
        weight = style.get("font-weight", "")
        if element.tag in ("b", "strong") and weight in ("normal", "400"):
            element.drop_tag()  # the wrapper of Google Docs
        elif element.tag in ("span", "font"):
            emphasis = {
                "strong": weight in ("bold", "bolder", "600", "700", "800", "900"),
                "em": style.get("font-style") == "italic",
                "s": "line-through" in style.get("text-decoration", ""),
                "sup": style.get("vertical-align") == "super",
                "sub": style.get("vertical-align") == "sub",
            }
            for tag in [tag for tag, is_meant in emphasis.items() if is_meant]:
                wrap_content(element, tag)


def wrap_content(element, tag):
    inner = element.makeelement(tag)
    inner.text, element.text = element.text, None
    inner.extend(list(element))
    element.append(inner)


def lower_headings(body):
    """Makes a document's headings those of a page, which has one of level 1 already."""
    if next(body.iter("h1"), None) is not None:
        for level in range(5, 0, -1):
            for heading in list(body.iter(f"h{level}")):
                heading.tag = f"h{level + 1}"


def mark_header_cells(body):
    for table in list(body.iter("table")):
        for cell in table.iterfind("thead/tr/td"):
            cell.tag = "th"
        first = next(table.iter("tr"), None)
        if first is not None and next(table.iter("th"), None) is None and all(map(is_bold, first)):
            for cell in first:
                cell.tag = "th"


def is_bold(cell):
    bold = "".join(
        each.text_content() for each in cell.iter("b", "strong") if not within(each, ("b", "strong"))
    )
    return bool(bold.strip()) and bold.split() == cell.text_content().split()


def within(element, tags):
    return next(element.iterancestors(*tags), None) is not None


def tidy_spaces(body):
    """Makes one space of many; a no-break space stays where it stands alone between two words."""
    for element in (body, *elements(body)):
        element.text, element.tail = one_space(element.text), one_space(element.tail)
    for element in elements(body):
        if element.tag in BLOCKS | OTHER_BLOCKS:
            element.text = (element.text or "").lstrip()
            if len(element):
                element[-1].tail = (element[-1].tail or "").rstrip()
            else:
                element.text = element.text.rstrip()


def one_space(text):
    spaces = re.compile(r"\s+")
    replaced = spaces.sub(lambda run: run[0] if run[0] == HELD_TOGETHER else " ", text or "")
    return replaced.translate(INVISIBLE)


def remove_needless_attributes(body):
    """Removes the language of the site, and left to right: word processors say both of each paragraph."""
    own_language = settings.LANGUAGE_CODE.split("-")[0]
    for element in elements(body):
        if element.get("lang", "").split("-")[0].lower() in (own_language, "x", "zxx"):
            del element.attrib["lang"]
        if element.get("dir") == "ltr":
            del element.attrib["dir"]
        if element.tag == "a" and element.get("href", "").startswith("#"):  # to a footnote or a bookmark
            element.drop_tag()


def divide_into_paragraphs(body):
    """Makes paragraphs of the blocks that a text may not have."""
    for element in elements(body):
        has_blocks = any(child.tag in BLOCKS for child in element.iterdescendants())
        if element.tag == "blockquote" and not has_blocks:
            wrap_content(element, "p")
        elif element.tag in OTHER_BLOCKS and not has_blocks:
            element.tag = "p"
        elif element.tag in OTHER_BLOCKS or (has_blocks and element.tag not in BLOCKS | {"a"}):
            wrap_loose_words(element)
            element.drop_tag()
    if any(child.tag in BLOCKS for child in body):
        wrap_loose_words(body)


def wrap_loose_words(element):
    """Puts the words and phrases that stand between blocks into paragraphs."""
    content, paragraph = list(element), None
    if (element.text or "").strip():
        paragraph = element.makeelement("p")
        paragraph.text, element.text = element.text, None
        element.insert(0, paragraph)
    for child in content:
        tail, child.tail = child.tail, None
        if child.tag in BLOCKS:
            paragraph = None
        else:
            if paragraph is None:
                paragraph = element.makeelement("p")
                child.addprevious(paragraph)
            paragraph.append(child)
        if (tail or "").strip():
            if paragraph is None:
                paragraph = element.makeelement("p")
                child.addnext(paragraph)
                paragraph.text = tail
            else:
                paragraph[-1].tail = tail
        elif paragraph is None or not len(paragraph):
            child.tail = tail
        else:
            paragraph[-1].tail = tail


def remove_attributes(body):
    for element in elements(body):
        for name, value in element.attrib.items():
            if permitted(element.tag, name, value) is None:
                del element.attrib[name]


def unwrap_what_says_nothing(body):
    for element in elements(body):
        if says_nothing(element):
            element.drop_tag()
        elif element.tag not in TABLES | {"br", "hr"} and not element.text_content().strip():
            element.drop_tree() if element.tag in BLOCKS else element.drop_tag()


def says_nothing(element):
    if element.tag in EMPHASIS:
        return within(element, EMPHASISED)
    return (element.tag == "span" and not element.attrib) or (
        element.tag == "a" and not leads_somewhere(element.attrib)
    )


def join_emphasised_phrases(body):
    """Makes one of two phrases that follow each other: a word processor cuts where any format changes."""
    for element in elements(body):
        following = element.getnext()
        if element.tag not in EMPHASIS or element.tail or following is None:
            continue
        if (following.tag, following.attrib) == (element.tag, element.attrib):
            element.tail, following.tail = following.tail, None
            element.append(following)
            following.drop_tag()
