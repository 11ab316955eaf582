"""The conflicts of the demonstration, which its records come with already decided."""

from io import StringIO

import pytest
from django.core.management import call_command

from impact.models import Conflict
from tests.support.people import alice

pytestmark = pytest.mark.django_db


def test_each_is_confirmed_with_a_reason_and_the_rules_find_no_other():
    found = Conflict.objects.values_list(
        "first__number", "second__number", "rule", "decision", "decided_by__username"
    )
    assert list(found) == [
        (8, 14, "role", "confirmed", "seed"),
        (20, 26, "role", "confirmed", "seed"),
        (24, 28, "qualifier", "confirmed", "seed"),
    ]
    output = StringIO()
    call_command("find_conflicts", stdout=output)
    assert output.getvalue() == (
        "Conflicts found: 3. New: 0. No longer there: 0. Waiting for a decision: 0.\n"
    )


def test_seeding_again_keeps_what_staff_decided_until_it_is_overwritten():
    decided = Conflict.objects.filter(first__number=24)
    decided.update(decision="dismissed", why="One is older.", decided_by=alice())
    output = StringIO()
    call_command("seed", stdout=output)
    assert (
        decided.get().decision == "dismissed" and "Kept as an editor left it: E24 / E28" in output.getvalue()
    )
    call_command("seed", "--overwrite", verbosity=0)
    assert decided.get().decision == "confirmed" and "newer than the other" in decided.get().why
