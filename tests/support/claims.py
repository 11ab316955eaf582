"""Publishes a changed claim without the steps of a review."""

from impact.models import Claim

from .people import bob


def publish(number=10, reason="A newer count", change="correction", **values):
    """Returns the next edition of a claim, which Bob publishes with these values."""
    claim = Claim.objects.get(number=number)
    for name, value in values.items():
        setattr(claim, name, value)
    claim.save()
    return claim.publish(by=bob(), reason=reason, change=change, seen=Claim.AS_STORED).current_edition
