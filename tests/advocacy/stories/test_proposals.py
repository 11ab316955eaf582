"""A change of a story waits for somebody else, as all that readers see does."""

import pytest
from django.urls import reverse

from advocacy.models import StoryOfChange
from impact.admin.public_with import becomes_public_with
from impact.models import Claim
from impact.usage import pages_showing
from organisation.models import Milestone, Proposal, Takedown
from tests.support.blocks import PATH, page_of
from tests.support.factory import a_claim, published
from tests.support.forms import errors_in, filled_in
from tests.support.people import alice, bob
from tests.support.proposals import at_desk, decide, form_of

from . import LEAD, fold

pytestmark = pytest.mark.django_db


def test_alice_writes_a_story_that_bob_accepts_before_charlie_reads_it(client, lit):
    add = reverse("admin:advocacy_storyofchange_add")
    desk = at_desk(alice())
    data = filled_in(desk.get(add), title="A light", slug="a-light", lead=LEAD, order=1)
    data |= {"folds-TOTAL_FORMS": 1, "folds-0-order": 1, "folds-0-milestone": lit.pk}
    desk.post(add, data)
    assert not StoryOfChange.objects.filter(slug="a-light").exists()
    proposal = Proposal.objects.waiting().get()
    page = at_desk(bob()).get(proposal.get_absolute_url()).content.decode()
    assert LEAD in page and "Harbour Aid: Lit" in page
    decide(bob())
    [made] = StoryOfChange.objects.filter(slug="a-light")
    assert [each.milestone for each in made.folds.all()] == [lit]
    assert made.history.get().history_user == alice()


def test_a_change_of_a_fold_is_proposed_with_the_page_that_tells_it(told):
    page_of(("StoryOfChangePlugin", {"story": told}))
    desk, last = at_desk(alice()), told.folds.last()
    data = filled_in(desk.get(form_of(told)))
    prefix = next(name for name, value in data.items() if value == last.not_on_record).rpartition("-")[0]
    desk.post(form_of(told), data | {f"{prefix}-not_on_record": "Who came is not on record."})
    last.refresh_from_db()
    assert last.not_on_record == "Who saw the light is not on record."
    proposal = Proposal.objects.waiting().get()
    assert [address for _title, address in map(tuple_of, proposal.pages)] == [PATH]
    decide(bob())
    last.refresh_from_db()
    assert last.not_on_record == "Who came is not on record."


def tuple_of(page):
    return tuple(page.values()) if isinstance(page, dict) else tuple(page)


def test_the_form_says_what_is_wrong_with_a_fold_and_saves_nothing(lit):
    add = reverse("admin:advocacy_storyofchange_add")
    desk = at_desk(alice())
    data = filled_in(desk.get(add), title="A light", slug="a-light", lead="", order=1)
    data |= {
        "folds-TOTAL_FORMS": 1,
        "folds-0-order": 1,
        "folds-0-milestone": lit.pk,
        "folds-0-heading": "In 1801",
    }
    assert errors_in(desk.post(add, data)) == [
        "A date comes from the record: leave the heading empty, or write words."
    ]
    assert not StoryOfChange.objects.filter(slug="a-light").exists() and not Proposal.objects.exists()


def test_a_story_of_drafts_alone_is_saved_at_once_and_read_with_the_claim(story):
    draft = a_claim("We lit the coast")
    told = fold(story, heading="What it says", claim=draft, remark="Nobody else says so.")
    desk = at_desk(alice())
    desk.post(form_of(story), filled_in(desk.get(form_of(story)), lead="Other words."))
    story.refresh_from_db()
    assert story.lead == "Other words." and told.public_with == [draft]
    said = [each for each in becomes_public_with(draft) if "told in the story" in each.sentence]
    assert said == [
        (
            "It is told in the story “A light, fold by fold”.",
            (
                ("heading", "What it says"),
                ("sentence of ours", "Nobody else says so."),
                ("title", "A light, fold by fold"),
                ("lead", "Other words."),
                ("name for good", story.slug),
            ),
        )
    ]


def test_what_a_submitted_claim_makes_public_is_not_changed_by_one_person(story):
    draft = a_claim("We lit the coast")
    fold(story, heading="What it says", claim=draft)
    draft.submit(alice(), seen=Claim.AS_STORED)
    desk = at_desk(alice())
    desk.post(form_of(story), filled_in(desk.get(form_of(story)), lead="Other words."))
    story.refresh_from_db()
    assert story.lead == LEAD and Proposal.objects.waiting().exists()


def test_the_pages_that_change_with_a_claim_are_those_that_tell_it(told, claim):
    page_of(("StoryOfChangePlugin", {"story": told}))
    assert PATH in [page.address for page in pages_showing(claim.current_edition)]
    other = published(a_claim("We built a pier"))
    assert PATH not in [page.address for page in pages_showing(other.current_edition)]


def test_a_milestone_that_is_taken_down_takes_its_fold_along_and_comes_back_with_it(told, lit):
    desk = at_desk(bob())
    address = reverse("admin:organisation_milestone_delete", args=[lit.pk])
    desk.post(address, {"post": "yes", "reason": "It harms somebody."})
    assert told.folds.count() == 4
    takedown = Takedown.objects.get()
    at_desk(alice()).post(takedown.get_absolute_url(), {"do": "put back", "reason": "It harms nobody."})
    assert Milestone.objects.filter(pk=lit.pk).exists() and told.folds.count() == 5
