"""The page of one indicator: what its readings say, drawn, as a table, and each with its words."""

from functools import cached_property

from .models import Indicator
from .results import results_of


class IndicatorPage:
    """What is published of an indicator, read with a fixed number of queries."""

    def __init__(self, indicator):
        self.indicator = indicator
        self.results = results_of([indicator])[0]

    @property
    def newest_first(self):
        return list(reversed(self.results.published))

    @property
    def partly_read(self):
        """Returns the latest reading that has parts; the others show theirs with their words."""
        return self.results.latest_with_parts

    @cached_property
    def neighbours(self):
        """Returns the indicators before and after this one."""
        number = self.indicator.number
        before = Indicator.objects.filter(number__lt=number).order_by("-number").first()
        return before, Indicator.objects.filter(number__gt=number).order_by("number").first()
