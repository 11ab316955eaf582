"""What a visitor and a donor come for (tasks A and C): found by mouse, by keyboard alone, and on a narrow screen, in few clicks."""

import re

import pytest

from .kinds import DESK, PHONE

CSI, COALITION = "Child Soldiers International", "Coalition to Stop the Use of Child Soldiers"
VISION = "a world where children are not used in war"
INDEPENDENCE = "all of our work is developed independently of any government, political persuasion or religious creed"


class Visitor:
    """Follows links as one who sees the page would, and counts how often."""

    def __init__(self, page):
        self.page, self.clicks = page, 0

    def follow(self, link):
        before = self.page.url
        self.clicks += 1
        self.choose(link.first)
        self.page.wait_for_url(lambda address: address != before)

    def choose(self, link):
        link.click()

    def link(self, name, within="body"):
        return self.page.locator(within).get_by_role("link", name=name, exact=isinstance(name, str))

    def reads(self, words):
        """Whether the page says the words, however its lines break."""
        return words.lower() in " ".join(self.page.inner_text("main").split()).lower()


class KeyboardVisitor(Visitor):
    def choose(self, link):
        for _ in range(300):
            self.page.keyboard.press("Tab")
            if link.evaluate("each => each === document.activeElement"):
                return self.page.keyboard.press("Enter")
        raise AssertionError(f"The Tab key never reaches {link}.")


@pytest.fixture(params=["by mouse", "by keyboard", "on a narrow screen"])
def charlie(request, visit):
    page = visit(viewport=PHONE if "narrow" in request.param else DESK)
    page.goto("/")
    return KeyboardVisitor(page) if "keyboard" in request.param else Visitor(page)


def test_charlie_learns_who_wants_no_child_used_in_war_and_what_it_was_called_before(charlie):
    charlie.follow(charlie.link("Organisations"))
    charlie.follow(charlie.link(CSI, within="main"))
    assert charlie.clicks <= 4
    assert charlie.reads(CSI)
    assert charlie.reads(VISION)
    said = " ".join(charlie.page.inner_text("main").split())
    assert re.search(rf"\bformer(ly| name)\b.{{0,40}}{COALITION}", said, re.IGNORECASE)


def test_charlie_goes_on_to_the_former_organisation_which_names_its_successor(charlie):
    charlie.follow(charlie.link(CSI, within="main"))
    charlie.follow(charlie.link(re.compile(COALITION), within="main"))
    assert charlie.clicks <= 4
    assert charlie.page.url.endswith("/organisations/coalition/")
    said = " ".join(charlie.page.inner_text("main").split())
    assert re.search(rf"\blater known as\b.{{0,40}}{CSI}", said, re.IGNORECASE)


def test_a_donor_finds_an_achievement_that_others_confirm_and_who_pays_for_the_work(charlie):
    charlie.follow(charlie.link("Support"))
    assert charlie.page.url.endswith("/support/")
    assert charlie.reads(INDEPENDENCE)
    assert charlie.reads("We receive funding from governments for some of our work")
    assert charlie.reads("How funds are used: not on record")

    charlie.follow(supported_claim(charlie.page))
    assert charlie.clicks <= 4
    assert charlie.page.locator("main .status-supported").count()
    evidence = charlie.page.locator("main").get_by_role("listitem")
    assert evidence.filter(has_text="Evidence: own").count()
    others = evidence.filter(has_text="Evidence: independent").filter(has_text=re.compile("Supports", re.IGNORECASE))
    assert others.get_by_role("link").count()


def supported_claim(page):
    """The reference of the first claim on the page that an independent source supports."""
    claims = page.locator("main [data-record]").filter(has=page.locator(".status-supported"))
    return claims.last.get_by_role("link", name=re.compile(r"^E\d+$"))
