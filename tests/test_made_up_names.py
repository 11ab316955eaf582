"""Tests of the product use made-up organisations; the demonstration has a folder of its own."""

import re
from pathlib import Path

TESTS = Path(__file__).parent
DEMONSTRATION = TESTS / "demonstration"
NAMES = re.compile(r"dallaire|coalition|child.soldiers.international", re.IGNORECASE)
# The files that still name an organisation of the demonstration. A file that names none any more goes from
# this list, and none is added to it: tests.support.factory makes whatever a rule needs in a line.
STILL_NAMING = {
    "browser/test_hostile_content.py",
    "browser/test_journeys.py",
    "browser/test_languages.py",
    "browser/test_serving.py",
    "browser/test_suggestions.py",
    "browser/test_switches.py",
    "browser/test_visiting.py",
    "drill/concurrency.py",
    "drill/flood.py",
    "drill/fuzzing.py",
}


def test_a_test_of_the_product_names_no_organisation_of_the_demonstration():
    files = set(TESTS.rglob("*.py")) - set(DEMONSTRATION.rglob("*.py")) - {Path(__file__)}
    naming = {file.relative_to(TESTS).as_posix() for file in files if NAMES.search(file.read_text())}
    assert sorted(naming - STILL_NAMING) == [], "these name one: use tests.support.factory"
    assert sorted(STILL_NAMING - naming) == [], "these name none any more: take them from the list"
