"""Six people change, submit and publish one claim at the same time, twenty rounds.

Afterwards exactly one edition is current, the numbers have no gap, and whatever was acknowledged as saved or
published is there.
"""

from threading import Barrier, Lock, Thread

import django

ROUNDS, PEOPLE = 20, 6
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
    people = [Person(f"person{number}") for number in range(PEOPLE)]
    for round_ in range(ROUNDS):
        barrier = Barrier(PEOPLE)
        threads = [Thread(target=person.work, args=(round_, barrier)) for person in people]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        check(people)
    print(
        f"{ROUNDS} rounds of {PEOPLE} people, "
        f"{sum(len(each.submitted) for each in people)} changes submitted, "
        f"{sum(len(each.published) for each in people)} editions published, "
        f"{sum(each.refused for each in people)} times told that somebody else was first: nothing lost"
    )


class Person:
    """A member of staff at a browser.

    `submitted` and `published` hold the statements and reasons that the site has acknowledged, `refused`
    counts the edit conflicts.
    """

    def __init__(self, name):
        from django.contrib.auth import get_user_model
        from django.contrib.auth.models import Group
        from django.test import Client

        self.name, self.submitted, self.published, self.refused, self.failed = name, [], [], 0, False
        user = get_user_model().objects.create_user(name, is_staff=True)
        user.groups.add(Group.objects.get(name="publisher"))
        self.browser = Client(headers={"host": "localhost"})
        self.browser.force_login(user)

    def work(self, round_, barrier):
        """Submits a change of the claim, then decides on its review; all people send at the same moment."""
        from django.db import connections

        try:
            form = self.open_claim(f"As {self.name} puts over 4,500 and over 55 in round {round_}")
            barrier.wait()
            self.submit(*form)
            barrier.wait()
            decision = self.open_review(f"Round {round_}, {self.name}")
            barrier.wait()
            self.publish(*decision)
        except BaseException:
            barrier.abort()
            self.failed = True
            raise
        finally:
            connections.close_all()

    def open(self, view):
        """Returns the address of a page of the claim's admin, and the answer with its forms."""
        from impact.models import Claim

        address = f"/admin/impact/claim/{Claim.objects.get(number=10).pk}/{view}/"
        return address, self.browser.get(address)

    def open_claim(self, statement):
        from tests.support.forms import filled_in

        with READING:
            address, page = self.open("change")
            return address, filled_in(page, statement=statement, in_our_words="on", _submit="1")

    def submit(self, address, form):
        answer = self.browser.post(address, form, follow=True).content.decode()
        if "is submitted for review" in answer:
            self.submitted.append(form["statement"])
        else:
            self.refused += 1

    def open_review(self, reason):
        with READING:
            address, page = self.open("review")
            form = page.context["forms"].get("publish")
            ticks = {tick.html_name: "on" for _sentence, tick in form.checklist} if form else {}
            decision = {
                "do": "publish",
                "publish-seen": page.context["fingerprint"],
                "publish-change": "update",
                "publish-reason": reason,
            }
            return address, form and ticks | decision

    def publish(self, address, decision):
        if decision is None:
            return  # the change that waits is this person's own
        answer = self.browser.post(address, decision, follow=True).content.decode()
        if "is published." in answer:
            self.published.append(decision["publish-reason"])
        else:
            self.refused += 1


def check(people):
    """Asserts that what was acknowledged is in the database, and nothing else."""
    from impact.models import Claim

    assert not any(person.failed for person in people), "somebody could not work"
    claim = Claim.objects.get(number=10)
    editions = list(claim.editions.order_by("number"))
    numbers = [edition.number for edition in editions]
    assert numbers == list(range(1, len(editions) + 1)), "a number is missing"
    assert claim.current_edition == editions[-1], "the current edition is not the last"
    assert len(editions) > 1, "nothing was published"
    reasons = [edition.reason for edition in editions[1:]]
    acknowledged = [reason for person in people for reason in person.published]
    assert sorted(reasons) == sorted(acknowledged), "an edition is lost, or nobody was told of it"
    saved = set(claim.history.values_list("statement", flat=True))
    lost = [statement for person in people for statement in person.submitted if statement not in saved]
    assert not lost, f"saved and lost: {lost}"


if __name__ == "__main__":
    main()
