"""The documents say what is true: what they name is there, and the README is short."""

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
TOP_LEVEL = "organisation|impact|advocacy|portal|templates|static|fixtures|tests|benchmarks|docs|\\.ci"
PATH = re.compile(rf"`((?:{TOP_LEVEL})/[\w./-]*)`")
MAKE = re.compile(r"`make ([a-z]+)|^make ([a-z]+)", re.M)


def test_the_readme_is_read_in_three_minutes():
    assert len((ROOT / "README.md").read_bytes()) <= 6144


def test_every_path_that_a_document_names_is_there():
    named = {(document.name, path) for document in DOCUMENTS for path in PATH.findall(document.read_text())}
    assert len(named) > 50
    assert sorted(each for each in named if not (ROOT / each[1]).exists()) == []


def test_every_link_between_documents_leads_somewhere():
    links = {
        (document, target)
        for document in DOCUMENTS
        for target in re.findall(r"\]\((?!https?:)([^)#]+)", document.read_text())
    }
    assert len(links) > 10
    assert [target for document, target in links if not (document.parent / target).exists()] == []


def test_every_make_target_that_a_document_names_is_there():
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.M))
    named = {"".join(found) for document in DOCUMENTS for found in MAKE.findall(document.read_text())}
    assert named >= {"run", "test", "lint", "drill", "bench"}
    assert named - targets == set()


def test_every_management_command_that_a_document_names_is_there():
    commands = {path.stem for path in (ROOT / "portal" / "management" / "commands").glob("*.py")}
    commands |= {
        "changepassword",
        "collectstatic",
        "compilemessages",
        "createsuperuser",
        "makemessages",
        "migrate",
    }
    named = {
        name for document in DOCUMENTS for name in re.findall(r"manage\.py ([a-z_]+)", document.read_text())
    }
    assert named >= {"backup", "restore", "doctor", "seed"}
    assert named - commands == set()


def test_every_setting_of_the_environment_is_documented():
    code = (ROOT / "portal" / "settings.py").read_text()
    read = set(re.findall(r'environment\.\w+\("([A-Z_]+)"', code)) | {"PORT", "START"}
    table = set(re.findall(r"^\| `([A-Z_]+)`", (ROOT / "docs" / "operations.md").read_text(), re.M))
    assert table == read
