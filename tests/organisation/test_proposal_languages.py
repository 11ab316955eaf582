"""A proposal is read and decided in another language than the one in which it was made."""

import pytest
from django.utils.translation import override

from tests.support.factory import (
    an_organisation,
)
from tests.support.forms import filled_in
from tests.support.people import alice, bob
from tests.support.proposals import at_desk, form_of, the_proposal

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("proposing", "deciding"), [("fr", "en"), ("en", "fr"), ("fr", "fr")])
def test_a_proposal_is_accepted_by_somebody_who_reads_another_language(settings, proposing, deciding):
    settings.LANGUAGES = [("en", "English"), ("fr", "French")]
    house, desk = an_organisation(profiled=True), at_desk(alice())
    with override(proposing):
        desk.post(form_of(house), filled_in(desk.get(form_of(house)), closed="2004-02"))
    with override(deciding):
        at_desk(bob()).post(the_proposal().get_absolute_url(), {"do": "accept"})
    house.refresh_from_db()
    assert house.closed == "2004-02"
