"""Code that may open a vulnerability stands in known files only, each named here with its reason."""

import ast
import re
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import pytest

from portal.delivery.security_headers import PAGE_POLICY, csp

from .test_architecture import ROOMS, ROOT

# Text that is put into a page without escaping.
MARKED_SAFE = {
    "organisation/templatetags/records.py": "a constant",
    "portal/cms_plugins.py": "rich text that was sanitised as it was rendered",
    "portal/templatetags/schema_org.py": "JSON whose angle brackets and ampersands are escaped",
    "portal/templatetags/qr.py": "a drawing of segno's, which holds no text",
    "portal/templatetags/open_graph.py": "a title that was escaped when its block was rendered",
    "portal/search/excerpt.py": "parts that are escaped one by one",
    "portal/templatetags/endnotes.py": "parts of a note that its template has escaped",
}
# SQL of our own; values are always parameters.
OWN_SQL = {
    "portal/operations/backup/move_to_postgresql.py": "copies tables, by names that the databases gave",
    "portal/operations/backup/postgresql.py": "what a backup asks of the database's own catalogue",
    "portal/operations/backup/sqlite.py": "what a backup asks of the database's own catalogue",
    "portal/delivery/invalidation.py": "hands on what others ask",
    "portal/operations/doctor.py": "asks whether the database is whole",
    "organisation/visibility_lock.py": "an advisory lock, for which Django has no words",
    "organisation/pictures/withdrawal.py": "has SQLite overwrite what it deletes",
    "organisation/facets.py": "counts of several querysets in one statement, from their own compiled SQL",
    "portal/operations/demonstration.py": "empties tables, by names that the models have",
    "portal/operations/scheduled_tasks.py": "counts SQLite's tables, which Django has no words for",
    "portal/pages/menu_entries.py": "a condition, from its own compiled SQL",
    "portal/pages/tree.py": "locks a table, for which Django has no words",
    "portal/search/engine.py": "full-text search, for which Django has no words",
    "portal/delivery/health.py": "SELECT 1",
}
WITHOUT_CSRF_TOKEN = {
    "impact/views.py": "the secret in the address is the authority, and no cookie goes with it",
    "portal/exports/api/http.py": "answers GET, HEAD and OPTIONS alone",
}
# These versions mend vulnerabilities that are published.
FLOORS = {
    "django": "5.2.19",
    "django-cms": "5.1.3",
    "djangocms-versioning": "2.6.1",
    "django-filer": "3.3",
    "djangocms-attributes-field": "4.0",
}
NOT_INSTALLED = {"django-filer", "djangocms-attributes-field"}
# These were behind once, by a patch that nobody had looked for.
PATCHES = {
    "django-allauth": "65.22.1",
    "django-treebeard": "5.3.1",
    "granian": "2.8.9",
    "pydantic": "2.14.4",
}


def syntax_trees():
    """Yields (path, syntax tree) of every Python file but the migrations."""
    for room in ROOMS:
        for file in sorted((ROOT / room).rglob("*.py")):
            if "migrations" not in file.parts:
                yield str(file.relative_to(ROOT)), ast.parse(file.read_text())


def name_of(node):
    """Returns the dotted name of a node, as far as it is one."""
    if isinstance(node, ast.Attribute):
        return f"{name_of(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


def calls(*names):
    """Returns the calls of functions and methods of these names, {file: nodes}."""
    calls_by_file = {}
    for file, tree in syntax_trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and name_of(node.func).rpartition(".")[2] in names:
                calls_by_file.setdefault(file, []).append(node)
    return calls_by_file


def is_from_request(node):
    """Returns whether an expression takes what a browser sent as it is."""
    return bool(re.search(r"\brequest\.(GET|POST|COOKIES|META|headers|body)\b", ast.unparse(node)))


def test_text_is_put_into_pages_as_it_is_in_known_places_only():
    assert set(calls("mark_safe", "SafeString", "SafeText")) == set(MARKED_SAFE)


def test_no_template_turns_escaping_off():
    unescaped = re.compile(
        r"\|\s*safe(seq)?\b|autoescape\s+off"
        r"|<script(?![^>]*\b(src|type=\"application/json\"))|\son\w+=|javascript:"
    )
    lines = {
        f"{file}: {line.strip()}"
        for file in (ROOT / "templates").rglob("*.*")
        for line in file.read_text().splitlines()
        if unescaped.search(line)
    }
    assert lines == set()


def test_sql_of_our_own_is_in_known_places_only():
    assert set(calls("execute", "executemany", "raw", "extra", "RawSQL")) == set(OWN_SQL)


def test_no_query_takes_its_keys_or_its_order_from_a_browser():
    queries = calls(
        "filter",
        "exclude",
        "get",
        "annotate",
        "values",
        "values_list",
        "order_by",
        "update",
        "create",
        "get_or_create",
        "only",
        "defer",
    )
    wrong = [
        f"{file}:{call.lineno}"
        for file, nodes in queries.items()
        for call in nodes
        if any(each.arg is None and is_from_request(each.value) for each in call.keywords)
        or name_of(call.func).endswith(("order_by", "values", "values_list", "only", "defer"))
        and any(is_from_request(each) for each in call.args)
    ]
    assert wrong == []


def test_nobody_is_led_to_an_address_that_came_with_the_request():
    redirects = calls("redirect", "HttpResponseRedirect", "HttpResponsePermanentRedirect")
    assert [
        f"{file}:{call.lineno}"
        for file, nodes in redirects.items()
        for call in nodes
        if any(is_from_request(each) for each in call.args)
    ] == []


def test_the_token_against_forged_requests_is_waived_in_known_places_only():
    waived = {
        file
        for file, tree in syntax_trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Name) and node.id == "csrf_exempt"
    }
    assert waived == set(WITHOUT_CSRF_TOKEN)


def test_nothing_runs_text_as_code_or_starts_a_shell():
    dangerous = calls(
        "eval", "exec", "loads", "system", "popen", "Popen", "run", "_create_unverified_context"
    )
    wrong = [
        f"{file}:{call.lineno}: {ast.unparse(call)[:60]}"
        for file, nodes in dangerous.items()
        for call in nodes
        if name_of(call.func) in ("eval", "exec", "pickle.loads", "marshal.loads", "os.system", "os.popen")
        or "shell=True" in ast.unparse(call)
        or "unverified" in ast.unparse(call.func)
    ]
    assert wrong == []


@pytest.mark.parametrize("package", FLOORS)
def test_no_package_is_older_than_what_mends_a_known_hole(package):
    if package in NOT_INSTALLED:
        with pytest.raises(PackageNotFoundError):
            version(package)
        return
    assert numbers(version(package)) >= numbers(FLOORS[package])


def numbers(version):
    return [int(part) for part in re.findall(r"\d+", version)]


def test_the_locks_hold_these_versions_and_a_hash_for_every_package():
    for lock in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / lock).read_text()
        pinned = dict(re.findall(r"^([\w.-]+)==([\w.]+)", text, re.MULTILINE))
        for package, floor in {**FLOORS, **PATCHES}.items():
            is_behind = package not in NOT_INSTALLED and numbers(pinned[package]) < numbers(floor)
            assert not is_behind, (lock, package)
        assert not NOT_INSTALLED & set(pinned), lock
        entries = re.split(r"^(?=[\w.-]+==)", text, flags=re.MULTILINE)[1:]
        assert [entry.partition("==")[0] for entry in entries if "--hash=sha256:" not in entry] == [], lock


def test_no_secret_of_ours_stands_in_the_repository():
    settings = (ROOT / "portal" / "settings.py").read_text()
    assert 'environment.secret_key("SECRET_KEY"' in settings and not re.search(
        r"SECRET_KEY = [\"']", settings
    )
    assert [file for file in ROOT.glob(".env*")] == [] and not Path(ROOT / "secret-key").exists()


def test_the_copy_that_nginx_serves_has_the_policy_of_the_pages():
    assert (
        f'Content-Security-Policy "{csp(**PAGE_POLICY | {"frame_ancestors": "$margin_frames"})}"'
        in (ROOT / "docs/operations/nginx.conf").read_text()
    )
