"""The rules suggest nearly all records of the five texts, and nothing that a text does not say."""

import json

import pytest
from django.conf import settings

from organisation.models import Source
from portal.staff.document_import.review import organisation_names, review_blocks
from portal.staff.document_import.rules.suggestion import reasons
from portal.staff.document_import.rules.suggestions import suggest

pytestmark = pytest.mark.django_db

TEXTS = [
    "dallaire-our-story",
    "dallaire-advocacy",
    "coalition-what-we-do",
    "csi-who-we-are",
    "coalition-mission-history",
]
# A suggestion finds a record if their spans share so much of the longer: the whole text finds nothing.
SHARED = 0.8


def suggestions_for(slug):
    source = Source.objects.get(slug=slug)
    return suggest(source.text, known_names=organisation_names(), title=source.title)


def seeded(file, only=lambda entry: True):
    """Yields (name, source slug, start, end) of the first passage in the five texts that a record cites."""
    for entry in json.loads((settings.FIXTURES_DIR / f"{file}.json").read_text()):
        citations = entry.get("citations", [])
        quotes = [citation for citation in citations if "words" in citation and citation["source"] in TEXTS]
        if quotes and only(entry):
            quote = quotes[0]
            source = Source.objects.get(slug=quote["source"])
            name = entry.get("reference") or entry.get("slug")
            yield name, quote["source"], *source.locate(quote["words"], quote.get("line"))


def missed(kind, records):
    """Returns the names of the records that no suggestion of their kind finds, and the number of all."""
    by_text = {slug: [each for each in suggestions_for(slug) if each.kind == kind] for slug in TEXTS}
    records = list(records)
    missing = [
        name
        for name, slug, start, end in records
        if not any(shares_passage(suggestion, start, end) for suggestion in by_text[slug])
    ]
    return missing, len(records)


def shares_passage(suggestion, start, end):
    return min(end, suggestion.end) - max(start, suggestion.start) >= SHARED * max(
        end - start, suggestion.end - suggestion.start
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
def test_the_records_of_the_five_texts_are_suggested(kind, records, expected, least):
    missing, count = missed(kind, records())
    assert count == expected
    assert len(missing) <= count * (1 - least), missing


def test_staff_are_not_flooded_with_suggestions():
    numbers = {slug: len(suggestions_for(slug)) for slug in TEXTS}
    assert numbers == {
        "dallaire-our-story": 21,
        "dallaire-advocacy": 16,
        "coalition-what-we-do": 18,
        "csi-who-we-are": 16,
        "coalition-mission-history": 12,
    }


@pytest.mark.parametrize("slug", TEXTS)
def test_nothing_is_suggested_that_the_text_does_not_say(slug):
    text = Source.objects.get(slug=slug).text
    for names in (organisation_names(), frozenset()):
        for suggestion in suggest(text, known_names=names):
            words = text[suggestion.start : suggestion.end]
            assert words and words == words.strip()
            for paragraph in suggestion.values.get("text", "").split("\n\n"):
                assert paragraph in text
            assert suggestion.values.get("title", "").lower() in text.lower()
            assert suggestion.match.lower() in text.lower()
            for figure in suggestion.figures:
                figure_text = text[figure.start : figure.end]
                assert figure_text in words and figure.unit in " ".join(figure_text.split()), figure_text


@pytest.mark.parametrize("slug", TEXTS)
def test_each_suggestion_gives_the_reason_of_its_rule_and_the_rules_are_deterministic(slug):
    first, second = suggestions_for(slug), suggestions_for(slug)
    assert first == second
    assert len({each.key for each in first}) == len(first)
    assert all(each.rule in reasons() and each.reason for each in first)


def test_a_passage_on_record_is_shown_with_its_record():
    sources = [Source.objects.get(slug=slug) for slug in TEXTS]
    items = [item for source in sources for block in review_blocks(source) for item in block.items]
    claims = {str(record).split()[0] for item in items for record in item.records if item.kind == "claim"}
    assert {f"E{number}" for number in range(1, 31)} <= claims
    assert len([item for item in items if item.is_open]) < 12
