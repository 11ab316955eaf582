"""Stemming gives the same result however many threads search and save at once."""

import sys
from concurrent.futures import ThreadPoolExecutor

from django.conf import settings

from portal.search.tokens import folded_words, stem


def test_several_threads_at_once_get_the_stems_that_one_gets():
    text = "".join(
        file.read_text() for file in (settings.FIXTURES_DIR / "sources").iterdir() if file.is_file()
    )
    words = sorted(set(folded_words(text)))[:1500]
    expected = [stem.__wrapped__(word) for word in words]
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)  # makes threads interrupt each other as often as they can
    try:
        with ThreadPoolExecutor(4) as threads:
            stems = list(threads.map(lambda _each: [stem.__wrapped__(word) for word in words], range(4)))
    finally:
        sys.setswitchinterval(interval)
    assert stems == [expected] * 4
