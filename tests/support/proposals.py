"""What a member of staff proposes, and what somebody else decides on it."""

from django.test import Client
from django.urls import reverse

from organisation.models import Proposal

from .forms import filled_in, unseen


def form_of(record):
    """Returns the address of a record's form."""
    return reverse(f"admin:{record._meta.app_label}_{record._meta.model_name}_change", args=[record.pk])


def at_desk(user):
    """Returns a client that is logged in as this person."""
    client = Client()
    client.force_login(user)
    return client


def propose(user, record, **changes):
    """Saves the form of a record with some fields changed, and returns the answer."""
    client = at_desk(user)
    return client.post(form_of(record), filled_in(unseen(client, form_of(record)), **changes))


def the_proposal():
    """Returns the one proposal that waits for a decision."""
    return Proposal.objects.waiting().get()


def decide(user, do="accept", proposal=None, **data):
    """Decides on a proposal, by default the one that waits, and returns the page that follows."""
    proposal = proposal or the_proposal()
    return at_desk(user).post(proposal.get_absolute_url(), {"do": do} | data, follow=True)
