"""The migration that divides the grade “stated” grades what is published as if it were published now."""

from importlib import import_module

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from impact.models import Edition, RegisterEntry
from tests.support.factory import a_source, cite
from tests.support.lists import publish_claims

pytestmark = pytest.mark.django_db

MIGRATION = "0008_grades"


@pytest.fixture(scope="module")
def apps_then():
    return MigrationLoader(None).project_state(("impact", MIGRATION)).apps


@pytest.mark.parametrize(
    ("evidence", "grade"),
    [
        ([("states", "own")], "organisation only"),
        ([("states", "own"), ("repeats", "independent"), ("context", "partner")], "organisation only"),
        ([("states", "own"), ("supports in part", "partner")], "partner in part"),
        ([("supports in part", "partner"), ("supports", "partner")], "partner supports"),
        ([("states", "partner")], "partner supports"),
        ([("supports", "partner"), ("supports in part", "independent")], "supported in part"),
        ([("states", "independent"), ("states", "partner")], "supported"),
    ],
)
def test_a_claim_that_was_stated_has_the_grade_that_its_citations_give(apps_then, evidence, grade):
    claims = publish_claims(2, grade="stated")
    for claim in claims:
        for relation, independence in evidence:
            source = a_source(f"{claim} {relation} {independence}")
            cite(claim.current_edition, source, relation, independence)
    before = {edition.pk: edition.grade for edition in Edition.objects.exclude(claim__in=claims)}
    import_module(f"impact.migrations.{MIGRATION}").divide_stated(apps_then, connection.schema_editor())
    assert [Edition.objects.get(claim=claim).grade for claim in claims] == [grade, grade]
    assert [RegisterEntry.objects.get(claim=claim).grade for claim in claims] == [grade, grade]
    assert before == {edition.pk: edition.grade for edition in Edition.objects.exclude(claim__in=claims)}
