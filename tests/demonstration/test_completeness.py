"""Every sentence of the five source texts can be read on the site, and stands in exactly one record."""

import re

import pytest
from django.conf import settings
from django.contrib.contenttypes.models import ContentType

from impact.models import Claim
from organisation.models import Citation, Milestone, Source, SourceNote, Statement
from portal.seeding.pages import read_pages
from tests.support.crawl import plain

pytestmark = pytest.mark.django_db

TEXT_RECORDS = (Statement, Milestone, Claim)


def sentences(text):
    """Every sentence and list item of three words or more, once."""
    lines = (line.strip().lstrip("•-").strip() for line in text.split("\n"))
    found = [
        each for line in lines for each in re.split(r"(?<=[.!?])\s+(?=[A-Z])", line) if len(plain(each)) >= 3
    ]
    return {tuple(plain(each)): each for each in found}


def read_on(page_words, sentence):
    """Whether a page shows a sentence word for word, or all but a mended word or two of it."""
    if f" {' '.join(sentence)} " in f" {' '.join(page_words)} ":
        return True
    need = len(sentence) * 0.92
    if len(set(sentence) & set(page_words)) < 0.9 * len(set(sentence)):
        return False
    for start, word in enumerate(page_words):
        if word == sentence[0] and in_order(sentence, page_words[start : start + len(sentence) + 6]) >= need:
            return True
    return False


def in_order(sentence, window):
    """How many words of the sentence stand in the window in the same order."""
    longest = [0] * (len(window) + 1)
    for word in sentence:
        before = 0
        for place, other in enumerate(window, start=1):
            before, longest[place] = (
                longest[place],
                before + 1 if word == other else max(longest[place], longest[place - 1]),
            )
    return longest[-1]


def test_every_sentence_of_the_sources_is_read_outside_the_copies_of_the_sources(seeded_pages):
    shown = [plain(page.text) for path, page in seeded_pages.items() if not path.startswith("/sources/")]
    everything = {words: each for text in texts().values() for words, each in sentences(text).items()}
    missing = [each for words, each in everything.items() if not any(read_on(page, words) for page in shown)]
    assert missing == []
    assert len(everything) == 114


def texts():
    return dict(Source.objects.exclude(text="").values_list("slug", "text"))


def headings_and_lead_ins():
    """The words of each page's title and headings, and of our prose: what a source's heading may become."""
    said = []
    for page in every_page(read_pages()):
        said += [page.title, *(block.values.get("heading", "") for block in page.blocks)]
        said += [
            re.sub(r"<[^>]+>", " ", block.values["body"])
            for block in page.blocks
            if block.plugin == "TextPlugin"
        ]
    return [plain(each) for each in said]


def every_page(pages):
    for page in pages:
        yield page
        yield from every_page(page.children)


def stated_passages():
    """The passages whose words text records carry, with the record; and those that a note explains."""
    types = ContentType.objects.get_for_models(*TEXT_RECORDS).values()
    for citation in Citation.objects.filter(content_type__in=types, relation="states", passage__isnull=False):
        yield citation.passage, citation.record
    for note in SourceNote.objects.all():
        yield note.passage, note


def test_no_word_of_a_source_stands_in_two_records_and_what_stands_in_none_is_a_heading_of_a_page():
    carried = {slug: [0] * len(text) for slug, text in texts().items()}
    for passage, _record in stated_passages():
        for place in range(passage.start, passage.end):
            carried[passage.source.slug][place] += 1
    prose = headings_and_lead_ins()
    for slug, text in texts().items():
        left, twice = "", ""
        for place, letter in enumerate(text):
            left += " " if carried[slug][place] and letter != "\n" else letter
            twice += letter if carried[slug][place] > 1 else ""
        assert twice == "", slug
        for line in left.split("\n"):
            words = plain(line)
            assert not words or any(f" {' '.join(words)} " in f" {' '.join(said)} " for said in prose), (
                slug,
                line.strip(),
            )


def test_a_text_record_says_what_its_passages_say_after_the_mends():
    said = {}
    for passage, record in stated_passages():
        if not isinstance(record, SourceNote):
            said.setdefault(record, []).append(mended(passage))
    for record, passages in said.items():
        whole = record.statement if isinstance(record, Claim) else record.text
        if getattr(record, "kind", "") in (
            "value",
            "work area",
        ):  # whose title is the source's own word for it
            whole = f"{record.title} {whole}"
        unique = list(dict.fromkeys(passages))  # a sentence that its source says twice is one record
        assert plain(whole) == plain(" ".join(unique)), record


def mended(passage):
    words = passage.words
    for mend in passage.mends.all():
        words = words.replace(mend.says, mend.shows)
    return words


def test_the_source_texts_are_kept_byte_for_byte():
    for slug, text in texts().items():
        assert (settings.FIXTURES_DIR / "sources" / f"{slug}.txt").read_bytes() == text.encode()
