"""What a translator is given: messages that extraction finds, and no words where translation cannot reach."""

import ast
import re

import pytest
from django.conf import settings

ROOMS = ["organisation", "impact", "advocacy", "portal"]
# The names that `makemessages` knows, and how many messages each is called with, after its context if it takes one.
CALLS = {"_": (0, 1), "gettext": (0, 1), "ngettext": (0, 2), "pgettext": (1, 1), "npgettext": (1, 2)}
CALLS |= {f"{name}_lazy": places for name, places in CALLS.items() if name != "_"}


def lost(code):
    """Each message that is made while the site runs, and each name that hides a message."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation":
            yield from (
                alias.asname
                for alias in node.names
                if alias.name in CALLS and alias.asname not in (None, "_")
            )
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CALLS:
            contexts, messages = CALLS[node.func.id]
            given = node.args[: contexts + messages]
            yield from (ast.unparse(each) for each in given if not isinstance(each, ast.Constant))


def test_every_message_in_the_code_is_found_by_extraction():
    files = [file for room in ROOMS for file in (settings.BASE_DIR / room).rglob("*.py")]
    assert {file.name: list(lost(file.read_text())) for file in files if list(lost(file.read_text()))} == {}
    assert len(files) > 50


@pytest.mark.parametrize(
    "code",
    [
        "from django.utils.translation import gettext as now",
        "_(f'{count} claims')",
        "ngettext('claim', many, 3)",
        "_('Grade: ' + grade)",
    ],
)
def test_a_message_that_extraction_would_miss_would_be_found(code):
    assert list(lost(code))


def test_style_sheets_say_nothing_in_words():
    sheets = "".join(sheet.read_text() for sheet in (settings.BASE_DIR / "static/css").rglob("*.css"))
    said = re.findall(r'"([^"]*)"', " ".join(re.findall(r"[ {]content: ([^;]*);", sheets)))
    assert [each for each in said if re.search(r"[^\W\d_]", each)] == []
    assert "✎" in said


def test_scripts_write_only_words_that_the_page_gives_them():
    scripts = "".join(script.read_text() for script in (settings.BASE_DIR / "static/js").glob("*.js"))
    written = re.findall(
        r"(?:textContent|innerText|innerHTML|title|placeholder|ariaLabel) = ([^;]+);", scripts
    )
    selectors_left_out = [re.sub(r"\([\"'`][^\"'`]*[\"'`]\)", "", each) for each in written]
    assert [each for each in selectors_left_out if re.search(r"[\"'`]\w", each)] == []
    assert "button.dataset.done" in written
