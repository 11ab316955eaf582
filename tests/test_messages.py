"""Every message reaches a translator, and no words stand where translation cannot reach."""

import ast
import re

import pytest
from django.conf import settings

ROOMS = ["organisation", "impact", "advocacy", "portal"]
# The functions that `makemessages` knows, each as (contexts, messages): how many of both it is called with.
CALLS = {"_": (0, 1), "gettext": (0, 1), "ngettext": (0, 2), "pgettext": (1, 1), "npgettext": (1, 2)}
CALLS |= {f"{name}_lazy": arguments for name, arguments in CALLS.items() if name != "_"}


def lost_messages(code):
    """Yields each message that is built at run time, and each alias that hides calls from extraction."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation":
            yield from (
                alias.asname
                for alias in node.names
                if alias.name in CALLS and alias.asname not in (None, "_")
            )
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CALLS:
            contexts, messages = CALLS[node.func.id]
            arguments = node.args[: contexts + messages]
            yield from (ast.unparse(each) for each in arguments if not isinstance(each, ast.Constant))


def test_every_message_in_the_code_is_found_by_extraction():
    files = [file for room in ROOMS for file in (settings.BASE_DIR / room).rglob("*.py")]
    lost = {file.name: list(lost_messages(file.read_text())) for file in files}
    assert {name: messages for name, messages in lost.items() if messages} == {}
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
    assert list(lost_messages(code))


def test_style_sheets_say_nothing_in_words():
    sheets = "".join(sheet.read_text() for sheet in (settings.BASE_DIR / "static/css").rglob("*.css"))
    texts = re.findall(r'"([^"]*)"', " ".join(re.findall(r"[ {]content: ([^;]*);", sheets)))
    assert [text for text in texts if re.search(r"[^\W\d_]", text)] == []
    assert "✎" in texts


def test_scripts_write_only_words_that_the_page_gives_them():
    scripts = "".join(script.read_text() for script in (settings.BASE_DIR / "static/js").glob("*.js"))
    written = re.findall(
        r"(?:textContent|innerText|innerHTML|title|placeholder|ariaLabel) = ([^;]+);", scripts
    )
    without_selectors = [re.sub(r"\([\"'`][^\"'`]*[\"'`]\)", "", each) for each in written]
    assert [each for each in without_selectors if re.search(r"[\"'`]\w", each)] == []
    assert "button.dataset.done" in written
