"""The colours of the style sheets, as what is drawn without CSS gets them."""

import pytest
from django.template import Context, Template

from portal.graphics.colours import colours, light_colours


@pytest.fixture
def tokens(settings, tmp_path):
    """Puts a style sheet of three tokens in place of the site's."""
    folder = tmp_path / "static" / "css"
    folder.mkdir(parents=True)
    (folder / "tokens.css").write_text(
        "--ink: light-dark(#000001, #fffff1);\n--grade-2: light-dark(#00aa02, #ffbbf2);\n--other: #123456;\n"
    )
    settings.BASE_DIR = tmp_path
    colours.cache_clear()
    yield
    colours.cache_clear()


def test_each_token_has_its_colour_in_either_theme(tokens):
    assert colours() == {"ink": ("#000001", "#fffff1"), "grade-2": ("#00aa02", "#ffbbf2")}
    assert light_colours() == {"ink": "#000001", "grade-2": "#00aa02"}
    template = Template("{% load colours %}{% colour 'ink' 'light' %} {% colour 'ink' 'dark' %}")
    assert template.render(Context()) == "#000001 #fffff1"
