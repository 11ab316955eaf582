"""Entries of fixtures become records: all their values, what belongs to them, and nothing of an editor's."""

import hashlib

import pytest

from impact.models import Claim, Conflict, Figure
from organisation.models import Citation, Milestone, Organisation, SourceNote, Statement
from portal.seeding import SEED_REASON, SeedError
from tests.support.people import alice, bob

from .made_up import AID, LOG, VISION

pytestmark = pytest.mark.django_db

CLAIM = {
    "reference": "E901",
    "slug": "taught",
    "organisation": "harbour-aid",
    "statement": "We taught 40",
    "subject": "s",
    "theme": "training",
    "type": "output",
    "citations": [
        {
            "source": "log",
            "words": "We taught 40. We taught 10. We taught 20.",
            "relation": "states",
            "independence": "own",
        }
    ],
    "figures": [
        {"label": "pilots", "as_written": "40", "value": "40", "unit": "people"},
        {
            "label": "ships",
            "value": "2.50",
            "unit": "ships",
            "computed_from": "taught 40",
            "computation": "sixteen a ship",
        },
    ],
}


def edit(record, **values):
    for name, value in values.items():
        setattr(record, name, value)
    record.save()


def vision():
    return Statement.objects.get(organisation__slug="harbour-aid", slug="vision")


def claim():
    return Claim.objects.get(number=901)


@pytest.fixture
def loaded(fixtures):
    """Loads one entry of several files, and returns the fixtures."""
    seeder = fixtures.load(organisations=[AID], sources=[LOG], statements=[VISION], claims=[CLAIM])
    assert (seeder.written, seeder.skipped) == (5, [])  # the claim counts again with its parts
    return fixtures


def test_a_record_has_the_values_of_its_entry_an_owner_and_a_reason_in_its_history(loaded):
    record = vision()
    assert (record.kind, record.text, record.title, record.owner) == ("vision", "A calm sea", "Sea", alice())
    assert record.history.get().history_change_reason == SEED_REASON
    edition = claim().current_edition
    assert (edition.statement, edition.reason, edition.number, edition.published_by.username) == (
        "We taught 40",
        "In the words of the source.",
        1,
        "seed",
    )
    assert [(figure.label, figure.value, figure.order) for figure in edition.figures.all()] == [
        ("pilots", 40, 0),
        ("ships", 2.5, 1),
    ]
    assert [(each.source.slug, each.relation) for each in edition.citations.all()] == [("log", "states")]


def test_loading_again_writes_nothing(loaded):
    seeder = loaded.load()
    assert (seeder.written, seeder.skipped, claim().editions.count()) == (0, [], 1)


def test_a_changed_entry_changes_its_record_and_what_it_leaves_out_goes_back_to_its_default(loaded):
    seeder = loaded.load(
        statements=[{name: value for name, value in VISION.items() if name != "title"} | {"text": "x"}]
    )
    assert (seeder.written, vision().text, vision().title) == (1, "x", "")
    assert vision().history.count() == 2


@pytest.mark.parametrize(
    "part",
    [
        {"figures": CLAIM["figures"][:1]},
        {"figures": CLAIM["figures"][::-1]},
        {"figures": [CLAIM["figures"][0] | {"value": "41"}, CLAIM["figures"][1]]},
        {"citations": [CLAIM["citations"][0] | {"relation": "supports"}]},
        {"citations": [*CLAIM["citations"], {"source": "log", "relation": "context", "independence": "own"}]},
    ],
)
def test_changed_parts_are_replaced_and_published_as_the_next_edition(loaded, part):
    assert loaded.load(claims=[CLAIM | part]).written == 1
    edition = claim().current_edition
    assert (edition.number, edition.reason) == (2, "Brought back to the words of the source.")
    expected = (CLAIM | part)["figures"]
    assert [(figure.label, float(figure.value)) for figure in edition.figures.all()] == [
        (each["label"], float(each["value"])) for each in expected
    ]
    assert [each.relation for each in edition.citations.all()] == [
        each["relation"] for each in (CLAIM | part)["citations"]
    ]
    assert Figure.objects.filter(claim=claim()).count() == len(expected)
    assert loaded.load().written == 0


def test_what_an_editor_changed_is_left_alone_until_it_is_overwritten(loaded):
    edit(vision(), text="Alice's")
    changed = [VISION | {"text": "Ours"}]
    seeder = loaded.load(statements=changed)
    assert (seeder.written, seeder.skipped, vision().text) == (0, [str(vision())], "Alice's")
    assert (loaded.load(overwrite=True).written, vision().text) == (1, "Ours")
    assert loaded.load().skipped == []


def test_who_looks_after_a_record_is_left_as_it_is_even_when_its_words_are_brought_back(loaded):
    edit(vision(), text="Alice's", owner=bob())
    loaded.load(overwrite=True)
    assert (vision().text, vision().owner) == ("A calm sea", bob())


def test_what_an_editor_deleted_stays_away_until_it_is_overwritten(loaded):
    vision().delete()
    assert loaded.load().skipped == ["vision harbour-aid vision"] and not Statement.objects.filter(
        slug="vision", title="Sea"
    )
    assert loaded.load(overwrite=True).written == 1


def test_what_names_a_record_that_an_editor_deleted_is_left_alone_and_what_names_nobody_is_refused(fixtures):
    fixtures.load(organisations=[AID])
    Organisation.objects.filter(slug="harbour-aid").get().delete()
    seeder = fixtures.load(statements=[VISION])
    assert (seeder.written, seeder.skipped) == (0, ["harbour-aid", "vision harbour-aid vision"])
    assert fixtures.load(overwrite=True).written == 2 and vision().text == "A calm sea"


@pytest.mark.parametrize(
    ("files", "message"),
    [
        (
            {"statements": [VISION | {"organisation": "nobody"}]},
            "fixtures/statements.json, vision nobody vision: there is no organisation “nobody”: "
            "correct the name. Nothing was changed.",
        ),
        (
            {"claims": [CLAIM | {"citations": [{"relation": "states"}]}]},
            "fixtures/claims.json, E901 taught harbour-aid: “source” is missing: add it. Nothing was",
        ),
        ({"statements": [VISION | {"colour": "red"}]}, "Statement has no field named 'colour'"),
        ({"statements": [VISION | {"kind": "red"}]}, "fixtures/statements.json, vision harbour-aid red: "),
        (
            {"claims": [CLAIM | {"figures": [{"label": "x", "value": "1", "unit": ""}]}]},
            "A figure needs a unit",
        ),
        (
            {
                "conflicts": [
                    {"first": "E901", "second": "E901", "rule": "numbers", "decision": "x", "why": "y"}
                ]
            },
            "fixtures/conflicts.json, E901 E901 numbers: the rules find no such conflict: "
            "correct the entry, or the claims.",
        ),
        (
            {"sources": [LOG | {"file": "nothing.txt", "sha256": "x"}]},
            "fixtures/nothing.txt cannot be read: restore it with “git checkout fixtures”.",
        ),
    ],
)
def test_a_slip_in_a_fixture_is_named_with_its_file_and_its_entry(loaded, files, message):
    with pytest.raises(SeedError) as refusal:
        loaded.load(**files)
    assert message in str(refusal.value)


def test_a_file_that_is_no_json_or_not_there_is_refused(fixtures):
    (fixtures.folder / "organisations.json").write_text("[{")
    with pytest.raises(SeedError, match="organisations.json cannot be read .*: restore the file."):
        fixtures.load()
    (fixtures.folder / "organisations.json").unlink()
    with pytest.raises(SeedError, match="organisations.json cannot be read .*: restore the file."):
        fixtures.load()


TEXT = "Words of a log.\nWords of a log that is long."


def test_quotations_notes_and_mends_lead_to_the_words_in_the_text_of_a_file(loaded):
    (loaded.folder / "log.txt").write_text(TEXT)
    checksum = hashlib.sha256(TEXT.encode()).hexdigest()
    source = {"slug": "file", "kind": "web page", "title": "File", "file": "log.txt", "sha256": checksum}
    mend = {"says": "log", "shows": "diary", "why": "A slip"}
    cited = {
        "source": "file",
        "line": 2,
        "words": "Words of a log",
        "mends": [mend],
        "relation": "context",
        "independence": "own",
    }
    note = {"source": "file", "words": "that is long", "note": "It is"}
    loaded.load(sources=[LOG, source], statements=[VISION | {"citations": [cited]}], source_notes=[note])
    passage = vision().citations.get().passage
    assert (passage.words, passage.start) == ("Words of a log", TEXT.index("\n") + 1)
    assert [(each.says, each.shows) for each in passage.mends.all()] == [("log", "diary")]
    assert SourceNote.objects.get(note="It is").passage.words == "that is long"
    assert loaded.load().written == 0
    with pytest.raises(SeedError, match="is not the text it was when it was taken in"):
        loaded.load(sources=[LOG, source | {"sha256": checksum[:-1]}])


def test_every_record_of_a_file_is_loaded_before_what_names_it(fixtures):
    """Organisations cite sources, which name organisations."""
    cited = [{"source": "log", "relation": "states", "independence": "own"}]
    fixtures.load(organisations=[AID | {"citations": cited}], sources=[LOG | {"author": "harbour-aid"}])
    assert Organisation.objects.get(slug="harbour-aid").citations.get().source.author.slug == "harbour-aid"
    milestone = {"organisation": "harbour-aid", "slug": "m", "title": "M", "text": "x", "date": "1801-02"}
    fixtures.load(milestones=[milestone], instruments=[], highlights=[])
    assert Milestone.objects.get(slug="m", organisation__slug="harbour-aid").date == "1801-02"


def test_an_instrument_names_its_claims(loaded):
    instrument = {"slug": "i", "title": "I", "claims": ["E901"]}
    assert loaded.load(instruments=[instrument]).written == 2
    assert [each.number for each in claim().instruments.get().claims.all()] == [901]
    assert loaded.load().written == 0
    assert loaded.load(instruments=[instrument | {"claims": []}]).written == 1
    assert claim().instruments.count() == 0


def rivals():
    """Returns two claims of one subject whose figures of one unit differ."""
    return [
        CLAIM
        | {
            "reference": f"E90{n}",
            "statement": f"We taught {n}0",
            "figures": [{"label": "pilots", "as_written": f"{n}0", "value": f"{n}0", "unit": "people"}],
        }
        for n in (1, 2)
    ]


def test_a_conflict_is_decided_once_and_not_against_staff(loaded):
    loaded.load(claims=rivals())
    conflict = Conflict.objects.get(first__number=901)
    entry = {
        "first": "E901",
        "second": "E902",
        "rule": conflict.rule,
        "decision": "both stand",
        "why": "Two counts",
    }
    decisions = [value for value, _label in Conflict._meta.get_field("decision").choices if value]
    entry["decision"] = decisions[-1]
    assert loaded.load(conflicts=[entry]).written == 1
    conflict.refresh_from_db()
    assert (conflict.decision, conflict.why, conflict.decided_by.username) == (
        decisions[-1],
        "Two counts",
        "seed",
    )
    assert loaded.load().written == 0
    Conflict.objects.filter(pk=conflict.pk).update(decided_by=bob(), why="Bob's")
    seeder = loaded.load()
    assert (seeder.written, seeder.skipped) == (0, [str(conflict)])
    assert loaded.load(overwrite=True).written == 1
    conflict.refresh_from_db()
    assert conflict.why == "Two counts"


def test_a_conflict_of_a_claim_that_staff_changed_need_not_be_there(loaded):
    loaded.load(claims=rivals())
    entry = {"first": "E901", "second": "E902", "rule": "no such rule", "decision": "x", "why": "y"}
    edit(claim(), limitations="Alice's")
    assert loaded.load(conflicts=[entry]).skipped == ["E901 We taught 10"]
    assert Citation.objects.filter(source__slug="log").exists()
