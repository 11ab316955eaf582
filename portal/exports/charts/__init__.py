"""Charts of published records: computed whenever they are shown, with their tables and the same as CSV."""

from .registry import chart_at, chart_of

__all__ = ["chart_at", "chart_of"]
