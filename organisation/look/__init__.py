"""The look of a site: three colours a theme that an organisation chooses, and all that follows from them."""

from .contrast import contrast
from .names import name_of
from .pairs import PAIRS, failing_pairs
from .palette import FIELDS, OWN, THEMES, TOKEN_OF, Choice, Look, own_colours, palette
from .refusal import passing, refusals

__all__ = [
    "FIELDS",
    "OWN",
    "PAIRS",
    "THEMES",
    "TOKEN_OF",
    "Choice",
    "Look",
    "contrast",
    "failing_pairs",
    "name_of",
    "own_colours",
    "palette",
    "passing",
    "refusals",
]
