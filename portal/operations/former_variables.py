"""Finds the variables of the environment that the settings of the site have taken the place of."""

import os

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .finding import note, ok

# They filled the settings of the site once, as the update made them.
FORMER_VARIABLES = ("PORTAL_CONTACT", "PORTAL_DATA_LICENCE", "PORTAL_SINGLE_EDITOR")


def check_former_variables():
    if found := [name for name in FORMER_VARIABLES if name in os.environ]:
        sentence = ngettext(
            "Environment: %(names)s is not read any more. Edit the settings of the site in the admin, "
            "and take it out of the environment.",
            "Environment: %(names)s are not read any more. Edit the settings of the site in the admin, "
            "and take them out of the environment.",
            len(found),
        )
        return note(sentence % {"names": ", ".join(found)})
    return ok(_("Environment: nothing is set that is not read any more."))
