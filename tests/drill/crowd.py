"""Many at once: pages are moved about by two people, records are saved by six, and a claim is read twelve hundred times while it is published fifty times.

Afterwards the tree of pages is whole, nobody was told that the database is locked, and nobody has read half of an edition.
"""

import random
import re
import time
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import django

MOVES, WRITERS, SAVES, PUBLICATIONS, READS, READERS = 20, 6, 120, 50, 1200, 6
PLACES = ["organisations", "advocacy", "impact", "about"]
MOVED = ["organisations/coalition", "organisations/child-soldiers-international", "organisations/dallaire-initiative"]
SAVED_WITHIN = 2  # seconds, all but one save in a hundred


def main():
    django.setup()
    from django.core.management import call_command

    from . import kills

    call_command("migrate", verbosity=0)
    call_command("seed", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    server, address = kills.serve()
    try:
        move_pages(address)
        save_records()
        publish_and_read(address)
    finally:
        server.terminate()
        server.wait()


def together(work, people):
    """What each person's work gave."""
    from django.db import connections

    def alone(person):
        try:
            return work(person)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(people)) as threads:
        return list(threads.map(alone, people))


def move_pages(address):
    from cms.models import Page

    from .staff import Staff

    pages = {path: Page.objects.get(urls__path=path).pk for path in MOVED + PLACES}
    tokens = {}

    def move(person):
        told = []
        for _each in range(MOVES):
            page, place = pages[random.choice(MOVED)], pages[random.choice(PLACES)]
            form = {"target": place, "position": 0, "csrfmiddlewaretoken": tokens[person]}
            told.append(person.ask("POST", f"{address}/admin/cms/page/{page}/move-page/", form)[0])
        return told

    people = [Staff("mover1"), Staff("mover2")]
    for person in people:
        _status, text = person.ask("GET", f"{address}/admin/cms/pagecontent/{Page.objects.first().get_content_obj('en').pk}/change/")
        tokens[person] = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', text)[1]
    answers = sum(together(move, people), [])
    assert all(status < 500 for status in answers) and 200 in answers, answers
    assert not any(Page.find_problems()), f"the tree of pages is damaged: {Page.find_problems()}"
    print(f"{len(answers)} moves by two people, {answers.count(200)} taken, the tree is whole; ", end="", flush=True)


def save_records():
    from organisation.models import Statement

    keys = list(Statement.objects.values_list("pk", flat=True)[:WRITERS])

    def save(key):
        took = []
        for number in range(SAVES):
            began = time.monotonic()
            statement = Statement.objects.get(pk=key)
            statement.text = f"{statement.text[:200]} {number}"
            statement.save()
            took.append(time.monotonic() - began)
        return took

    took = sorted(sum(together(save, keys), []))
    slow = took[len(took) * 99 // 100]
    assert slow < SAVED_WITHIN, f"one save in a hundred takes {slow:.1f} s"
    print(f"{len(took)} saves by {WRITERS} writers, none refused, 99 of 100 within {slow * 1000:.0f} ms; ", end="", flush=True)


def publish_and_read(address):
    """The number stands in the claim's words and in its figure: whoever reads two has read half of one edition."""
    from django.contrib.auth import get_user_model
    from impact.models import Claim

    from .staff import Staff

    claim = Claim.objects.get(number=10)
    by = get_user_model().objects.get(username="publisher")

    def publish(number):
        claim.statement = f"We trained {number} people."
        claim.save()
        claim.figures.exclude(pk=claim.figures.first().pk).delete()
        claim.figures.update(value=number, unit="people")
        claim.publish(by=by, reason=f"Publication {number}")

    publish(7000)
    path = claim.get_absolute_url()

    ended = Event()

    def work(person):
        if person is None:
            try:
                for number in range(7001, 7001 + PUBLICATIONS):
                    publish(number)
            finally:
                ended.set()
            return []
        seen = []
        while len(seen) < READS // READERS or not ended.is_set():
            status, text = person.ask("GET", address + path)
            assert status == 200, f"a reader is answered {status}"
            said, counted = re.search(r'<h1 class="wording"[^>]*>“We trained (\d+) people', text)[1], re.search(r'<data[^>]* value="(\d+)', text)[1]
            assert said == counted, f"half of one edition and half of another: {said} and {counted}"
            seen.append(said)
        return seen

    readers = [Staff(f"reader{number}") for number in range(READERS)]
    for reader in readers:
        reader.cookies.clear()  # visitors, who get the pages that are kept
    read = together(work, [None, *readers])
    seen = sum(read, [])
    print(f"{len(seen)} reads during {PUBLICATIONS} publications, {len(set(seen))} editions seen, each whole")


if __name__ == "__main__":
    main()
