from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from portal.search.index import reindex

BAR_WIDTH = 40
STEPS = 10


class Command(BaseCommand):
    help = (
        "Bring the search index up to date with everything that is public. "
        "Safe to repeat, and while the site runs."
    )

    def handle(self, *, verbosity, **options):
        self.last_step = 0
        changed = reindex(self.report_progress if verbosity else lambda done, total: None)
        if verbosity:
            self.stdout.write(
                _("The search index is up to date. Entries changed: %(changed)d.") % {"changed": changed}
            )

    def report_progress(self, done, total):
        """Draws a bar on a terminal; elsewhere writes a line for each tenth."""
        if self.stdout.isatty():
            full = BAR_WIDTH * done // total
            self.stdout.write(
                f"\r[{'#' * full}{'.' * (BAR_WIDTH - full)}] {done}/{total}",
                ending="\n" if done == total else "",
            )
            self.stdout.flush()
        elif done * STEPS // total > self.last_step:
            self.last_step = done * STEPS // total
            self.stdout.write(_("%(done)d of %(total)d records looked at.") % {"done": done, "total": total})
