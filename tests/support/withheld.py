"""Words that are withdrawn for somebody's safety, and those who withdraw them."""

from django.test import Client

from .forms import press
from .people import bob
from .proposals import at_desk

REST = "Zugzwang of the north quay told us"
NAMED = f"{REST}."
TEXT = f"We sail.\n{NAMED} We taught 40 pilots.\nWe land."
WITHHELD = "[words withheld: to show them could harm somebody]"


def withdraw(claim, **fields):
    reason = "It could harm somebody."
    return press(at_desk(bob()), claim, "withdraw", reason=reason, **fields)


def page_of(source):
    return Client().get(source.get_absolute_url()).content.decode()
