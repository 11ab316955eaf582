import pytest
from django.db import IntegrityError, transaction

from impact.models import Conflict
from tests.support.factory import a_claim

pytestmark = pytest.mark.django_db

NOW = "2026-01-01T00:00Z"


def test_a_pair_is_stored_once_the_lower_claim_first_and_a_decision_has_a_reason_and_a_time():
    one, other = a_claim("We taught 35 pilots"), a_claim("We taught 40 pilots")
    Conflict.objects.create(first=one, second=other, rule="value")
    for values in (
        {"first": one, "second": other, "rule": "value"},
        {"first": other, "second": one, "rule": "role"},
        {"first": one, "second": one, "rule": "role"},
        {"first": one, "second": other, "rule": "role", "decision": "confirmed", "why": "So it is"},
        {"first": one, "second": other, "rule": "role", "decision": "dismissed", "decided_at": NOW},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Conflict.objects.create(**values)
    decided = Conflict.objects.create(
        first=one, second=other, rule="role", decision="confirmed", why="So it is", decided_at=NOW
    )
    assert list(Conflict.objects.of(other).confirmed()) == [decided]
    assert str(decided) == f"{one.reference} / {other.reference}: the part played is told at another strength"
