"""A story of Harbour Aid's, with a fold of each kind."""

import pytest

from advocacy.models import StoryOfChange
from organisation.models import Milestone
from tests.support.factory import a_claim, a_passage, an_instrument, an_organisation, cite, published

from . import LEAD, fold


@pytest.fixture
def aid():
    return an_organisation(profiled=True)


@pytest.fixture
def story():
    return StoryOfChange.objects.create(slug="light", title="A light, fold by fold", lead=LEAD)


@pytest.fixture
def lit(aid):
    """A milestone in the words of its source."""
    values = {"slug": "lit", "title": "Lit", "text": "The first lamp was lit.", "date": "1801-05"}
    milestone = Milestone.objects.create(organisation=aid, **values)
    passage = a_passage(milestone.text, title="Log of lamps")
    cite(milestone, passage.source, passage=passage)
    return milestone


@pytest.fixture
def treaty():
    harbours = an_organisation("Assembly of Harbours")
    return an_instrument(adopted="1803-02-12", in_force="1805", body=harbours)


@pytest.fixture
def claim():
    return published(a_claim("We lit the coast"))


@pytest.fixture
def told(story, lit, treaty, claim):
    """The story with a fold of each kind."""
    fold(story, milestone=lit)
    fold(story, instrument=treaty, event="adopted")
    fold(story, instrument=treaty, event="in force", remark="Whose work it was is not said.")
    fold(story, heading="What it says", claim=claim)
    fold(story, heading="And then?", not_on_record="Who saw the light is not on record.")
    return story
