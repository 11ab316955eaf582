"""Imports run one way: between the rooms (apps), and between the wings of portal."""

import ast
import re
from pathlib import Path

from portal.delivery.static_files import IMPORT

ROOT = Path(__file__).parent.parent
ROOMS = ["organisation", "impact", "advocacy", "portal"]  # each may import itself and those before it
# The wings of portal, likewise. Any wing may import the first-level modules `models` and `environment`;
# the others (urls, apps, wsgi, admin, cms_plugins, templatetags …) tie them together: no wing imports those.
WINGS = [
    "accounts",
    "delivery",
    "pages",
    "graphics",
    "exports",
    "seeding",
    "search",
    "staff",
    "operations",
    "management",
]
FOR_EVERY_WING = ["models", "environment"]
LINK = re.compile(r"""\{% static ["'](css/[^"']+)["'] %\}""")


def imported_modules(file):
    """Yields the absolute dotted name of whatever a file imports, such as `portal.search.index.reindex`."""
    package = file.relative_to(ROOT).parent.parts
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            start = package[: len(package) - node.level + 1] if node.level else ()
            module = ".".join([*start, *([node.module] if node.module else [])])
            yield from (f"{module}.{alias.name}" for alias in node.names)


def test_no_room_imports_from_a_room_above_it():
    wrong = [
        f"{file.relative_to(ROOT)} imports {imported}"
        for height, room in enumerate(ROOMS)
        for file in (ROOT / room).rglob("*.py")
        for imported in imported_modules(file)
        if imported.split(".")[0] in ROOMS[height + 1 :]
    ]
    assert wrong == []


def test_no_wing_imports_from_a_later_wing():
    wrong = []
    for place, wing in enumerate(WINGS):
        allowed = {*WINGS[: place + 1], *FOR_EVERY_WING}
        for file in (ROOT / "portal" / wing).rglob("*.py"):
            for imported in imported_modules(file):
                room, _, rest = imported.partition(".")
                if room == "portal" and rest.split(".")[0] not in allowed:
                    wrong.append(f"{file.relative_to(ROOT)} imports {imported}")
    assert wrong == []


def test_every_folder_of_portal_is_a_wing_or_django_s():
    folders = {path.parent.name for path in (ROOT / "portal").glob("*/__init__.py")}
    assert folders - set(WINGS) == {"formats", "migrations", "models", "templatetags"}


def test_the_first_level_of_portal_fits_on_a_screen():
    entries = {path.name for path in (ROOT / "portal").iterdir()} - {"__pycache__"}
    assert len(entries) <= 24, sorted(entries)


def test_no_python_file_is_longer_than_a_reader_can_hold():
    long = {
        str(file.relative_to(ROOT)): length
        for room in [*ROOMS, "tests", "benchmarks"]
        for file in (ROOT / room).rglob("*.py")
        if "migrations" not in file.parts and (length := len(file.read_text().splitlines())) > 320
    }
    assert long == {}


def test_no_style_sheet_is_longer_than_a_reader_can_hold():
    long = {
        str(file.relative_to(ROOT)): length
        for file in (ROOT / "static" / "css").rglob("*.css")
        if (length := len(file.read_text().splitlines())) > 250
    }
    assert long == {}


def test_no_line_of_a_template_is_longer_than_a_screen_is_wide():
    long = [
        f"{file.relative_to(ROOT)}, line {number}"
        for file in (ROOT / "templates").rglob("*.*")
        for number, line in enumerate(file.read_text().splitlines(), start=1)
        if len(line) > 200
    ]
    assert long == []


def test_every_component_s_style_sheet_reaches_a_page():
    css, templates = ROOT / "static" / "css", (ROOT / "templates").rglob("*.html")
    asked_for = [css / name for name in IMPORT.findall((css / "site.css").read_text())]
    asked_for += [ROOT / "static" / name for file in templates for name in LINK.findall(file.read_text())]
    assert sorted(set((css / "components").glob("*.css")) - set(asked_for)) == []
    assert [file for file in asked_for if not file.exists()] == []


def test_an_imported_style_sheet_names_files_only_beside_the_importing_one():
    """Its addresses are read from where the importing one lies once both are collected as one file."""
    wrong = [
        f"{file.relative_to(ROOT)} imports {name}"
        for file in (ROOT / "static" / "css").rglob("*.css")
        for name in IMPORT.findall(file.read_text())
        if "/" in name.removeprefix("./") and "url(" in (file.parent / name).read_text()
    ]
    assert wrong == []


def test_no_room_has_a_drawer_for_odds_and_ends():
    odd = {"utils.py", "services.py", "helpers.py"}
    assert [file for room in ROOMS for file in (ROOT / room).rglob("*.py") if file.name in odd] == []
