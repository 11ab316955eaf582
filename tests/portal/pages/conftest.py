import pytest

from tests.support.pages import a_page
from tests.support.people import alice, bob

from .drafts import Desk


@pytest.fixture
def at_alices():
    return Desk(alice())


@pytest.fixture
def at_bobs():
    return Desk(bob())


@pytest.fixture
def tides():
    return a_page("Tides", "<p>High and low.</p>")


@pytest.fixture
def draft(at_alices, tides):
    return at_alices.begin(tides)
