"""Makes proposals of what is saved in the admin, so that nothing becomes public by one person.

A save is tried in a savepoint. What visitors would see of it is rolled back, and the form that was sent is
kept as a proposal; when somebody else accepts it, the form is sent again as its author.
"""

from .accepting import accept
from .open_proposals import open_proposals, open_proposals_at
from .proposing import (
    OPENED,
    ProposingAdmin,
    about,
    opened_at,
    propose_or_save,
    proposed_sentence,
    proposes,
    request_to,
    save_or_proposal,
)
from .row_changes import change_beside
from .takedown import PUT_BACK, given_reason, put_back_rows

__all__ = [
    "OPENED",
    "PUT_BACK",
    "ProposingAdmin",
    "about",
    "accept",
    "change_beside",
    "given_reason",
    "open_proposals",
    "open_proposals_at",
    "opened_at",
    "propose_or_save",
    "proposed_sentence",
    "proposes",
    "put_back_rows",
    "request_to",
    "save_or_proposal",
]
