from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from impact.models import Figure

from .chart import Chart, Link, Row, source_links
from .drawing import squares

OPEN_ENDED = (Figure.Qualifier.OVER, Figure.Qualifier.MORE_THAN, Figure.Qualifier.AT_LEAST)
SERIES_COLOURS = 4


def figures_chart(edition):
    """Draws the figures of a claim's current edition, each in squares.

    Each has a scale of its own, so that nobody compares countries with participants.
    """
    reference = edition.claim.reference
    title = _("The figures of %(reference)s") % {"reference": reference}
    chart = Chart(f"figures-{reference.lower()}", title, [_("Figure")])
    drawn = [each for each in edition.figures.all() if each.is_counted and each.value >= 0]
    if not drawn:
        return chart
    link = Link(reference, edition.claim.get_absolute_url())
    for index, figure in enumerate(drawn):
        qualifier = figure.get_qualifier_display() if figure.qualifier else ""
        row = Row(
            (figure.label,),
            figure.value,
            figure.unit,
            qualifier,
            figure.as_of or figure.ends,
            [link],
            [edition.get_absolute_url()],
            figure.origin,
        )
        chart.rows.append(row)
        chart.panels.append(squares(row, figure.qualifier in OPEN_ENDED, series=index % SERIES_COLOURS + 1))
    whose = edition.organisation
    speaker = whose.named if whose.life.is_over else whose.short_name or str(whose)
    figures = get_text_list([str(row) for row in chart.rows], _("and"))
    chart.takeaway = [
        _("As stated by %(organisation)s: %(figures)s.") % {"organisation": speaker, "figures": figures}
    ]
    chart.notes = [f"{figure.label}: {figure.origin}." for figure in drawn if figure.origin]
    if len(chart.panels) > 1:
        chart.notes.append(
            _("Each figure is drawn on a scale of its own; the drawings cannot be compared with each other.")
        )
    chart.sources = [link, *source_links([edition])]
    return chart
