"""The register of the demonstration: how many claims each choice shows."""

import pytest

from tests.support.lists import read_list

pytestmark = pytest.mark.django_db

REGISTER = "/evidence/"


def test_the_register_is_narrowed_by_organisation_type_theme_and_grade(client):
    shown = read_list(client, REGISTER)
    assert list(shown.rows) == ["How far shown", "Organisation", "Type", "Theme", "Grade"]
    assert list(shown.rows["Organisation"]) == [
        "All",
        "Coalition to Stop the Use of Child Soldiers "
        "(renamed Child Soldiers International, closed 2019) (12)",
        "Child Soldiers International (closed 2019) (1)",
        "Dallaire Initiative (17)",
    ]
    assert list(shown.rows["Grade"]) == [
        "All",
        "Disputed (3)",
        "Supported in part (2)",
        "A partner supports it in part (6)",
        "Only the organisation says so (19)",
    ]
    assert shown.current == dict.fromkeys(shown.rows, ["All"])
    assert shown.count == "30 claims"
    assert len(shown.references) == 30
