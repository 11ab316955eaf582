"""The timeline of the demonstration tells nothing twice."""

import pytest

from portal.exports.timeline import events, events_of

pytestmark = pytest.mark.django_db


def test_a_succession_that_a_milestone_states_is_no_second_event():
    assert [event.date for event in events_of(events(), "child-soldiers-international")].count("2011") == 1
