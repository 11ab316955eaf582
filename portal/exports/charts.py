"""Charts, computed from published records whenever they are shown: what they draw, their tables, and the same as CSV.

A drawing is measured in tenths of the size of the text around it.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from decimal import Decimal

from django.db import models
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, npgettext

from impact.grades import Grade
from impact.models import Edition, Figure, RegisterEntry
from organisation.models import Organisation, Source
from organisation.templatetags.margin import figure_value

from .tables.file_formats import csv_response

TRAINING_CLAIM = 10
COALITION = "coalition"
YEARS = range(2004, 2008)  # those of which the Coalition's text tells what it published

MOST_NAMED = 50  # claims that one line of a table leads to one by one

OPEN_ENDED = (Figure.Qualifier.OVER, Figure.Qualifier.MORE_THAN, Figure.Qualifier.AT_LEAST)

MOST_SQUARES, ROW_OF_SQUARES, SQUARE, PITCH = 100, 20, 6.5, 8
NAMES, BARS, BAR, ROW = (
    66,
    84,
    10,
    18,
)  # widths of the names and of the longest bar, heights of a bar and of its row


@dataclass
class Link:
    text: str
    address: str


@dataclass
class Row:
    """One datum: what it is of, and everything needed to read it. `addresses` are permanent, paths without a host."""

    names: tuple[str, ...]
    value: Decimal | int
    unit: str
    qualifier: str = ""
    as_of: str = ""
    records: list[Link] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)

    def __str__(self):
        message = _("%(qualifier)s %(value)s %(unit)s") if self.qualifier else _("%(value)s %(unit)s")
        return message % {"qualifier": self.qualifier, "value": figure_value(self.value), "unit": self.unit}

    @property
    def number(self):
        """The value with its qualifier, without the unit."""
        value = figure_value(self.value)
        return (
            _("%(qualifier)s %(value)s") % {"qualifier": self.qualifier, "value": value}
            if self.qualifier
            else value
        )


@dataclass
class Panel:
    """One drawing. `paths` are (class, SVG path data), `labels` (class, x, y, text); `notes` say how to read it."""

    title: str
    description: str
    height: float
    paths: list[tuple] = field(default_factory=list)
    labels: list[tuple] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass
class Chart:
    """No rows mean that nothing is on record. `headings` are those of the names in each row."""

    slug: str
    title: str
    headings: list[str]
    rows: list[Row] = field(default_factory=list)
    takeaway: list[str] = field(default_factory=list)
    panels: list[Panel] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    sources: list[Link] = field(default_factory=list)

    @property
    def csv(self):
        return reverse("chart-csv", kwargs={"slug": self.slug})


def training():
    """The figures of one claim, each in squares of its own scale, so that no two of them can be measured against each other."""
    chart = Chart("training", _("Reach of the training"), [_("Figure")])
    edition = Edition.objects.current().filter(claim__number=TRAINING_CLAIM).in_full().first()
    if edition is None or not edition.figures.all():
        return chart
    claim = Link(edition.claim.reference, edition.claim.get_absolute_url())
    for number, figure in enumerate(edition.figures.all()):
        qualifier = figure.get_qualifier_display() if figure.qualifier else ""
        row = Row(
            (figure.label,),
            figure.value,
            figure.unit,
            qualifier,
            figure.as_of,
            [claim],
            [edition.get_absolute_url()],
        )
        chart.rows.append(row)
        chart.panels.append(squares(row, figure.qualifier in OPEN_ENDED, series=number % 4 + 1))
    speaker = edition.organisation.short_name or str(edition.organisation)
    figures = get_text_list([str(row) for row in chart.rows], _("and"))
    chart.takeaway = [
        _("As stated by %(organisation)s, the training reached %(figures)s.")
        % {"organisation": speaker, "figures": figures}
    ]
    chart.notes = [
        _("Each figure is drawn on a scale of its own; the drawings cannot be compared with each other.")
    ]
    chart.sources = [claim, *cited([edition])]
    return chart


def publications():
    """How many publications of the Coalition are on record for each year; a year without any is shown as such."""
    found = list(Source.objects.publications().filter(author__slug=COALITION).with_evidence())
    title = _("The Coalition's publications, %(first)d to %(last)d") % {"first": YEARS[0], "last": YEARS[-1]}
    chart = Chart("publications", title, [_("Year")])
    by_year = {year: [each for each in found if each.published[:4] == str(year)] for year in YEARS}
    counted = [each for year in YEARS for each in by_year[year]]
    if not counted:
        return chart
    for year, named in by_year.items():
        records = [Link(str(each), each.get_absolute_url()) for each in named]
        unit = npgettext("counted", "publication", "publications", len(named))
        chart.rows.append(
            Row(
                (str(year),),
                len(named),
                unit,
                records=records,
                addresses=[record.address for record in records],
            )
        )
    drawn = [(row.names[0], row.value, "") for row in chart.rows]
    most = max(row.value for row in chart.rows)
    chart.panels = [bars(_("Publications by year"), drawn, most)]
    without = [str(year) for year in YEARS if not by_year[year]]
    undated = len([each for each in found if not each.published])
    chart.takeaway = publications_told(len(counted), without)
    chart.notes = [_("Each mark is one publication.")] if told_apart(most) else []
    chart.notes += publications_left_out(len(found) - len(counted) - undated, undated)
    chart.sources = cited(counted)
    return chart


def publications_told(count, without):
    told = [
        ngettext(
            "%(count)d publication of the Coalition from the years %(first)d to %(last)d is on record.",
            "%(count)d publications of the Coalition from the years %(first)d to %(last)d are on record.",
            count,
        )
        % {"count": count, "first": YEARS[0], "last": YEARS[-1]}
    ]
    if without:
        told.append(_("From %(years)s none is on record.") % {"years": get_text_list(without, _("and"))})
    return told


def publications_left_out(other_years, undated):
    notes = [
        _(
            "Only what the sources name, or what is a source itself, is counted; there may be other publications."
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


def claims(organisation=None):
    """How many claims of each organisation, or of one, have each grade, all on one scale."""
    chart = Chart("claims", _("Published claims by grade and organisation"), [_("Organisation"), _("Grade")])
    entries = (
        RegisterEntry.objects.filter(organisation=organisation)
        if organisation
        else RegisterEntry.objects.all()
    )
    counted = list(
        entries.order_by()
        .values_list("organisation", "grade")
        .annotate(models.Count("pk"), models.Max("published_at"))
    )
    if not counted:
        return chart
    of = Counter({(whose, grade): count for whose, grade, count, _latest in counted})
    as_of = timezone.localdate(max(latest for *_rest, latest in counted)).isoformat()
    shown = (
        Organisation.objects.filter(pk=organisation.pk)
        if organisation
        else Organisation.objects.filter(
            models.Q(profiled=True) | models.Q(pk__in={whose for whose, _grade in of})
        )
    )
    named = named_claims(entries, of)
    most = max(of.values())
    for whose in shown.order_by("-profiled", "order", "official_name"):
        for grade in Grade:
            count = of[whose.pk, grade.value]
            row = Row(
                (str(whose), str(grade.label)),
                count,
                npgettext("counted", "claim", "claims", count),
                as_of=as_of,
            )
            row.records, row.addresses = named(whose, grade)
            chart.rows.append(row)
        drawn = [(str(grade.label), of[whose.pk, grade.value], grade.value) for grade in Grade]
        chart.panels.append(bars(str(whose), drawn, most))
    total, by_grade = of.total(), Counter()
    for (_whose, grade), count in of.items():
        by_grade[grade] += count
    grades = _("; ").join(
        _("%(grade)s: %(count)d") % {"grade": grade.label, "count": by_grade[grade.value]} for grade in Grade
    )
    chart.takeaway = [
        ngettext(
            "%(count)d claim is published, by grade: %(grades)s.",
            "%(count)d claims are published, by grade: %(grades)s.",
            total,
        )
        % {"count": total, "grades": grades}
    ]
    chart.notes = [_("Each mark is one claim.")] if told_apart(most) else []
    chart.notes += [
        _(
            "A grade is computed from the sources of a claim; how many claims have it says nothing about their weight."
        )
    ]
    chart.sources = [Link(_("The register of every claim"), register())]
    return chart


def named_claims(entries, counts):
    """For an organisation and a grade: each claim, with the address of its edition; where they are too many, the register narrowed to them."""
    few = models.Q(pk__in=[])
    for (whose, grade), count in counts.items():
        if count <= MOST_NAMED:
            few |= models.Q(organisation=whose, grade=grade)
    found = defaultdict(list)
    for entry in entries.filter(few).select_related("edition__claim__current_edition"):
        found[entry.organisation_id, entry.grade].append(entry.edition)

    def named(whose, grade):
        if counts[whose.pk, grade.value] > MOST_NAMED:
            address = f"{register()}?{urlencode({'organisation': whose.slug, 'grade': grade.value})}"
            return [Link(_("In the register"), address)], [address]
        editions = found[whose.pk, grade.value]
        return [Link(each.claim.reference, each.claim.get_absolute_url()) for each in editions], [
            each.get_absolute_url() for each in editions
        ]

    return named


def register():
    return reverse("pages-details-by-slug", kwargs={"slug": "evidence"})


CHARTS = {"training": training, "publications": publications, "claims": claims}


def charts_drawing(claim):
    """The charts that change with a claim."""
    return ["claims", "training"] if claim.number == TRAINING_CLAIM else ["claims"]


def cited(records):
    """The places that records cite, each once; a document that cites none speaks for itself."""
    places = {}
    for record in records:
        if isinstance(record, Source) and not record.evidence:
            places[record.get_absolute_url()] = Link(str(record), record.get_absolute_url())
        for citation in record.evidence:
            places[citation.source_line_url] = Link(citation.source_line_label, citation.source_line_url)
    return list(places.values())


def squares(row, open_ended, series):
    """A number as a field of squares, counted out in tens; the last is cut where the number is no round one."""
    step = 1
    while row.value > MOST_SQUARES * step:
        step *= 10
    whole, rest = divmod(row.value, step)
    whole, share = int(whole), float(rest / step)
    top, drawn = 28, whole + bool(share)
    filled = "".join(square(number, top) for number in range(whole)) + (
        square(whole, top, SQUARE * share) if share else ""
    )
    panel = Panel(row.names[0], str(row), top + PITCH * -(-(drawn + open_ended) // ROW_OF_SQUARES))
    panel.labels = [("chart-number" if len(row.number) < 15 else "chart-number long", 0, 18, row.number)]
    panel.notes = [
        _("Each square counts %(count)s of the %(unit)s.")
        % {"count": figure_value(Decimal(step)), "unit": row.unit}
    ]
    if filled:
        panel.paths.append((f"series-{series}", filled))
    if open_ended:
        panel.paths.append(("chart-open", square(drawn, top)))
        panel.notes.append(
            _("The dashed square stands for “%(qualifier)s”: how far beyond is not stated.")
            % {"qualifier": row.qualifier}
        )
    return panel


def square(number, top, width=SQUARE):
    column = number % ROW_OF_SQUARES
    x = column * PITCH + (PITCH / 2 if column >= ROW_OF_SQUARES / 2 else 0)
    return box(x, top + number // ROW_OF_SQUARES * PITCH, width, SQUARE)


def box(x, y, width, height):
    return f"M{x:g} {y:g}h{width:.4g}v{height:g}h-{width:.4g}z"


def bars(title, rows, most):
    """Rows of (name, count, grade or nothing). With `most` units in the longest bar, each unit is a mark of its own while marks can be told apart."""
    panel = Panel(
        title,
        _("; ").join(
            _("%(name)s: %(count)d") % {"name": name, "count": count} for name, count, _grade in rows
        ),
        ROW * len(rows),
    )
    unit = unit_width(most)
    apart = told_apart(most)
    for number, (name, count, grade) in enumerate(rows):
        y = ROW * number + (ROW - BAR) / 2
        base = y + BAR - 1.5
        fill = f"grade-{grade}" if grade else "series-1"
        if count:
            units = (
                [box(NAMES + place * unit, y, unit - 2, BAR) for place in range(count)]
                if apart
                else [box(NAMES, y, count * unit, BAR)]
            )
            panel.paths.append((fill, "".join(units)))
        panel.labels.append(("chart-name", 14, base, name) if grade else ("chart-year", 0, base, name))
        told = str(count) if count or grade else _("0, none on record")
        panel.labels.append(("chart-count", NAMES + count * unit + (3 if count else 0), base, told))
        panel.paths += sign(grade, fill, 5, y + BAR / 2)
        if grade == Grade.UNSOURCED:
            panel.labels.append((f"chart-name {fill}", 2, base, "?"))
    return panel


def unit_width(most):
    return min(BAR + 2, BARS / most)


def told_apart(most):
    return unit_width(most) > BAR / 2


def sign(grade, fill, x, y, radius=4):
    """The shape of a grade's status tag: a full, half or empty circle, or none."""
    half = f"M{x} {y - radius:g}a{radius} {radius} 0 0 0 0 {2 * radius}"
    ring = f"{half}a{radius} {radius} 0 0 0 0 -{2 * radius}z"
    filled = {Grade.SUPPORTED: ring, Grade.STATED: f"{half}z", Grade.DISPUTED: ""}
    return [(f"{fill} ring", ring), (fill, filled[grade])] if grade in filled else []


def chart_csv(request, slug):
    """The rows of a chart, each with the permanent addresses of the records that it counts."""
    if slug not in CHARTS:
        raise Http404
    chart = CHARTS[slug]()
    headings = [*chart.headings, _("Qualifier"), _("Value"), _("Unit"), _("As of"), _("Addresses")]
    rows = [
        [
            *row.names,
            row.qualifier,
            f"{Decimal(row.value).normalize():f}",
            row.unit,
            row.as_of or _("not stated"),
            " ".join(request.build_absolute_uri(address) for address in row.addresses),
        ]
        for row in chart.rows
    ]
    return csv_response(slug, headings, rows)
