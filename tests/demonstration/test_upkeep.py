"""The texts of the demonstration whose words age or boast, and none whose review is overdue."""

import pytest
from django.urls import reverse

from impact.models import Claim
from organisation.models import Statement
from tests.support.people import alice

pytestmark = pytest.mark.django_db

# The words that age, and the superlatives, of everything that is seeded.
AGING = {
    "E19": "due to be published in may 2008",
    "E27": "over the last nine years",
    "advocacy-and-public-education": "currently",
    "networking-and-capacity-building": "current projects",
}
SUPERLATIVES = {
    "E2": "first ever",
    "E3": "first ever",
    "E4": "the first ever joint doctrine note in the world; first ever",
    "E7": "world renowned",
    "E18": "the leading",
    "high-level-advocacy": "unique",
    "leading-voice": "a leading",
}


@pytest.fixture
def desk(client):
    client.force_login(alice())
    return client


def listed(desk, model, **filters):
    page = desk.get(reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist"), filters)
    return [name_of(record) for record in page.context["cl"].result_list]


def name_of(record):
    return record.reference if isinstance(record, Claim) else record.slug


def test_nothing_that_is_seeded_is_overdue_and_the_words_that_age_are_exactly_these(desk):
    for model in (Claim, Statement):
        assert listed(desk, model, upkeep="overdue") == []
    records = {name_of(record): record for model in (Claim, Statement) for record in model.objects.all()}
    assert {name: record.aging for name, record in records.items() if record.aging} == AGING
    assert {
        name: record.superlatives for name, record in records.items() if record.superlatives
    } == SUPERLATIVES
