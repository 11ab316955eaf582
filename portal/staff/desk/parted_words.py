"""Lists what was reworded, so that no cited passage has its words and readers see “in our words”."""

from django.utils.translation import gettext as _

from advocacy.models import Ask
from impact.models import Claim
from organisation.models import Milestone, Statement

from .task import Section, Task
from .worklist import form_url

# A claim that nobody has published may be reworded: it is asked when it is submitted.
QUOTING = (
    Statement.objects.select_related("organisation"),
    Milestone.objects.select_related("organisation"),
    Ask.objects.select_related("organisation"),
    Claim.objects.filter(current_edition__isnull=False),
)


def parted_records():
    """Yields the public records whose words part from their passages and are not marked as ours."""
    for records in QUOTING:
        yield from records.parted_from_passages()


def parted_words(user):
    section = Section(_("Words that no cited passage has"), "", is_always_shown=False)
    section.tasks += [
        Task(str(record), form_url(record), record.quoted_words, _("to be mended, or marked as ours"))
        for record in parted_records()
        if user.has_perm(f"{record._meta.app_label}.change_{record._meta.model_name}")
    ]
    return section
