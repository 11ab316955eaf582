"""Whatever write of an action fails, nothing of the action is stored."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from impact.conflicts import find_conflicts
from impact.models import Claim, ReviewLink, Stage
from organisation.models import Statement
from portal.staff.desk.undo import revert_edition, revert_record, revert_withdrawal
from tests.support.factory import a_claim, a_figure, an_organisation, published
from tests.support.forms import decision, filled_in, review
from tests.support.people import alice, bob
from tests.support.proposals import form_of, propose, the_proposal
from tests.support.review import claim_form
from tests.support.sampling import every
from tests.support.spreadsheets import csv_bytes, dry_run
from tests.support.transactions import assert_all_or_nothing

SEEN = {"seen": Claim.AS_STORED}
TOMORROW = timezone.now() + timedelta(days=1)


def changed():
    """Returns a published claim whose figure Alice has changed."""
    claim = published(a_claim(figure=40))
    figure = claim.figures.get()
    figure.value, figure._history_user = 50, alice()
    figure.save()
    claim.note_change(alice())
    return Claim.objects.get(pk=claim.pk)


def submitted():
    return changed().submit(alice(), **SEEN)


def scheduled():
    return submitted().schedule(bob(), TOMORROW, "A newer count", **SEEN)


def due():
    claim = scheduled()
    Claim.objects.filter(pk=claim.pk).update(publish_at=timezone.now())
    return claim


TRANSITIONS = {
    "submit": (changed, lambda claim: claim.submit(alice(), **SEEN)),
    "retire": (
        lambda: published(a_claim(figure=40)),
        lambda claim: claim.ask_to_retire(alice(), **SEEN),
    ),
    "return": (submitted, lambda claim: claim.send_back(bob(), "Why?", **SEEN)),
    "schedule": (submitted, lambda claim: claim.schedule(bob(), TOMORROW, "A newer count", **SEEN)),
    "unschedule": (scheduled, lambda claim: claim.unschedule(bob(), **SEEN)),
    "publish": (submitted, lambda claim: claim.publish(bob(), "A newer count", **SEEN)),
    "publish scheduled": (due, lambda claim: claim.publish_scheduled()),
    "restore": (
        lambda: published(published(a_claim(figure=40)), statement="We taught many pilots"),
        lambda claim: claim.restore(claim.editions.first(), bob(), "It was right", **SEEN),
    ),
    "withdraw": (
        lambda: published(a_claim(figure=40)),
        lambda claim: claim.withdraw(bob(), "It was wrong", **SEEN),
    ),
    "still true": (lambda: published(a_claim(figure=40)), lambda claim: claim.confirm(alice())),
    "change": (
        lambda: change_past_the_forms(submitted()),
        lambda claim: claim.note_change(alice()),
    ),
    "link": (submitted, lambda claim: ReviewLink.issue(claim, alice(), "Dana")),
    "end of a link": (
        lambda: ReviewLink.issue(submitted(), alice(), "Dana")[0],
        lambda link: link.revoke(alice()),
    ),
}


def change_past_the_forms(claim):
    claim.figures.update(value=60)
    return claim


@pytest.mark.parametrize("name", every(2, list(TRANSITIONS)))
def test_a_step_of_a_review_is_stored_whole_or_not_at_all(name):
    prepare, step = TRANSITIONS[name]
    claim_or_link = prepare()
    # Each attempt begins with what is stored, as a request does.
    assert_all_or_nothing(lambda: step(type(claim_or_link).objects.get(pk=claim_or_link.pk)))


def test_the_review_page_publishes_all_of_a_claim_or_nothing():
    claim, browser = submitted(), Client(raise_request_exception=False)
    browser.force_login(bob())
    form = decision(browser, claim)
    assert_all_or_nothing(lambda: browser.post(review(claim), form), answers_with_a_page=True)
    assert Claim.objects.get(pk=claim.pk).current_edition.number == 2


def test_a_form_with_its_figures_and_sources_is_stored_whole_or_not_at_all():
    claim, browser = changed(), Client(raise_request_exception=False)
    browser.force_login(alice())
    form = filled_in(
        browser.get(claim_form(claim)),
        statement="Another 40",
        in_our_words="on",
        **{"figures-0-value": "60", "_submit": "1"},
    )
    assert_all_or_nothing(lambda: browser.post(claim_form(claim), form), answers_with_a_page=True)
    assert Claim.objects.get(pk=claim.pk).stage == Stage.SUBMITTED


def test_a_table_is_stored_whole_or_not_at_all():
    browser = Client(raise_request_exception=False)
    browser.force_login(alice())
    row = ["", an_organisation().slug, "We taught sailors"]
    shown = dry_run(browser, "claims", csv_bytes(["reference", "organisation", "statement"], row, row, row))
    form = {"table": shown.context["payload"], "seen": shown.context["diff_checksum"]}
    assert_all_or_nothing(lambda: browser.post("/admin/tables/claims/", form), answers_with_a_page=True)
    assert Claim.objects.filter(statement="We taught sailors").count() == 3


@pytest.mark.parametrize("is_withdrawn", [False, True])
def test_a_publication_is_undone_whole_or_not_at_all(is_withdrawn):
    claim = published(published(a_claim(figure=40)), statement="We taught many pilots")
    change, revert = claim.current_edition, revert_edition
    if is_withdrawn:
        claim.withdraw(bob(), "It was wrong", **SEEN)
        change, revert = claim.withdrawal, revert_withdrawal
    assert_all_or_nothing(lambda: revert(change, bob(), "By mistake"))
    assert Claim.objects.get(pk=claim.pk).current_edition.number == 3


def a_statement(text="We teach pilots"):
    return Statement.objects.create(organisation=an_organisation(), slug="aim", kind="goal", text=text)


def test_a_save_is_undone_whole_or_not_at_all():
    statement = a_statement()
    statement.text = "We teach sailors"
    statement.save()
    assert_all_or_nothing(lambda: revert_record(statement.history.first()))
    assert Statement.objects.get(pk=statement.pk).text == "We teach pilots"


def test_a_proposal_is_made_and_accepted_whole_or_not_at_all():
    statement, browser = a_statement(), Client(raise_request_exception=False)
    propose(alice(), statement, text="We teach nobody", owner=alice().pk)
    browser.force_login(alice())
    form = filled_in(browser.get(form_of(statement)), text="We teach sailors")
    assert_all_or_nothing(lambda: browser.post(form_of(statement), form), answers_with_a_page=True)
    browser.force_login(bob())
    address = the_proposal().get_absolute_url()
    assert "We teach sailors" in browser.get(address).content.decode()
    assert_all_or_nothing(lambda: browser.post(address, {"do": "accept"}), answers_with_a_page=True)
    assert Statement.objects.get(pk=statement.pk).text == "We teach sailors"


def test_a_statement_is_found_still_true_whole_or_not_at_all():
    statement = a_statement()
    assert_all_or_nothing(lambda: Statement.objects.get(pk=statement.pk).confirm(alice()))


def test_conflicts_come_and_go_together():
    one, other, third = a_claim(figure=40), a_claim(figure=50), a_claim()
    find_conflicts()
    other.figures.all().delete()
    a_figure(third, 60)
    assert_all_or_nothing(lambda: find_conflicts(one))
