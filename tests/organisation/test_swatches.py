"""Whoever decides on a change of the look sees its colours, and reads what they are called."""

import re

import pytest
from django.urls import reverse

from organisation.look import name_of, own_colours
from organisation.models import SiteSettings
from organisation.templatetags.swatches import swatch
from tests.support.blocks import text_of
from tests.support.factory import a_profiled_organisation
from tests.support.looks import LEGAL, fields_of
from tests.support.people import alice, bob
from tests.support.proposals import at_desk, decide, propose, the_proposal
from tests.support.site_settings import set_up_site

pytestmark = pytest.mark.django_db

HARBOUR = LEGAL["harbour"]


def rows_of(page):
    """Returns {name of a field: the cells of its row} of the page of a proposal."""
    rows = re.findall(r'<th scope="row">(.*?)</th>\s*(.*?)</tr>', page, re.DOTALL)
    return {text_of(name): re.findall(r"<td.*?>(.*?)</td>", cells, re.DOTALL) for name, cells in rows}


def test_a_proposed_look_shows_each_colour_with_its_name_and_the_product_s_own_as_such():
    set_up_site(name="Harbour Aid in Words")
    propose(alice(), SiteSettings.objects.get(), **fields_of(HARBOUR), sentence="#00576b")
    rows = rows_of(at_desk(bob()).get(the_proposal().get_absolute_url()).content.decode())
    now, then = rows["Accent, light theme"]
    own = own_colours()["light"]["violet"]
    assert text_of(now) == f"dark violet, {own} (the product’s own)"
    assert text_of(then) == "dark blue-green, #00576b"
    for cell, colour in ((now, own), (then, "#00576b")):
        assert f'<span class="swatch" style="background: {colour}" aria-hidden="true"></span>' in cell
    assert text_of(rows["Paper, dark theme"][1]) == "very dark grey, #0b1e26"


def test_of_other_records_a_value_is_shown_as_it_is():
    propose(alice(), a_profiled_organisation("Harbour Aid", seat="Port Town"), seat="Quay Town")
    cells = rows_of(at_desk(bob()).get(the_proposal().get_absolute_url()).content.decode())["Seat"]
    assert [text_of(cell) for cell in cells] == ["Port Town", "Quay Town"] and "swatch" not in "".join(cells)


def test_a_change_of_the_look_is_undone_with_its_colours_in_sight():
    row = SiteSettings.objects.get()
    propose(alice(), row, accent_light="#00576b")
    decide(bob())
    undo = reverse("admin:undo-record", args=["organisation.sitesettings", row.history.first().history_id])
    page = at_desk(bob()).get(undo).content.decode()
    assert 'style="background: #00576b"' in page and "dark blue-green" in page


@pytest.mark.parametrize(
    ("colour", "name"),
    [
        ("#000000", "black"),
        ("#010101", "nearly black"),
        ("#ffffff", "white"),
        ("#fdf6e3", "nearly white"),
        ("#808080", "grey"),
        ("#3d3d3d", "dark grey"),
        ("#d8d8d8", "very light grey"),
        ("#ff0000", "red"),
        ("#8b1a1a", "dark red"),
        ("#ff69b4", "light pink"),
        ("#ffb27a", "light orange"),
        ("#ffff00", "very light yellow"),
        ("#1f5f2e", "dark green"),
        ("#7fd4ea", "light blue-green"),
        ("#000080", "very dark blue"),
        ("#cdb4ff", "light violet"),
        ("#800080", "dark purple"),
    ],
)
def test_a_colour_has_a_name_that_people_use(colour, name):
    assert name_of(colour) == name


@pytest.mark.parametrize(
    ("text", "is_colour"),
    [("#00576b", True), ("#00576B", True), ("#00576", False), ("see #00576b", False), ("", False)],
)
def test_only_a_text_that_is_a_colour_is_shown_as_one(text, is_colour):
    assert bool(swatch(text)) is is_colour
