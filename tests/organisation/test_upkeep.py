"""A text has an owner and a review date, and readers are told when its review is overdue."""

import datetime
from unittest.mock import patch

import pytest
from django.test import Client
from django.urls import reverse

from impact.models import Claim
from organisation.models import Citation, Proposal, Source, Statement
from tests.support.factory import a_claim, a_page_with, a_source, a_statement, cite, published
from tests.support.forms import errors_in, filled_in
from tests.support.people import alice, bob
from tests.support.proposals import at_desk, decide, propose, the_proposal

pytestmark = pytest.mark.django_db

LONG_AFTER = datetime.datetime(2031, 5, 2, 12, tzinfo=datetime.UTC)


@pytest.fixture
def desk(client):
    client.force_login(alice())
    return client


def address(record, page="change"):
    return reverse(f"admin:{record._meta.app_label}_{record._meta.model_name}_{page}", args=[record.pk])


def listed(desk, model, **filters):
    page = desk.get(reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist"), filters)
    return [name_of(record) for record in page.context["cl"].result_list]


def name_of(record):
    return record.reference if isinstance(record, Claim) else record.slug


def overdue(record):
    """Sets a review date that has passed, and returns the record anew."""
    type(record).objects.filter(pk=record.pk).update(review_by=datetime.date(2026, 5, 1))
    return type(record).objects.get(pk=record.pk)


def claim_and_statement():
    """Returns a published claim and the mission of Harbour Aid, which the first call makes."""
    mission = Statement.objects.filter(organisation__slug="harbour-aid", kind="mission").first()
    if mission:
        return Claim.objects.get(statement="We taught 40 pilots"), mission
    return published(a_claim()), a_statement(kind="mission", owner=alice())


def test_the_lists_choose_what_needs_care(desk):
    chosen = {}
    for upkeep in ("aging", "superlatives"):
        chosen[upkeep] = listed(desk, Claim, upkeep=upkeep), listed(desk, Statement, upkeep=upkeep)
    aging, first = a_claim("We currently teach 40 pilots"), a_claim("We taught the first ever pilots")
    supported = a_claim("We wrote the first ever chart")
    cite(supported, a_source("Port gazette"), relation="supports", independence="independent")
    for slug, text in (("now", "We currently teach."), ("unique", "We are unique.")):
        a_statement(text, slug=slug, owner=alice())
    for upkeep, of_claims, of_statements in (
        ("aging", [aging.reference], ["now"]),
        ("superlatives", [first.reference], ["unique"]),
    ):
        claims, statements = chosen[upkeep]
        assert sorted(listed(desk, Claim, upkeep=upkeep)) == sorted(claims + of_claims)
        assert sorted(listed(desk, Statement, upkeep=upkeep)) == sorted(statements + of_statements)
    for record in claim_and_statement():
        overdue(record)
        assert listed(desk, type(record), upkeep="overdue") == [name_of(record)]
        own = listed(desk, type(record), upkeep="mine")
        assert len(own) == type(record).objects.count()
        type(record).objects.filter(pk=record.pk).update(owner=bob())
        assert len(listed(desk, type(record), upkeep="mine")) == len(own) - 1


def test_a_claim_without_a_source_that_states_or_supports_it_is_listed_as_unsourced(desk):
    assert listed(desk, Claim, evidence="unsourced") == []
    claim = Claim.objects.get(number=10)
    claim.citations.all().delete()
    Citation.objects.create(
        record=claim, source=Source.objects.get(slug="csi-who-we-are"), relation="context"
    )
    assert listed(desk, Claim, evidence="unsourced") == ["E10"]


def test_who_adds_a_text_is_offered_as_its_owner_and_nobody_adds_one_without(desk):
    for model in (Claim, Statement):
        add = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_add")
        assert filled_in(desk.get(add))["owner"] == alice().pk
        errors = errors_in(desk.post(add, filled_in(desk.get(add), owner="")))
        assert "Name an owner: a member of staff who sees to it that it stays true." in errors


def test_a_text_whose_owner_has_left_asks_for_another(desk):
    left, stays = bob(), alice()
    for record in claim_and_statement():
        type(record).objects.filter(pk=record.pk).update(owner=left)
    left.is_active = False
    left.save()
    for record in claim_and_statement():
        page = desk.post(address(record), filled_in(desk.get(address(record))))
        assert len(errors_in(page)) == 1
        assert desk.post(address(record), filled_in(page, owner=stays.pk)).status_code == 302


def test_the_form_says_which_words_age_and_why(desk):
    page = desk.get(address(Claim.objects.get(number=27))).content.decode()
    assert "“over the last nine years”: counts back from a day that the text does not give" in page
    page = desk.get(address(Statement.objects.get(slug="leading-voice"))).content.decode()
    assert "“a leading”: ahead of all others: an independent source would have to say so" in page


@pytest.mark.parametrize("index", [0, 1])
def test_still_true_starts_the_clock_again_and_stays_on_record(desk, index):
    record = overdue(claim_and_statement()[index])
    before = {
        name: value
        for name, value in vars(record).items()
        if name not in ("_state", "confirmed_on", "review_by")
    }
    assert "Still true" in desk.get(address(record)).content.decode()
    page = desk.post(address(record, "still_true"), follow=True)
    assert "is proposed. Readers see it once somebody else has accepted it." in page.content.decode()
    assert type(record).objects.get(pk=record.pk).confirmed_on is None
    decide(bob())
    after = type(record).objects.get(pk=record.pk)
    assert (after.confirmed_on, after.is_overdue) == (datetime.date.today(), False)
    assert {name: getattr(after, name) for name in before} == before
    if isinstance(record, Claim):
        step = record.steps.last()
        assert (step.kind, step.by) == ("still true", alice())
    else:
        row = record.history.latest()
        assert (row.history_change_reason, row.history_user) == ("found still true", alice())
        assert "found still true" in desk.get(address(record, "history")).content.decode()


def test_several_are_found_still_true_from_their_list(desk):
    for model in (Claim, Statement):
        pks = list(model.objects.values_list("pk", flat=True)[:2])
        changelist = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        page = desk.post(changelist, {"action": "find_still_true", "_selected_action": pks}, follow=True)
        assert page.content.decode().count("is proposed. Readers see it once") == 2
        first, second = Proposal.objects.waiting().order_by("object_id")
        decide(bob(), proposal=second)
        assert [bool(model.objects.get(pk=pk).confirmed_on) for pk in sorted(pks)] == [False, True]
        decide(bob(), "return", proposal=first, reason="Is it?")


def test_what_is_found_still_true_and_has_no_readers_needs_nobody_else(desk):
    draft = a_claim()
    page = desk.post(address(draft, "still_true"), follow=True)
    assert "Found still true today; the next review is a year from now." in page.content.decode()
    assert Claim.objects.get(pk=draft.pk).confirmed_on


def test_what_is_found_still_true_twice_is_one_proposal_of_whoever_was_first(desk):
    claim, _mission = claim_and_statement()
    desk.post(address(claim, "still_true"))
    page = at_desk(bob()).post(address(claim, "still_true"), follow=True).content.decode()
    assert "Editor has proposed this already, and it waits for a decision" in page
    decide(bob())
    assert claim.steps.last().by == alice()


def test_bob_finds_it_still_true_and_alice_confirms_that_on_another_day(desk):
    claim, _mission = claim_and_statement()
    at_desk(bob()).post(address(claim, "still_true"))
    with patch("django.utils.timezone.now", return_value=LONG_AFTER):
        decide(alice())
        assert Claim.objects.get(pk=claim.pk).confirmed_on == LONG_AFTER.date()


def test_the_next_review_of_a_claim_is_fixed_once_readers_are_told_of_it(desk):
    draft, claim = a_claim(), published(a_claim("We taught 40 pilots"))
    for record, is_changed in ((draft, True), (claim, False)):
        desk.post(address(record), filled_in(desk.get(address(record)), review_by="2041-05-01"))
        assert (str(Claim.objects.get(pk=record.pk).review_by) == "2041-05-01") is is_changed


def test_an_overdue_statement_is_not_made_timely_by_its_editor_alone(desk):
    _claim, mission = claim_and_statement()
    overdue(mission)
    desk.post(address(mission), filled_in(desk.get(address(mission)), review_by="2041-05-01"))
    assert Statement.objects.get(pk=mission.pk).is_overdue
    decide(bob())
    assert not Statement.objects.get(pk=mission.pk).is_overdue


def test_still_true_is_for_who_may_change_and_only_by_a_press():
    for record in claim_and_statement():
        charlie = Client()
        assert charlie.post(address(record, "still_true")).status_code == 302  # to the login
        user = alice()
        user.groups.clear()
        charlie.force_login(user)
        assert charlie.post(address(record, "still_true")).status_code == 403
        charlie.force_login(bob())
        assert charlie.get(address(record, "still_true")).status_code == 405
        assert charlie.post(address(record, "still_true").replace(str(record.pk), "0")).status_code == 404
        assert type(record).objects.get(pk=record.pk).confirmed_on is None


def test_charlie_is_told_of_a_claim_that_nobody_looked_at_in_time(client, django_assert_num_queries):
    claim, _mission = claim_and_statement()
    page = client.get(claim.get_absolute_url()).content.decode()
    assert "looked at again" not in page and "Next review" in page and "Last found true" not in page
    overdue(claim)
    page = client.get(claim.get_absolute_url()).content.decode()
    assert "This was to be looked at again by 1 May 2026, and has not been yet." in page
    claim.confirm(alice())
    page = client.get(claim.get_absolute_url()).content.decode()
    assert "looked at again" not in page and "Last found true" in page
    assert "editor" not in page


def test_a_claim_is_overdue_from_the_day_after(client):
    with patch("django.utils.timezone.now", return_value=LONG_AFTER):
        claim = published(a_claim())
        for day, is_overdue in ((datetime.date(2031, 5, 2), False), (datetime.date(2031, 5, 1), True)):
            Claim.objects.filter(pk=claim.pk).update(review_by=day)
            page = client.get(claim.get_absolute_url()).content.decode()
            assert ("looked at again" in page) is is_overdue


def test_an_earlier_edition_says_nothing_of_reviews(client):
    claim, _mission = claim_and_statement()
    claim.statement = "Other words"
    claim.save()
    claim.publish(by=bob(), reason="Other words", seen=Claim.AS_STORED)
    overdue(claim)
    page = client.get(f"/evidence/e{claim.number}/v1/").content.decode()
    assert "looked at again" not in page and "Next review" not in page


@pytest.mark.parametrize("plugin", ["StatementsPlugin", "StatementPlugin", "HeroPlugin"])
def test_charlie_is_told_of_an_overdue_statement_where_it_stands(client, plugin):
    _claim, mission = claim_and_statement()
    chosen = {"organisation": mission.organisation, "kind": "mission"}
    page = a_page_with(plugin, **chosen if plugin == "StatementsPlugin" else {"statement": mission})
    before = client.get(page).content.decode()
    assert mission.text in before and "looked at again" not in before
    overdue(mission)
    assert "To be looked at again by 1 May 2026; not done yet." in client.get(page).content.decode()


def test_a_day_of_review_that_readers_would_notice_is_proposed_and_a_later_one_saved():
    mission = a_statement(kind="mission", owner=alice())
    propose(alice(), mission, review_by="2035-01-01")
    mission.refresh_from_db()
    assert mission.review_by == datetime.date(2035, 1, 1) and not Proposal.objects.exists()
    propose(alice(), mission, review_by="2034-12-31")
    [change] = the_proposal().changes[0]["fields"]
    assert (change["name"], change["new"]) == ("review_by", "2034-12-31")
    decide(bob(), "return", reason="Why?")

    mission = overdue(mission)
    propose(alice(), mission, review_by="2026-04-30")
    mission.refresh_from_db()
    assert mission.review_by == datetime.date(2026, 5, 1)
    assert "yes, since 30 April 2026" in [field["new"] for field in the_proposal().changes[0]["fields"]]
