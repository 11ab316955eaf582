"""The colours of the site, as what is drawn without CSS gets them: the product's own, or those chosen."""

import pytest
from django.template import Context, Template

from organisation.look.palette import own_colours, palette, shared_colours
from portal.graphics.colours import chosen_colours, colours, light_colours
from tests.support.looks import LEGAL, fields_of
from tests.support.site_settings import set_up_site

pytestmark = pytest.mark.django_db

CACHES = (own_colours, palette, shared_colours)
PAPER = "{% load colours %}{% colour 'paper' 'light' %} {% colour 'paper' 'dark' %}"


def forget():
    for each in CACHES:
        each.cache_clear()


@pytest.fixture
def tokens(settings, tmp_path):
    """Puts a style sheet of few tokens in place of the site's."""
    folder = tmp_path / "static" / "css"
    folder.mkdir(parents=True)
    (folder / "tokens.css").write_text(
        "--paper: light-dark(#000001, #fffff1);\n--violet: light-dark(#00aa02, #ffbbf2);\n"
        "--margin: light-dark(#aa0002, #bbfff2);\n--other: #123456;\n"
    )
    settings.BASE_DIR = tmp_path
    forget()
    yield
    forget()


def test_each_token_has_its_colour_in_either_theme(tokens):
    assert colours() == {
        "paper": ("#000001", "#fffff1"),
        "violet": ("#00aa02", "#ffbbf2"),
        "margin": ("#aa0002", "#bbfff2"),
    }
    assert light_colours() == {"paper": "#000001", "violet": "#00aa02", "margin": "#aa0002"}
    assert Template(PAPER).render(Context()) == "#000001 #fffff1"


def test_the_colours_are_those_that_were_chosen():
    look = LEGAL["harbour"]
    set_up_site(**fields_of(look))
    assert colours()["violet"] == (look.light.accent, look.dark.accent)
    assert colours()["margin"] == (look.light.margin, look.dark.margin)
    assert Template(PAPER).render(Context()) == f"{look.light.paper} {look.dark.paper}"


def test_a_look_changes_no_colour_that_means_something():
    assert not {"ink", "ink-2", "ink-3", "verified", "attention", "disputed", "retired", "pencil"} & set(
        chosen_colours(LEGAL["harbour"])
    )
