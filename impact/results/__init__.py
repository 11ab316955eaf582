"""What is published of indicators: their readings by period, what is not on record, and what they say.

Sentence, drawing and table come from the same rows: `Results.rows`.
"""

from .loading import MAX_READINGS, results_of
from .readings import Contradiction, PublishedReading, Results, Row

__all__ = ["MAX_READINGS", "Contradiction", "PublishedReading", "Results", "Row", "results_of"]
