"""Fetches what is published of indicators, with a fixed number of queries for any number of readings."""

from collections import defaultdict

from django.db.models import Case, Count, F, Prefetch, Q, Value, When, Window
from django.db.models.functions import RowNumber

from organisation.models import Citation
from organisation.models.record import CITATION_RELATED

from ..models import Absence, Figure, Part
from .readings import PublishedReading, Results

# The readings of an indicator that a page shows, the latest, and as many targets; a table has all of them.
MAX_READINGS = 60


def results_of(indicators, limit=MAX_READINGS):
    """Returns the results of these indicators, in their order.

    It takes six queries: how many readings there are, the latest, their parts, what they rest on, what
    earlier editions of them said, and the absences.
    """
    indicators = list(indicators)
    counts = dict(
        Figure.objects.current()
        .filter(indicator__in=indicators)
        .order_by()
        .values("indicator")
        .annotate(count=Count("pk"))
        .values_list("indicator", "count")
    )
    readings = defaultdict(list)
    for figure in latest(indicators, limit):
        readings[figure.indicator_id].append(figure)
    earlier = earlier_figures([figure for figures in readings.values() for figure in figures])
    absences = defaultdict(list)
    for absence in Absence.objects.filter(indicator__in=indicators):
        absences[absence.indicator_id].append(absence)
    return [
        Results(
            each,
            [PublishedReading(figure, earlier[figure.edition.claim_id]) for figure in readings[each.pk]],
            absences[each.pk],
            counts.get(each.pk, 0),
        )
        for each in indicators
    ]


def latest(indicators, limit):
    """Returns the latest readings of each indicator, and as many targets; the undated come last."""
    is_target = Case(When(kind=Figure.Kind.TARGET, then=Value(1)), default=Value(0))
    place = Window(
        RowNumber(),
        partition_by=[F("indicator"), is_target],
        order_by=[F("ends").desc(), F("starts").desc(), F("edition__claim__number").desc(), F("pk").desc()],
    )
    evidence = Citation.objects.select_related(*CITATION_RELATED)
    return (
        Figure.objects.current()
        .filter(indicator__in=indicators)
        .annotate(place=place)
        .filter(place__lte=limit)
        .prefetch_related(
            Prefetch("parts", Part.objects.all()),
            Prefetch("edition__citations", evidence, to_attr="evidence"),
        )
        .order_by("ends", "starts", "edition__claim__number", "pk")
    )


def earlier_figures(figures):
    """Returns {claim: its readings in editions before the current one, in their order}."""
    claims = {figure.edition.claim_id: figure.edition_id for figure in figures}
    found = defaultdict(list)
    rows = Figure.objects.filter(edition__claim__in=claims, indicator__isnull=False)
    for figure in (
        rows.filter(~Q(edition__in=claims.values()))
        .select_related("edition", "indicator")
        .order_by("edition__number", "order", "pk")
    ):
        found[figure.edition.claim_id].append(figure)
    return found
