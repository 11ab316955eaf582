"""Gathers the sentences of what was taken down, and looks for them in the files of a copy."""

import re
from html import unescape
from io import BytesIO
from zipfile import ZipFile

from django.core import serializers
from djangocms_versioning.constants import PUBLISHED
from djangocms_versioning.models import Version

from impact.models import Claim
from organisation.characters import prose_of
from organisation.models import Passage
from organisation.quotation import texts_of as texts_of_passages
from portal.search.page_text import page_text

SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\n+")
WORD = re.compile(r"[^\W_]+")
TAG = re.compile(r"<[^>]*>")
MIN_WORDS = 3  # fewer stand in any text, and tell nothing of what was withdrawn
MIN_LETTERS = 8  # the same in a script without capitals, which may have no spaces either


def comparable(text):
    """Returns the words of a text alone, so that neither marks, spaces nor escapes tell two copies apart."""
    return f" {' '.join(WORD.findall(unescape(text).casefold()))} "


def words_in(file):
    """Returns the words of a file, once with what stands in its tags and once without."""
    if file.suffix == ".xlsx":
        archive = ZipFile(BytesIO(file.read_bytes()))
        text = "".join(archive.read(name).decode() for name in archive.namelist() if name.endswith(".xml"))
    else:
        # A calendar folds its lines in the middle of a word.
        text = file.read_text(errors="replace").replace("\r\n ", "")
        # Programs write the end of a line as a backslash and a letter.
        text = text.replace("\\n", " ")
    return comparable(text) + comparable(TAG.sub(" ", text))


def sentences_of(takedowns):
    """Returns the sentences that were withdrawn, as their comparable words.

    What is withheld for somebody's safety, such as a name, counts however short it is.
    """
    texts = [text for takedown in takedowns for text in texts_of(takedown)]
    sentences = {comparable(sentence) for text in texts for sentence in SENTENCE_END.split(text)}
    withheld = {comparable(words) for takedown in takedowns for words in withheld_words(takedown)}
    return {words for words in sentences if is_telling(words)} | {
        words for words in withheld if words.strip()
    }


def is_telling(words):
    letters = words.replace(" ", "")
    is_without_capitals = letters.upper() == letters and not letters.isdecimal()
    return words.count(" ") > MIN_WORDS or is_without_capitals and len(letters) >= MIN_LETTERS


def withheld_words(takedown):
    return texts_of_passages(Passage.objects.filter(pk__in=takedown.withheld))


def texts_of(takedown):
    """Returns the texts that visitors could read of what was taken down."""
    model, record = takedown.content_type.model_class(), takedown.record
    if model is Claim:
        is_down = record and not record.current_edition_id
        editions = record.editions.all() if is_down else []
        texts = [text for each in editions for text in (each.statement, each.limitations)]
        return [*withheld_words(takedown), *texts]
    if model is Version:
        content = record.content if record and record.state != PUBLISHED else None
        return [content.title, page_text(content)] if content else []
    rows = [each.object for each in serializers.deserialize("python", takedown.rows)]
    return [prose_of(row) for row in rows]
