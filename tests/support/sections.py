"""Finds what says nothing: a heading, a section or a list with nothing in it, an absence told again."""

import re
from collections import Counter

import html5rdf

HEADINGS = ["h1", "h2", "h3", "h4", "h5", "h6"]
PARTS = {"section", "ul", "ol", "dl", "table"}


ABSENCES = re.compile(r"\b(?:not stated|not on record)\b", re.IGNORECASE)
UNREAD = re.compile(r"<(script|style|template)\b.*?</\1>|<[^>]*>", re.DOTALL)
MOST_TOLD = 2


def told_again(html):
    """Returns how often each absence is told in the main part of a page, of those told more than twice."""
    main = UNREAD.sub(" ", html.partition("<main")[2].partition("</main>")[0])
    counts = Counter(words.lower() for words in ABSENCES.findall(" ".join(main.split())))
    return [f"“{words}” {count} times" for words, count in counts.items() if count > MOST_TOLD]


def parsed(html):
    return html5rdf.parse(html, namespaceHTMLElements=False)


def empty_parts(html):
    """Returns the headings that nothing follows, and the sections, lists and tables without text.

    A drawing whose link has a title says that.
    """
    main = next(parsed(html).iter("main"))
    parts = [each for each in main.iter() if each.tag in PARTS and not said_in(each)]
    empty = [f"<{each.tag}>" for each in parts if not any(link.get("title") for link in each.iter("a"))]
    heading, level = "", 0
    for tag, text in heard(main):
        if tag in HEADINGS:
            if heading and HEADINGS.index(tag) <= level:
                empty.append(heading)
            heading, level = text, HEADINGS.index(tag)
        elif text:
            heading = ""
    return empty + ([heading] if heading else [])


def heard(element):
    """Yields (tag, text) of each heading, and ("", text) of the text between them, in their order."""
    for child in element:
        if child.tag in HEADINGS:
            yield child.tag, said_in(child)
        elif isinstance(child.tag, str):
            yield "", (child.text or "").strip()
            yield from heard(child)
        yield "", (child.tail or "").strip()


def said_in(element):
    return " ".join("".join(element.itertext()).split())
