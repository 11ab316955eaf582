from django import template
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from portal.operations import going_live
from portal.operations.finding import OK
from portal.operations.going_live import BEFORE_GOING_LIVE, last_findings

register = template.Library()

SETTINGS = ("admin:organisation_sitesettings_changelist", _("Open the settings of the site"))
# Where the desk itself leads to what a line asks for; the others are done on the machine.
PLACES = {
    going_live.check_contact: SETTINGS,
    going_live.check_who_speaks: SETTINGS,
    going_live.check_second_factors: ("mfa_index", _("Open “How you log in”")),
    going_live.check_legal_pages: ("admin:page-drafts", _("Open the drafts of pages")),
}


@register.inclusion_tag("admin/desk/going_live.html")
def before_you_go_live():
    """Lists what has to be right before the site goes live, each with what to do, and where."""
    rows = [
        (finding.level == OK, finding, place_of(check))
        for check, finding in zip(BEFORE_GOING_LIVE, last_findings(), strict=True)
    ]
    to_be_done = [place for is_right, _finding, place in rows if not is_right]
    return {"rows": rows, "count": len(to_be_done), "concerns_machine": None in to_be_done}


def place_of(check):
    """Returns (name of the address, words of the link); None where the desk leads nowhere."""
    is_set_on_the_machine = check is going_live.check_second_factors and settings.PORTAL_PASSWORD_ONLY
    return None if is_set_on_the_machine else PLACES.get(check)
