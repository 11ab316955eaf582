"""Tells of whom the site speaks as “we”: of those with a profile, unless it speaks of several."""

from .models import Organisation, site_settings


def only_profiled():
    """Returns the organisation with a profile; None where there is none, or more than one."""
    profiled = Organisation.objects.profiled()[:2]
    return profiled[0] if len(profiled) == 1 else None


def are_ours(organisations):
    """Tells whether what all of these say may be told as what “we” say."""
    return not site_settings().several_organisations and all(each.profiled for each in organisations)
