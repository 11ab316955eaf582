from .claim import ClaimAdmin
from .conflict import ConflictAdmin
from .edition import EditionAdmin
from .highlight import HighlightAdmin
from .indicator import IndicatorAdmin

__all__ = ["ClaimAdmin", "ConflictAdmin", "EditionAdmin", "HighlightAdmin", "IndicatorAdmin"]
