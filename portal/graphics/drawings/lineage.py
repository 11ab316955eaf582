"""Draws who came after whom: a bar for each name an organisation bore, hatched where no source dates it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from organisation.dates import partial_date_text
from organisation.lineage import Lineage
from organisation.lineage_in_words import entries
from organisation.models import Succession

from . import Drawing
from .labels import Label, Lanes
from .name_lines import NameLines, year_of
from .text_width import text_width

Kind = Succession.Kind

WIDTH = 740  # pixels: a drawing is shown from this width on, below it the list is
WIDE = 960  # pixels: from here on names may stand in bars that are too short for them at the narrowest
# What a name takes in the site's own font of what is reckoned with for labels, whatever their font is: in its
# bar it stands beside nothing.
OWN_FONT = 0.87
BAR, GAP, AXIS = 38, 26, 34
LANE = 21
NAME_SIZE, TEXT_SIZE = 18, 15
EDGE = 0.6  # per cent, before the first date
OPEN = 9  # per cent, for what is before the first date or after the last
TICK_SPACE = 46  # pixels between two years of the axis


@dataclass
class Row:
    """The place of a row: the pixels of its bars' upper edge, and its lanes of labels."""

    line: object
    above: Lanes
    below: Lanes
    y: float = 0


class LineageDrawing:
    """Lays out a drawing of lineage from records that are already loaded.

    `present` is the organisation whose page it is: its bar is filled, and only those are drawn that a chain
    of successions ties to it. `moments` are (date, words, organisation) that stand above its bar. `documents`
    are (key of the author, date): a name is known to have been borne on that day.
    """

    def __init__(self, organisations, successions, present=None, moments=(), documents=()):
        self.present, self.moments, self.lineage = present or None, moments, Lineage(successions)
        if present:
            keys = self.lineage.related([present.pk])
            organisations = [each for each in organisations if each.pk in keys] or [present]
            named = [each for each in successions if {each.earlier_id, each.later_id} & keys]
            self.lineage = Lineage(named)
        self.entries = entries(organisations, self.lineage.successions)
        self.lines = NameLines(organisations, self.lineage, documents).lines
        self.rows = [Row(line, Lanes(WIDTH), Lanes(WIDTH)) for line in self.lines]
        self.row_of = {each.pk: row for row in self.rows for each in row.line.organisations}
        self.drawing = Drawing()
        self.has_hatching = any(not each.dated for line in self.lines for each in line.stretches)
        self.has_arrow = any(line.goes_on for line in self.lines)
        self.set_scale()

    def set_scale(self):
        stretches = [each for line in self.lines for each in line.stretches]
        years = [year for each in stretches for year in (each.start, each.end) if year is not None]
        years += [year_of(date) for date, _words, _organisation in self.moments if date]
        self.years = sorted(set(years))
        self.first = min(years, default=0)
        self.span = max(years, default=1) - self.first or 1
        self.left = OPEN if any(each.start is None for each in stretches) else EDGE
        self.right = 100 - (OPEN if any(each.end is None for each in stretches) else EDGE + 0.4)

    def x(self, year):
        return self.left + (year - self.first) / self.span * (self.right - self.left)

    def ends(self, stretch):
        """Returns (start, end) of a stretch in per cent."""
        start = 0 if stretch.start is None else self.x(stretch.start)
        return start, 100 if stretch.end is None else self.x(stretch.end)

    @property
    def label(self):
        """Returns what the drawing shows, for readers who do not see it; the list behind it says the rest."""
        if not self.years:
            return _("Who came after whom, as a drawing; no date is on record.")
        years = {"first": int(self.years[0]), "last": int(self.years[-1])}
        return (
            _("Who came after whom from %(first)d to %(last)d, as a drawing; the list has it in words.")
            % years
        )

    def drawn(self):
        """Returns the drawing."""
        links = list(self.links())
        for row, other, x, _label in links:
            self.close_lanes(row, other, x)
        for row in self.rows:
            self.add_labels(row)
        for row, _other, x, label in links:
            if label:
                row.below.add(Label(x, label, "lineage-passing", clear=14))
        self.place_rows()
        self.draw_axis()
        for row, other, x, _label in links:
            self.draw_link(row, other, x)
        for row in self.rows:
            self.draw_row(row)
        return self.drawing

    # What follows what, between rows

    def links(self):
        """Yields (row, other row, place, words) of successions between organisations of different rows."""
        for each in self.lineage.successions:
            row, other = self.row_of.get(each.earlier_id), self.row_of.get(each.later_id)
            if row and other and row is not other:
                words = {
                    Kind.PASSED_ON: _("%(date)s, programmes pass to %(later)s"),
                    Kind.MERGED: _("%(date)s, merges into %(later)s"),
                    Kind.RENAMED: _("%(date)s, becomes %(later)s"),
                }.get(each.kind)
                if words:
                    yield row, other, self.place_of(each, row), words % self.names_of(each)

    def names_of(self, succession):
        date = partial_date_text(succession.date) if succession.date else _("undated")
        return {"date": date, "later": short(succession.later) if succession.later else ""}

    def place_of(self, succession, row):
        """Returns where a succession stands; one of the year of an end stands there, not at New Year."""
        closed = row.line.closed
        if not succession.date:
            return self.ends(row.line.stretches[-1])[0 if row.line.goes_on else 1]
        if closed and (closed.startswith(succession.date) or succession.date.startswith(closed)):
            return self.x(year_of(closed))
        return self.x(year_of(succession.date))

    def close_lanes(self, row, other, x):
        first, last = sorted((self.rows.index(row), self.rows.index(other)))
        for number in range(first, last + 1):
            if number > first:
                self.rows[number].above.close(x, 8, 12)
            if number < last:
                self.rows[number].below.close(x, 8, 12)

    # The labels of a row

    def add_labels(self, row):
        line = row.line
        self.add_names(row)
        begin, until = self.ends(line.stretches[0])[0], self.ends(line.stretches[-1])[1]
        if line.founded:
            self.fact(row, self.x(year_of(line.founded)), _("%(date)s, founded"), line.founded)
        else:
            self.fact(row, begin, _("founding undated"))
        for each in line.renamings:
            self.add_renaming(row, each)
        for each in self.lineage.successions:
            earlier, later = self.row_of.get(each.earlier_id), self.row_of.get(each.later_id)
            if each.kind == Kind.INDEPENDENT and each.date and row in (earlier, later):
                self.fact(row, self.x(year_of(each.date)), _("%(date)s, independent"), each.date)
            elif earlier is row and not later and each.kind != Kind.CLOSED:
                self.add_heir_outside(row, each)
        if line.ended:
            self.add_end(row, until)
        for date, words, organisation in self.moments:
            if date and self.row_of.get(organisation.pk) is row:
                text = _("%(date)s, %(words)s") % {"date": partial_date_text(date), "words": words}
                row.above.add(Label(self.x(year_of(date)), text, "lineage-moment"))

    def add_names(self, row):
        """Puts each name into its bar, or above it where it would stand over the end."""
        row.names = []
        for organisation in row.line.organisations:
            stretch = row.line.stretch_of(organisation.pk)
            start, end = self.ends(stretch)
            name = str(organisation)
            needed = (text_width(name, NAME_SIZE) * OWN_FONT + 22) * 100 / max(end - start, 0.1)
            if stretch.dated and needed <= WIDE:
                row.names.append((organisation, start, name, "" if needed <= WIDTH else " lineage-wide"))
            if not stretch.dated or needed > WIDTH:
                only = " lineage-narrow" if stretch.dated and needed <= WIDE else ""
                row.above.add(Label(min(start, 99.5), name, f"lineage-name{only}", size=NAME_SIZE))

    def fact(self, row, x, words, date="", anchor="start"):
        words = words % {"date": partial_date_text(date)} if date else words
        row.below.add(Label(x, words, "lineage-fact", anchor))

    def add_end(self, row, x):
        line, last = row.line, row.line.organisations[-1]
        if any(row is other and last.pk == each.earlier_id for each, other in self.merged(last)):
            return  # the link to the other row says so
        if line.closed:
            self.fact(row, x, _("%(date)s, closed"), line.closed, "end")
        else:
            self.fact(row, x, _("closed, undated"), anchor="end")

    def merged(self, organisation):
        rows = self.lineage.after(organisation, Kind.MERGED, Kind.RENAMED)
        return [(each, self.row_of.get(each.earlier_id)) for each in rows]

    def add_renaming(self, row, succession):
        if succession.date:
            x = self.x(year_of(succession.date))
            words = _("%(date)s, new name") % self.names_of(succession)
        else:
            x = self.ends(row.line.before(succession.later_id))[0]
            words = _("new name, undated")
        row.above.add(Label(x, words, "lineage-renaming"))

    def add_heir_outside(self, row, succession):
        """Names an heir that has no bar of its own."""
        words = {
            (Kind.PASSED_ON, True): _("%(date)s, programmes pass to %(later)s"),
            (Kind.PASSED_ON, False): _("%(date)s, programmes passed on; to whom is not stated"),
            (Kind.MERGED, True): _("%(date)s, merges into %(later)s"),
            (Kind.MERGED, False): _("%(date)s, merged; into whom is not stated"),
            (Kind.RENAMED, True): _("%(date)s, becomes %(later)s"),
            (Kind.RENAMED, False): _("%(date)s, renamed; the new name is not stated"),
        }.get((succession.kind, bool(succession.later)))
        if words:
            words = words % self.names_of(succession)
            row.above.add(Label(self.place_of(succession, row), words, "lineage-passing", "end", clear=7))

    # On paper

    def place_rows(self):
        y = 4
        for row in self.rows:
            row.y = y + len(row.above) * LANE + 4
            y = row.y + BAR + len(row.below) * LANE + GAP
        self.drawing.height = y + AXIS - GAP + 8
        self.axis_y = y - GAP + 8

    def draw_axis(self):
        """Draws a line for each year that has room: the first and the last, then the others in order."""
        taken = []
        for year in [*self.years[:1], *self.years[-1:], *self.years[1:-1]]:
            at = self.x(year) * WIDTH / 100
            if year == self.first == 0 or any(abs(at - each) < TICK_SPACE for each in taken):
                continue
            taken.append(at)
            x = self.x(year)
            self.drawing.line("lineage-year", x, x, 0, self.axis_y)
            anchor = "start" if at < 20 else "end" if at > WIDTH - 20 else "middle"
            self.drawing.text("lineage-year", x, self.axis_y + 22, str(int(year)), anchor)

    def draw_link(self, row, other, x):
        """Draws an arrow from a bar to one of another row, and along that row where the bar is not there."""
        down = other.y > row.y
        start, end = (row.y + BAR, other.y) if down else (row.y, other.y + BAR)
        bar = self.ends(other.line.stretches[0])[0], self.ends(other.line.stretches[-1])[1]
        if not bar[0] <= x <= bar[1]:
            near = min(bar, key=lambda each: abs(each - x))
            end = other.y + BAR / 2
            self.drawing.line("lineage-link", x, near, end, end)
        self.drawing.line("lineage-link", x, x, start, end)
        step = -7 if down else 7
        self.drawing.mark("lineage-arrow", x, end, f"M-5 {step}L0 0L5 {step}")

    def draw_row(self, row):
        drawing, line, bottom = self.drawing, row.line, row.y + BAR
        for each in line.stretches:
            start, end = self.ends(each)
            if each.dated:
                drawing.rect(self.lit("lineage-bar", each.organisation), start, end, row.y, BAR)
            else:
                middle = row.y + BAR / 2
                drawing.rect("lineage-frame", start, end, row.y, BAR)
                drawing.line("lineage-hatch", start, end, middle, middle)
        if line.goes_on:
            name = self.lit("lineage-end", line.stretches[-1].dated and line.organisations[-1])
            drawing.mark(name, 100, row.y, f"M-1 0L14 {BAR / 2:g}L-1 {BAR}z")
        elif line.closed:
            drawing.mark("lineage-cap", self.ends(line.stretches[-1])[1], row.y, f"M0 -8V{BAR + 8}")
        for organisation, x, name, when in row.names:
            place = self.lit(f"lineage-name lineage-in-bar{when}", organisation)
            drawing.text(place, x, row.y + 25, name, shift=11)
        self.draw_labels(row.above.labels, lambda lane: row.y - 9 - lane * LANE, row.y)
        self.draw_labels(row.below.labels, lambda lane: bottom + 17 + lane * LANE, bottom)

    def lit(self, name, organisation):
        """Returns the class of something of an organisation, which is lit on that organisation's page."""
        is_lit = self.present and organisation and organisation.pk == self.present.pk
        return f"{name} lit" if is_lit else name

    def draw_labels(self, labels, height_of, edge):
        for label in labels:
            y = height_of(label.lane)
            if label.lane and label.ticked:
                end = y + 4 if y < edge else y - 12
                only = " lineage-narrow" if label.name.endswith("lineage-narrow") else ""
                self.drawing.line(f"lineage-tick{only}", label.x, label.x, edge, end)
            shift = -label.clear if label.anchor == "end" else label.clear
            self.drawing.text(label.name, label.x, y, label.words, label.anchor, shift)


def short(organisation):
    return organisation.short_name or organisation.official_name
