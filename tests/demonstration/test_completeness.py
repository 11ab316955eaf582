"""Every sentence of the five source texts can be read on the site, and stands in exactly one record."""

import re

import pytest
from django.conf import settings
from django.contrib.contenttypes.models import ContentType

from impact.models import Claim
from organisation.models import Citation, Milestone, Source, SourceNote, Statement
from portal.seeding.pages import read_pages
from tests.support.crawl import comparable_words

pytestmark = pytest.mark.django_db

TEXT_RECORDS = (Statement, Milestone, Claim)
MIN_WORDS = 3


def sentences(text):
    """Returns every sentence and list item of three words or more, {its words: the sentence}."""
    lines = (line.strip().lstrip("•-").strip() for line in text.split("\n"))
    parts = [part for line in lines for part in re.split(r"(?<=[.!?])\s+(?=[A-Z])", line)]
    return {tuple(words): part for part in parts if len(words := comparable_words(part)) >= MIN_WORDS}


def is_read_on(page_words, sentence):
    """Returns whether a page shows a sentence word for word, or all but a mended word or two of it."""
    if f" {' '.join(sentence)} " in f" {' '.join(page_words)} ":
        return True
    required = len(sentence) * 0.92
    if len(set(sentence) & set(page_words)) < 0.9 * len(set(sentence)):
        return False
    return any(
        word == sentence[0]
        and common_words(sentence, page_words[start : start + len(sentence) + 6]) >= required
        for start, word in enumerate(page_words)
    )


def common_words(sentence, window):
    """Returns the length of the longest common subsequence: words of a sentence in the order of a window."""
    longest = [0] * (len(window) + 1)
    for word in sentence:
        diagonal = 0
        for column, other in enumerate(window, start=1):
            diagonal, longest[column] = (
                longest[column],
                diagonal + 1 if word == other else max(longest[column], longest[column - 1]),
            )
    return longest[-1]


def test_every_sentence_of_the_sources_is_read_outside_the_copies_of_the_sources(seeded_pages):
    shown = [
        comparable_words(page.text) for path, page in seeded_pages.items() if not path.startswith("/sources/")
    ]
    all_sentences = {words: each for text in texts().values() for words, each in sentences(text).items()}
    missing = [
        sentence
        for words, sentence in all_sentences.items()
        if not any(is_read_on(page_words, words) for page_words in shown)
    ]
    assert missing == []
    assert len(all_sentences) == 114


def texts():
    return dict(Source.objects.exclude(text="").values_list("slug", "text"))


def headings_and_prose():
    """Returns the words of each title, heading and text block of the pages, which a heading may become."""
    texts = []
    for page in every_page(read_pages()):
        texts += [page.title, *(block.values.get("heading", "") for block in page.blocks)]
        texts += [
            re.sub(r"<[^>]+>", " ", block.values["body"])
            for block in page.blocks
            if block.plugin == "TextPlugin"
        ]
    return [comparable_words(text) for text in texts]


def every_page(pages):
    for page in pages:
        yield page
        yield from every_page(page.children)


def stated_passages():
    """Yields (passage, record) for the passages that text records state, or that a note explains."""
    types = ContentType.objects.get_for_models(*TEXT_RECORDS).values()
    for citation in Citation.objects.filter(content_type__in=types, relation="states", passage__isnull=False):
        yield citation.passage, citation.record
    for note in SourceNote.objects.all():
        yield note.passage, note


def test_no_word_of_a_source_stands_in_two_records_and_what_stands_in_none_is_a_heading_of_a_page():
    records_at = {slug: [0] * len(text) for slug, text in texts().items()}
    for passage, _record in stated_passages():
        for offset in range(passage.start, passage.end):
            records_at[passage.source.slug][offset] += 1
    page_texts = [f" {' '.join(words)} " for words in headings_and_prose()]
    for slug, text in texts().items():
        in_none, in_two = "", ""
        for offset, character in enumerate(text):
            in_none += " " if records_at[slug][offset] and character != "\n" else character
            in_two += character if records_at[slug][offset] > 1 else ""
        assert in_two == "", slug
        for line in in_none.split("\n"):
            words = f" {' '.join(comparable_words(line))} "
            assert not words.strip() or any(words in text for text in page_texts), (slug, line.strip())


def test_a_text_record_says_what_its_passages_say_after_the_mends():
    mended_passages = {}
    for passage, record in stated_passages():
        if not isinstance(record, SourceNote):
            mended_passages.setdefault(record, []).append(mended(passage))
    for record, passages in mended_passages.items():
        text = record.statement if isinstance(record, Claim) else record.text
        # Their title is the source's own word for them.
        if getattr(record, "kind", "") in ("value", "work area"):
            text = f"{record.title} {text}"
        unique = list(dict.fromkeys(passages))  # a sentence that its source says twice is one record
        assert comparable_words(text) == comparable_words(" ".join(unique)), record


def mended(passage):
    text = passage.words
    for mend in passage.mends.all():
        text = text.replace(mend.says, mend.shows)
    return text


def test_the_source_texts_are_kept_byte_for_byte():
    for slug, text in texts().items():
        assert (settings.FIXTURES_DIR / "sources" / f"{slug}.txt").read_bytes() == text.encode()
