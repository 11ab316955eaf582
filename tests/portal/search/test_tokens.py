"""Words lose the same endings however many people search and save at once."""

import sys
from concurrent.futures import ThreadPoolExecutor

from django.conf import settings

from portal.search.tokens import stem, words_of


def test_several_people_at_once_get_the_endings_that_one_gets():
    text = "".join(
        file.read_text() for file in (settings.FIXTURES_DIR / "sources").iterdir() if file.is_file()
    )
    words = sorted(set(words_of(text)))[:1500]
    alone = [stem.__wrapped__(word) for word in words]
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(4) as people:
            together = list(people.map(lambda _each: [stem.__wrapped__(word) for word in words], range(4)))
    finally:
        sys.setswitchinterval(before)
    assert together == [alone] * 4
