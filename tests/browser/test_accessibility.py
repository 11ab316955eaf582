"""Every kind of page serves everyone: checked by axe, by keyboard, and for fingers."""

from itertools import zip_longest
from pathlib import Path

import pytest

from tests.support.sampling import every, in_turn

from .conftest import CHARLIE, window_on
from .page_kinds import DESK, PHONE, UNLINKED

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text()
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LOOKS = [(DESK, "light"), (PHONE, "dark"), (PHONE, "light"), (DESK, "dark")]


def violations(page):
    """Returns what axe finds wrong in the page as it is now: the rule, the element, and the reason."""
    if page.evaluate("typeof axe === 'undefined'"):
        page.evaluate(AXE)
    return page.evaluate(RUN_AXE, RULES)


# Without preload axe does not fetch the style sheets again, which no rule in use needs.
RUN_AXE = """async rules => {
  const {violations} = await axe.run(document, {runOnly: rules, resultTypes: ["violations"], preload: false});
  return violations.flatMap(({id, nodes}) =>
    nodes.map(node => `${id}: ${node.target}: ${node.failureSummary}`));
}"""


@pytest.fixture(scope="module")
def faults(browser, public_site, kinds):
    """The faults of each check and page. Opening a page takes longest, so one visit serves all checks."""
    checks = {"keyboard": {}, "axe": {}, "fingers": {}}
    with window_on(browser, public_site.url, **CHARLIE) as charlie:
        for number, path in enumerate(every(3, kinds)):
            assert charlie.goto(path).status == (404 if path == "/nowhere/" else 200), path
            charlie.set_viewport_size(DESK)
            checks["keyboard"][path] = faults_of_keyboard(charlie)
            for screen, theme in in_turn(LOOKS, number):
                charlie.set_viewport_size(screen)
                charlie.emulate_media(color_scheme=theme)
                checks["fingers"][path, screen["width"]] = charlie.evaluate(SMALL_TARGETS)
                checks["axe"][path, screen["width"], theme] = violations(charlie)
    return {
        check: {page: faults for page, faults in pages.items() if faults} for check, pages in checks.items()
    }


def test_axe_finds_no_fault_on_any_kind_of_page_light_or_dark_wide_or_narrow(faults):
    assert faults["axe"] == {}


def test_axe_would_find_a_fault(visit):
    charlie = visit()
    charlie.goto("/about/")
    charlie.evaluate("document.querySelector('h1').outerHTML = '<img src=\"/static/img/none.svg\">'")
    assert any(fault.startswith("image-alt") for fault in violations(charlie))


def test_whatever_is_pressed_is_large_enough_for_a_finger(faults):
    assert faults["fingers"] == {}


# WCAG 2.5.8 exempts a link in a sentence, whose height is that of the line.
SMALL_TARGETS = """() => {
  const inSentence = element => {
    if (getComputedStyle(element).display !== "inline") return false;
    let block = element.parentElement;
    while (getComputedStyle(block).display.startsWith("inline")) block = block.parentElement;
    const around = block.cloneNode(true);
    around.querySelectorAll("a, button").forEach(each => each.remove());
    return /\\p{Letter}/u.test(around.textContent);
  };
  const targets = "a[href], button, summary, input:not([type=hidden]), select, textarea, "
    + "[role=button], [role=switch]";
  const describe = each => each.outerHTML.replace(/\\s+/g, " ").slice(0, 120);
  return [...document.querySelectorAll(targets)]
    .filter(each => each.checkVisibility({visibilityProperty: true}))
    .map(each => each.matches("label *") ? each.closest("label") : each)
    .map(each => ({each, box: each.getBoundingClientRect()}))
    .filter(({each, box}) => (box.width < 23.9 || box.height < 23.9) && !inSentence(each))
    .map(({each, box}) => `${box.width.toFixed(1)} × ${box.height.toFixed(1)}: ${describe(each)}`);
}"""


def test_the_tab_key_visits_every_element_in_order_each_marked_and_uncovered(faults):
    assert faults["keyboard"] == {}


def test_focus_is_never_covered_in_a_window_enlarged_four_times(visit):
    charlie = visit(viewport={"width": 320, "height": 225}, device_scale_factor=4)
    for path in ("/", *UNLINKED):
        charlie.goto(path)
        assert faults_of_keyboard(charlie) == [], path


def test_focus_that_is_lost_unmarked_or_covered_would_be_found(visit):
    charlie = visit()
    for spoil in (
        "link => link.tabIndex = 1",
        "link => link.addEventListener('focus', () => document.querySelector('a').focus())",
        "link => link.style = 'outline: none; background: none; border: none'",
        "link => link.style = 'pointer-events: none'",
    ):
        charlie.goto("/about/")
        charlie.locator("footer a").last.evaluate(spoil)
        assert faults_of_keyboard(charlie), spoil


def faults_of_page(page, number):
    """Returns the faults of a page as it is now: its width, the Tab key, and axe in light and dark.

    By their number the pages take turns in the themes.
    """
    fits = page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    faults = [] if fits else ["wider than the window"]
    faults += faults_of_keyboard(page)
    for theme in in_turn(["light", "dark"], number):
        page.emulate_media(color_scheme=theme)
        faults += [f"{theme}: {fault}" for fault in violations(page)]
    return faults


def faults_of_keyboard(page):
    """Returns where the Tab key leads elsewhere than the order of the document, and where focus is hidden."""
    expected, stops = tab_through(page)
    reached = [stop["name"] for stop in stops]
    order = [] if reached == expected else [first_difference(expected, reached)]
    return order + [f"{fault}: {stop['name']}" for stop in stops for fault in stop["faults"]]


def tab_through(page):
    """Returns the names of what the Tab key should reach, and its stops, as {name, faults}."""
    expected = page.evaluate(WATCH_FOCUS)
    for _ in expected:
        page.keyboard.down("Tab")
    page.keyboard.up("Tab")
    return expected, page.evaluate("document.activeElement.blur(), window.stops")


def first_difference(expected, reached):
    pairs = enumerate(zip_longest(expected, reached))
    place = next(number for number, (due, name) in pairs if due != name)
    return f"at stop {place + 1}, {reached[place:][:1]} where {expected[place:][:1]} was due"


# Each press of the key records the stop of the press before it, since the page has come to rest by then; the
# last stop is recorded when the key is released.
WATCH_FOCUS = """() => {
  const marks = element => {
    const style = getComputedStyle(element);
    const outline = style.outlineStyle === "none" || style.outlineWidth === "0px" ? "" : style.outline;
    return [outline, style.boxShadow, style.border, style.backgroundColor].join(" | ");
  };
  const covered = element => {
    const box = element.getClientRects()[0];
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    const top = document.elementFromPoint(x, y);
    const cover = top ? top.outerHTML.slice(0, 60) : "the edge of the window";
    return top && element.contains(top) ? "" : `covered by ${cover}`;
  };
  const text = element => element.textContent.trim().replace(/\\s+/g, " ").slice(0, 40);
  const name = (element, place) => `${place + 1}. <${element.localName}> ${text(element)}`;
  const focusable = "a[href], button, input, select, textarea, summary, [tabindex]";
  const expected = [...document.querySelectorAll(focusable)]
    .filter(each => each.tabIndex >= 0 && !each.disabled && each.checkVisibility({visibilityProperty: true}));
  const unmarked = new Map(expected.map(each => [each, marks(each)]));
  window.stops = [];
  const record = () => {
    const element = document.activeElement;
    if (element === document.body) return;
    const mark = marks(element) === unmarked.get(element) ? "no mark of focus" : "";
    const faults = [mark, covered(element)].filter(Boolean);
    window.stops.push({name: name(element, expected.indexOf(element)), faults});
  };
  addEventListener("keydown", record, {capture: true});
  addEventListener("keyup", record, {capture: true});
  return expected.map(name);
}"""


def test_the_first_press_of_tab_offers_to_skip_to_the_content(visit):
    charlie = visit()
    for path in ("/", *UNLINKED):
        charlie.goto(path)
        charlie.keyboard.press("Tab")
        assert charlie.locator(":focus").inner_text() == "Skip to the content"
        charlie.keyboard.press("Enter")
        assert charlie.evaluate("document.activeElement.localName") == "main", path
        charlie.keyboard.press("Tab")
        assert charlie.evaluate("document.activeElement.closest('.site-header, .breadcrumb')") is None, path
