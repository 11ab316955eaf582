"""Made-up records for the drawings of the style guide: each of them with nothing, one, some and very many."""

from collections import Counter
from itertools import count

from impact.documents import documents_of, who_says_so
from impact.grades import SHOWN, Grade, Shown, strip_of
from impact.sheets import LIMIT, Group, Sheet, SheetTable, places_of_a_group
from organisation.models import Citation

from .made_up import ARABIC, LONG_NAME, citation, edition, organisation, source

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


def drawn_examples():
    """Returns the examples by the names of the template's variables."""
    own, mixed = [citation()], every_bearing()
    return {
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


def sheet(counts, of=None, numbers=None):
    """Returns a sheet with so many claims of each grade."""
    numbers = numbers or count(1)
    of_group = {shown: Counter({grade: counts.get(grade, 0) for grade in shown.grades}) for shown in Shown}
    a_group = places_of_a_group([each.total() for each in of_group.values()], LIMIT)
    groups = []
    for shown, each in of_group.items():
        grades = [grade for grade in shown.grades for _ in range(each[grade])][:a_group]
        drawn = [made_up_edition(grade, next(numbers)) for grade in grades]
        groups.append(Group(shown, each, drawn, "#sheets"))
    return Sheet(groups, of, "#sheets")


def made_up_edition(grade, number):
    words = (ARABIC, LONG_NAME)[number % 2] if number % 10 == 0 else "Our courses reached over 4,500 people"
    return edition(grade, words, [], [], number=number)


def sheet_table(counts):
    names, numbers = [organisation(), organisation(LONG_NAME), organisation(ARABIC)], count(1)
    rows = [sheet(each, names[place % 3], numbers) for place, each in enumerate(counts)]
    total = Counter()
    for each in counts:
        total.update(each)
    groups = [
        Group(shown, Counter({g: n for g, n in total.items() if SHOWN[g] == shown}), [], "#sheets")
        for shown in Shown
    ]
    return SheetTable(Sheet(groups, None, "#sheets"), rows)
