"""The fields without which no claim is submitted, asked where a suggestion is accepted as its draft."""

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from impact.models import Claim

MOST_SUBJECTS = 500  # that are offered while somebody types
LIST_ID = "subjects-on-record"  # of the subjects that a page offers


def classification_fields():
    """Returns {name: field of a form}; a draft may lack each of them."""
    fields = {}
    for name in Claim.REQUIRED_FIELDS:
        field = Claim._meta.get_field(name).formfield(required=False)
        field.initial, field.help_text = "", ""  # the page says it once for all suggestions
        fields[name] = field
    fields["subject"].widget.attrs["list"] = LIST_ID
    return fields


def subjects_on_record():
    """Returns the subjects that claims have, for two on one matter have the same words."""
    subjects = Claim.objects.exclude(subject="").order_by("subject").values_list("subject", flat=True)
    return list(subjects.distinct()[:MOST_SUBJECTS])


def missing_sentence(claim):
    """Returns the sentence on what a draft still lacks; empty if it lacks nothing."""
    if not (missing := claim.missing_fields()):
        return ""
    names = get_text_list([str(name) for name in missing], _("and"))
    return _("Before it can be submitted, fill in its %(fields)s.") % {"fields": names}
