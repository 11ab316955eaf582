"""The search box suggests results while Charlie types, for keyboard and mouse; it works without a script."""

import re

import pytest

from tests.support.sampling import every, in_turn

from .page_kinds import DESK, PHONE
from .test_accessibility import violations

PROFILE = "**/organisations/dallaire-initiative/"


@pytest.fixture(params=in_turn([DESK, PHONE]), ids=in_turn(["wide", "narrow"]))
def charlie(request, visit):
    page = visit(viewport=request.param)
    page.goto("/about/")
    menu = page.get_by_role("button", name="Menu")
    if menu.is_visible():
        menu.click()
    return page


def box(page):
    return page.get_by_role("combobox", name="Search")


def options(page):
    return page.get_by_role("listbox", name="Suggestions").get_by_role("option")


def test_charlie_chooses_a_suggestion_with_the_arrow_keys_and_the_focus_stays_in_the_box(charlie):
    box(charlie).press_sequentially("dalla")
    options(charlie).first.wait_for()
    assert box(charlie).get_attribute("aria-expanded") == "true"
    box(charlie).press("ArrowDown")
    chosen = options(charlie).first
    assert chosen.get_attribute("aria-selected") == "true"
    assert box(charlie).get_attribute("aria-activedescendant") == chosen.get_attribute("id")
    assert charlie.evaluate("document.activeElement.type") == "search"
    assert violations(charlie) == []
    box(charlie).press("ArrowUp")
    assert box(charlie).get_attribute("aria-activedescendant") is None
    box(charlie).press("ArrowDown")
    box(charlie).press("Enter")
    charlie.wait_for_url(PROFILE)


def test_charlie_presses_a_suggestion(charlie):
    box(charlie).press_sequentially("dalla")
    options(charlie).filter(has_text="Dallaire Initiative").first.click()
    charlie.wait_for_url(PROFILE)


def test_escape_closes_the_suggestions_and_enter_then_searches_for_what_was_typed(charlie):
    box(charlie).press_sequentially("child sold")
    options(charlie).first.wait_for()
    box(charlie).press("Escape")
    assert options(charlie).count() == 0
    assert box(charlie).get_attribute("aria-expanded") == "false"
    assert box(charlie).input_value() == "child sold"
    box(charlie).press("Enter")
    charlie.wait_for_url(re.compile(r"/search/\?q=child\+sold"))


def test_leaving_the_box_closes_the_suggestions(charlie):
    box(charlie).press_sequentially("dalla")
    options(charlie).first.wait_for()
    box(charlie).press("Tab")
    assert options(charlie).count() == 0


def test_without_a_script_the_box_is_a_plain_form_that_searches(visit):
    charlie = visit(java_script_enabled=False)
    charlie.goto("/about/")
    assert box(charlie).count() == 0
    charlie.get_by_role("searchbox", name="Search").fill("romeo")
    charlie.get_by_role("button", name="Find").click()
    assert "Results for “romeo”" in charlie.inner_text("main")
    assert "Roméo" in charlie.locator("mark").all_inner_texts()


@pytest.mark.parametrize(
    "path",
    every(
        2,
        [
            "/search/?q=child+soldiers",
            "/search/?q=-treaty",
            "/search/?q=children&kind=claim&organisation=coalition",
            "/search/?q=tretay",
        ],
    ),
)
@pytest.mark.parametrize("scheme", in_turn(["light", "dark"]))
def test_a_page_of_results_has_no_fault_that_axe_finds(visit, path, scheme):
    charlie = visit(viewport=PHONE, color_scheme=scheme)
    charlie.goto(path)
    assert violations(charlie) == []
    assert charlie.evaluate("document.scrollingElement.scrollWidth") == PHONE["width"]
