"""Each number of the demonstration stands in its source letter by letter, and says what it says there."""

import pytest

from impact.checklist import figure_computed, figure_not_as_written, number_in_no_passage
from impact.models import Claim, Figure

pytestmark = pytest.mark.django_db


def test_every_number_of_a_claim_and_every_figure_stands_in_a_cited_passage():
    claims = list(Claim.objects.all())
    for claim in claims:
        claim.check_publishable(reason="Once more")
        for rule in (number_in_no_passage, figure_not_as_written, figure_computed):
            assert list(rule(claim)) == [], claim
    assert len(claims) == 30
    assert Figure.objects.filter(edition=None).count() == 10
    assert not Figure.objects.filter(as_written="").exists()
