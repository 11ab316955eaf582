"""A change of a claim goes its whole way: Alice makes it, Bob decides, and Charlie sees nothing too early."""

import re
from datetime import timedelta

from django.utils import timezone

from tests.support.sampling import drill_only

# The day to which the clock of the site is set.
TOMORROW = timezone.now().date() + timedelta(days=1)
# Sets the clock to a moment and runs `tick`, as the timer would.
TICK_AT = """
from datetime import datetime, timezone
from unittest.mock import patch
from django.core.management import call_command
moment = datetime.fromisoformat("{moment}").replace(tzinfo=timezone.utc)
with patch("django.utils.timezone.now", return_value=moment):
    call_command("tick")
"""
END_EVERY_LINK = """
from django.utils import timezone
from impact.models import ReviewLink
ReviewLink.objects.update(expires_at=timezone.now())
"""


@drill_only(
    "tests/impact/review/test_decision.py",
    "tests/impact/review/test_schedule.py",
    "tests/impact/review/test_withdrawal.py",
    "tests/portal/exports/test_everywhere.py",
)
def test_a_change_is_returned_scheduled_published_undone_and_withdrawn(site, window):
    alice, bob, charlie = window("editor"), window("publisher"), window()

    change_training(alice, "We have trained over 5,400 people", "5400", "From the new annual report")
    sees(charlie, "4,500", not_yet="5,400")

    review(bob)
    assert "5,400" in bob.inner_text(".review") and "From the new annual report" in bob.inner_text(".review")
    bob.locator("[name=return-reason]").fill("It says 5,000 in the report")
    bob.get_by_role("button", name="Return with this reason").click()
    bob.wait_for_selector("text=E10 is returned")
    sees(charlie, "4,500", not_yet="5,400")

    review(alice)
    assert "It says 5,000 in the report" in alice.inner_text(".review")
    change_training(alice, "We have trained over 5,000 people", "5000", "As the report says")

    review(bob)
    tick_warnings(bob)
    bob.get_by_label("update: what stood here was true then").check()
    bob.locator("[name=publish-reason]").fill("A newer count")
    bob.locator("[name=publish-at_0]").fill(f"{TOMORROW}")
    bob.locator("[name=publish-at_1]").fill("09:00")
    bob.get_by_role("button", name="Put on the schedule").click()
    bob.wait_for_selector("text=E10 is on the schedule")
    assert tick(site, f"{TOMORROW}T08:59:59") == ""
    sees(charlie, "4,500", not_yet="5,000")
    assert tick(site, f"{TOMORROW}T09:00:00") == "E10 is published as edition 2.\n"
    sees(charlie, "5,000", not_yet="4,500")
    charlie.goto("/evidence/e10/v1/")
    assert "over 4,500 participants" in charlie.inner_text("h1")

    review(bob)
    bob.locator("[name=restore-reason]").fill("The report was withdrawn")
    bob.get_by_role("button", name="Publish this edition again").click()
    bob.wait_for_selector("text=E10 shows the earlier wording again")
    sees(charlie, "4,500", not_yet="5,000")
    charlie.goto("/corrections/")
    corrections = charlie.inner_text("main")
    assert "The report was withdrawn" in corrections and "A newer count" in corrections

    review(bob)
    bob.locator("[name=withdraw-reason]").fill("Nobody can say where the count comes from")
    bob.get_by_role("button", name="Withdraw the claim").click()
    bob.wait_for_selector("text=E10 is withdrawn")
    for address in ("/evidence/e10/", "/evidence/e10/v1/", "/evidence/e10/v2/"):
        assert charlie.goto(address).status == 410
        assert "Nobody can say where the count comes from" in charlie.inner_text("main")
        assert "4,500" not in charlie.content() and "5,000" not in charlie.content()
    for address in ("/", "/impact/", "/evidence/", "/corrections/", "/support/"):
        charlie.goto(address)
        assert "4,500" not in charlie.content() and "5,000" not in charlie.content(), address


@drill_only("tests/impact/review/test_four_eyes.py::test_bob_does_not_publish_his_own_last_change")
def test_who_made_the_last_change_cannot_publish_it(window):
    bob, charlie = window("publisher"), window()
    change_training(bob, "We have trained over 6,000 people", "6000", "Mine")
    review(bob)
    assert "The last change is your own: somebody else has to publish it." in bob.inner_text(".review")
    assert bob.get_by_role("button", name="Publish now").count() == 0
    sees(charlie, "4,500", not_yet="6,000")


@drill_only("tests/impact/review/test_link.py")
def test_somebody_without_an_account_reads_the_draft_and_approves_it_until_the_link_ends(site, window):
    alice, bob, dana = window("editor"), window("publisher"), window()
    change_training(alice, "We have trained over 7,000 people", "7000", "Dana should see this")
    review(alice)
    alice.locator("[name=link-for_whom]").fill("Dana Okoro")
    alice.get_by_role("button", name="Make a link").click()
    address = alice.locator(".link-made code").inner_text()

    answer = dana.goto(address)
    assert answer.headers["x-robots-tag"] == "noindex" and "no-store" in answer.headers["cache-control"]
    assert "7,000" in dana.inner_text("main")
    dana.get_by_label("comment").fill("I was there: it is right.")
    dana.get_by_role("button", name="Approve these words").click()
    dana.wait_for_selector("text=You approved the words.")
    assert dana.context.cookies() == []

    review(bob)
    opinions = bob.inner_text(".review")
    assert "I was there: it is right." in opinions and "Dana Okoro" in opinions
    site.execute_script(END_EVERY_LINK)
    assert dana.goto(address).status == 410
    assert "7,000" not in dana.content()


def change_training(page, statement, value, note):
    page.goto("/admin/impact/claim/?q=E10")
    page.locator("#result_list tbody th a").first.click()
    page.locator("[name=statement]").fill(f"{statement} from over 55 countries")
    page.locator("[name=in_our_words]").check()
    page.locator("[name=figures-0-value]").fill(value)
    page.locator("[name=figures-0-as_written]").fill("")
    page.locator("[name=figures-0-computed_from]").fill("training programs have been delivered")
    page.locator("[name=figures-0-computation]").fill("counted anew")
    page.get_by_label("Note for the reviewer").fill(note)
    page.get_by_role("button", name="Save and submit for review").click()
    page.wait_for_selector("text=E10 is submitted for review")


def review(page):
    page.goto("/admin/impact/claim/?q=E10")
    page.locator("#result_list tbody th a").first.click()
    page.get_by_role("link", name="Review", exact=True).click()


def tick_warnings(page):
    for warning in page.get_by_label("I have seen this.").all():
        warning.check()


def tick(site, moment):
    return site.execute_script(TICK_AT.format(moment=moment))


def sees(visitor, figure, not_yet):
    """Asserts that every page of the claim shows one figure and not another.

    Of the claim's own page only the heading counts, since the text below tells what stood there before.
    """
    for address, part in {
        "/evidence/e10/": "h1",
        "/": "main",
        "/impact/": "main",
        "/support/": "main",
    }.items():
        visitor.goto(address)
        text = visitor.inner_text(part)
        assert figure in text and not_yet not in text, address


class CountedInput:
    """Mouse and keyboard of the people of a test; `actions` counts every click and every field."""

    def __init__(self):
        self.actions = 0

    def click(self, target):
        self.actions += 1
        target.click()

    def fill(self, field, text):
        self.actions += 1
        field.fill(text)

    def choose(self, field, value):
        self.actions += 1
        field.select_option(value)


def test_alice_and_bob_change_a_figure_everywhere_in_no_more_than_25_clicks_and_fields(site, window):
    alice, bob, charlie, hands = window("editor"), window("publisher"), window(), CountedInput()

    alice.goto("/admin/")
    hands.fill(alice.get_by_label("Find a record, page, source or command"), "E10")
    alice.keyboard.press("Enter")
    hands.click(alice.locator(".desk-found .desk-title").first)
    words = "Our training programs have been delivered to over 5,000 participants from over 60 countries"
    hands.fill(alice.locator("[name=statement]"), words)
    hands.fill(alice.locator("[name=figures-0-as_written]"), "over 5,000")
    hands.fill(alice.locator("[name=figures-1-as_written]"), "over 60")
    hands.click(alice.locator("#organisation-citation-content_type-object_id-group .add-row a"))
    with alice.expect_popup() as opened:
        hands.click(
            alice.locator(".dynamic-organisation-citation-content_type-object_id .add-related:visible").last
        )
    document = opened.value
    hands.choose(document.locator("[name=kind]"), "report")
    hands.fill(document.locator("[name=title]"), "Annual report")
    hands.fill(document.locator("[name=slug]"), "annual-report")
    hands.fill(document.locator("[name=text]"), words)
    with document.expect_event("close"):
        hands.click(document.get_by_role("button", name="Save", exact=True))
    hands.fill(alice.locator("[name$=-words]:visible").last, words)
    hands.fill(alice.get_by_label("Note for the reviewer"), "From the PDF that came by e-mail")
    hands.click(alice.get_by_role("button", name="Save and submit for review"))
    alice.wait_for_selector("text=E10 is submitted for review")

    bob.goto("/admin/")
    hands.click(bob.locator(".desk-column a", has_text="E10").first)
    preview = bob.get_by_role("link", name="Preview Thinking of giving?").get_attribute("href")
    donor = bob.context.new_page()
    donor.goto(preview)
    assert "5,000" in donor.inner_text("main") and "not published" in donor.content()
    for warning in bob.get_by_label("I have seen this.").all():
        hands.click(warning)
    hands.click(bob.get_by_label("update: what stood here was true then"))
    hands.fill(bob.locator("[name=publish-reason]"), "A newer count")
    hands.fill(bob.locator("[name=publish-at_0]"), f"{TOMORROW}")
    hands.fill(bob.locator("[name=publish-at_1]"), "09:00")
    hands.click(bob.get_by_role("button", name="Put on the schedule"))
    bob.wait_for_selector("text=E10 is on the schedule")
    assert hands.actions + 1 <= 25  # the preview was opened by its address, which is a click

    assert paths_with(charlie, "5,?000") == [] and paths_with(charlie, "4,?500") == PATHS
    tick(site, f"{TOMORROW}T09:00:00")
    assert paths_with(charlie, "4,?500") == [] and paths_with(charlie, "5,?000") == PATHS
    charlie.goto("/evidence/e10/v1/")
    assert "over 4,500 participants from over 55 countries" in charlie.inner_text("h1")


# The pages, the chart's table and the data that give the figure.
PATHS = ["/", "/impact/", "/support/", "/data/charts/figures-e10.csv", "/data/claims.json"]


def paths_with(visitor, figure):
    """Returns those of the paths that give a figure; it is a pattern of how the figure may be written."""
    return [path for path in PATHS if re.search(rf"\b{figure}\b", visitor.request.get(path).text())]
