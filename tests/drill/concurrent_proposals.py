"""Six people propose, accept and publish at the same time, ten rounds.

In each round all of them change one mission, each changes a vision of their own, and then all decide on
whatever waits and publish one page. Each change brings a new passage of a document. Afterwards each proposal
has been applied once and whole, and whatever was acknowledged is there.
"""

import os
import random
from functools import partial
from threading import Barrier, Lock, Thread

import django

ROUNDS, PEOPLE = int(os.environ.get("ROUNDS", "10")), 6
CITATION = "organisation-citation-content_type-object_id"
# Django's test client collects the contexts of what other threads render, so one person reads at a time.
READING = Lock()


def main():
    django.setup()
    from django.core.management import call_command
    from django.test.utils import setup_test_environment

    setup_test_environment()
    call_command("migrate", verbosity=0)
    call_command("seed", verbosity=0)
    call_command("collectstatic", verbosity=0)
    stage = Stage()
    people = [Person(number, stage) for number in range(PEOPLE)]
    for round_ in range(ROUNDS):
        stage.submit_a_page(round_)
        barrier = Barrier(PEOPLE)
        threads = [Thread(target=person.work, args=(round_, barrier)) for person in people]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        stage.check(people, round_)
    print(
        f"{ROUNDS} rounds of {PEOPLE} people, {sum(len(each.proposed) for each in people)} changes proposed, "
        f"{sum(len(each.accepted) for each in people)} accepted, "
        f"{sum(each.published for each in people)} pages published, "
        f"{sum(each.refused for each in people)} times told that somebody else was first: "
        "none applied by half or twice"
    )


class Stage:
    """A mission that all change, a vision for each, a document with a line for each change, and a page."""

    def __init__(self):
        from tests.support.factory import a_source, a_statement
        from tests.support.pages import a_page
        from tests.support.people import alice

        lines = [
            words
            for round_ in range(ROUNDS)
            for number in range(PEOPLE)
            for words in (mission_words(round_, number), vision_words(round_, number))
        ]
        self.source = a_source(text="\n".join(lines))
        self.mission = a_statement("We keep every harbour safe.", kind="mission", owner=alice())
        self.visions = [a_statement(f"Vision {number}", owner=alice()) for number in range(PEOPLE)]
        self.page = a_page("Tides", "<p>High and low.</p>")
        self.draft = None

    def submit_a_page(self, round_):
        from tests.portal.pages.drafts import Desk
        from tests.support.people import alice

        desk = Desk(alice())
        self.draft = desk.begin(self.page, f"<p>The tides of round {round_}.</p>")
        desk.press(self.draft, "submit")

    def check(self, people, round_):
        """Asserts that what was acknowledged is in the database whole, and nothing else."""
        from djangocms_versioning.models import Version

        from organisation.models import Passage, Proposal

        assert not any(person.failed for person in people), "somebody could not work"
        proposed = [pk for person in people for pk in person.proposed]
        accepted = sorted(pk for person in people for pk in person.accepted)
        assert len(proposed) == len(set(proposed)) == Proposal.objects.count(), "a proposal is lost"
        stored = Proposal.objects.filter(state="accepted").order_by("pk").values_list("pk", flat=True)
        assert accepted == list(stored) == sorted(proposed), "one is accepted twice, or nobody was told of it"
        for record in (self.mission, *self.visions):
            rows = list(record.history.all())
            assert len(rows) == round_ + 2, f"{record} has {len(rows)} rows of history in round {round_}"
            assert record.citations.count() == round_ + 1, f"{record} has another number of citations"
            cited = {citation.passage.words for citation in record.citations.all()}
            assert {row.text for row in rows[:-1]} == cited, f"{record} has words without their passage"
        assert Passage.objects.filter(source=self.source).count() == len(accepted), "a passage is left over"
        versions = Version.objects.filter_by_grouper(self.page.page)
        assert versions.filter(state="published").count() == 1, "not one version of the page is public"
        assert Version.objects.get(pk=self.draft.pk).state == "published", "the page is not published"
        assert sum(person.published for person in people) == round_ + 1, "a page is published twice"


class Person:
    """A member of staff at a browser, every second one a publisher.

    `proposed` and `accepted` hold the keys of proposals that the site has acknowledged, `published` counts
    pages, and `refused` counts what somebody else was faster with.
    """

    def __init__(self, number, stage):
        from django.contrib.auth import get_user_model
        from django.contrib.auth.models import Group
        from django.test import Client

        self.number, self.stage, self.failed = number, stage, False
        self.proposed, self.accepted, self.published, self.refused = [], [], 0, 0
        self.is_publisher = bool(number % 2)
        user = get_user_model().objects.create_user(f"person{number}", is_staff=True)
        user.groups.add(Group.objects.get(name="publisher" if self.is_publisher else "editor"))
        self.browser = Client(headers={"host": "localhost"})
        self.browser.force_login(user)

    def work(self, round_, barrier):
        from django.db import connections

        try:
            forms = [
                self.fill_in(self.stage.mission, mission_words(round_, self.number)),
                self.fill_in(self.stage.visions[self.number], vision_words(round_, self.number)),
            ]
            barrier.wait()
            for address, form in forms:
                self.propose(address, form)
            barrier.wait()
            decisions = self.open_what_waits()
            barrier.wait()
            for decide in decisions:
                decide()
        except BaseException:
            barrier.abort()
            self.failed = True
            raise
        finally:
            connections.close_all()

    def fill_in(self, record, words):
        """Returns the address of a record's form, and the form with new words and the line that says them."""
        from tests.support.forms import filled_in
        from tests.support.proposals import form_of

        with READING:
            form = filled_in(self.browser.get(form_of(record)), text=words)
        row = int(form[f"{CITATION}-TOTAL_FORMS"])
        citation = {
            "source": self.stage.source.pk,
            "relation": "states",
            "independence": "own",
            "words": words,
        }
        form |= {f"{CITATION}-{row}-{name}": value for name, value in citation.items()}
        return form_of(record), form | {f"{CITATION}-TOTAL_FORMS": row + 1}

    def propose(self, address, form):
        answer = self.browser.post(address, form)
        if answer.status_code == 302 and "/proposal/" in answer.url:
            self.proposed.append(int(answer.url.rstrip("/").split("/")[-2]))
        else:
            assert "overtaken" in answer.content.decode()
            self.refused += 1

    def open_what_waits(self):
        """Returns what this person decides on, as functions in an order of their own."""
        from organisation.models import Proposal

        decisions = [partial(self.accept, proposal) for proposal in Proposal.objects.waiting()]
        if self.is_publisher:
            with READING:
                seen = self.browser.get(review(self.stage.draft)).context["seen"]
            decisions.append(partial(self.publish, {"do": "publish", "publish-seen": seen}))
        random.shuffle(decisions)
        return decisions

    def accept(self, proposal):
        status = self.browser.post(proposal.get_absolute_url(), {"do": "accept"}).status_code
        if status == 302:
            self.accepted.append(proposal.pk)
        elif status == 200:
            self.refused += 1
        else:
            assert status == 403, f"accepting answers {status}"  # one's own, or an editor's by an editor

    def publish(self, decision):
        answer = self.browser.post(review(self.stage.draft), decision, follow=True).content.decode()
        if "is published." in answer:
            self.published += 1
        else:
            self.refused += 1


def review(draft):
    from django.urls import reverse

    return reverse("admin:page-review", args=[draft.pk])


def mission_words(round_, number):
    return f"We keep {round_ + 2} harbours safe, person {number} says."


def vision_words(round_, number):
    return f"In round {round_} person {number} sees a quiet harbour."


if __name__ == "__main__":
    main()
