"""Counts the claims by how far they are shown."""

from organisation.block_pages import address_with

from .models import RegisterEntry
from .sheets import sheet_of


def tally_of(organisation=None):
    """Returns a sheet that draws no claim, of those of an organisation with this primary key or of all."""
    entries = RegisterEntry.objects.all()
    if organisation:
        entries = entries.filter(organisation=organisation)
    return sheet_of(entries, address_with("RegisterPlugin"), limit=0)
