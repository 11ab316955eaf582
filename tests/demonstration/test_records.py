"""The records of the demonstration: claims with real grades, citations, and documents with a date."""

from collections import Counter

import pytest

from impact.models import Claim, Edition
from organisation.models import Citation, Organisation, Source, Statement

pytestmark = pytest.mark.django_db


def test_every_outside_document_says_when_it_was_read():
    outside = Source.objects.filter(sha256="").exclude(address="")
    assert outside.count() == 28
    assert set(outside.values_list("accessed", flat=True).distinct()) == {outside[0].accessed}


def test_the_thirty_claims_are_published_with_real_grades():
    grades = dict(Edition.objects.current().values_list("claim__number", "grade"))
    assert len(grades) == 30
    assert {number for number, grade in grades.items() if grade == "disputed"} == {19, 24, 28}
    assert {number for number, grade in grades.items() if grade == "supported in part"} == {4, 26}
    assert {number for number, grade in grades.items() if grade == "partner in part"} == {3, 6, 8, 14, 15, 20}
    assert Counter(grades.values())["organisation only"] == 30 - 3 - 2 - 6


def test_every_record_carries_a_citation():
    for model in (Organisation, Statement, Claim):
        records = model.objects.filter(profiled=True) if model is Organisation else model.objects.all()
        assert [str(record) for record in records if not record.citations.exists()] == []
    assert Citation.objects.filter(relation="states", passage=None, content_type__model="claim").count() == 0
