"""Builds the entry of a record: its texts as readers see them, and as tokens to be found by."""

from django.conf import settings
from django.utils import translation

from portal.models import SearchEntry

from .documents import DOCUMENT_TYPES
from .tokens import bigrams, folded_words, stem

# Words of one text after these are not found; that bounds an entry, whatever somebody pastes.
MAX_WORDS = 20_000
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
    then the stems of all its texts in their order with boundaries between them, then the bigrams. A word of a
    name counts twice: as a word, and as one of a name.
    """
    names = [folded_words(name)[:MAX_WORDS] for name in document.names if name]
    texts = [
        folded_words(text)[:MAX_WORDS] for text in (document.title, document.text, *document.keywords) if text
    ]
    texts = [name for name in names if name not in texts] + texts
    stems = [[stem(word) for word in text] for text in texts]
    filters = [f"kind={key}", f"lang={document.language}"]
    if document.organisation:
        filters.append(f"org={document.organisation}")
    of_names = {f"w={word}" for name in names for word in name} | {
        f"n={stem(word)}" for name in names for word in name
    }
    in_order = [token for text in stems for token in (BOUNDARY, *text)]
    pairs = {pair for text in stems for pair in bigrams(text)}
    tokens = [*filters, *sorted(of_names), *in_order, BOUNDARY, *sorted(pairs)]
    return " ".join(tokens), sum(map(len, texts))


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
