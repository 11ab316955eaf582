"""Finds what readers see for the first time once a claim is published, for its review."""

import hashlib
from typing import NamedTuple

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from organisation.admin.proposals import change_beside
from organisation.dates import partial_date_text

from ..models import Conflict

# Functions that yield what of an app that comes after this one readers see with a claim: sentences with the
# fields of the records. The app appends its own when it is ready.
shown_in_apps = []


class PublicWith(NamedTuple):
    """A sentence on what becomes public; of another record with the fields that readers see of it."""

    sentence: str
    fields: tuple = ()


def becomes_public_with(claim):
    """Returns what readers see once the claim is published, besides its words and its evidence."""
    if claim.current_edition_id:
        return list(records_with(claim))
    in_apps = [PublicWith(*each) for shown in shown_in_apps for each in shown(claim)]
    return [*records_with(claim), *conflicts_with(claim), *places_of(claim), *in_apps, *days_of(claim)]


def records_with(claim):
    cited = dict.fromkeys(citation.source for citation in claim.evidence)
    documents = [each for each in cited if not each.is_public]
    names = [name for each in documents for name in (each.author, each.publisher) if name]
    hidden = [each for each in dict.fromkeys([claim.organisation, *names]) if not each.is_public]
    for record in [*hidden, *documents]:
        change = change_beside(type(record), record.pk, is_published=True)
        sentence = _("%(kind)s “%(name)s”: readers do not see it now.")
        values = {"kind": capfirst(change.kind), "name": change.title}
        yield PublicWith(sentence % values, tuple((each.label, each.new) for each in change.fields))


def conflicts_with(claim):
    for conflict in Conflict.objects.confirmed().of(claim).select_related("first", "second"):
        other = conflict.other(claim)
        # Of two on the schedule each is read before, and a withdrawn one can be put back by one person.
        if other.current_edition_id or other.awaits_decision or other.withdrawal:
            sentence = _("The conflict with %(reference)s, on its page too: “%(reason)s”")
            yield PublicWith(sentence % {"reference": other.reference, "reason": conflict.why})


def places_of(claim):
    for highlight in claim.highlights.all():
        yield PublicWith(_("It is put forward: %(where)s.") % {"where": highlight.get_where_display()})


def days_of(claim):
    yield PublicWith(_("Its next review: %(day)s.") % {"day": partial_date_text(claim.review_by.isoformat())})
    if claim.confirmed_on:
        day = partial_date_text(claim.confirmed_on.isoformat())
        yield PublicWith(_("The day on which it was last found true: %(day)s.") % {"day": day})


def shown_now(claim):
    """Returns (checksums of what a page shows of a claim, what becomes public with it).

    The checksums are those of its words and of all that becomes public with them. The key of the submission
    is among them: between two of the same words, more may have changed. It is all read before the page shows
    any of it, so that what changes meanwhile has another checksum than the page.
    """
    submission, fingerprint = claim.submission, claim.fingerprint
    public_with = becomes_public_with(claim)
    checksums = [hashlib.sha256(repr(each).encode()).hexdigest()[:16] for each in public_with]
    return " ".join([fingerprint, str(submission and submission.pk), *checksums]), public_with


def seen_value(claim):
    """Returns the checksums of what a page would show of a claim now."""
    return shown_now(claim)[0]


def is_seen(claim, value):
    """True if a page has shown what readers would see now; some of it may have become public since."""
    words, submission, *checksums = seen_value(claim).split()
    shown = value.split()
    return shown[:2] == [words, submission] and set(checksums) <= set(shown[2:])
