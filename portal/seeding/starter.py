"""Makes the pages that a portal of one's own begins with, and no record: what they show is still to come."""

from cms.models import Page
from django.conf import settings
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from organisation.models import Term

from . import STARTER_REASON, SeedError
from .fixtures import read_fixture
from .pages import PageSeeder
from .staff import seed_groups, seed_user


@transaction.atomic
def seed_starter():
    """Makes the groups of staff, the terms and the pages of `fixtures/starter/`; returns the number of pages.

    SeedError if the portal has a page. The drafts of the legal pages belong to nobody, so that any editor
    writes them.
    """
    if Page.objects.exists():
        raise SeedError(_("This portal has pages already: its own are made in an empty database only."))
    seed_groups()
    seed_terms()
    seeder = PageSeeder(seed_user(), folder=settings.STARTER_DIR)
    seeder.load()
    return seeder.written


def seed_terms():
    """Makes the terms that are not there; a new database has some roles."""
    for values in read_fixture("terms", settings.STARTER_DIR):
        if Term.objects.filter(vocabulary=values["vocabulary"], slug=values["slug"]).exists():
            continue
        try:
            term = Term(**values)
            term.full_clean()
        except (FieldDoesNotExist, TypeError, ValidationError) as error:
            message = " ".join(error.messages) if isinstance(error, ValidationError) else str(error)
            raise SeedError(
                _("fixtures/starter/terms.json, %(entry)s: %(told)s Nothing was changed.")
                % {"entry": values["slug"], "told": message}
            ) from error
        term._change_reason = STARTER_REASON
        term.save()


def is_begun():
    """True if the portal was begun with pages of its own, to which the demonstration is never added."""
    return Term.history.filter(history_change_reason=STARTER_REASON).exists()
