"""Makes records up for the style guide; none of them is saved."""

import datetime

from impact.models import Change, Claim, Edition, Figure
from organisation.models import Citation, Organisation, Passage, Source

LONG_NAME = (
    "The Interregional Coordination Office of Associations, "
    "Committees and Schools for the Protection of Children " * 3
)[:300]
ARABIC = "عالم لا يُجنَّد فيه الأطفال ولا يُستخدمون أسلحةً في الحروب"
TEXT = "A first line of a made-up source.\n- Our courses reached over 4,500 people;\nA last line."
DAY = datetime.date(2026, 11, 21)


def edition(grade, statement, figures, citations, change=Change.FIRST, number=990):
    claim = Claim(pk=number, number=number, statement=statement)
    edition = Edition(
        pk=number,
        claim=claim,
        number=1,
        organisation=organisation(),
        statement=statement,
        grade=grade,
        type="output",
        slug="made-up",
        change=change,
        published_at=datetime.datetime.combine(DAY, datetime.time(), datetime.UTC),
    )
    claim.current_edition = edition
    edition._prefetched_objects_cache = {"figures": figures}  # as prefetch_related leaves it
    return cited(edition, citations)


def figure(label, value, qualifier=""):
    return Figure(label=label, value=value, qualifier=qualifier, unit="people", as_of="2007")


def organisation(name="A Made-up Organisation", **values):
    values = {"pk": 990, "founded": "1998-05"} | values
    return cited(Organisation(slug="made-up", official_name=name, **values), [])


def source(**values):
    values = {
        "pk": 990,
        "slug": "made-up",
        "kind": "web page",
        "title": "A made-up page",
        "author": organisation(),
        "text": TEXT,
    } | values
    return cited(Source(**values), [])


def passage():
    words = "Our courses reached over 4,500 people"
    start = TEXT.index(words)
    return Passage(pk=990, source=source(), start=start, end=start + len(words), words=words)


def citation(relation="states", independence="own"):
    return Citation(source=source(), passage=passage(), relation=relation, independence=independence)


def cited(record, citations=None):
    """Returns the record with these citations, or with one."""
    record.evidence = [citation()] if citations is None else citations
    return record
