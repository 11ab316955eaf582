"""Tests of the product use made-up organisations; the demonstration has a folder of its own."""

import re
from pathlib import Path

TESTS = Path(__file__).parent
DEMONSTRATION = TESTS / "demonstration"
RULES = {Path(__file__), TESTS / "test_names_in_the_product.py"}
NAMES = re.compile(r"dallaire|coalition|child.soldiers.international", re.IGNORECASE)
# The files that walk through the demonstration as it is served: they name what a visitor finds there. None is
# added to them, for tests.support.factory makes whatever a rule needs in a line.
WALKING_THROUGH_IT = {
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
    files = set(TESTS.rglob("*.py")) - set(DEMONSTRATION.rglob("*.py")) - RULES
    naming = {file.relative_to(TESTS).as_posix() for file in files if NAMES.search(file.read_text())}
    assert sorted(naming - WALKING_THROUGH_IT) == [], "these name one: use tests.support.factory"
    assert sorted(WALKING_THROUGH_IT - naming) == [], "these name none any more: take them from the list"
