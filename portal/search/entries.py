"""Builds the entry of a record: its texts as readers see them, and as tokens to be found by."""

from django.conf import settings
from django.utils import translation

from portal.models import SearchEntry

from .documents import DOCUMENT_TYPES
from .tokens import SIGNS_A_WORD, bigrams, first_words, stem, tokenize, variants

# Raised whenever the same records make other tokens: `tick` rebuilds the entries of a version before.
VERSION = "version=4"
# Words of one text after these are not found; that bounds an entry, whatever somebody pastes.
MAX_WORDS = 20_000
# A tsvector of PostgreSQL holds a megabyte of different tokens.
MAX_BYTES = 1_000_000
# Lengths are compared up to this number: it fills the twelve bits that an id has for them.
MAX_COUNTED_LENGTH = 4095
RANK_SHIFT, LENGTH_SHIFT = 56, 44
BOUNDARY = "|"


def build_entry(document_type, record):
    """Returns the entry that a public record should have, or None if it should have none."""
    document = document_type.document_of(record)
    if document is None:
        return None
    tokens, length = tokens_of(document_type.key, document)
    return SearchEntry(
        # The order of ids is the order of hits that nothing else tells apart: by type, then short texts
        # first.
        id=(document_type.rank << RANK_SHIFT) + (min(length, MAX_COUNTED_LENGTH) << LENGTH_SHIFT) + record.pk,
        kind=document_type.key,
        object_id=record.pk,
        language=document.language,
        organisation_id=document.organisation,
        label=document.label,
        title=document.title,
        text=document.text,
        address=document.address,
        tokens=tokens,
    )


def tokens_of(key, document):
    """Returns the tokens of an entry as one text, and the number of its words.

    First come the filters (`kind=`, `lang=`, `org=`), then the words (`w=`) and stems (`n=`) of its names,
    then the stems of all its texts in their order with boundaries between them, then the bigrams, then what
    else stands for words, each alone. A word of a name counts twice: as a word, and as one of a name.
    """
    names = [words_of(name) for name in document.names if name]
    texts = [words_of(text) for text in (document.title, document.text, *document.keywords) if text]
    texts = [name for name in names if name not in texts] + texts
    stems = [[stem(word) for word in words] for words, _others in texts]
    filters = [f"kind={key}", f"lang={document.language}", VERSION]
    if document.organisation:
        filters.append(f"org={document.organisation}")
    of_names = {
        token
        for name in names
        for words in name
        for word in words
        for token in (f"w={word}", f"n={stem(word)}")
    }
    in_order = [token for text in stems for token in (BOUNDARY, *text)]
    pairs = {pair for text in stems for pair in bigrams(text)}
    others = {stem(word) for _words, others in texts for word in others}.difference(in_order)
    apart = [token for other in sorted(others) for token in (BOUNDARY, other)]
    tokens = [*filters, *sorted(of_names), *in_order, BOUNDARY, *sorted(pairs), *apart]
    return " ".join(bounded(tokens)), sum(map(len, stems))


def words_of(text):
    """Returns the words of a text, as many as are found, and what else stands for some of them."""
    tokens, _room = first_words(tokenize(text), MAX_WORDS * SIGNS_A_WORD)
    end = tokens[-1][1] if tokens else 0
    return [word for _start, _end, word in tokens], {word for _start, _end, word in variants(text[:end])}


def bounded(tokens):
    """Yields the first tokens, as many as an entry may hold."""
    room, seen = MAX_BYTES, set()
    for token in tokens:
        if token not in seen:
            seen.add(token)
            room -= len(token.encode())
            if room < 0:
                return
        yield token


def column_values(entry):
    """Returns the values of an entry's columns, to compare it with another; None for no entry."""
    return entry and [getattr(entry, field.attname) for field in SearchEntry._meta.concrete_fields]


def outdated_entries(key, pks, existing):
    """Returns the entries that these records should have and do not, and those that they have and should not.

    `existing` are those of the ids whose record is there.
    """
    document_type = DOCUMENT_TYPES[key]
    records = document_type.public_records().filter(pk__in=existing)
    with translation.override(settings.LANGUAGE_CODE):
        expected = [build_entry(document_type, record) for record in records]
    expected = {entry.object_id: entry for entry in expected if entry}
    present = {entry.object_id: entry for entry in SearchEntry.objects.filter(kind=key, object_id__in=pks)}
    missing = [
        entry for pk, entry in expected.items() if column_values(entry) != column_values(present.get(pk))
    ]
    stale = [
        entry for pk, entry in present.items() if column_values(entry) != column_values(expected.get(pk))
    ]
    return missing, stale
