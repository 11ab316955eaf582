from .block import ClaimsBlock, HighlightsBlock
from .claim import Claim
from .claim_text import ClaimText
from .conflict import Conflict
from .edition import Edition
from .figure import Figure
from .highlight import Highlight
from .register import RegisterEntry
from .review import Change, ReviewLink, ReviewStep, Stage

__all__ = [
    "Change",
    "Claim",
    "ClaimText",
    "ClaimsBlock",
    "Conflict",
    "Edition",
    "Figure",
    "Highlight",
    "HighlightsBlock",
    "RegisterEntry",
    "ReviewLink",
    "ReviewStep",
    "Stage",
]
