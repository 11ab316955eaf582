"""Who may import whom: portal → advocacy → impact → organisation, never back."""

import ast
from pathlib import Path

ROOT = Path(__file__).parent.parent
ROOMS = ["organisation", "impact", "advocacy", "portal"]  # each may import itself and those before it


def imported_rooms(file):
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield node.module.split(".")[0]


def test_no_room_imports_from_a_room_above_it():
    wrong = [
        f"{file.relative_to(ROOT)} imports {imported}"
        for height, room in enumerate(ROOMS)
        for file in (ROOT / room).rglob("*.py")
        for imported in imported_rooms(file)
        if imported in ROOMS[height + 1 :]
    ]
    assert wrong == []


def test_no_room_has_a_drawer_for_odds_and_ends():
    odd = {"utils.py", "services.py", "helpers.py"}
    assert [file for room in ROOMS for file in (ROOT / room).rglob("*.py") if file.name in odd] == []
