"""Bob deletes drafts of claims, but none that a block of a page has chosen."""

import pytest
from django.test import Client
from django.urls import reverse

from impact.models import Claim
from tests.support.factory import a_claim, a_page_with, published
from tests.support.people import bob
from tests.support.proposals import at_desk

pytestmark = pytest.mark.django_db


def test_a_draft_that_a_block_has_chosen_stays_so_that_the_block_shows_no_others():
    published(a_claim("We taught 40 pilots"))
    chosen, other = a_claim("We taught sailors"), a_claim("We taught cooks")
    path = a_page_with("ClaimsPlugin", heading="Sailors", claims=[chosen])
    before = Client().get(path).content
    assert b"We taught" not in before
    desk, list_of_claims = at_desk(bob()), reverse("admin:impact_claim_changelist")

    def delete(*claims):
        for claim in claims:
            desk.post(reverse("admin:impact_claim_delete", args=[claim.pk]), {"post": "yes"})
        action = {"action": "delete_selected", "_selected_action": [each.pk for each in claims]}
        desk.post(list_of_claims, action | {"post": "yes"})
        return Claim.objects.filter(pk__in=[each.pk for each in claims]).exists()

    asked = desk.get(reverse("admin:impact_claim_delete", args=[chosen.pk])).content.decode()
    assert "on the page “A page" in asked
    assert delete(chosen) and not delete(other)
    assert Client().get(path).content == before
