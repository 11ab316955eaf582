"""Scripts add the theme and sources switches, the drawer of sources, and citations to copy."""

import pytest

from tests.support.sampling import drill_only, in_turn

PAPER = {"light": "rgb(248, 250, 253)", "dark": "rgb(15, 26, 28)"}
CLAIM = "/evidence/e10-training-programmes/"


def paper(page):
    return page.evaluate("getComputedStyle(document.documentElement).backgroundColor")


def stored(page):
    return page.evaluate("JSON.stringify({...localStorage, ...sessionStorage})")


@pytest.mark.parametrize("scheme", in_turn(["light", "dark"]))
def test_the_system_decides_the_theme_and_nothing_is_stored_before_charlie_chooses(visit_in_motion, scheme):
    charlie = visit_in_motion(color_scheme=scheme)
    charlie.goto("/")
    charlie.get_by_role("button", name="Mark what has a source").click()
    assert paper(charlie) == PAPER[scheme]
    assert charlie.get_by_role("button", name="Auto").get_attribute("aria-pressed") == "true"
    assert (stored(charlie), charlie.context.cookies()) == ("{}", [])


def test_a_chosen_theme_is_remembered_on_the_next_page_and_forgotten_when_the_system_is_chosen(
    visit_in_motion,
):
    charlie = visit_in_motion(color_scheme="light")
    charlie.goto("/")
    charlie.get_by_role("button", name="Dark").click()
    assert paper(charlie) == PAPER["dark"]
    charlie.goto("/evidence/")
    assert paper(charlie) == PAPER["dark"]
    assert charlie.get_by_role("button", name="Dark").get_attribute("aria-pressed") == "true"
    charlie.get_by_role("button", name="Auto").click()
    assert (paper(charlie), stored(charlie), charlie.context.cookies()) == (PAPER["light"], "{}", [])


@drill_only("tests/browser/test_switches.py")
def test_the_page_can_be_chosen_against_a_dark_system(visit_in_motion):
    charlie = visit_in_motion(color_scheme="dark")
    charlie.goto("/")
    charlie.get_by_role("group", name="Theme").get_by_role("button", name="Light").press("Enter")
    assert paper(charlie) == PAPER["light"]


def test_a_remembered_theme_is_there_before_the_first_paint(visit_in_motion):
    charlie = visit_in_motion(color_scheme="light")
    charlie.goto("/")
    charlie.get_by_role("button", name="Dark").click()
    charlie.add_init_script(
        "document.addEventListener('readystatechange', "
        "() => window.early ??= document.documentElement.dataset.theme)"
    )
    charlie.goto("/evidence/")
    assert charlie.evaluate("window.early") == "dark"


def test_a_theme_stays_chosen_for_the_page_where_storage_is_forbidden(visit_in_motion):
    charlie = visit_in_motion(color_scheme="light")
    charlie.add_init_script(
        "Object.defineProperty(window, 'localStorage', "
        "{get() { throw new DOMException('no', 'SecurityError') }})"
    )
    charlie.goto("/")
    charlie.get_by_role("button", name="Dark").click()
    assert paper(charlie) == PAPER["dark"]


def test_without_scripts_no_switch_is_shown_and_a_note_leads_to_the_words(visit_in_motion):
    charlie = visit_in_motion(java_script_enabled=False)
    charlie.goto("/")
    shown = [button.inner_text() for button in charlie.locator("button:visible").all()]
    assert not {"Mark what has a source", "Auto", "Light", "Dark", "Copy the sentence", "Close"} & set(shown)
    charlie.get_by_role("link", name="Our story, line 9").click()
    assert charlie.url.endswith("/sources/dallaire-our-story/#L9")


def test_show_sources_underlines_what_is_sourced_and_is_not_remembered(visit_in_motion):
    charlie = visit_in_motion()
    charlie.goto("/")
    switch = charlie.get_by_role("button", name="Mark what has a source")
    assert switch.get_attribute("aria-pressed") == "false"
    assert underlined(charlie) == "none"
    switch.press("Space")
    assert switch.get_attribute("aria-pressed") == "true"
    assert underlined(charlie) == "underline"
    charlie.reload()
    assert (switch.get_attribute("aria-pressed"), underlined(charlie)) == ("false", "none")


def underlined(page):
    return page.evaluate("getComputedStyle(document.querySelector('h1')).textDecorationLine")


def test_the_drawer_shows_the_exact_words_and_gives_the_focus_back(visit_in_motion):
    charlie = visit_in_motion()
    charlie.goto(CLAIM)
    charlie.get_by_role("button", name="Mark what has a source").click()
    line = charlie.get_by_role("link", name="line 25")
    line.press("Enter")
    drawer = charlie.get_by_role("dialog", name="line 25")
    drawer.locator("mark").wait_for()
    assert (
        drawer.locator("mark").inner_text()
        == "Our training programs have been delivered to over 4,500 participants from over 55 countries"
    )
    assert "Publisher\nDallaire Initiative" in drawer.inner_text()
    assert (
        drawer.get_by_role("link", name="Our story")
        .get_attribute("href")
        .endswith("/sources/dallaire-our-story/#L25")
    )
    assert charlie.evaluate("document.activeElement.textContent") == "line 25"
    assert charlie.evaluate("document.activeElement.closest('dialog') !== null")
    charlie.keyboard.press("Escape")
    assert not drawer.is_visible()
    assert charlie.evaluate("document.activeElement.getAttribute('href')") == line.get_attribute("href")
    assert charlie.url.endswith(CLAIM)


@drill_only("tests/browser/test_switches.py")
def test_the_drawer_shows_what_a_figure_rests_on_and_closes_beside_it(visit_in_motion):
    charlie = visit_in_motion()
    charlie.goto("/")
    charlie.get_by_role("button", name="Mark what has a source").click()
    charlie.locator(".figure a.reference", has_text="E10").first.click()
    drawer = charlie.get_by_role("dialog", name="E10")
    drawer.locator("mark").wait_for()
    assert "over 4,500 participants" in drawer.inner_text()
    charlie.mouse.click(1390, 500)
    assert not drawer.is_visible()


def test_the_drawer_says_where_no_copy_of_the_words_is_kept(visit_in_motion):
    charlie = visit_in_motion()
    charlie.goto("/instruments/resolution-2143/")
    charlie.get_by_role("button", name="Mark what has a source").click()
    charlie.get_by_text("and 1 more").click()
    charlie.locator(".note a", has_text="Resolution 2143").click()
    drawer = charlie.get_by_role("dialog")
    drawer.get_by_text("No copy of its words is kept here.").wait_for()
    assert "UN Security Council" in drawer.inner_text()


def test_a_link_to_a_place_on_the_same_page_opens_no_drawer(visit_in_motion):
    charlie = visit_in_motion()
    charlie.goto(CLAIM)
    charlie.get_by_role("button", name="Mark what has a source").click()
    charlie.locator(".note a[href='#evidence']").click()
    charlie.wait_for_url("**#evidence")
    assert not charlie.get_by_role("dialog").is_visible()


@drill_only("tests/browser/test_switches.py")
def test_the_drawer_opens_from_a_list_of_sources(visit_in_motion):
    charlie = visit_in_motion()
    charlie.goto("/timeline/")
    charlie.get_by_role("button", name="Mark what has a source").click()
    event = charlie.locator(".lanes li", has=charlie.locator("a[data-words]")).first
    event.locator("summary").first.click()
    event.locator("a[data-words]").first.click()
    charlie.get_by_role("dialog").locator("mark").wait_for()


def test_a_link_leads_to_its_page_where_the_source_cannot_be_fetched(visit_in_motion):
    charlie = visit_in_motion()
    charlie.goto(CLAIM)
    charlie.evaluate("() => { window.fetch = async () => { throw new Error('no network') } }")
    charlie.get_by_role("button", name="Mark what has a source").click()
    charlie.get_by_role("link", name="line 25").click()
    charlie.wait_for_url("**/sources/dallaire-our-story/#L25")


def test_a_page_that_rests_on_no_source_offers_no_switch(visit_in_motion):
    charlie = visit_in_motion()
    charlie.goto("/nowhere/")
    assert charlie.get_by_role("button", name="Mark what has a source").count() == 0


def test_charlie_copies_a_citation_with_the_works_date_the_edition_and_the_day(visit_in_motion):
    charlie = visit_in_motion()
    charlie.context.grant_permissions(["clipboard-read", "clipboard-write"])
    charlie.goto(CLAIM)
    charlie.get_by_role("button", name="Copy the sentence").click()
    charlie.get_by_text("Copied").wait_for()
    copied = charlie.evaluate("navigator.clipboard.readText()")
    today = charlie.evaluate(
        "new Date().toLocaleDateString('en-GB', "
        "{day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC'})"
    )
    assert "Dallaire Initiative (n.d.). In [Our story]. Recorded as E10, edition 2 (" in copied
    assert f"(accessed {today}). This site has no public address yet." in copied


def test_the_printed_claim_has_a_place_for_its_permanent_address_and_none_for_what_paper_cannot_do(
    visit_in_motion,
):
    charlie = visit_in_motion(color_scheme="dark")
    charlie.goto(CLAIM)
    address = charlie.locator(".permalink")
    assert not address.is_visible()
    charlie.emulate_media(media="print")
    assert address.inner_text() == "This site has no public address yet."
    assert not charlie.locator(".site-bar, .cite, .theme, .sources-switch").filter(visible=True).count()
