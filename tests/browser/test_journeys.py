"""A visitor, a donor and a journalist find what they come for in few clicks.

They do so by mouse, by keyboard alone, and on a narrow screen.
"""

import csv
import re

import pytest

from tests.support.sampling import in_turn

from .page_kinds import DESK, PHONE
from .printed_text import text_of_pages

CSI, COALITION = "Child Soldiers International", "Coalition to Stop the Use of Child Soldiers"
CSI_CLOSED = re.compile(rf"^{CSI} \(closed 2019\)")
VISION = "a world where children are not used in war"
INDEPENDENCE = (
    "all of our work is developed independently of any government, political persuasion or religious creed"
)


class Visitor:
    """Follows links as somebody who sees the page would, and counts the clicks."""

    def __init__(self, page):
        self.page, self.clicks = page, 0

    def follow(self, link):
        before = self.page.url
        self.press(link)
        self.page.wait_for_url(lambda address: address != before)

    def download(self, link):
        """Returns the rows of the table that a link downloads."""
        with self.page.expect_download() as download:
            self.press(link)
        with download.value.path().open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))

    def press(self, target):
        menu = self.page.get_by_role("button", name="Menu")
        if menu.is_visible() and not target.first.is_visible():
            self.clicks += 1
            self.activate(menu)
        self.clicks += 1
        self.activate(target.first)

    def activate(self, target):
        target.click()

    def link(self, name, within="body"):
        return self.page.locator(within).get_by_role("link", name=name, exact=isinstance(name, str))

    def reads(self, text):
        """Returns whether the page holds a text, however its lines break."""
        return text.lower() in " ".join(self.page.inner_text("main").split()).lower()


class KeyboardVisitor(Visitor):
    def activate(self, target):
        for _ in range(300):
            self.page.keyboard.press("Tab")
            if target.evaluate("each => each === document.activeElement"):
                return self.page.keyboard.press("Enter")
        raise AssertionError(f"The Tab key never reaches {target}.")


@pytest.fixture(params=in_turn(["by keyboard", "on a narrow screen", "by mouse"]))
def charlie(request, visit):
    page = visit(viewport=PHONE if "narrow" in request.param else DESK)
    page.goto("/")
    return KeyboardVisitor(page) if "keyboard" in request.param else Visitor(page)


def test_charlie_learns_who_wants_no_child_used_in_war_and_what_it_was_called_before(charlie):
    charlie.follow(charlie.link("Organisations"))
    charlie.follow(charlie.link(CSI_CLOSED, within="main"))
    assert charlie.clicks <= 4
    assert charlie.reads(CSI)
    assert charlie.reads(VISION)
    text = " ".join(charlie.page.inner_text("main").split())
    assert re.search(rf"\bformer(ly| name)\b.{{0,40}}{COALITION}", text, re.IGNORECASE)


def test_charlie_goes_on_to_the_former_organisation_which_names_its_successor(charlie):
    charlie.follow(charlie.link("Organisations"))
    charlie.follow(charlie.link(CSI_CLOSED, within="main"))
    charlie.follow(charlie.link(re.compile(COALITION), within="main"))
    assert charlie.clicks <= 4
    assert charlie.page.url.endswith("/organisations/coalition/")
    text = " ".join(charlie.page.inner_text("main").split())
    assert re.search(rf"\blater known as\b.{{0,40}}{CSI}", text, re.IGNORECASE)


def test_a_donor_finds_an_achievement_that_others_confirm_and_who_pays_for_the_work(charlie):
    charlie.follow(charlie.link("Support"))
    assert charlie.page.url.endswith("/support/")
    assert charlie.reads(INDEPENDENCE)
    assert charlie.reads("We receive funding from governments for some of our work")
    assert charlie.reads("No source on record says how any of the three spends its money.")

    charlie.follow(supported_claim(charlie.page))
    assert charlie.clicks <= 4
    assert charlie.reads("Grade: supported in part.")
    documents = charlie.page.locator("main").get_by_role("listitem")
    assert documents.filter(has_text="Its own words").count()
    others = documents.filter(has_text=re.compile("Supported in part by an independent source"))
    assert others.get_by_role("link").count()


def supported_claim(page):
    """Returns the link to the last claim of the page of which an independent source supports a part."""
    claims = page.locator("main [data-record]").filter(has_text="independent, in part")
    return claims.last.get_by_role("link", name=re.compile(r"^E\d+$"))


def test_a_donor_reads_within_two_clicks_who_is_there_what_was_done_and_what_is_not_known(charlie):
    charlie.follow(charlie.link("Thinking of giving?", within="main"))
    for answer in (
        "Dallaire Initiative: no source on record says that it has closed.",
        "Child Soldiers International: Closed on 7 June 2019.",
        "No money is taken on this site, and it does not say where to give.",
        "We advocated for and contributed to the first ever Joint Doctrine Note",
        "an independent source supports, in part",
        "contradicted by another text",
    ):
        assert charlie.reads(answer), answer
    assert charlie.clicks <= 2


def test_a_board_member_prints_one_page_by_a_button_above_the_fold(charlie):
    charlie.follow(charlie.link("Thinking of giving?", within="main"))
    button = charlie.link("Print this on one page (PDF)", within="main")
    box, window = button.bounding_box(), charlie.page.viewport_size
    assert box["y"] + box["height"] <= window["height"]
    sheet = charlie.page.request.get(button.evaluate("each => each.href")).body()
    assert charlie.clicks + 1 <= 2 and len(text_of_pages(sheet)) == 1


def test_a_journalist_copies_the_training_figure_with_its_true_date_in_two_clicks(charlie):
    charlie.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    charlie.follow(charlie.link("Quote a figure", within="main"))
    charlie.press(charlie.page.get_by_role("button", name="Copy E10", exact=True))
    charlie.page.get_by_text("Copied").first.wait_for()
    copied = charlie.page.evaluate("navigator.clipboard.readText()")
    assert "over 4,500 participants" in copied and "Dallaire Initiative (n.d.)" in copied
    assert "Recorded as E10, edition" in copied
    assert charlie.reads("No source says on what day any of them held.") and charlie.clicks <= 2


def test_a_journalist_quotes_a_figure_that_sources_differ_on_and_takes_its_row_home(charlie):
    charlie.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    charlie.page.goto("/press/")
    charlie.follow(charlie.link("Evidence"))
    charlie.follow(charlie.link("E24", within="main"))
    assert charlie.reads("Sources differ. E24 says “35 countries”, E28 says “over 35 countries”.")
    assert charlie.reads("Date it holds for not in the source")
    assert charlie.page.locator("main").get_by_role("link", name=re.compile(r"^line \d+$")).count()

    citation = charlie.page.locator(".citation:visible").first.inner_text()
    charlie.press(charlie.page.get_by_role("button", name="Copy"))
    charlie.page.get_by_text("Copied").first.wait_for()
    assert "E24, edition 1" in citation and "accessed" in citation
    assert "This site has no public address yet." in citation
    assert charlie.page.evaluate("navigator.clipboard.readText()") == citation

    [row] = charlie.download(charlie.link(re.compile("as a table")))
    assert (row["reference"], row["edition"], row["figures"]) == ("E24", "1", "35 countries")
    assert charlie.clicks <= 6

    charlie.page.goto(row["address"])
    assert charlie.reads(row["statement"])


def test_a_journalist_takes_every_claim_home_from_the_page_for_the_press(charlie):
    charlie.page.goto("/press/")
    rows = charlie.download(charlie.link(re.compile("as a table"), within="main"))
    assert {"E24": "35 countries", "E28": "over 35 countries"}.items() <= {
        row["reference"]: row["figures"] for row in rows
    }.items()
    assert charlie.clicks == 1


def test_a_sceptic_reads_which_claims_are_contradicted_and_by_what(charlie):
    charlie.follow(charlie.link("I doubt it", within="main"))
    assert charlie.clicks == 1
    assert charlie.reads("Contradicted, and by what")
    assert charlie.page.locator("main a.reference").all_inner_texts() == ["E19", "E24", "E28"]
    assert charlie.reads("Gives the interval between the reports as three to four years")
    assert charlie.page.locator("main").get_by_role("link", name="Shop page, Global Report 2001").count()
