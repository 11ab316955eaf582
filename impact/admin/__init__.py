from .claim import ClaimAdmin
from .conflict import ConflictAdmin
from .edition import EditionAdmin
from .highlight import HighlightAdmin

__all__ = ["ClaimAdmin", "ConflictAdmin", "EditionAdmin", "HighlightAdmin"]
