"""Made-up records for the drawings of the style guide: each of them with nothing, one, some and very many."""

from collections import Counter
from itertools import count

from advocacy.models import Fold, Instrument
from impact.grades import SHOWN, Grade, Shown, strip_of
from impact.sheets import LIMIT, Group, Sheet, SheetTable, places_of_a_group
from impact.who_says_so import who_says_so
from organisation.documents import documents_of
from organisation.lineage import Lineage
from organisation.models import Citation, Milestone, Succession
from portal.exports.timeline import Event
from portal.exports.timeline_lanes import lanes_of

from .drawn_results import results
from .made_up import ARABIC, LONG_NAME, citation, cited, edition, organisation, source

# Claims of each grade, on sheets of none, one, three, thirty, three hundred and three thousand.
SHEETS = (
    {},
    {Grade.ORGANISATION_ONLY: 1},
    {Grade.SUPPORTED: 1, Grade.ORGANISATION_ONLY: 1, Grade.DISPUTED: 1},
    {
        Grade.SUPPORTED: 1,
        Grade.SUPPORTED_IN_PART: 1,
        Grade.PARTNER: 6,
        Grade.ORGANISATION_ONLY: 18,
        Grade.DISPUTED: 3,
        Grade.UNSOURCED: 1,
    },
    {Grade.SUPPORTED_IN_PART: 12, Grade.PARTNER_IN_PART: 40, Grade.ORGANISATION_ONLY: 240, Grade.DISPUTED: 8},
    {Grade.SUPPORTED: 300, Grade.PARTNER: 700, Grade.ORGANISATION_ONLY: 1990, Grade.UNSOURCED: 10},
)
WORDING = [
    ("We advised the makers of ", ""),
    ("the first", "not_established"),
    (" note on the schools of a coast, and ", ""),
    ("our courses reached over 4,500 people", "shown"),
    (" ", ""),
    ("in the world", "not_established"),
]

# As (label, aside, value, qualifier, words, address, is_contradicting).
DIFFERING_VALUES = [
    [],
    [("What we do", "undated", 35, "", "35 schools", "#values-differ", False)],
    [
        ("What we do", "undated", 35, "", "35 schools", "#values-differ", False),
        ("Who we are", "undated", 35, "over", "over 35 schools", "#values-differ", False),
        ("Yearbook", "2004", 30, "about", "about 30 schools", "#values-differ", True),
    ],
    [
        (LONG_NAME, "2019", 250_000_000, "nearly", "nearly 250 million people", "#values-differ", False),
        (ARABIC, "2020", 123_456_789, "exactly", "exactly 123,456,789 people", "#values-differ", True),
        ("A page", "2021", 0, "", "none", "#values-differ", True),
        ("A leaflet", "2022", 250_000_000, "more than", "more than 250 million people", "", False),
    ],
]


def drawn_examples():
    """Returns the examples by the names of the template's variables."""
    own, mixed = [citation()], every_bearing()
    return {
        "lanes": [lanes(2), lanes(5), lanes(0)],
        "lineages": lineages(),
        "differing_values": DIFFERING_VALUES,
        "results_over_time": results(),
        "stories": [story(steps) for steps in (0, 1, 2, 3, 4, 6)],
        "discs": [who_says_so(documents_of(citations)) for citations in ([], own, mixed, many_documents())],
        "segments": [
            WORDING,
            [(ARABIC[:20], "shown"), (ARABIC[20:], "")],
            [(LONG_NAME, "not_established")],
            [("Nothing is marked here", "")],
        ],
        "sheets": [sheet(counts) for counts in SHEETS],
        "sheet_tables": [sheet_table([]), sheet_table(SHEETS[2:3]), sheet_table(SHEETS[1:5])],
        "strips": [strip_of(citations) for citations in bearings()],
    }


def bearings():
    """Yields citations that make a strip of each kind of words, and some of each mark in each column."""
    own = ("states", "own")
    for pairs in (
        [],
        [own],
        [own, ("context", "partner"), ("repeats", "independent")],
        [own, ("supports in part", "partner")],
        [own, ("supports", "partner")],
        [own, ("supports in part", "independent")],
        [own, ("supports", "partner"), ("supports", "independent")],
        [own, ("contradicts", "own")],
        [own, ("contradicts", "partner")],
        [own, ("supports", "partner"), ("contradicts", "independent")],
    ):
        yield [citation(*pair) for pair in pairs]


def every_bearing():
    """Returns citations of a document each, of which the last also repeats, and one that gives context."""
    pairs = [("states", "own"), ("supports in part", "partner"), ("supports", "independent")]
    pairs += [("contradicts", "independent"), ("context", "partner")]
    cited = [of_document(number, *pair) for number, pair in enumerate(pairs)]
    return [*cited, of_document(2, "repeats", "independent")]


def many_documents():
    pairs = [(relation, whose) for relation in Citation.Relation for whose in Citation.Independence]
    return [of_document(number, *pair) for number, pair in enumerate(pairs * 3)]


def of_document(number, relation, independence):
    return Citation(
        source=source(pk=number, slug=f"made-up-{number}"), relation=relation, independence=independence
    )


def sheet(counts, theme="", numbers=None):
    """Returns a sheet with so many claims of each grade."""
    numbers = numbers or count(1)
    of_group = {shown: Counter({grade: counts.get(grade, 0) for grade in shown.grades}) for shown in Shown}
    a_group = places_of_a_group([each.total() for each in of_group.values()], LIMIT)
    groups = []
    for shown, each in of_group.items():
        grades = [grade for grade in shown.grades for _ in range(each[grade])][:a_group]
        drawn = [made_up_edition(grade, next(numbers)) for grade in grades]
        groups.append(Group(shown, each, drawn, "#sheets"))
    return Sheet(groups, address="#sheets", theme=theme)


def made_up_edition(grade, number):
    words = (ARABIC, LONG_NAME)[number % 2] if number % 10 == 0 else "Our courses reached over 4,500 people"
    return edition(grade, words, [], [], number=number)


def sheet_table(counts):
    themes, numbers = ["Training", LONG_NAME, ARABIC], count(1)
    rows = [sheet(each, themes[place % 3], numbers) for place, each in enumerate(counts)]
    total = Counter()
    for each in counts:
        total.update(each)
    groups = [
        Group(shown, Counter({g: n for g, n in total.items() if SHOWN[g] == shown}), [], "#sheets")
        for shown in Shown
    ]
    return SheetTable(Sheet(groups, None, "#sheets"), rows)


def lineages():
    """Returns lineages of none, one, three, and twelve organisations, as the values of the component."""
    harbour = organisation("A Harbour for Every Ship", pk=1)
    lantern = organisation("The Lantern Fund", pk=2, founded="1998", closed="2019-06-07")
    pilots = organisation("Made-up Pilots", pk=3, founded="2007")
    kind = Succession.Kind
    return [
        {"organisations": [], "successions": []},
        {"organisations": [harbour], "successions": [], "present": harbour},
        {
            "organisations": [harbour, lantern, pilots],
            "successions": successions(
                (harbour, lantern, kind.RENAMED, ""),
                (None, lantern, kind.INDEPENDENT, "2011"),
                (lantern, None, kind.CLOSED, "2019-06-07"),
                (lantern, pilots, kind.PASSED_ON, "2019"),
                (lantern, organisation("The Net", pk=4), kind.PASSED_ON, "2019"),
            ),
            "present": lantern,
            "documents": [(1, "2004"), (1, "2008")],
            "moments": [("2002-02-12", "its treaty is in force", harbour)],
        },
        twelve(),
    ]


def twelve():
    """Returns twelve organisations: undated, merged, split, and with names too long for their bars."""
    names = [LONG_NAME, ARABIC, *(f"Made-up Aid {letter}" for letter in "CDEFGHIJKL")]
    dates = "1919 - 1950-01 1950 1985 1990 - 2001-09 2001-10 2005 2007 2023-11-30".split()
    rows = [
        organisation(name, pk=number, founded="" if date == "-" else date)
        for number, (name, date) in enumerate(zip(names, dates, strict=True), 1)
    ]
    rows[5].closed = "1991"
    kind = Succession.Kind
    pairs = [(0, 3, kind.RENAMED, "1952"), (3, 4, kind.RENAMED, ""), (3, 7, kind.PASSED_ON, "2003-01")]
    pairs += [(6, 8, kind.RENAMED, ""), (8, 9, kind.MERGED, "2010"), (10, None, kind.CLOSED, "")]
    pairs += [(2, 1, kind.MERGED, ""), (7, None, kind.PASSED_ON, "2012"), (5, 11, kind.PASSED_ON, "1991")]
    return {
        "organisations": rows,
        "successions": successions(
            *((rows[one], None if other is None else rows[other], *rest) for one, other, *rest in pairs)
        ),
    }


def successions(*rows):
    return [
        cited(Succession(pk=number, earlier=earlier, later=later, kind=kind, date=date))
        for number, (earlier, later, kind, date) in enumerate(rows, 1)
    ]


def story(steps):
    """Returns the folds of a story with so many; the last is open, and one has a long text."""
    folds = [
        Fold(
            pk=990 + step,
            milestone=cited(
                Milestone(
                    pk=990 + step,
                    organisation=organisation(),
                    date=f"{1998 + step}-05",
                    text=LONG_NAME if step == 2 else "In the words of the record.",
                )
            ),
        )
        for step in range(steps)
    ]
    is_open = Fold(pk=980, heading="And then?", not_on_record="What changed because of it is not on record.")
    return [*folds[:-1], is_open][:steps]


def lanes(number):
    """Returns a timeline of two organisations, of which one had another name, of the law, and of more."""
    harbour = organisation("A Harbour for Every Ship", pk=1)
    lantern = organisation("The Lantern Fund", pk=2, founded="")
    pilots = organisation(LONG_NAME, pk=3)
    others = [organisation(f"Made-up Aid {letter}", pk=10 + place) for place, letter in enumerate("ABC")]
    rows = successions((harbour, lantern, Succession.Kind.RENAMED, ""))
    texts = [
        ("1989-11-20", "Treaty on Safe Harbours adopted", None, ""),
        ("1998-05", "Founded", harbour, "In the words of the source."),
        ("2007", LONG_NAME, pilots, ARABIC),
        ("2011", "Independent", lantern, ""),
        ("", "Formerly A Harbour for Every Ship", lantern, "The Lantern Fund was formerly another."),
        ("", "Something that no source dates", pilots, "In the words of the source."),
    ]
    texts += [(str(2012 + place), "Founded", each, "") for place, each in enumerate(others)]
    texts = texts[: number + 4 if number else 0]
    events = [event(100 * number + place, *each) for place, each in enumerate(texts)]
    record = cited(milestone(100 * number + 99, "2019"))
    passing = Event("2019", "Passes programmes on", record, lantern, heir=pilots)
    return lanes_of(
        sorted([*events, *([passing] if number else [])], key=lambda each: (not each.date, each.date)),
        Lineage(rows),
    )


def event(number, date, title, whose, text):
    record = (
        milestone(number, date) if whose else Instrument(pk=number, slug=f"made-up-{number}", title=title)
    )
    record = cited(record) if "Formerly" in title else cited(record, [])
    return Event(date, title, record, whose, text, kind="" if whose else "adopted")


def milestone(number, date):
    return Milestone(pk=number, slug=f"made-up-lane-{number}", date=date)
