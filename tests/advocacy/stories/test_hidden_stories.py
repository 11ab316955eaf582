"""A story that nobody sees becomes public with all its words by another row, so they are read before."""

import pytest
from django.urls import reverse

from impact.admin.public_with import becomes_public_with
from organisation.models import Proposal, Takedown
from tests.support.factory import a_claim
from tests.support.forms import filled_in
from tests.support.people import alice, bob
from tests.support.proposals import at_desk, decide, form_of

from . import LEAD, fold

pytestmark = pytest.mark.django_db

UNSEEN = "Who paid for the lamp is not on record."


@pytest.fixture
def hidden(story):
    """A story of a draft, which says besides what is not on record."""
    fold(story, heading="What it says", claim=a_claim("We lit the coast"))
    fold(story, heading="And then?", not_on_record=UNSEEN, remark="Nobody asked.")
    assert not story.is_public
    return story


def tell(person, story, milestone):
    """Adds a fold to a story by its own form, which shows nothing else of the story."""
    add = reverse("admin:advocacy_fold_add")
    desk = at_desk(person)
    return desk.post(add, filled_in(desk.get(add), story=story.pk, milestone=milestone.pk, order=9))


def rewrite(person, story, lead):
    desk = at_desk(person)
    desk.post(form_of(story), filled_in(desk.get(form_of(story)), lead=lead))
    story.refresh_from_db()


def take_down(person, record):
    name = f"admin:{record._meta.app_label}_{record._meta.model_name}_delete"
    data = {"post": "yes", "reason": "It harms somebody."}
    at_desk(person).post(reverse(name, args=[record.pk]), data)
    return Takedown.objects.get()


def put_back(person, takedown):
    at_desk(person).post(takedown.get_absolute_url(), {"do": "put back", "reason": "It harms nobody."})


def test_bob_reads_all_that_becomes_public_with_a_fold_before_he_accepts_it(hidden, lit):
    tell(alice(), hidden, lit)
    page = at_desk(bob()).get(Proposal.objects.waiting().get().get_absolute_url()).content.decode()
    for words in (hidden.title, LEAD, "And then?", UNSEEN, "Nobody asked."):
        assert words in page
    decide(bob())
    assert hidden.is_public


def test_alice_does_not_change_what_becomes_public_with_a_fold_that_waits(hidden, lit):
    tell(alice(), hidden, lit)
    rewrite(alice(), hidden, "Other words.")
    assert hidden.lead == LEAD and Proposal.objects.waiting().count() == 2


@pytest.mark.parametrize("taken_down", ["fold", "milestone"])
def test_alice_does_not_change_alone_a_story_that_can_be_put_back(hidden, lit, taken_down):
    last = fold(hidden, milestone=lit)
    takedown = take_down(bob(), last if taken_down == "fold" else lit)
    assert not hidden.is_public
    rewrite(alice(), hidden, "Other words.")
    put_back(alice(), takedown)
    assert hidden.is_public and hidden.lead == LEAD
    [proposal] = Proposal.objects.waiting()
    assert proposal.title == hidden.title


def test_alice_changes_at_once_a_story_that_stays_down(hidden, lit):
    takedown = take_down(bob(), fold(hidden, milestone=lit))
    at_desk(alice()).post(takedown.get_absolute_url(), {"do": "confirm"})
    rewrite(alice(), hidden, "Other words.")
    assert hidden.lead == "Other words." and not Proposal.objects.exists()


def test_the_review_of_a_claim_shows_what_else_its_story_says(hidden):
    [draft] = [each.claim for each in hidden.folds.all() if each.claim]
    [fields] = [each.fields for each in becomes_public_with(draft) if "told in the story" in each.sentence]
    assert ("not on record", UNSEEN) in fields and ("sentence of ours", "Nobody asked.") in fields
