"""The locks name what each Python needs that the README promises, not only the one that wrote them."""

import re
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import pytest
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
PYTHONS = ["3.11.0", "3.11.2", "3.11.14", "3.12.1", "3.13.0", "3.14.0"]  # 3.11.2 is Debian 12's


def asked_for(name):
    """Yields the requirements that a file of them asks for."""
    for line in (ROOT / name).read_text().splitlines():
        line = line.partition("#")[0].strip()
        if line.startswith("-r"):
            yield from asked_for(line.split()[1])
        elif line and not line.startswith("-"):
            yield Requirement(line)


def locked(name):
    """Returns the names of the packages in a lock."""
    return {canonicalize_name(each) for each in re.findall(r"(?m)^([\w.-]+)==", (ROOT / name).read_text())}


def missing(requirements, lock, python):
    """Returns what these need, directly or not, on a version of Python, and the lock lacks."""
    environment = default_environment() | {
        "python_version": python.rpartition(".")[0],
        "python_full_version": python,
    }
    waiting, seen, lacking = [(each, "") for each in requirements], set(), set()
    while waiting:
        requirement, extra = waiting.pop()
        package = canonicalize_name(requirement.name)
        if requirement.marker and not requirement.marker.evaluate(environment | {"extra": extra}):
            continue
        if package not in lock:
            lacking.add(package)
            continue
        for wanted in {"", *requirement.extras}:
            if (package, wanted) not in seen:
                seen.add((package, wanted))
                waiting += [(each, wanted) for each in needs(package)]
    return lacking


def needs(package):
    try:
        return [Requirement(line) for line in distribution(package).requires or []]
    except PackageNotFoundError:  # made for other Pythons than the one that runs the tests
        return []


@pytest.mark.parametrize("python", PYTHONS)
@pytest.mark.parametrize("name", ["requirements", "requirements-dev"])
def test_a_lock_has_all_that_is_needed(name, python):
    assert missing(asked_for(f"{name}.txt"), locked(f"{name}.lock"), python) == set()


def test_what_only_an_older_python_needs_is_missed():
    lock = locked("requirements.lock") - {"async-timeout"}
    assert missing([Requirement("redis")], lock, "3.11.2") == {"async-timeout"}
    assert missing([Requirement("redis")], lock, "3.11.3") == set()
