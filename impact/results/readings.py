"""The rows of a result over time: readings, targets, absences, and years of which nothing is on record."""

from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from math import ceil, floor

from django.utils.translation import gettext as _

from organisation.dates import partial_date_text
from organisation.models import Source
from organisation.templatetags.records import figure_value

from ..grades import SHOWN
from ..models import Absence, Change, Figure, Indicator
from ..models.reading import qualified
from ..parts import parts_by_axis
from ..periods import period_text, span_in_years
from ..values import contradicted_figure
from .comparing import verdict

Kind = Figure.Kind


@dataclass
class Contradiction:
    """The value that another text gives for a reading, and the citation that says so."""

    citation: object
    written: str
    qualifier: str
    value: Decimal

    @property
    def source(self) -> Source:
        return self.citation.source

    @property
    def said(self):
        return qualified(self.qualifier, figure_value(self.value))


@dataclass
class PublishedReading:
    """A figure of a current edition that is a reading, with what earlier editions of its claim said."""

    figure: Figure
    earlier: list = field(default_factory=list)

    def __post_init__(self):
        self.edition = self.figure.edition
        self.edition.claim.current_edition = self.edition  # it is the current one: spares a query

    @property
    def period(self):
        return self.figure.period

    @property
    def span(self):
        """Returns where its period begins and ends, in years; None where its source does not say."""
        return span_in_years(self.figure.starts, self.figure.ends) if self.figure.starts else None

    @property
    def qualifier(self):
        return self.figure.get_qualifier_display() if self.figure.qualifier else ""

    @property
    def said(self):
        """Returns the value as it is said: “over 21,000”, “62%”, “yes”."""
        return self.figure.said

    @property
    def said_with_period(self):
        return _("%(value)s (%(period)s)") % {"value": self.said, "period": self.period}

    @property
    def shown(self):
        """Returns how far it is shown, by which its point is drawn."""
        return SHOWN[self.edition.grade]

    @property
    def is_baseline(self):
        return self.figure.kind == Kind.BASELINE

    @property
    def corrected_from(self):
        """Returns the figure that it corrects, of which the value was another; None without any."""
        if self.edition.change != Change.CORRECTION:
            return None
        before = [
            each
            for each in self.earlier
            if each.edition.number == self.edition.number - 1
            and each.indicator_id == self.figure.indicator_id
        ]
        # Of several readings of a claim none is taken for another, which had another value all along.
        like = [each for each in before if each.label == self.figure.label]
        like = like or [each for each in before if each.reading_of == self.figure.reading_of]
        old = next(iter(like), None)
        return (
            old if old and (old.value, old.qualifier) != (self.figure.value, self.figure.qualifier) else None
        )

    @cached_property
    def contradictions(self):
        """Returns the other values that texts give for it."""
        # A claim with several figures says of which one a text speaks.
        found = []
        for citation in self.edition.evidence:
            if citation.value_of in ("", self.figure.label) and contradicted_figure(citation, [self.figure]):
                written = citation.for_readers["value_as_written"]
                found.append(Contradiction(citation, written, citation.value_qualifier, citation.value))
        return found

    @property
    def parts(self):
        return parts_by_axis(self.figure)

    @property
    def passages(self):
        """Returns the citations that quote the words it rests on; those that contradict it are apart."""
        return [each for each in self.edition.evidence if each.passage and not each.contradicts]

    @property
    def stands_in(self):
        """Returns the citation that a reader is led to: the first that quotes words, else the first."""
        supporting = [each for each in self.edition.evidence if not each.contradicts]
        return next(iter(self.passages or supporting), None)


@dataclass
class Row:
    """A row of the table, and what the drawing has of it: a reading, an absence, a target, or nothing."""

    starts: str
    ends: str
    reading: PublishedReading | None = None
    target: PublishedReading | None = None
    absence: Absence | None = None
    verdict: str = ""

    @property
    def period(self):
        return period_text(self.starts, self.ends)

    @property
    def span(self):
        return span_in_years(self.starts, self.ends) if self.starts else None

    @property
    def why_no_value(self):
        """Returns the reason why there is no value, in a sentence; empty where there is one."""
        if self.reading:
            return ""
        if self.absence is None:
            return _("No value, and no reason on record.")
        if self.absence.reason == Absence.Reason.NOT_DUE:
            if self.absence.due:
                return _("Not due until %(day)s.") % {"day": partial_date_text(self.absence.due)}
            return _("Not due.")
        if self.absence.reason == Absence.Reason.WITHHELD:
            who = {"organisation": self.absence.indicator.organisation}
            return _("Withheld for safety, says %(organisation)s.") % who
        if self.absence.kind == Kind.BASELINE:
            reason = {"reason": self.absence.get_reason_display()}
            return _("Baseline not available: %(reason)s.") % reason
        return f"{self.absence.get_reason_display().capitalize()}."


@dataclass
class Results:
    """What is published of an indicator; `count` is how many readings there are, more than are shown."""

    indicator: Indicator
    published: list[PublishedReading]
    absences: list[Absence]
    count: int

    def __post_init__(self):
        for absence in self.absences:
            absence.indicator = self.indicator

    @cached_property
    def readings(self):
        """Returns what was reached and the baselines, in the order of their periods, the undated first."""
        return [each for each in self.published if each.figure.kind != Kind.TARGET]

    @cached_property
    def dated(self):
        return [each for each in self.readings if each.span]

    @property
    def last_reading(self):
        return next(reversed(self.dated or self.readings), None)

    @cached_property
    def targets(self):
        return [each for each in self.published if each.figure.kind == Kind.TARGET]

    @property
    def more(self):
        return self.count - len(self.published)

    @property
    def documents(self):
        """Returns how many documents the readings rest on."""
        return len({citation.source_id for each in self.published for citation in each.edition.evidence})

    @cached_property
    def rows(self):
        """Returns a row for each reading, each period without one, and each target that has no reading."""
        rows = [Row(each.figure.starts, each.figure.ends, each) for each in self.readings]
        given = {(row.starts, row.ends, row.reading.figure.kind) for row in rows}
        whole = [each for each in self.absences if not each.group]
        rows += [
            Row(each.starts, each.ends, absence=each)
            for each in whole
            if (each.starts, each.ends, each.kind) not in given
        ]
        for target in self.targets:
            of_period = [row for row in rows if self.is_aimed_at(row, target)]
            if not of_period:
                of_period = [Row(target.figure.starts, target.figure.ends)]
                rows += of_period
            for row in of_period:
                row.target = target
                row.verdict = verdict(self.indicator, row.reading and row.reading.figure, target.figure)
        rows = [row for row in rows if row.reading or not self.is_before_shown(row)]
        rows += [Row(str(year), str(year)) for year in self.missing_years(rows)]
        return sorted(rows, key=lambda row: (row.span or (0, 0), row.reading is None))

    def is_aimed_at(self, row, target):
        is_actual = row.reading is None or not row.reading.is_baseline
        return bool(row.starts) and is_actual and row.span == target.span

    def is_before_shown(self, row):
        """True of a period before the first reading that is shown, where there are more than are shown.

        Whether it has no value cannot be told from these.
        """
        return bool(self.more and self.dated and row.span and row.span[1] <= self.dated[0].span[0])

    def missing_years(self, rows):
        """Returns the years between the first value, or absence, and the last that have neither."""
        spans = [row.span for row in rows if row.span and (row.reading or row.absence)]
        covered = {year for start, end in spans for year in range(floor(start), ceil(end))}
        if not covered or not self.dated:
            return []
        return [year for year in range(min(covered), max(covered)) if year not in covered]

    @property
    def first_period(self):
        return next((row.period for row in self.rows if row.span), "")

    @property
    def last_period(self):
        return next((row.period for row in reversed(self.rows) if row.span), "")

    @property
    def without_value(self):
        """Returns the rows that have no value although it is due."""
        reasons = Absence.Reason
        return [
            row
            for row in self.rows
            if not row.reading
            and not (row.absence and row.absence.reason == reasons.NOT_DUE)
            and row.span
            and not (row.target and not row.absence)
        ]

    @property
    def latest_with_parts(self):
        """Returns the latest reading that has parts; None where none has."""
        return next((each for each in reversed(self.readings) if each.figure.parts.all()), None)

    @property
    def absent_parts(self):
        return [each for each in self.absences if each.group]

    @property
    def sentence(self):
        from .sentence import sentence_of

        return sentence_of(self)

    @property
    def promise(self):
        from .sentence import promise_of

        return promise_of(self)
