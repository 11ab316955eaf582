from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, npgettext

from organisation.models import Source

from .chart import Chart, Link, Row, source_links
from .drawing import bars, marks_are_distinct

COALITION = "coalition"
YEARS = range(2004, 2008)  # those of which the Coalition's text tells what it published


def publications_chart():
    """Counts the Coalition's publications by year; a year without any is shown as such."""
    publications = list(Source.objects.publications().filter(author__slug=COALITION).with_evidence())
    title = _("The Coalition's publications, %(first)d to %(last)d") % {"first": YEARS[0], "last": YEARS[-1]}
    chart = Chart("publications", title, [_("Year")])
    by_year = {year: [each for each in publications if each.published[:4] == str(year)] for year in YEARS}
    counted = [each for year in YEARS for each in by_year[year]]
    if not counted:
        return chart
    for year, of_year in by_year.items():
        links = [Link(str(each), each.get_absolute_url()) for each in of_year]
        unit = npgettext("counted", "publication", "publications", len(of_year))
        chart.rows.append(
            Row((str(year),), len(of_year), unit, records=links, addresses=[link.address for link in links])
        )
    longest = max(row.value for row in chart.rows)
    chart.panels = [
        bars(_("Publications by year"), [(row.names[0], row.value, "") for row in chart.rows], longest)
    ]
    undated = len([each for each in publications if not each.published])
    chart.takeaway = takeaway(len(counted), [str(year) for year in YEARS if not by_year[year]])
    chart.notes = [_("Each mark is one publication.")] if marks_are_distinct(longest) else []
    chart.notes += omissions(len(publications) - len(counted) - undated, undated)
    chart.sources = source_links(counted)
    return chart


def takeaway(count, empty_years):
    sentences = [
        ngettext(
            "%(count)d publication of the Coalition from the years %(first)d to %(last)d is on record.",
            "%(count)d publications of the Coalition from the years %(first)d to %(last)d are on record.",
            count,
        )
        % {"count": count, "first": YEARS[0], "last": YEARS[-1]}
    ]
    if empty_years:
        sentences.append(
            _("From %(years)s none is on record.") % {"years": get_text_list(empty_years, _("and"))}
        )
    return sentences


def omissions(other_years, undated):
    """Returns the notes on publications that are not drawn, from their numbers."""
    notes = [
        _(
            "Only what the sources name, or what is a source itself, is counted; "
            "there may be other publications."
        )
    ]
    if other_years:
        notes.append(
            ngettext(
                "Not shown: %(count)d publication from another year.",
                "Not shown: %(count)d publications from other years.",
                other_years,
            )
            % {"count": other_years}
        )
    if undated:
        notes.append(
            ngettext(
                "Not shown: %(count)d publication whose date is not stated.",
                "Not shown: %(count)d publications whose date is not stated.",
                undated,
            )
            % {"count": undated}
        )
    return notes
