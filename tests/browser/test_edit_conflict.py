"""Two people edit one record: in the window over a page, and at the very same moment."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from tests.support.sampling import drill_only, every

from .harbour_aid import VALUES
from .test_editing import accept, save_window, start_draft

SERIALISE = "form => new URLSearchParams(new FormData(form)).toString()"


def open_integrity(page):
    page.goto("/admin/organisation/statement/?q=Integrity")
    page.get_by_role("link", name="Harbour Aid, value: Integrity").click()
    page.wait_for_selector("#statement_form")


@drill_only("tests/organisation/test_edit_conflict.py", "tests/organisation/test_open_proposals.py")
def test_alice_in_the_window_over_a_page_is_told_what_bob_proposed_meanwhile(harbour_aid, window):
    alice, bob, charlie = window("editor"), window("publisher"), window()
    start_draft(alice, VALUES)
    alice.get_by_text("Integrity").first.dblclick()
    form = alice.frame_locator(".cms-modal-frame iframe")
    form.locator("[name=text]").fill("Words that Alice wrote.")

    open_integrity(bob)
    bob.locator("[name=text]").fill("Words that Bob wrote.")
    bob.get_by_role("button", name="Save", exact=True).click()
    bob.wait_for_selector(".messagelist .success")

    alice.locator(".cms-modal-buttons .cms-btn-action").click()
    form.get_by_text("publisher proposed a change of this on").wait_for()
    assert form.locator("[name=text]").input_value() == "Words that Alice wrote."

    save_window(alice)
    accept(bob, "Harbour Aid, value: Integrity")
    charlie.goto(VALUES)
    assert "Words that Alice wrote." in charlie.inner_text("main")


def test_of_two_saves_at_the_same_moment_one_is_refused(harbour_aid, window):
    people = {"Alice": window("editor"), "Bob": window("publisher")}
    barrier = Barrier(len(people))

    def send(request):
        barrier.wait()
        with urlopen(request) as answer:
            return answer.read().decode()

    for turn in every(4, range(5)):
        requests = []
        for name, page in people.items():
            open_integrity(page)
            page.locator("[name=text]").fill(f"Words that {name} wrote, {turn}.")
            form = page.eval_on_selector("#statement_form", SERIALISE)
            cookies = "; ".join(f"{each['name']}={each['value']}" for each in page.context.cookies())
            requests.append(
                Request(
                    page.url,
                    f"{form}&{urlencode({'_continue': '1'})}".encode(),
                    {"Cookie": cookies, "Referer": page.url},
                )
            )

        with ThreadPoolExecutor() as threads:
            answers = list(threads.map(send, requests))
        refused = ["proposed a change of this on" in answer and "overtaken" in answer for answer in answers]
        assert sorted(refused) == [False, True]
        open_integrity(people["Alice"])
        winner = "Bob" if refused[0] else "Alice"
        assert people["Alice"].locator("[name=text]").input_value() == f"Words that {winner} wrote, {turn}."
