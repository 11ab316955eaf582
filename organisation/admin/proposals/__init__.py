"""Makes proposals of what is saved in the admin, so that nothing becomes public by one person.

A save is tried in a savepoint. What visitors would see of it is rolled back, and the form that was sent is
kept as a proposal; when somebody else accepts it, the form is sent again as its author.
"""

from .proposing import ProposingAdmin, accept, proposes
from .takedown import PUT_BACK, put_back_rows

__all__ = ["PUT_BACK", "ProposingAdmin", "accept", "proposes", "put_back_rows"]
