"""What changes while the page of a review is made is not decided on unread."""

import pytest

from impact.admin import public_with
from impact.models import Claim
from organisation.models import Citation
from tests.support.factory import a_claim, a_source
from tests.support.forms import decision, refusals_in, review
from tests.support.people import alice

pytestmark = pytest.mark.django_db


def test_a_source_that_changes_while_the_page_is_made_is_read_again(bobs, monkeypatch):
    claim = a_claim(source=a_source("Log"))
    claim.submit(alice(), seen=Claim.AS_STORED)
    stock = public_with.becomes_public_with

    def change_meanwhile(shown):
        found = stock(shown)
        Citation.objects.filter(pk=claim.citations.get().pk).update(note="Unread")
        Claim.objects.get(pk=claim.pk).note_change(alice())
        Claim.objects.get(pk=claim.pk).submit(alice(), seen=Claim.AS_STORED)
        return found

    with monkeypatch.context() as patch:
        patch.setattr(public_with, "becomes_public_with", change_meanwhile)
        data = decision(bobs, claim)
    changed = "The claim was changed while you looked at it: read it again before you decide."
    assert refusals_in(bobs.post(review(claim), data)) == [changed]
    assert Claim.objects.get(pk=claim.pk).current_edition is None
