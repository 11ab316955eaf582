"""Many people at once work on the tree of pages, the versions of a page, records and a claim.

Two move pages about; six begin, publish and take down versions of one page; six save records; and a claim
is read twelve hundred times while it is published fifty times. Afterwards the tree of pages is whole, the
page has one published version and one draft at most, nobody was told that the database is locked, and
nobody has read half of an edition.
"""

import random
import re
import time
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import django

MOVES, VERSION_ROUNDS, WRITERS, SAVES, PUBLICATIONS, READS, READERS = 20, 20, 6, 120, 50, 1200, 6
TARGETS = ["organisations", "advocacy", "impact", "about"]
MOVED = [
    "organisations/coalition",
    "organisations/child-soldiers-international",
    "organisations/dallaire-initiative",
]


def main():
    django.setup()
    from django.core.management import call_command

    from .crashes import serve

    call_command("migrate", verbosity=0)
    call_command("seed", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    server, address = serve()
    try:
        move_pages(address)
        change_versions(address)
        save_records()
        publish_and_read(address)
    finally:
        server.terminate()
        server.wait()


def in_parallel(work, tasks):
    """Returns what `work` returns for each task; each is done in a thread of its own."""
    from django.db import connections

    def work_and_disconnect(task):
        try:
            return work(task)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(tasks)) as threads:
        return list(threads.map(work_and_disconnect, tasks))


def move_pages(address):
    from cms.models import Page

    from .staff_browser import StaffBrowser

    pages = {path: Page.objects.get(urls__path=path).pk for path in MOVED + TARGETS}

    def move(person):
        statuses = []
        for _move in range(MOVES):
            page, target = pages[random.choice(MOVED)], pages[random.choice(TARGETS)]
            form = {"target": target, "position": 0, "csrfmiddlewaretoken": person.token}
            statuses.append(person.change_pages(f"{address}/admin/cms/page/{page}/move-page/", form))
        return statuses

    people = with_tokens(address, [StaffBrowser("mover1"), StaffBrowser("mover2")])
    statuses = sum(in_parallel(move, people), [])
    assert all(status < 500 for status in statuses) and 302 in statuses, statuses
    assert not any(Page.find_problems()), f"the tree of pages is damaged: {Page.find_problems()}"
    print(
        f"{len(statuses)} moves by two people, {statuses.count(302)} taken, the tree is whole; ",
        end="",
        flush=True,
    )


def with_tokens(address, people):
    """Gives each person the CSRF token that a form of the admin holds for them, and returns them."""
    from cms.models import Page

    content = Page.objects.first().get_content_obj("en")
    for person in people:
        _status, text = person.request("GET", f"{address}/admin/cms/pagecontent/{content.pk}/change/")
        person.token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', text)[1]
    return people


def change_versions(address):
    """Lets six people change one page: three begin a draft, two publish the draft, one takes it down."""
    from cms.models import Page
    from djangocms_versioning.constants import DRAFT, PUBLISHED
    from djangocms_versioning.models import Version

    from portal.pages import workflow

    from .staff_browser import StaffBrowser

    page = Page.objects.get(urls__path="about")
    contents = page.pagecontent_set(manager="admin_manager").values("pk")
    versions = Version.objects.filter(content_type__model="pagecontent", object_id__in=contents)

    def versions_in(state):
        return list(versions.filter(state=state).values_list("pk", flat=True))

    def change(task):
        person, path, form = task
        return person.change_pages(f"{address}/admin/{path}/", {"csrfmiddlewaretoken": person.token} | form)

    def of_version(version, action):
        return f"djangocms_versioning/pagecontentversion/{version}/{action}"

    people = with_tokens(address, [StaffBrowser(f"author{number}") for number in range(6)])
    statuses, publications = [], 0
    for _round in range(VERSION_ROUNDS):
        [published], drafts = versions_in(PUBLISHED), versions_in(DRAFT)
        actions = [(of_version(published, "edit-redirect"), {})] * 3
        # In a round without a draft, the others have nothing to do: to take the page down would leave none.
        if drafts:
            draft = versions.get(pk=drafts[0])
            if workflow.last_step(draft) is None:
                workflow.submit(draft, draft.created_by)
            publication = {"do": "publish", "publish-seen": draft.modified.isoformat()}
            actions += [(f"pages/{draft.pk}/review", publication)] * 2
            actions += [(of_version(published, "unpublish"), {"reason": "drill"})]
        random.shuffle(people)
        tasks = [(person, *action) for person, action in zip(people, actions, strict=False)]
        statuses += in_parallel(change, tasks)
        published_after, drafts_after = versions_in(PUBLISHED), versions_in(DRAFT)
        assert len(published_after) <= 1 and len(drafts_after) <= 1, (
            f"{len(published_after)} published versions and {len(drafts_after)} drafts of one page"
        )
        publications += published_after not in ([], [published])
        if not published_after:  # the next round needs a published version
            latest = versions.latest("pk")
            draft = latest if latest.state == DRAFT else latest.copy(latest.created_by)
            draft.publish(draft.created_by)
    assert all(status < 500 for status in statuses) and publications, statuses
    print(
        f"{len(statuses)} attempts on the versions of one page by six people, {publications} publications, "
        "never two published or two drafts; ",
        end="",
        flush=True,
    )


def save_records():
    from organisation.models import Statement

    keys = list(Statement.objects.values_list("pk", flat=True)[:WRITERS])

    def save(key):
        durations = []
        for number in range(SAVES):
            began = time.monotonic()
            statement = Statement.objects.get(pk=key)
            statement.text = f"{statement.text[:200]} {number}"
            statement.save()
            durations.append(time.monotonic() - began)
        return durations

    durations = sorted(sum(in_parallel(save, keys), []))
    slow = durations[len(durations) * 99 // 100]
    print(
        f"{len(durations)} saves by {WRITERS} writers, none refused, 99 of 100 within {slow * 1000:.0f} ms; ",
        end="",
        flush=True,
    )


def publish_and_read(address):
    """Publishes a number in a claim's statement and its figure: who reads two has half of an edition."""
    from django.contrib.auth import get_user_model

    from impact.models import Claim

    from .staff_browser import StaffBrowser

    claim = Claim.objects.get(number=10)
    publisher = get_user_model().objects.get(username="publisher")

    def publish(number):
        claim.statement = f"We trained {number} people."
        claim.in_our_words = True
        claim.save()
        claim.figures.exclude(pk=claim.figures.first().pk).delete()
        words = {"as_written": str(number), "computed_from": "training programs", "computation": "counted"}
        claim.figures.update(value=number, unit="people", **words)
        claim.publish(by=publisher, reason=f"Publication {number}", seen=Claim.AS_STORED)

    publish(7000)
    path, ended = claim.get_absolute_url(), Event()

    def publish_or_read(reader):
        """Publishes where there is no reader; else returns the number of each edition that was read."""
        if reader is None:
            try:
                for number in range(7001, 7001 + PUBLICATIONS):
                    publish(number)
            finally:
                ended.set()
            return []
        numbers = []
        while len(numbers) < READS // READERS or not ended.is_set():
            status, text = reader.request("GET", address + path)
            assert status == 200, f"a reader is answered {status}"
            stated = re.search(r'<h1 class="wording"[^>]*>“?We trained (\d+) people', text)[1]
            counted = re.search(r'<data[^>]* value="(\d+)', text)[1]
            assert stated == counted, f"half of one edition and half of another: {stated} and {counted}"
            numbers.append(stated)
        return numbers

    readers = [StaffBrowser(f"reader{number}") for number in range(READERS)]
    for reader in readers:
        reader.cookies.clear()  # visitors, who are answered from the page cache
    numbers = sum(in_parallel(publish_or_read, [None, *readers]), [])
    print(
        f"{len(numbers)} reads during {PUBLICATIONS} publications, "
        f"{len(set(numbers))} editions seen, each whole"
    )


if __name__ == "__main__":
    main()
