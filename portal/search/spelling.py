"""Corrects mistyped words with a dictionary of the words that the entries hold.

Each word is stored under the forms that are left of it when one letter is deleted. A mistyped word and the
right one share such a form, so that one look-up finds the candidates.
"""

from django.db import models

from portal.models import SearchEntry, SearchWord

from .tokens import folded_words, is_unspaced

MIN_LENGTH, MAX_LENGTH = 4, 30
# Letters are deleted from the first seven alone: that bounds the rows of a long word.
PREFIX_LENGTH = 7
MAX_CANDIDATES = 500
INSERT_BATCH, READ_BATCH, DELETE_BATCH = 2000, 2000, 500


def is_correctable(word, min_length=MIN_LENGTH):
    has_digit = any(letter.isdigit() for letter in word)
    return min_length <= len(word) <= MAX_LENGTH and not has_digit and not is_unspaced(word)


def deletion_keys(word):
    """Returns the word, its first letters, and these without each one of them."""
    prefix = word[:PREFIX_LENGTH]
    return {prefix, word} | {prefix[:index] + prefix[index + 1 :] for index in range(len(prefix))}


def corrections(word):
    """Returns the known words within one edit, or two from six letters on, the nearest first.

    An edit adds, drops or changes a letter, or swaps it with the next: optimal string alignment.
    """
    from rapidfuzz.distance import OSA  # not before it is used: it takes 3 MB

    # One letter short of the shortest known word is still a slip away from it.
    if not is_correctable(word, MIN_LENGTH - 1):
        return []
    max_distance = 1 if len(word) < 6 else 2
    candidates = (
        SearchWord.objects.filter(key__in=deletion_keys(word))
        .order_by()
        .values_list("word", flat=True)
        .distinct()[:MAX_CANDIDATES]
    )
    distances = {candidate: OSA.distance(word, candidate) for candidate in candidates}
    near = (candidate for candidate in distances if 0 < distances[candidate] <= max_distance)
    return sorted(near, key=lambda candidate: (distances[candidate], candidate))


def add_words(entries):
    """Stores the words of these entries in the dictionary."""
    words = {
        word
        for entry in entries
        for word in folded_words(" ".join([entry.title, entry.text]))
        if is_correctable(word)
    }
    known = set(
        SearchWord.objects.filter(key=models.F("word"), word__in=words).values_list("word", flat=True)
    )
    rows = [SearchWord(key=key, word=word) for word in sorted(words - known) for key in deletion_keys(word)]
    # Another process may store the same word at the same moment.
    SearchWord.objects.bulk_create(rows, ignore_conflicts=True, batch_size=INSERT_BATCH)


def remove_unused_words():
    """Deletes the words that no entry holds any more.

    Until then they do no harm: only a word that finds something is offered.
    """
    unused = set(SearchWord.objects.filter(key=models.F("word")).values_list("word", flat=True))
    for texts in SearchEntry.objects.values_list("title", "text").iterator(READ_BATCH):
        unused.difference_update(folded_words(" ".join(texts)))
    unused = sorted(unused)
    for start in range(0, len(unused), DELETE_BATCH):
        SearchWord.objects.filter(word__in=unused[start : start + DELETE_BATCH]).delete()
