"""A claim under review: its form in the admin, and the steps on record."""

from django.urls import reverse

from impact.models import Claim

from .forms import filled_in, unseen
from .people import alice


def e10():
    return Claim.objects.get(number=10)


def claim_form(claim):
    """Returns the address of a claim's form."""
    return reverse("admin:impact_claim_change", args=[claim.pk])


def submit(client, **changes):
    """Changes E10 in its form and sends it with “Save and submit”."""
    form = claim_form(e10())
    return client.post(
        form,
        filled_in(unseen(client, form), _submit="1", **{"figures-0-value": "5000"} | changes),
        follow=True,
    )


def change_count(value=5000):
    """Lets Alice change the number of participants of E10, with no form in between; returns the claim."""
    claim = e10()
    figure = claim.figures.get(unit="participants")
    figure.value, figure._history_user = value, alice()
    figure.save()
    claim.note_change(alice())
    return claim


def submit_count():
    """Lets Alice submit another number of participants, with no form in between."""
    change_count().submit(alice(), seen=Claim.AS_STORED)


def step_kinds(claim):
    return list(claim.steps.values_list("kind", flat=True))
