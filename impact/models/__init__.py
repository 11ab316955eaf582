from .block import ClaimsBlock, HighlightsBlock
from .claim import Claim, ClaimText, Figure
from .edition import Edition
from .highlight import Highlight

__all__ = ["Claim", "ClaimText", "ClaimsBlock", "Edition", "Figure", "Highlight", "HighlightsBlock"]
