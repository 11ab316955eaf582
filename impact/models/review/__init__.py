"""The review of a claim: one person submits a change, another publishes it, each step stays on record."""

from .link import ReviewLink
from .stage import Change, Stage
from .step import ReviewStep
from .transitions import Reviewed

__all__ = ["Change", "ReviewLink", "ReviewStep", "Reviewed", "Stage"]
