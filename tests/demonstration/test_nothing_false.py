"""No page, table or citation of the demonstration says what its sources do not say."""

import pytest

from tests.support.falsehoods import Falsehoods

pytestmark = pytest.mark.django_db


def test_nothing_that_a_visitor_reads_is_false(client, seeded_pages):
    found = Falsehoods(client, seeded_pages)
    assert len(found.sources) > 4 and sum(len(each) for each in found.prose.values()) > 20
    faults = found.all()
    assert faults == [], "\n".join(faults)
