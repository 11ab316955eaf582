"""Shows staff every component in every state, from made-up records that are never saved."""

from decimal import Decimal

from django.contrib.admin.views.decorators import staff_member_required
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from advocacy.models import Ask
from advocacy.models.ask import by_status
from impact.conflicts import explanations
from impact.differences import differences
from impact.grades import Grade
from impact.models import Change, Conflict
from impact.models.edition import State
from organisation import facets
from organisation.differences import marked
from organisation.documents import documents_of
from organisation.facets import CappedCount
from organisation.lineage import Lineage, one_lineage
from organisation.models import (
    Citation,
    SourceNote,
    Statement,
)
from portal.exports.charts.chart import Chart, Link, Row
from portal.exports.charts.drawing import bars, squares
from portal.exports.citation_formats import entry_of_edition
from portal.pages.questions import questions_of

from .drawn_examples import drawn_examples
from .made_up import ARABIC, DAY, LONG_NAME, citation, cited, edition, figure, organisation, passage, source

CALLOUTS = [
    ("note", _("Note."), _("Something to know before reading on.")),
    ("correction", _("Correction."), _("An earlier edition gave another number.")),
    ("retired", _("Retired."), _("True then, and not now.")),
    ("note", _("Not reviewed in time."), _("This was to be looked at again, and has not been yet.")),
]


@staff_member_required
def styleguide(request):
    with one_lineage(Lineage([])):
        response = render(request, "portal/styleguide.html", examples())
    response["X-Robots-Tag"] = "noindex"
    return response


def questions():
    """Returns two with an answer, the second with how that is known."""
    asked, answered = _("What is made up?"), _("All that stands here.")
    body = f"<h2>{asked}</h2><p>{answered}</p><h2>{asked}</h2><p>{answered}</p>"
    return questions_of(f"{body}<p><strong>{_('Not on record')}</strong></p>")


def examples():
    """Returns the made-up records by the names of the template's variables."""
    return {
        "asks_by_status": by_status(asks()),
        "names_speakers": True,
        "side_by_side": side_by_side(),
        "callouts": CALLOUTS,
        "charts": charts(),
        "claims": claims(),
        "cited": entry_of_edition(claims()[0], "https://example.org"),
        "closed": cited(organisation(closed="2019-06-07")),
        "contents": [("status", _("Status")), ("claims", _("Claims")), ("none", LONG_NAME)],
        "counts": [CappedCount(0), CappedCount(1), CappedCount(12), CappedCount(1000, more=True)],
        "day": DAY,
        "differences": differences(*corrected()),
        "questions": questions(),
        "documents": [
            source(),
            source(kind="report", title="", subject="a report whose title is not known"),
            source(title=LONG_NAME, text=""),
        ],
        "evidence": documents_of(
            citation(relation, independence)
            for relation in Citation.Relation
            for independence in Citation.Independence
        ),
        "hero": statements()[0],
        "grades": [(word, word.label) for word in (*Grade, *State)]
        + [("withdrawn", _("withdrawn"))]
        + [(status, status.label) for status in Ask.Status],
        "organisations": [organisation(), organisation(LONG_NAME), organisation(ARABIC)],
        "rows": facet_rows(),
        "source_note": SourceNote(
            pk=1, passage=passage(), note="A made-up reason why these words are no record."
        ),
        "statements": statements(),
    } | drawn_examples()


def claims():
    """Returns a claim of each grade, and hard cases: long words, a large number, many figures, Arabic."""
    by_grade = [
        edition(
            grade,
            "Our courses reached over 4,500 people",
            [figure("people reached", 4500, "over")],
            [citation()],
        )
        for grade in Grade
    ]
    return [
        *by_grade[:-1],
        edition(Grade.UNSOURCED, "A claim of which no source is on record", [], []),
        edition(
            Grade.ORGANISATION_ONLY,
            f"We signed an agreement with {LONG_NAME}",
            [figure(LONG_NAME[:200], 123456789012345, "more than")],
            [citation()],
        ),
        edition(Grade.ORGANISATION_ONLY, ARABIC, [], [citation()]),
        edition(
            Grade.DISPUTED,
            "Many numbers",
            [figure(f"figure {n}", n * 1111) for n in range(1, 9)],
            [citation("contradicts", "independent")],
        ),
        edition(
            Grade.ORGANISATION_ONLY, "A claim that was wrong once", [], [citation()], change=Change.CORRECTION
        ),
        edition(
            Grade.ORGANISATION_ONLY, "A claim that was true then", [], [citation()], change=Change.RETIRED
        ),
    ]


def corrected():
    """Returns an edition and the next, which differ in words, a figure, a source and an empty field."""
    after = edition(
        Grade.DISPUTED,
        "Our schools reached nearly 5,000 people",
        [figure("people reached", 5000, "nearly")],
        [citation(), citation("contradicts")],
    )
    after.limitations = "What a reader must know.\n\nIn two paragraphs."
    return edition(
        Grade.ORGANISATION_ONLY,
        "Our courses reached over 4,500 people",
        [figure("people reached", 4500, "over")],
        [citation()],
    ), after


def side_by_side():
    """Returns two claims in conflict, as both their pages show them side by side."""
    one, other = corrected()
    pieces, other_pieces = marked(one.statement, other.statement)
    return {
        "one": one,
        "pieces": pieces,
        "other": other,
        "other_pieces": other_pieces,
        "sentences": explanations(Conflict.Rule.VALUE, one, other),
        "why": "Two made-up pages, two counts.",
    }


def statements():
    statements = [
        Statement(kind="vision", text="A vision in large type, short and whole."),
        Statement(
            kind="value",
            title="Integrity",
            text="A value with its name.\n\nAnd a second paragraph.",
            valid_from="2011",
        ),
        Statement(kind="position", text=ARABIC),
        Statement(kind="position", text=LONG_NAME, valid_to="2019-06"),
    ]
    for number, statement in enumerate(statements):
        closed = {"closed": "2019-06-07"} if number == 3 else {}
        statement.pk, statement.organisation = number, organisation(**closed)
        cited(statement, [] if number == 3 else [citation()])
    return statements


def asks():
    """Returns an ask of each status; few sites have documents that show them all."""
    return [
        cited(
            Ask(
                pk=number,
                slug=f"made-up-{number}",
                organisation=organisation(),
                text=f"That something be done, which is {status.value}",
                addressees="" if number else "states",
                status=status,
                status_source=source() if status != Ask.Status.NOT_ON_RECORD else None,
            )
        )
        for number, status in enumerate(Ask.Status)
    ]


def facet_rows():
    """Returns facets with and without a choice, a capped count, and a name longer than a narrow screen."""
    years = [
        ("All", False, None),
        ("2007", True, CappedCount(3)),
        ("Not stated", False, CappedCount(1000, more=True)),
    ]
    names = [("All", True, None), (LONG_NAME, False, CappedCount(1000))]
    return [
        facets.FacetRow(
            label, [facets.FacetLink(title, "#facets", current, count) for title, current, count in links]
        )
        for label, links in (("Year", years), ("Organisation", names))
    ]


def charts():
    """Returns charts of a number too large to count out, of a bar for each grade, and of nothing."""
    large = Row(("people reached",), Decimal(123456789012345), "people", "over")
    counts = [Row((grade.label,), 3 * number, "claims") for number, grade in enumerate(Grade)]
    values = [(str(row), row.value, grade) for row, grade in zip(counts, Grade, strict=True)]
    sources = [Link("A made-up page", "#charts")]
    return [
        Chart(
            "made-up-number",
            "A large number",
            ["Figure"],
            [large],
            ["In a sentence."],
            [squares(large, True, 1)],
            sources=sources,
        ),
        Chart(
            "made-up-grades",
            "Claims by grade",
            ["Grade"],
            counts,
            ["In a sentence."],
            [bars("Grades", values, 9)],
            sources=sources,
        ),
        Chart("made-up-nothing", "Nothing on record", ["Figure"]),
    ]
