"""Each sentence of the demonstration stands in a passage that it cites, or is marked as ours."""

import pytest

from advocacy.models import Ask
from impact.models import Claim, Edition
from organisation.models import Milestone, Statement

pytestmark = pytest.mark.django_db

EVERYTHING = [Statement.objects.all(), Milestone.objects.all(), Ask.objects.all(), Edition.objects.all()]


def test_every_record_that_quotes_has_the_words_of_its_passages():
    records = [record for records in EVERYTHING for record in records.all().with_evidence()]
    assert [str(record) for record in records if not record.is_quotation and not record.in_our_words] == []
    assert len(records) > 60


def test_nothing_is_on_the_desk_to_be_mended_or_marked():
    assert [*Claim.objects.parted_from_passages(), *Statement.objects.parted_from_passages()] == []
