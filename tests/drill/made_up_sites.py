"""The demonstration is left for a portal of one's own, which is then filled with made-up organisations.

Of none, one, three and twelve of them, with much on record and with little, all that the site serves is read.
"""

import os
from collections import Counter
from pathlib import Path

import django
from django.db import transaction
from django.test import Client
from django.test.utils import setup_test_environment
from playwright.sync_api import sync_playwright

from tests.support.chromium import chromium
from tests.support.postgresql import path_with_programs

WHO = {"name": "The Piers", "sentence": "What we did.", "publisher": "Association of the Piers"}


def main():
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # a browser keeps an event loop in this thread
    django.setup()
    setup_test_environment()
    from tests.browser.site import Databases, Site

    folder = Path(os.environ["PORTAL_VAR"])
    site = Site(folder, Databases().server, PATH=path_with_programs())
    site.fill()
    site.manage("leave_demonstration", str(folder / "backups"))
    words = left_of_the_demonstration()
    totals = Counter()
    with (
        sync_playwright() as playwright,
        playwright.chromium.launch(
            executable_path=chromium(), args=["--headless", "--no-sandbox"]
        ) as browser,
    ):
        for count, options in variants():
            totals += read_site(browser, count, options)
    print(
        f"left, of {words} names and sentences of the demonstration none is found; "
        f"{totals['sites']} sites of 0 to 12 organisations: {totals['pages']} pages, "
        f"{totals['files']} files and pictures, {totals['looks']} looks: "
        "nothing false, nothing empty, no dead link, axe 0"
    )


def left_of_the_demonstration():
    """Begins a portal of one's own where the demonstration was; returns the number of words looked for."""
    from portal.operations.first_start import begin_own_start
    from tests.support.demonstration_words import found_in, words_of_the_demonstration
    from tests.support.sweep import Sweep

    begin_own_start({"who": WHO})
    words = words_of_the_demonstration()
    left = {path: found for path, text in Sweep(Client(), 1).everything() if (found := found_in(text, words))}
    assert left == {}, left
    return len(words)


def variants():
    """Yields (number of organisations, what is on record of them) of each site."""
    from tests.support.made_up_sites import COUNTS, LISTS

    for count in COUNTS:
        yield count, {"bare": True}
        if count:
            yield count, {}
            yield from ((count, {"leave_out": (each,)}) for each in LISTS)


def read_site(browser, count, options):
    """Fills the site and reads it, and takes all of it back; returns how much was read."""
    from organisation.models import Organisation
    from tests.browser.test_accessibility import LOOKS
    from tests.support.made_up_sites import PUBLIC_ADDRESS, fill
    from tests.support.sweep import Sweep

    with transaction.atomic():
        Organisation.objects.all().delete()  # that of the start
        fill(count, **options)
        sweep = Sweep(Client(), count, PUBLIC_ADDRESS)
        faults = sweep.faults()
        looks = LOOKS if not options else LOOKS[:1]
        faults += sweep.in_looks(browser, looks)
        assert faults == [], f"{count} organisations, {options}: " + "\n".join(faults)
        transaction.set_rollback(True)
    kinds = len(sweep.kinds())
    return Counter(
        sites=1, pages=len(sweep.pages), files=len(sweep.words) - len(sweep.pages), looks=kinds * len(looks)
    )


if __name__ == "__main__":
    main()
