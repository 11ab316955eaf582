from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from impact.conflicts import explanations, find_conflicts
from impact.models import Conflict


class Command(BaseCommand):
    help = _(
        "Compare the claims of each organisation on each subject, "
        "and list those that do not agree and wait for a decision."
    )

    def handle(self, **options):
        found, new, gone = find_conflicts()
        waiting = Conflict.objects.filter(decision=Conflict.Decision.OPEN).select_related("first", "second")
        for conflict in waiting.prefetch_related("first__figures", "second__figures"):
            self.stdout.write(" ".join(explanations(conflict.rule, conflict.first, conflict.second)))
        counts = {"found": found, "new": new, "gone": gone, "waiting": len(waiting)}
        self.stdout.write(
            _(
                "Conflicts found: %(found)d. New: %(new)d. No longer there: %(gone)d. "
                "Waiting for a decision: %(waiting)d."
            )
            % counts
        )
