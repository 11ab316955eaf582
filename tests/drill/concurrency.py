"""Many at once: pages are moved about by two people, six begin, publish and take down versions of one page, records are saved by six, and a claim is
read twelve hundred times while it is published fifty times.

Afterwards the tree of pages is whole, the page has one published version and one draft at most, nobody was told that the database is locked, and
nobody has read half of an edition.
"""

import random
import re
import time
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import django

MOVES, ROUNDS_OF_VERSIONS, WRITERS, SAVES, PUBLICATIONS, READS, READERS = 20, 20, 6, 120, 50, 1200, 6
PLACES = ["organisations", "advocacy", "impact", "about"]
MOVED = [
    "organisations/coalition",
    "organisations/child-soldiers-international",
    "organisations/dallaire-initiative",
]
SAVED_WITHIN = 2  # seconds, all but one save in a hundred


def main():
    django.setup()
    from django.core.management import call_command

    from . import crashes

    call_command("migrate", verbosity=0)
    call_command("seed", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    server, address = crashes.serve()
    try:
        move_pages(address)
        change_versions(address)
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

    from .staff_browser import Staff

    pages = {path: Page.objects.get(urls__path=path).pk for path in MOVED + PLACES}

    def move(person):
        told = []
        for _each in range(MOVES):
            page, place = pages[random.choice(MOVED)], pages[random.choice(PLACES)]
            form = {"target": place, "position": 0, "csrfmiddlewaretoken": person.token}
            told.append(person.ask("POST", f"{address}/admin/cms/page/{page}/move-page/", form)[0])
        return told

    people = with_tokens(address, [Staff("mover1"), Staff("mover2")])
    answers = sum(together(move, people), [])
    assert all(status < 500 for status in answers) and 200 in answers, answers
    assert not any(Page.find_problems()), f"the tree of pages is damaged: {Page.find_problems()}"
    print(
        f"{len(answers)} moves by two people, {answers.count(200)} taken, the tree is whole; ",
        end="",
        flush=True,
    )


def with_tokens(address, people):
    """The same people, each with the token that a form of the admin holds for them."""
    from cms.models import Page

    for person in people:
        _status, text = person.ask(
            "GET", f"{address}/admin/cms/pagecontent/{Page.objects.first().get_content_obj('en').pk}/change/"
        )
        person.token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', text)[1]
    return people


def change_versions(address):
    """Six people at one page: some begin a draft of what is published, some publish the draft, one takes the page down."""
    from cms.models import Page
    from djangocms_versioning.constants import DRAFT, PUBLISHED
    from djangocms_versioning.models import Version

    from .staff_browser import Staff

    page = Page.objects.get(urls__path="about")
    contents = page.pagecontent_set(manager="admin_manager").values("pk")

    def standing(state):
        return list(
            Version.objects.filter(
                content_type__model="pagecontent", object_id__in=contents, state=state
            ).values_list("pk", flat=True)
        )

    def change(task):
        person, action, version = task
        return person.ask(
            "POST",
            f"{address}/admin/djangocms_versioning/pagecontentversion/{version}/{action}/",
            {"csrfmiddlewaretoken": person.token},
        )[0]

    people = with_tokens(address, [Staff(f"author{number}") for number in range(6)])
    answers, published = [], 0
    for _round in range(ROUNDS_OF_VERSIONS):
        [shown], drafts = standing(PUBLISHED), standing(DRAFT)
        wanted = (
            [("edit-redirect", shown)] * 3
            + ([("publish", drafts[0])] * 2 if drafts else [])
            + [("unpublish", shown)]
        )
        random.shuffle(people)
        answers += together(change, [(person, *each) for person, each in zip(people, wanted)])
        after = standing(PUBLISHED), standing(DRAFT)
        assert all(len(each) <= 1 for each in after), (
            f"{len(after[0])} published versions and {len(after[1])} drafts of one page"
        )
        published += after[0] not in ([], [shown])
        if not after[0]:  # put it back for the next round
            latest = Version.objects.filter(content_type__model="pagecontent", object_id__in=contents).latest(
                "pk"
            )
            draft = latest if latest.state == DRAFT else latest.copy(latest.created_by)
            draft.publish(draft.created_by)
    assert all(status < 500 for status in answers) and published, answers
    print(
        f"{len(answers)} attempts on the versions of one page by six people, {published} publications, never two published or two drafts; ",
        end="",
        flush=True,
    )


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
    print(
        f"{len(took)} saves by {WRITERS} writers, none refused, 99 of 100 within {slow * 1000:.0f} ms; ",
        end="",
        flush=True,
    )


def publish_and_read(address):
    """The number stands in the claim's words and in its figure: whoever reads two has read half of one edition."""
    from django.contrib.auth import get_user_model

    from impact.models import Claim

    from .staff_browser import Staff

    claim = Claim.objects.get(number=10)
    by = get_user_model().objects.get(username="publisher")

    def publish(number):
        claim.statement = f"We trained {number} people."
        claim.save()
        claim.figures.exclude(pk=claim.figures.first().pk).delete()
        claim.figures.update(value=number, unit="people")
        claim.publish(by=by, reason=f"Publication {number}", seen=Claim.AS_STORED)

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
            said, counted = (
                re.search(r'<h1 class="wording"[^>]*>“We trained (\d+) people', text)[1],
                re.search(r'<data[^>]* value="(\d+)', text)[1],
            )
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
