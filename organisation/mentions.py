"""Finds the organisations that are over of which a text speaks: by one of their names, or by a link."""

import re

from django.db.models import Q

from .lineage import current_lineage, current_organisations
from .models import Organisation, Succession
from .request_cache import LoadedOnce
from .whole_words import find_whole, places

Kind = Succession.Kind


def organisations_over():
    """Returns the organisations that closed, merged into another or bear another name."""
    ended = current_lineage().successions
    found = {each.earlier for each in ended if each.kind in (Kind.CLOSED, Kind.RENAMED, Kind.MERGED)}
    found |= {each for each in current_organisations() if each.closed}
    return sorted(found - {None}, key=lambda organisation: organisation.pk)


current_organisations_over = LoadedOnce("organisations that are over", organisations_over)


def spoken_of(text, addresses=()):
    """Returns the organisations that are over of which a text speaks, if visitors find them on record.

    `addresses` are those of its links.
    """
    found = [
        organisation
        for organisation in current_organisations_over()
        if is_linked(organisation, addresses) or is_named(organisation, text)
    ]
    if not found:
        return []
    public = Organisation.objects.public().filter(pk__in=[each.pk for each in found])
    keys = set(public.values_list("pk", flat=True))
    return [each for each in found if each.pk in keys]


def is_linked(organisation, addresses):
    """True if one of the addresses is that of its profile, of a page below it or of a file about it."""
    path = rf"/(?:[\w-]+/)?{re.escape(organisation.page_path)}(?:[/?#]|$)"
    return organisation.profiled and any(re.match(path, address) for address in addresses)


def is_named(organisation, text):
    """True if one of its names stands in the text, and not as a part of another organisation's name."""
    named = [name for name in names_of(organisation) if find_whole(name, text)]
    longer = names_with(named, organisation) if named else []
    return any(
        not any(first <= start and end <= last for other in longer for first, last in places(other, text))
        for name in named
        for start, end in places(name, text)
    )


def names_of(organisation):
    names = [organisation.official_name, organisation.short_name, *organisation.other_names.splitlines()]
    return list(dict.fromkeys(filter(None, map(str.strip, names))))


def names_with(names, organisation):
    """Returns the names of other organisations that have one of these names in them."""
    fields = ("official_name", "short_name", "other_names")
    has_one = Q(pk__in=[])
    for name in names:
        for field in fields:
            has_one |= Q(**{f"{field}__contains": name})
    # One that visitors do not find is saved by one person, and must not change what they read.
    others = Organisation.objects.public().filter(has_one).exclude(pk=organisation.pk)
    over = {each.pk for each in current_organisations_over()}
    return [
        other
        for each in others
        for other in names_of(each)
        # Of a name that two of them bear alike, the one that is there still is meant.
        if any(find_whole(name, other) and (name != other or each.pk not in over) for name in names)
    ]
