"""Made-up results over time for the style guide: every state that the drawing of one can be in."""

from dataclasses import dataclass, field
from decimal import Decimal

from impact.grades import Grade
from impact.models import Absence, Change, Figure, Indicator, Part
from impact.results import PublishedReading, Results

from .made_up import ARABIC, citation, edition, organisation, source

OWN, PARTNER, INDEPENDENT = Grade.ORGANISATION_ONLY, Grade.PARTNER, Grade.SUPPORTED
YEARS = range(2014, 2026)
VILLAGES = (12, 19, 0, None, 27, 41, None, 38, 52, 60, 71, 66)


@dataclass
class MadeUp:
    """An indicator with its readings, absences and targets, as its page would have them."""

    title: str
    values: dict = field(default_factory=dict)  # by period; with a qualifier before the number
    grades: dict = field(default_factory=dict)
    absences: dict = field(default_factory=dict)
    targets: dict = field(default_factory=dict)
    baseline: str = ""
    corrected: dict = field(default_factory=dict)  # what a reading was first
    other_values: dict = field(default_factory=dict)  # what another text says
    parts: tuple = ()
    indicator: dict = field(default_factory=dict)

    def results(self):
        values = {"unit": "children", "direction": "up", "measure": "number"} | self.indicator
        indicator = Indicator(
            pk=990, number=990, title=self.title, slug="made-up", organisation=organisation()
        )
        for name, value in values.items():
            setattr(indicator, name, value)
        indicator.evidence = []
        readings = [self.reading(indicator, period, said) for period, said in self.values.items()]
        targets = [self.target(indicator, period, said) for period, said in self.targets.items()]
        absences = [
            Absence(indicator=indicator, starts=period, ends=period, reason=reason, kind="actual")
            for period, reason in self.absences.items()
        ]
        return Results(indicator, readings + targets, absences, len(readings) + len(targets))

    def reading(self, indicator, period, said):
        kind = "baseline" if period == self.baseline else "actual"
        figure = self.figure(indicator, period, said, kind)
        grade = self.grades.get(period, OWN)
        citations = [citation()]
        if other := self.other_values.get(period):
            citations.append(citation("contradicts", "independent"))
            citations[-1].value_as_written, citations[-1].value = str(other), Decimal(other)
        was = self.corrected.get(period)
        change = Change.CORRECTION if was is not None else Change.FIRST
        figure.edition = edition(grade, f"It was {said} in {period}", [figure], citations, change)
        figure.edition.number, figure.edition.reason = 2, "One school was counted twice."
        earlier = []
        if was is not None:
            earlier = [self.figure(indicator, period, was, kind)]
            earlier[0].edition = edition(grade, f"It was {was}", [], [])
        return PublishedReading(figure, earlier)

    def target(self, indicator, period, said):
        figure = self.figure(indicator, period, said, "target")
        figure.set_on = str(int(period[:4]) - 2)
        figure.edition = edition(OWN, f"We aim at {said}", [figure], [citation()])
        return PublishedReading(figure)

    def figure(self, indicator, period, said, kind):
        qualifier, _space, number = str(said).rpartition(" ")
        is_words = indicator.measure == Indicator.Measure.WORDS
        starts, _slash, ends = period.partition("/")
        figure = Figure(
            pk=990,
            indicator=indicator,
            label=self.title,
            unit=indicator.unit,
            kind=kind,
            starts=starts,
            ends=ends or starts,
            qualifier="" if is_words else qualifier,
            value=None if is_words else Decimal(number),
            as_written=str(said),
        )
        parts = [
            Part(axis=axis, group=group, **({"value": Decimal(each)} if each.isdigit() else {"reason": each}))
            for axis, group, each in (self.parts if kind == "actual" else ())
        ]
        figure._prefetched_objects_cache = {"parts": parts}
        return figure


def results():
    """Returns a result for each state of the drawing."""
    return [each.results() for each in states()]


def states():
    years = {str(year): value for year, value in zip(YEARS, VILLAGES, strict=True) if value is not None}
    many = {f"{2021 + month // 12}-{month % 12 + 1:02}": 200 + month * 37 % 160 for month in range(60)}
    changed = {"changed_on": "2023", "change": "Two coasts more.", "change_source": source()}
    return [
        MadeUp("No reading"),
        MadeUp("One reading", {"2025": 340}),
        MadeUp("Two readings", {"2023": 118, "2025": "about 96"}, {"2023": PARTNER, "2025": INDEPENDENT}),
        MadeUp(
            "Twelve readings",
            {**years, "2025": "at least 66"},
            {"2019": PARTNER, "2022": INDEPENDENT, "2024": Grade.DISPUTED},
            {"2017": "not reported", "2020": "not collected"},
            {"2024": 80},
            baseline="2014",
            corrected={"2022": 60},
            other_values={"2024": 58},
        ),
        MadeUp("Sixty readings", many, {"2021-06": INDEPENDENT, "2023-09": Grade.DISPUTED}),
        MadeUp(
            "No value at all",
            absences={
                "2021": "not reported",
                "2022": "not collected",
                "2023": "withheld for safety",
                "2024": "not due",
            },
        ),
        MadeUp("Below nothing", {"2019": 140, "2020": -85, "2021": -210, "2022": 0, "2023": 60, "2024": 175}),
        MadeUp(
            "Percentage, counted differently",
            {"2020": 38, "2021": 52, "2022": 66, "2023": 61, "2024": 79, "2025": 71},
            {"2022": PARTNER},
            targets={"2025": 90},
            indicator={"measure": "percentage", "timing": "day", "unit": "per cent", **changed},
        ),
        MadeUp(
            "Yes or no",
            {"2021": 0, "2023": 0, "2024": 0, "2025": 1},
            {"2023": INDEPENDENT},
            {"2022": "not reported"},
            {"2025": 1},
            indicator={"measure": "yes or no"},
        ),
        MadeUp(
            "In words",
            {"2023": "They come before the bell now", "2025": "Two sleep with their shoes on"},
            indicator={"measure": "words"},
        ),
        MadeUp(
            "Nine digits",
            {"2022": 287_441_902, "2023": 301_118_667, "2024": 355_020_010, "2025": 412_806_331},
            {"2023": INDEPENDENT},
        ),
        MadeUp(
            "A target of nothing",
            {"2021": 3, "2022": 1, "2024": 2, "2025": 0},
            absences={"2023": "not reported"},
            targets={"2025": 0},
            indicator={"direction": "down"},
        ),
        MadeUp(ARABIC, {"2023": 18_420, "2025": "over 21000"}, targets={"2025": 24_000}),
        MadeUp(
            "With parts",
            {"2024": 40, "2025": 52},
            parts=(("sex", "girls", "25"), ("sex", "boys", "14"), ("place", "coast", "withheld for safety")),
        ),
    ]
