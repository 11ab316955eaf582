"""Charts of published records: computed whenever they are shown, with their tables and the same as CSV."""

from .registry import CHARTS, charts_of_claim

__all__ = ["CHARTS", "charts_of_claim"]
