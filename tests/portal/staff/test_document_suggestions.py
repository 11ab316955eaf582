"""What the rules propose for a text: on the five texts nearly all that staff once found in them, and nothing that a text does not say."""

import json

import pytest
from django.conf import settings

from organisation.models import Source
from portal.staff.document_import.review import known_names, rows_of
from portal.staff.document_import.suggestions import proposals_of, reasons

pytestmark = pytest.mark.django_db

TEXTS = [
    "dallaire-our-story",
    "dallaire-advocacy",
    "coalition-what-we-do",
    "csi-who-we-are",
    "coalition-mission-history",
]
# A proposal finds a record if it shares so much of the longer of their two passages: one of the whole text would find nothing.
SHARED = 0.8


def proposed(slug):
    source = Source.objects.get(slug=slug)
    return proposals_of(source.text, names=known_names(), title=source.title)


def seeded(file, only=lambda entry: True):
    """The first passage of each record of a fixture that rests on one of the five texts: (name, source, start, end)."""
    for entry in json.loads((settings.FIXTURES_DIR / f"{file}.json").read_text()):
        words = next(
            (each for each in entry.get("citations", []) if "words" in each and each["source"] in TEXTS), None
        )
        if words and only(entry):
            source = Source.objects.get(slug=words["source"])
            yield (
                entry.get("reference") or entry.get("slug"),
                words["source"],
                *source.locate(words["words"], words.get("line")),
            )


def missed(kind, records):
    """The records that no proposal of their kind finds, and how many there are of them."""
    by_text = {slug: [each for each in proposed(slug) if each.kind == kind] for slug in TEXTS}
    records = list(records)
    found = [any(shared(each, start, end) for each in by_text[slug]) for _name, slug, start, end in records]
    return [record[0] for record, is_found in zip(records, found) if not is_found], len(records)


def shared(proposal, start, end):
    return min(end, proposal.end) - max(start, proposal.start) >= SHARED * max(
        end - start, proposal.end - proposal.start
    )


@pytest.mark.parametrize(
    ("kind", "records", "expected", "least"),
    [
        ("claim", lambda: seeded("claims"), 30, 1.0),
        ("statement", lambda: seeded("statements", lambda entry: entry["kind"] == "value"), 6, 1.0),
        ("milestone", lambda: seeded("milestones"), 6, 1.0),
        ("statement", lambda: seeded("statements"), 37, 0.9),
    ],
    ids=["claims", "values", "milestones", "all statements"],
)
def test_what_staff_found_in_the_five_texts_is_proposed(kind, records, expected, least):
    lost, count = missed(kind, records())
    assert count == expected
    assert len(lost) <= count * (1 - least), lost


def test_staff_are_not_drowned_in_proposals():
    numbers = {slug: len(proposed(slug)) for slug in TEXTS}
    assert numbers == {
        "dallaire-our-story": 21,
        "dallaire-advocacy": 16,
        "coalition-what-we-do": 18,
        "csi-who-we-are": 16,
        "coalition-mission-history": 12,
    }


@pytest.mark.parametrize("slug", TEXTS)
def test_nothing_is_proposed_that_the_text_does_not_say(slug):
    text = Source.objects.get(slug=slug).text
    for names in (known_names(), frozenset()):
        for proposal in proposals_of(text, names=names):
            words = text[proposal.start : proposal.end]
            assert words and words == words.strip()
            for paragraph in proposal.values.get("text", "").split("\n\n"):
                assert paragraph in text
            assert proposal.values.get("title", "").lower() in text.lower()
            assert proposal.about.lower() in text.lower()
            for figure in proposal.figures:
                said = text[figure.start : figure.end]
                assert said in words and figure.unit in " ".join(said.split()), said


@pytest.mark.parametrize("slug", TEXTS)
def test_each_proposal_says_which_rule_made_it_and_the_same_text_gets_the_same_ones(slug):
    first, second = proposed(slug), proposed(slug)
    assert first == second
    assert len({each.key for each in first}) == len(first)
    assert all(each.rule in reasons() and each.why for each in first)


def found(text, **options):
    return [(each.kind, text[each.start : each.end]) for each in proposals_of(text, **options)]


def figures(text):
    return [
        (each.qualifier, f"{each.value:f}", each.unit)
        for proposal in proposals_of(text)
        for each in proposal.figures
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "We reached over 4,500 participants from over 55 countries.",
            [("over", "4500", "participants"), ("over", "55", "countries")],
        ),
        ("Nearly 250 million children live there.", [("nearly", "250000000", "children")]),
        ("At least 85% of them passed.", [("at least", "85", "%")]),
        ("We raised more than £1.5 million.", [("more than", "1500000.0", "£")]),
        (
            "We have signed two United Nations Security Council Resolutions.",
            [("", "2", "United Nations Security Council Resolutions")],
        ),
        ("We have influenced Resolution 2143 and Article 38 of it.", []),
        ("We have worked on it since 2007, every three years, under the age of 18.", []),
    ],
)
def test_a_figure_has_its_qualifier_and_its_unit(text, expected):
    assert figures(text) == expected


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("It was founded on 12 February 2002.", "2002-02-12"),
        ("It was founded on February 3, 2002.", "2002-02-03"),
        ("It was formed in May 1998.", "1998-05"),
        ("Since 2011 it has been independent.", "2011"),
        ("It was founded on 31 February 2002, says one text.", ""),
    ],
)
def test_a_date_is_as_precise_as_the_text(text, date):
    assert next((each.values["date"] for each in proposals_of(text) if each.kind == "milestone"), "") == date


def test_two_things_in_one_sentence_are_two_proposals():
    text = "Our Impact\n\n• We have opened schools in 35 towns of the north and small libraries were left\n• We wrote to the council of the town and were named in its plan for schools"
    claims = [words for kind, words in found(text) if kind == "claim"]
    assert "We wrote to the council of the town" in claims and "were named in its plan for schools" in claims


def test_a_sentence_that_points_back_is_proposed_with_the_one_before():
    text = "A flood came in 1994. During this time the school was closed."
    assert found(text) == [("milestone", text)]


def test_a_heading_with_nothing_under_it_and_a_stray_word_become_notes():
    text = "Our story\n\nHow we do it\n\nOur Impact\n\nresearch\n• We taught 40 pupils."
    assert [each for each in found(text) if each[0] == "note"] == [
        ("note", "How we do it"),
        ("note", "research"),
    ]


def test_an_organisation_is_proposed_once_unless_it_is_on_record():
    text = "We wrote to the Harbour Council. With the Harbour Council and Save the Coast Alliance we planted trees."
    assert [words for kind, words in found(text) if kind == "organisation"] == [
        "Harbour Council",
        "Save the Coast Alliance",
    ]
    assert [
        words for kind, words in found(text, names={"Save the Coast Alliance"}) if kind == "organisation"
    ] == ["Harbour Council"]


def test_what_is_on_record_is_shown_as_such():
    shown = [each for slug in TEXTS for row in rows_of(Source.objects.get(slug=slug)) for each in row.shown]
    claims = {str(record).split()[0] for each in shown for record in each.on_record if each.kind == "claim"}
    assert {f"E{number}" for number in range(1, 31)} <= claims
    assert len([each for each in shown if each.is_open]) < 12
