"""Fills the settings of the site from `site.json`, unless staff have changed them."""

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.utils.translation import gettext as _

from organisation.models import SiteSettings

from . import SEED_REASON, SeedError
from .fixtures import read_fixture


class SiteSeeder:
    """Sets the fields that the fixture names; the others, such as a contact, stay as they are.

    `skipped` lists the settings where they are left as staff have them.
    """

    def __init__(self, user, overwrite=False):
        self.user = user
        self.overwrite = overwrite
        self.skipped = []

    def load(self):
        values, settings = read_fixture("site"), SiteSettings.objects.first() or SiteSettings()
        if changed_by_staff() and not self.overwrite:
            self.skipped.append(str(settings))
            return
        try:
            values = {name: settings._meta.get_field(name).to_python(value) for name, value in values.items()}
            if all(getattr(settings, name) == value for name, value in values.items()):
                return
            for name, value in values.items():
                setattr(settings, name, value)
            settings.full_clean()
        except (FieldDoesNotExist, ValidationError) as error:
            message = " ".join(error.messages) if isinstance(error, ValidationError) else str(error)
            raise SeedError(
                _("fixtures/site.json: %(told)s Nothing was changed.") % {"told": message}
            ) from error
        settings._history_user, settings._change_reason = self.user, SEED_REASON
        settings.save()


def changed_by_staff():
    """True if the last change of the settings was neither the fixture's nor the making of the row."""
    last = SiteSettings.history.order_by("-history_id").first()
    return bool(last) and last.history_type != "+" and last.history_change_reason != SEED_REASON
