"""Tells of whom the site speaks as “we”: of the one organisation whose site it is, or of nobody."""

from .models import Organisation, site_settings


def only_profiled():
    """Returns the organisation with a profile; None where there is none, or more than one."""
    profiled = Organisation.objects.profiled()[:2]
    return profiled[0] if len(profiled) == 1 else None


def own_organisation():
    """Returns the organisation that the site speaks for; None where it speaks of several, or of none yet."""
    return None if site_settings().several_organisations else only_profiled()


def are_ours(organisations):
    """Tells whether what all of these say may be told as what “we” say."""
    return not site_settings().several_organisations and set(organisations) <= {own_organisation()}
