"""Every kind of page can be read on a phone, with large letters, without JavaScript, and on a slow line."""

from itertools import zip_longest
from urllib.request import Request, urlopen

import pytest

from tests.support.sampling import every, in_turn

from .conftest import CHARLIE, window_on
from .page_kinds import DESK, PHONE

KILOBYTE = 1000
WINDOW = {"width": 1280, "height": 900}
ENLARGED = {"width": 320, "height": 225}  # the same at 400 %, which is as wide as the narrowest phone


@pytest.fixture(scope="module")
def faults(browser, public_site, kinds):
    """The faults of each check and page. Opening a page takes longest, so one visit serves all checks."""
    checks = {"narrow": {}, "large": {}, "without JavaScript": {}, "notes": {}}
    without = CHARLIE | {"java_script_enabled": False}
    with (
        window_on(browser, public_site.url, **CHARLIE) as charlie,
        window_on(browser, public_site.url, **without) as plain,
    ):
        for path in every(3, kinds, start=1):
            charlie.set_viewport_size(DESK)  # as the other: a drawing has other words where it is narrower
            charlie.goto(path)
            checks["notes"][path] = charlie.evaluate(TALL_NOTES)
            plain.goto(path)
            checks["without JavaScript"][path] = differences(
                *(each.evaluate(WORDS_AND_LINKS) for each in (charlie, plain))
            )
            charlie.set_viewport_size(ENLARGED)
            checks["narrow"][path] = charlie.evaluate(UNREADABLE)
            charlie.set_viewport_size(WINDOW)
            charlie.evaluate(DOUBLE_THE_LETTERS)
            checks["large"][path] = [
                fault for fault in charlie.evaluate(UNREADABLE) if fault.startswith(("cut off", "over"))
            ]
    return {
        check: {path: faults for path, faults in pages.items() if faults} for check, pages in checks.items()
    }


def test_nothing_runs_off_a_narrow_screen_or_a_window_enlarged_four_times(faults):
    assert faults["narrow"] == {}


def test_letters_of_twice_the_size_are_neither_cut_nor_covered(faults):
    assert faults["large"] == {}


def test_every_page_says_the_same_without_javascript(faults):
    assert faults["without JavaScript"] == {}


def test_no_note_is_taller_than_what_it_stands_beside(faults):
    assert faults["notes"] == {}


def test_a_note_that_is_taller_would_be_found(visit):
    charlie = visit()
    charlie.goto("/")
    charlie.locator(".record > .note").first.evaluate(TWENTY_LINES_MORE)
    assert len(charlie.evaluate(TALL_NOTES)) == 1


TWENTY_LINES_MORE = """note => {
  for (let line = 0; line < 20; line += 1) note.append(note.firstElementChild.cloneNode(true));
}"""


# A note takes no height of its own: what counts is how far its lines reach below its block.
TALL_NOTES = """() => [...document.querySelectorAll(".record > .note")].filter(note => {
  const lowest = Math.max(...[...note.children].map(line => line.getBoundingClientRect().bottom));
  return lowest > note.parentElement.getBoundingClientRect().bottom + 1;
}).map(note => note.textContent.trim().slice(0, 60))"""


@pytest.mark.parametrize("width", in_turn([360, 320]))
def test_on_a_telephone_the_head_is_one_row(visit, width):
    charlie = visit(viewport={"width": width, "height": 740})
    charlie.goto("/")
    assert charlie.locator(".site-header").bounding_box()["height"] <= 64


DOUBLE_THE_LETTERS = """() => {
  const html = document.documentElement;
  html.style.fontSize = `${2 * parseFloat(getComputedStyle(html).fontSize)}px`;
}"""


def test_words_that_cannot_be_read_would_be_found(visit):
    charlie = visit(viewport=PHONE)
    for style in (
        "white-space: nowrap",
        "block-size: 1em; overflow: hidden",
        "line-height: 0.3",
        "margin-inline-start: -9rem",
    ):
        charlie.goto("/about/")
        charlie.locator("main p").first.evaluate("(each, style) => each.style = style", style)
        assert charlie.evaluate(UNREADABLE), style


# Words outside the window, cut off by an element around them, or under other words; and a page that scrolls
# sideways.
UNREADABLE = """() => {
  const width = document.documentElement.clientWidth, found = [], placed = [];
  const pageWidth = document.scrollingElement.scrollWidth;
  if (pageWidth > width) found.push(`scrolls sideways: ${pageWidth} px wide`);
  const start = node => node.data.trim().slice(0, 40);
  const report = (fault, node) => {
    const parent = node.parentElement, classes = parent.getAttribute("class") ?? "";
    found.push(`${fault}: “${start(node)}” in <${parent.localName} class="${classes}">`);
  };
  const ancestors = element => {
    const all = [];
    for (; element; element = element.parentElement) all.push(element);
    return all;
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode, element = node.parentElement;
    if (!node.data.trim() || !element.checkVisibility({visibilityProperty: true})) continue;
    const above = ancestors(element), styles = above.map(each => getComputedStyle(each));
    // Text for screen readers alone is clipped on purpose; the skip link waits above the window.
    if (styles.some(each => each.clipPath === "inset(50%)") || element.matches(".skip-link")) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const box of range.getClientRects()) {
      if (box.width < 1) continue;
      const isPage = each => ["html", "body"].includes(each.localName);
      const frame = above.find((each, n) => styles[n].overflowX !== "visible" && !isPage(each));
      const scrolls = frame && ["auto", "scroll"].includes(getComputedStyle(frame).overflowX);
      if (!scrolls && (box.left < -1 || box.right > width + 1)) report("off the screen", node);
      const edge = frame && !scrolls && frame.getBoundingClientRect();
      // A note, or a row on a telephone, ends long words with an ellipsis, which is a box of its own; the
      // page that it leads to has them whole.
      const isClamped = edge && getComputedStyle(frame).webkitLineClamp !== "none";
      const isBehind = other => other.node === node && other.box.top === box.top;
      const isBelow = edge && (box.top + box.bottom) / 2 > edge.bottom;
      if (isClamped && (isBelow || placed.some(isBehind))) continue;
      if (edge && (
        box.left < edge.left - 2 || box.right > edge.right + 2 ||
        box.top < edge.top - 2 || box.bottom > edge.bottom + 2
      )) report("cut off", node);
      for (const other of placed) {
        const wide = Math.min(box.right, other.box.right) - Math.max(box.left, other.box.left);
        const high = Math.min(box.bottom, other.box.bottom) - Math.max(box.top, other.box.top);
        const covers = wide > 3 && high > 0.5 * Math.min(box.height, other.box.height);
        if (covers) report(`over “${start(other.node)}”`, node);
      }
      placed.push({box, node});
    }
  }
  return [...new Set(found)];
}"""


def differences(with_script, without):
    return [(a, b) for a, b in zip_longest(with_script, without) if a != b][:5]


# A button does nothing without a script, so only a script may offer it.
WORDS_AND_LINKS = """() => {
  const shown = element => element.checkVisibility({visibilityProperty: true})
    && !element.closest("button, noscript, script, template");
  const words = [], walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) if (shown(walker.currentNode.parentElement)) words.push(walker.currentNode.data);
  const links = [...document.querySelectorAll("a[href]")].filter(shown)
    .map(each => `${each.textContent.trim()} → ${each.getAttribute("href")}`);
  return [words.join(" ").split(/\\s+/).join(" ").trim(), ...links];
}"""


def test_the_first_visit_of_home_is_light_and_leaves_nothing_behind(visit):
    charlie = visit()
    addresses, sizes = first_visit(charlie, "/")
    # A browser without a window does not fetch the icons.
    icons = [charlie.url.rstrip("/") + path for path in charlie.evaluate(ICONS)]
    weight = sum(sizes) + sum(size_of(icon) for icon in icons if icon not in addresses)
    assert weight <= 120 * KILOBYTE
    assert [address for address in addresses if "italic" in address] == []
    assert charlie.context.cookies() == []
    assert charlie.evaluate("localStorage.length + sessionStorage.length") == 0


ICONS = """() => [...document.querySelectorAll("link[rel~=icon]")].map(each => each.getAttribute("href"))"""


def first_visit(page, path):
    """Returns the addresses that a page requests, and the bytes of each answer as they are transferred."""
    addresses, sizes = [], []
    devtools = page.context.new_cdp_session(page)
    devtools.on("Network.requestWillBeSent", lambda event: addresses.append(event["request"]["url"]))
    devtools.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    devtools.send("Network.enable")
    page.goto(path, wait_until="networkidle")
    assert len(sizes) == len(addresses) > 5
    return addresses, sizes


def size_of(address):
    with urlopen(Request(address, headers={"Accept-Encoding": "gzip"})) as answer:
        return len(answer.read())
