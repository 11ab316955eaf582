"""The screens of the start: which of them is next, and what happens when one is sent."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from organisation.models import Organisation

from . import pages_wanted
from .forms import FORMS
from .progress import SCREENS, people_exist

TITLES = {
    "who": _("Who you are"),
    "look": _("The look"),
    "people": _("Two people"),
    "factor": _("Your second factor"),
    "contact": _("Licence and contact"),
    "documents": _("First documents"),
}
# What only somebody who has logged in may do, and what cannot be repeated once somebody has an account.
AFTER_PEOPLE = ("factor", "contact", "documents")


def is_done(progress, screen):
    """True if a screen is done. People and the organisation count once the database has them."""
    if screen == "people":
        return people_exist()
    if screen == "who" and not Organisation.objects.filter(pk=progress.organisation or 0).exists():
        return False
    return screen in progress.done


def next_screen(progress):
    """Returns the first screen that is not done; the last where all are."""
    return next((screen for screen in SCREENS if not is_done(progress, screen)), SCREENS[-1])


def is_closed(progress, screen):
    """True for what is done and has become the matter of two people, or of the desk."""
    return screen != "factor" and is_done(progress, screen) and people_exist()


def required_before(progress, screen):
    """Returns the screen that has to be done before this one; empty if there is none."""
    if people_exist():
        return ""
    if screen == "people" and not is_done(progress, "who"):
        return "who"
    return "people" if screen in AFTER_PEOPLE else ""


def save(progress, screen, form, user=None):
    """Saves a screen whose form is valid, all of it or nothing; returns what the form made."""
    with transaction.atomic():
        made = form.save(user)
        if is_done(progress, "who") or screen == "who":
            bring_pages()
        # Last: where it fails, the database goes back as well.
        progress.finish(screen)
    return made


def bring_pages():
    if people_exist():
        pages_wanted.send(sender=None)


def form_of(progress, screen, data=None):
    return FORMS[screen](data, progress=progress)
