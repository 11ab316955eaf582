"""What Alice sends alone, however she words it, changes nothing that visitors see."""

import json

import pytest
from django.http import QueryDict

from organisation.models import Proposal
from tests.support.factory import a_statement
from tests.support.forms import filled_in
from tests.support.people import alice, bob
from tests.support.proposals import at_desk, form_of, propose, the_proposal

pytestmark = pytest.mark.django_db

HERS = "Words of Alice alone"


@pytest.fixture
def mission():
    return a_statement("We keep every harbour safe.", owner=alice())


def text_of(record):
    return type(record).objects.get(pk=record.pk).text


def read_by_both(record):
    """Opens the form of a record as Alice and as Bob; returns what the field of its text shows Bob."""
    pages = [at_desk(user).get(form_of(record)) for user in (alice(), bob())]
    assert [page.status_code for page in pages] == [200, 200]
    return pages[1].context["adminform"].form["text"].value()


def test_a_form_that_says_it_has_shown_what_waits_is_not_saved_by_whoever_opens_the_record(mission):
    propose(alice(), mission, text=HERS)
    forged = QueryDict(the_proposal().form, mutable=True)
    forged["seen"] = at_desk(alice()).get(form_of(mission)).context["seen"]
    assert "open proposal " in json.loads(forged["seen"])
    Proposal.objects.update(form=forged.urlencode())
    assert read_by_both(mission) == HERS  # shown to be decided, and no more
    assert text_of(mission) == "We keep every harbour safe."


def test_what_is_sent_to_another_page_is_no_change_of_the_form_whose_address_ends_its_query(mission):
    desk = at_desk(alice())
    data = filled_in(desk.get(form_of(mission)), text=HERS)
    still_true = form_of(mission).replace("/change/", "/still-true/")
    desk.post(f"{still_true}?at={form_of(mission)}", data)
    assert the_proposal() and not Proposal.objects.sent_to(form_of(mission))
    assert read_by_both(mission) == text_of(mission) == "We keep every harbour safe."
