"""From the fixtures to a filled portal: records, then pages, then the first staff accounts."""

# The reason kept in the history of everything the fixtures wrote: whatever has another last reason is an editor's.
SEED_REASON = "Seeded from the fixtures"


class SeedError(Exception):
    """A fixture that cannot be taken; the message says which, why, and what to do."""
