from typing import NamedTuple

from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _


class EditConflict(NamedTuple):
    """The reason why a save is refused. `deleted` is the record as it was before it was deleted.

    `is_shown` says that nothing was typed: the form shows the proposal.
    """

    message: str
    differences: list
    deleted: models.Model | None
    proposal: models.Model | None = None
    is_shown: bool = False


def conflict_message(user, last, fingerprint, deleted):
    """Says who saved first and when, and what becomes of the user's own text.

    `last` is the newest history row, `fingerprint` the submitted one; both may be None.
    """
    if fingerprint is None and not deleted:
        return _("This form does not say what it showed when it was opened: compare, then save once more.")
    if last is None:
        return _(
            "This was changed after you opened it: nothing of yours is saved yet. "
            "Compare, then save once more."
        )
    params = {
        "who": last.history_user
        and (last.history_user.get_full_name() or last.history_user.get_username())
        or _("A command"),
        "when": date_format(timezone.localtime(last.history_date), "j F Y, H:i"),
    }
    if deleted:
        message = _(
            "%(who)s deleted this on %(when)s: it cannot be saved any more. "
            "What you typed stands below, to be copied into a new record."
        )
    elif last.history_user == user:
        message = _(
            "You saved this yourself on %(when)s, in another window: nothing of this form is saved yet. "
            "Compare, then save once more."
        )
    else:
        message = _(
            "%(who)s saved this on %(when)s, after you opened it: nothing of yours is saved yet. "
            "Compare, then save once more."
        )
    return message % params


def proposal_message(proposal, is_shown):
    """Says who proposed a change of the record, and what can be done with it.

    `is_shown` says that the form shows what is proposed, not what its user has typed.
    """
    params = {
        "who": proposal.author_name,
        "when": date_format(timezone.localtime(proposal.made_at), "j F Y, H:i"),
        "decider": proposal.decided_by_name,
        "reason": proposal.reason,
    }
    if not is_shown:
        message = _(
            "%(who)s proposed a change of this on %(when)s, after you opened this form: nothing of yours is "
            "saved yet. See the proposal; saved once more, your form takes its place."
        )
    elif proposal.state == proposal.State.RETURNED:
        message = _(
            "%(decider)s returned what %(who)s proposed here on %(when)s: %(reason)s "
            "The form shows what was proposed. Change it and save it anew, or take the proposal back."
        )
    else:
        message = _(
            "%(who)s proposed this on %(when)s, and it waits for a decision. "
            "The form shows what is proposed. Save it anew to propose something else, or take it back."
        )
    return message % params
