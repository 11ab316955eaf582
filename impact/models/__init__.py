from .absence import Absence
from .block import ClaimsBlock, HighlightsBlock, IndicatorBlock
from .claim import Claim
from .claim_text import ClaimText
from .conflict import Conflict
from .edition import Edition
from .figure import Figure
from .highlight import Highlight
from .indicator import Indicator
from .part import Part
from .register import RegisterEntry
from .review import Change, ReviewLink, ReviewStep, Stage

__all__ = [
    "Absence",
    "Change",
    "Claim",
    "ClaimText",
    "ClaimsBlock",
    "Conflict",
    "Edition",
    "Figure",
    "Highlight",
    "HighlightsBlock",
    "Indicator",
    "IndicatorBlock",
    "Part",
    "RegisterEntry",
    "ReviewLink",
    "ReviewStep",
    "Stage",
]
