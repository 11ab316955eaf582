from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from portal.search.index import reindex

WIDTH = 40
TENTH = 10


class Command(BaseCommand):
    help = "Bring the search index up to date with everything that is public. Safe to repeat, and while the site runs."

    def handle(self, *, verbosity, **options):
        self.told = 0
        changed = reindex(self.show if verbosity else lambda done, total: None)
        if verbosity:
            self.stdout.write(
                _("The search index is up to date. Entries changed: %(changed)d.") % {"changed": changed}
            )

    def show(self, done, total):
        """A bar where somebody watches; a line for each tenth where the output is kept."""
        if self.stdout.isatty():
            full = WIDTH * done // total
            self.stdout.write(
                f"\r[{'#' * full}{'.' * (WIDTH - full)}] {done}/{total}", ending="\n" if done == total else ""
            )
            self.stdout.flush()
        elif done * TENTH // total > self.told:
            self.told = done * TENTH // total
            self.stdout.write(_("%(done)d of %(total)d records looked at.") % {"done": done, "total": total})
