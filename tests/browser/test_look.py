"""A chosen look in a browser: nothing that axe can find, and a form that says at once what cannot be read."""

import pytest
from playwright.sync_api import expect

from tests.support.looks import LEGAL, fields_of
from tests.support.sampling import in_turn

from .page_kinds import DESK
from .test_accessibility import violations

FORM = "/admin/organisation/sitesettings/1/change/"
CHOOSE = """
from tests.support.site_settings import set_up_site
set_up_site(**{fields!r})
"""
LOOKS = [(name, theme) for name in LEGAL for theme in ("light", "dark")]


@pytest.mark.parametrize("path", ["/", "/evidence/e10/"])
def test_axe_finds_no_fault_on_home_or_a_claim_in_any_legal_look(window, site, path):
    charlie = window(viewport=DESK, reduced_motion="reduce")
    for name, theme in in_turn(LOOKS, 1 if path == "/" else 2):
        site.execute_script(CHOOSE.format(fields=fields_of(LEGAL[name])))
        charlie.emulate_media(color_scheme=theme)
        charlie.goto(path)
        paper = getattr(LEGAL[name], theme).paper
        red, green, blue = bytes.fromhex(paper[1:])
        assert charlie.evaluate("getComputedStyle(document.documentElement).backgroundColor") == (
            f"rgb({red}, {green}, {blue})"
        )
        assert violations(charlie) == [], (name, theme)


def test_a_colour_is_judged_while_it_is_chosen_and_the_nearest_is_one_press_away(window):
    alice = window("editor")
    alice.goto(FORM)
    accent = alice.locator("[name=accent_light]")
    accent.fill("#f4b400")
    said = alice.get_by_role("status").filter(has_text="#f4b400 cannot be the accent of the light theme")
    expect(said).to_be_visible()
    specimen = alice.locator("[data-of=light]")
    shown = "element => getComputedStyle(element).getPropertyValue('--violet')"
    expect(accent).to_have_attribute("aria-invalid", "true")
    assert specimen.evaluate(shown) == "#f4b400"
    said.get_by_role("button").click()
    expect(said).to_have_count(0)
    nearest = accent.input_value()
    expect(accent).not_to_have_attribute("aria-invalid", "true")
    assert specimen.evaluate(shown) == nearest != "#f4b400"
