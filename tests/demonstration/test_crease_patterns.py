"""The organisations of the demonstration can be told apart by their crease patterns."""

from portal.graphics.crease_patterns import crease_pattern
from tests.portal.graphics.test_crease_patterns import CLAIMS, svg_of

ORGANISATIONS = ["coalition", "child-soldiers-international", "dallaire-initiative"]


def test_the_three_organisations_have_a_boat_a_bird_and_a_plane():
    assert [crease_pattern(slug).figure for slug in ORGANISATIONS] == ["boat", "bird", "plane"]


def test_no_two_of_the_organisations_and_first_claims_look_the_same():
    assert len({svg_of(slug) for slug in ORGANISATIONS + CLAIMS}) == len(ORGANISATIONS + CLAIMS)
