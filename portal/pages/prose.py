"""Compares what staff write themselves, the prose of pages, with what is on record.

No source stands beside prose. So whoever submits or publishes a page is told of each quotation and number in
it that nothing on record says, and of each organisation in it that is over.
"""

import re
from functools import reduce
from operator import or_

from cms.models import PageUrl
from django.db.models import Q
from django.utils.html import escape
from django.utils.translation import gettext as _
from djangocms_text.models import Text
from lxml import html as lxml_html

from advocacy.models import Ask, Instrument
from impact.as_written import quoted_list
from impact.models import Edition, Figure
from impact.numbers import find_written, numbers_in, read_number
from organisation.dates import MONTH_NAMES
from organisation.mentions import spoken_of
from organisation.models import Citation, Passage, Source
from organisation.quotation import absent

from .legal import LEGAL_TEMPLATES
from .plain_text import plain_text
from .review import block_name, blocks_of

FEWEST_WORDS = 4  # of what stands between quotation marks: fewer are a term, or a title
LEAST_IN_WORDS = 20  # “two pages” counts what the reader sees, “twenty villages” does not
QUOTED = re.compile(r"“([^“”]+)”|„([^„“”]+)[“”]|«([^«»]+)»|\"([^\"]+)\"")
# Whoever quotes leaves out, and puts in, between these.
LEFT_OUT = re.compile(r"\w*\[[^\]]*\]\w*|…|\.\.\.")
ADDRESS = re.compile(r'\shref="([^"]*)"')
PAGE = re.compile(r'\sdata-cms-href="cms\.page:(\d+)"')
MONTH = "|".join(name for names in MONTH_NAMES for name in names)
YEAR = r"(?:1[5-9]|20)\d\d"
CALLED = (
    "articles?|art|resolutions?|conventions?|protocols?|sections?|chapters?|pages?|pp?|parts?|annex(?:es)?"
    "|paragraphs?|goals?|targets?|versions?|editions?|levels?|aged?|under"
)
# What has digits and counts nothing: dates, times, and the numbers by which things are called.
NO_COUNT = re.compile(
    rf"\b\d{{1,2}}(?:st|nd|rd|th|er)?\s+(?:{MONTH})(?:,?\s+{YEAR})?\b"
    rf"|\b(?:{MONTH})\s+\d{{1,2}}(?:,?\s+{YEAR})?\b"
    rf"|\b{YEAR}(?:-\d\d){{1,2}}\b"
    rf"|\b{YEAR}(?:[-–/]\d{{2,4}})?(?:s\b|(?![\d.,]*\d))"
    r"|\b\d{1,2}:\d\d\b"
    rf"|(?:\b(?:{CALLED})\.?|\b(?:nos?|nr)\.|n°|§+)\s*\d+(?:\(\d+\))?(?:[-–/]\d+)?"
    r"|(?:\b(?:tel|telephone|phone|fax)\.?:?\s*|\+)[+(\d][\d ()/.-]*",
    re.IGNORECASE,
)
MANY = re.compile(r"(?:dozen|hundred|thousand|million|billion)s|douzaines|centaines|milliers|milliards")


def findings(content):
    """Yields a sentence for each thing that whoever reads the draft of a page has to see."""
    if content.template in LEGAL_TEMPLATES:
        return
    for name, html in prose_of_page(content):
        quotations, rest = parted(html)
        for words in quotations:
            if not is_said(words):
                yield _(
                    "“%(block)s” quotes “%(words)s”, and no source on record says so: put the source on "
                    "record and show the record that quotes it, or take the quotation marks away."
                ) % {"block": name, "words": words}
        if unsaid := [number for number in counts_in(rest) if not is_counted(number)]:
            yield _(
                "“%(block)s” says %(numbers)s, and no published claim or quoted passage does: show the claim "
                "with its source instead, or take the number out."
            ) % {"block": name, "numbers": quoted_list(unsaid)}
        for organisation in organisations_in(html):
            yield _(
                "“%(block)s” speaks of %(name)s: readers see with it what became of it. Say nothing of it "
                "as if it were there still."
            ) % {"block": name, "name": organisation.named}


def prose_of_page(content):
    """Yields (name, HTML) of what is written into a page itself: its description and its blocks of text."""
    if content.meta_description:
        label = content._meta.get_field("meta_description").verbose_name
        yield label, escape(content.meta_description)
    for block in blocks_of(content):
        if isinstance(block, Text):
            yield block_name(block), block.body


def organisations_in(html):
    """Returns the organisations that are over of which rich text speaks."""
    addresses = ADDRESS.findall(html)
    if pages := PAGE.findall(html):
        paths = PageUrl.objects.filter(page__in=pages).exclude(path=None).values_list("path", flat=True)
        addresses += [f"/{path}/" for path in paths]
    return spoken_of(plain_text(html), addresses)


def parted(html):
    """Returns the quotations of rich text, and its text without them."""
    root = lxml_html.fragment_fromstring(html, create_parent="div")
    quotations = []
    for element in list(root.iter("blockquote", "q")):
        if next(element.iterancestors("blockquote", "q"), None) is None:
            paragraphs = list(element.iter("p", "li")) or [element]
            quotations += [" ".join(each.text_content().split()) for each in paragraphs]
    for element in list(root.iter("blockquote", "q")):
        element.drop_tree()
    text = plain_text(lxml_html.tostring(root, encoding="unicode"))
    for match in QUOTED.finditer(text):
        words = match[match.lastindex]
        if len(words.split()) >= FEWEST_WORDS:
            quotations.append(words)
            text = text.replace(match[0], " ")
    return list(dict.fromkeys(filter(None, quotations))), text


def is_said(words):
    """True if each part of a quotation stands in a source that visitors may read, as found or as mended."""
    parts = [part.strip(" .,;:!?“”\"'") for part in LEFT_OUT.split(words)]
    return all(is_part_said(part) for part in parts if part)


def is_part_said(words):
    longest = max(words.split(), key=len)
    sources = Source.objects.public().filter(text__contains=longest)
    if any(not absent(words, [source.public_text]) for source in sources.iterator()):
        return True
    mended = public_passages().filter(mended__contains=longest).values_list("mended", flat=True)
    return not absent(words, mended)


def public_passages():
    return Passage.objects.filter(cited_by__in=Citation.objects.public())


def counts_in(text):
    """Returns the numbers of a text by which it counts something."""
    return [number for number in numbers_in(NO_COUNT.sub(" ", text)) if is_count(number)]


def is_count(number):
    if re.search(r"\d", number) or MANY.search(number):
        return True
    reading = read_number(number)
    return bool(reading) and max(reading.values) >= LEAST_IN_WORDS


def is_counted(number):
    """True if a published claim, a quoted passage or the name of an instrument has a number."""
    longest = max(re.findall(r"\w+", number), key=len)
    rows = [
        (Edition.objects.current(), ("statement", "limitations")),
        (Figure.objects.filter(edition__in=Edition.objects.current()), ("as_written",)),
        (public_passages(), ("words", "mended")),
        (Ask.objects.all(), ("text",)),
        (Instrument.objects.all(), ("title", "short_title", "reference")),
    ]
    for queryset, names in rows:
        has_it = reduce(or_, (Q(**{f"{name}__icontains": longest}) for name in names))
        for texts in queryset.filter(has_it).order_by().values_list(*names).iterator():
            if any(find_written(number, text) for text in texts):
                return True
    return False
