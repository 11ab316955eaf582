"""Says on a form what is proposed already of its record, its table or its document."""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ...models import Proposal


def open_proposals(record, but=None):
    """Returns [(sentence, address)] of the open proposals that touch a record, without one; None has none."""
    proposals = Proposal.objects.open().touching(record) if record else []
    return sentences(proposal for proposal in proposals if proposal != but)


def open_proposals_at(path):
    """Returns [(sentence, address)] of the open proposals whose form was sent to an address."""
    return sentences(Proposal.objects.open().sent_to(path))


def sentences(proposals):
    return [(open_sentence(proposal), proposal.get_absolute_url()) for proposal in proposals]


def open_sentence(proposal):
    """Returns what is proposed, and that it waits or was returned."""
    params = {"decider": proposal.decided_by_name, "reason": proposal.reason}
    if proposal.state == Proposal.State.RETURNED:
        state = _("%(decider)s returned it: %(reason)s")
    else:
        state = _("It waits for a decision.")
    return f"{what_is_proposed(proposal)} {state % params}"


def what_is_proposed(proposal):
    """Returns the sentence that says who proposed what and when, told from the view of the form."""
    sentence_of_ending = {
        "_change": _("%(who)s proposed other words here on %(when)s."),
        "_delete": _("%(who)s proposed on %(when)s to delete this."),
        "_simple_history": _("%(who)s proposed on %(when)s to bring an earlier version of this back."),
        "_still_true": _("%(who)s proposed on %(when)s to find this still true."),
        "_changelist": _("%(who)s proposed on %(when)s to change this in its list."),
        "undo-record": _("%(who)s proposed on %(when)s to undo a change of this."),
        "table": _("%(who)s proposed on %(when)s to bring in a table."),
        "reading-held": _("%(who)s proposed on %(when)s to put words of this document on record."),
    }
    view_name = proposal.view_name
    found = (text for ending, text in sentence_of_ending.items() if view_name.endswith(ending))
    return next(found, _("%(who)s proposed this on %(when)s.")) % {
        "who": proposal.author_name,
        "when": date_format(timezone.localtime(proposal.made_at), "j F Y, H:i"),
    }
