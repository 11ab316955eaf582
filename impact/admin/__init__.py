from .claim import ClaimAdmin, EditionAdmin, HighlightAdmin
from .conflict import ConflictAdmin

__all__ = ["ClaimAdmin", "ConflictAdmin", "EditionAdmin", "HighlightAdmin"]
