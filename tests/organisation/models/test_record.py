"""Which records rest on a source, and which texts are to be looked at again."""

from datetime import timedelta

import pytest
from django.utils import timezone

from organisation.models import Organisation, Statement
from organisation.models.record import prefetch_evidence
from tests.support.factory import a_source, an_organisation, cite
from tests.support.people import alice

pytestmark = pytest.mark.django_db


def a_statement(slug="about", text="We teach.", **values):
    return Statement.objects.create(
        organisation=an_organisation(), slug=slug, kind="about", text=text, owner=alice(), **values
    )


@pytest.mark.parametrize(
    ("relation", "is_sourced"),
    [
        ("states", True),
        ("supports", True),
        ("supports in part", True),
        ("repeats", False),
        ("contradicts", False),
        ("context", False),
    ],
)
@pytest.mark.parametrize("independence", ["own", "partner", "independent"])
def test_a_record_rests_on_what_states_or_supports_it_whoever_does(relation, is_sourced, independence):
    statement, organisation = a_statement(), an_organisation()
    cite(organisation, a_source("Diary"), relation=relation, independence=independence)
    unsourced = Statement.objects.unsourced().filter(organisation=organisation)
    assert list(unsourced) == [statement]
    cite(statement, a_source("Logbook"), relation=relation, independence=independence)
    assert unsourced.all().exists() is not is_sourced
    assert (organisation in Organisation.objects.unsourced()) is not is_sourced


@pytest.mark.parametrize(
    "relation", ["states", "supports", "supports in part", "repeats", "contradicts", "context"]
)
@pytest.mark.parametrize("independence", ["own", "partner", "independent"])
def test_a_superlative_needs_an_independent_source_that_supports_it(relation, independence):
    statement = a_statement(text="We are unique.")
    a_statement("plain")
    unsupported = Statement.objects.with_unsupported_superlatives().filter(organisation=an_organisation())
    assert list(unsupported) == [statement]
    cite(statement, a_source(), relation=relation, independence=independence)
    assert unsupported.all().exists() is not (
        relation in ("states", "supports") and independence == "independent"
    )


def test_words_that_age_are_listed_apart_from_superlatives():
    aging, unique = a_statement("one", "We teach now."), a_statement("two", "We are unique.")
    a_statement("three")
    ours = Statement.objects.filter(organisation=an_organisation()).order_by("slug")
    assert list(ours.with_aging_words()) == [aging]
    assert list(ours.with_unsupported_superlatives()) == [unique]


def test_a_text_is_overdue_from_the_day_after_its_review_and_a_new_one_has_a_year():
    today = timezone.localdate()
    assert a_statement("new").review_by == today + timedelta(days=365)
    for days, is_overdue in ((-1, True), (0, False), (1, False)):
        statement = a_statement(f"of-{days}", review_by=today + timedelta(days=days))
        assert statement.is_overdue is is_overdue
        assert (statement in Statement.objects.overdue()) is is_overdue


def test_what_is_found_true_is_confirmed_today_and_reviewed_in_a_year_and_keeps_its_words():
    statement = a_statement(review_by=timezone.localdate() - timedelta(days=5))
    stale = Statement.objects.get(pk=statement.pk)
    Statement.objects.filter(pk=statement.pk).update(text="We teach pilots.")
    stale.confirm(alice())
    statement.refresh_from_db()
    today = timezone.localdate()
    assert (statement.confirmed_on, statement.review_by) == (today, today + timedelta(days=365))
    assert (statement.text, statement.is_overdue) == ("We teach pilots.", False)
    row = statement.history.latest()
    assert (row.history_user, row.history_change_reason, row.text) == (
        alice(),
        "found still true",
        "We teach pilots.",
    )


def test_the_evidence_of_records_of_two_models_with_one_key_is_read_at_once(django_assert_num_queries):
    twin = Organisation.objects.create(pk=100_001, slug="twin", official_name="Twin")
    statement = a_statement(pk=100_001)
    for order, (record, title) in enumerate(
        ((statement, "Diary"), (twin, "Logbook"), (statement, "Almanac"), (twin, "Chart"))
    ):
        cite(record, a_source(title), note=str(order))
    with django_assert_num_queries(1):
        prefetch_evidence([statement, twin])
    assert [str(each.source) for each in statement.evidence] == ["Diary", "Almanac"]
    assert [str(each.source) for each in twin.evidence] == ["Logbook", "Chart"]
    for record in (statement, twin):
        again = type(record).objects.with_evidence().get(pk=record.pk)
        alone = type(record).objects.get(pk=record.pk)
        assert again.evidence == alone.evidence == record.evidence
