"""The desk in a browser: one key leads to its search, and its pages serve everyone."""

import pytest

from tests.support.sampling import in_turn

from .test_accessibility import faults_of_page

STAFF_PAGES = [
    "/admin/",
    "/admin/impact/claim/new/",
    "/admin/search/?q=child",
    "/admin/completeness/",
    "/admin/unsourced/",
]


@pytest.mark.parametrize("key", ["/", "Control+k"])
def test_a_key_leads_to_the_search_of_the_desk(window, key):
    alice = window("editor")
    alice.goto("/admin/")
    alice.keyboard.press(key)
    alice.keyboard.type("what/we do")
    assert alice.get_by_role("searchbox").input_value() == "what/we do"
    alice.keyboard.press("Enter")
    alice.wait_for_url("**/admin/search/**")


# Fills every part of the desk, and prints the addresses at which a publication and a change can be undone.
BUSY = """
from datetime import timedelta
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils import timezone
from impact.models import Claim
from organisation.models import Statement
alice, bob = (get_user_model().objects.get(username=name) for name in ("editor", "publisher"))
for number, step in ((8, "submit"), (10, "submit"), (11, "publish"), (12, "")):
    claim = Claim.objects.get(number=number)
    numbers = claim.figures.values_list("as_written", flat=True)
    claim.statement, claim._history_user = " ".join([f"Words of {claim.reference}", *numbers]), alice
    claim.in_our_words = True
    claim.save()
    claim.note_change(alice)
    if step:
        getattr(claim, step)(alice if step == "submit" else bob, seen=Claim.AS_STORED)
Claim.objects.get(number=8).schedule(bob, timezone.now() + timedelta(days=1), seen=Claim.AS_STORED)
vision = Statement.objects.filter(kind="vision").first()
vision.text, vision._history_user = "A slip", alice
vision.save()
print(reverse("admin:undo-edition", args=[Claim.objects.get(number=11).current_edition_id]))
print(reverse("admin:undo-record", args=["organisation.statement", vision.history.first().pk]))
"""


@pytest.mark.parametrize("width", in_turn([1440, 320]))
def test_the_desk_and_its_pages_serve_everyone(site, window, width):
    undo = site.execute_script(BUSY).split()
    bob = window("publisher", viewport={"width": width, "height": 900}, reduced_motion="reduce")
    faults = []
    for number, path in enumerate([*STAFF_PAGES, *undo]):
        bob.goto(path)
        faults += [(path, fault) for fault in faults_of_page(bob, number)]
    assert faults == []
