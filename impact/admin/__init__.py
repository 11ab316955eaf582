from .claim import ClaimAdmin
from .edition import EditionAdmin
from .highlight import HighlightAdmin

__all__ = ["ClaimAdmin", "EditionAdmin", "HighlightAdmin"]
