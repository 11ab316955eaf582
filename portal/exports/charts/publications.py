from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, npgettext

from organisation.models import Source

from .chart import Chart, Link, Row, source_links
from .drawing import bars, marks_are_distinct


def publications_chart(organisation, first, last):
    """Counts an organisation's publications from one year to another; a year without any is shown as such."""
    publications = list(Source.objects.publications().filter(author=organisation).with_evidence())
    values = {"organisation": organisation.short_name or str(organisation), "first": first, "last": last}
    title = _("Publications of %(organisation)s, %(first)d to %(last)d") % values
    chart = Chart(f"publications-{organisation.slug}-{first}-{last}", title, [_("Year")])
    years = range(first, last + 1)
    by_year = {year: [each for each in publications if each.published[:4] == str(year)] for year in years}
    counted = [each for year in years for each in by_year[year]]
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
    chart.takeaway = takeaway(len(counted), values, [str(year) for year in years if not by_year[year]])
    chart.notes = [_("Each mark is one publication.")] if marks_are_distinct(longest) else []
    chart.notes += omissions(len(publications) - len(counted) - undated, undated)
    chart.sources = source_links(counted)
    return chart


def takeaway(count, values, empty_years):
    sentences = [
        ngettext(
            "%(count)d publication of %(organisation)s from the years %(first)d to %(last)d is on record.",
            "%(count)d publications of %(organisation)s from the years %(first)d to %(last)d are on record.",
            count,
        )
        % (values | {"count": count})
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
