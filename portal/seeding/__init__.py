"""Fills the portal from the fixtures: records, then pages, then the first staff accounts."""

# The change reason in the history of whatever the fixtures wrote; what has another last reason is an
# editor's.
SEED_REASON = "Seeded from the fixtures"
# That of the terms of a portal of one's own: they are no records of the demonstration.
STARTER_REASON = "Written when this portal was begun"


class SeedError(Exception):
    """Refuses a fixture; the message says which, why, and what to do."""
