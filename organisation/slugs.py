"""Makes the last part of an address from words, so that no other record has it."""

from itertools import chain, count

from django.utils.text import slugify


def unique_slug(records, text, max_length, is_taken=lambda slug: False):
    """Returns a slug made from a text, numbered if one of the records has it, or `is_taken` says so."""
    slug = slugify(text)
    # Four characters are left for a number.
    slug = (slug if len(slug) <= max_length - 4 else slug[: max_length - 4].rpartition("-")[0]) or "record"
    taken = set(records.filter(slug__startswith=slug).values_list("slug", flat=True))
    return next(
        candidate
        for candidate in chain([slug], (f"{slug}-{number}" for number in count(2)))
        if candidate not in taken and not is_taken(candidate)
    )
