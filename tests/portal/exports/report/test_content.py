"""The content of the report: which claims, in which order, what is counted and what is missing."""

from datetime import UTC, datetime, timedelta
from unittest.mock import patch

import pytest
from django.utils import timezone

from organisation.models import Milestone, Organisation, Source, Statement, Succession
from portal.exports.report import content
from portal.exports.report.content import load_report
from tests.support.factory import a_claim, a_figure, a_source, an_organisation, published
from tests.support.lists import publish_claims
from tests.support.people import bob

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("count", "printed", "note"),
    [
        (2, 2, ""),
        (3, 3, ""),
        (4, 3, "Not printed here: 1 more claim, which stands in the register of evidence."),
        (5, 3, "Not printed here: 2 more claims, which stand in the register of evidence."),
    ],
)
def test_claims_are_printed_up_to_the_limit_and_the_others_are_counted(monkeypatch, count, printed, note):
    assert content.MAX_CLAIMS == 200
    monkeypatch.setattr(content, "MAX_CLAIMS", 3)
    aid = an_organisation(profiled=True)
    claims = publish_claims(count, organisation=aid)
    report = load_report(aid)
    [part] = report.parts
    assert [edition.claim_id for edition in part.editions] == [claim.pk for claim in claims[:printed]]
    assert (report.omission_note, report.organisation) == (note, aid)


def test_what_the_record_lacks_is_counted_in_sentences():
    aid = an_organisation(profiled=True)
    claim = a_claim()
    for number, as_of in enumerate(("", "", "2010")):
        a_figure(claim, number + 1, label=f"f{number}", as_of=as_of)
    published(claim)
    for grade, type_, count in (
        ("supported", "outcome", 1),
        ("supported", "output", 2),
        ("supported in part", "output", 1),
        ("organisation only", "outcome", 4),
        ("disputed", "context", 1),
    ):
        publish_claims(count, organisation=aid, grade=grade, type=type_)
    assert load_report(aid).missing == [
        "Figures that come without the day for which they hold: 2 of 3.",
        "Claims that an independent source supports and none contradicts: 3 of 10, and 1 in part.",
        "Claims that tell what changed in the end: 5 of 10. "
        "The others tell what was done, made, joined or said.",
    ]


def test_organisations_come_in_their_order_and_one_that_is_only_named_comes_if_it_claims_anything():
    for name, values in (
        ("Zeta", {"profiled": True, "order": 0}),
        ("Beta", {"profiled": True, "order": 99}),
        ("Alpha", {"profiled": True, "order": 99}),
        ("Aaa", {}),
        ("Aab", {}),
    ):
        an_organisation(name, **values)
    published(a_claim(organisation=an_organisation("Aaa")))
    names = [str(part.organisation) for part in load_report().parts]
    assert (
        names[-3:] == ["Alpha", "Beta", "Aaa"] and "Aab" not in names and names.index("Zeta") < len(names) - 3
    )
    assert load_report().organisation is None


def test_aims_come_as_vision_mission_and_goals_in_their_order():
    aid, other = an_organisation(profiled=True), an_organisation("Other", profiled=True)
    for slug, kind, order in (
        ("g2", "goal", 2),
        ("g1", "goal", 1),
        ("m", "mission", 9),
        ("v", "vision", 8),
        ("b", "belief", 0),
    ):
        aid.statements.create(slug=slug, kind=kind, order=order, text="x")
    other.statements.create(slug="v", kind="vision", text="y")
    [part] = load_report(aid).parts
    assert [statement.slug for statement in part.aims] == ["v", "m", "g1", "g2"]
    assert [
        [each.text for each in part.aims] for part in load_report().parts if part.organisation == other
    ] == [["y"]]


KINDS = {
    "Vision": "vision",
    "Mission": "mission",
    "Goal": "goal",
    "Values": "value",
    "Areas of work": "work area",
    "Structure": "structure",
}


def test_all_that_a_reader_would_look_for_is_missing_until_it_is_on_record():
    aid = an_organisation(profiled=True)
    everything = ["When it was founded", "Where its seat is", *KINDS, "History", "Publications"]
    everything += ["Figures", "Claims"]
    assert load_report(aid).parts[0].missing == everything
    for title, kind in KINDS.items():
        statement = aid.statements.create(slug="s", kind=kind, title="x", text="x")
        assert load_report(aid).parts[0].missing == [each for each in everything if each != title]
        statement.delete()
    Milestone.objects.create(organisation=aid, slug="m", title="x", text="x")
    assert "History" not in load_report(aid).parts[0].missing
    a_source(kind="report", author=aid)
    assert load_report(aid).parts[0].missing == [*everything[:-4], *everything[-2:]]
    aid.founded, aid.seat = "1801", ""
    aid.save()
    assert load_report(aid).parts[0].missing == [*everything[1:-4], *everything[-2:]]
    aid.founded, aid.seat = "", "Quay"
    aid.save()
    assert load_report(aid).parts[0].missing == [everything[0], *everything[2:-4], *everything[-2:]]
    claim = a_claim()
    published(claim)
    assert load_report(aid).parts[0].missing[-1] == "Figures"
    a_figure(claim, 40)
    published(claim)
    assert load_report(aid).parts[0].missing[-1] == "Structure"


LONG_AGO = datetime(2001, 2, 3, tzinfo=UTC)
CHANGES = {
    "an organisation": lambda aid: an_organisation("New", profiled=True),
    "a succession": lambda aid: Succession.objects.create(earlier=aid, kind="closed"),
    "a statement": lambda aid: aid.statements.create(slug="s", kind="goal", text="x"),
    "an edition": lambda aid: published(a_claim()),
}


@pytest.fixture
def aid_of_old():
    """Makes an organisation that claims nothing, and all that is on record long ago."""
    aid = an_organisation(profiled=True)
    for model in (Organisation, Source, Succession, Statement):
        model.history.update(history_date=LONG_AGO)
    return aid


@pytest.mark.parametrize("what", CHANGES)
def test_the_day_of_the_report_is_that_of_the_last_change_to_what_it_shows(aid_of_old, what):
    a_claim("We hid", source=a_source("Of a draft"), organisation=an_organisation("Of a draft"))
    assert load_report(aid_of_old).as_of == LONG_AGO.date()
    CHANGES[what](aid_of_old)
    assert load_report(aid_of_old).as_of == timezone.localdate()


def test_a_source_that_is_cited_and_a_withdrawal_count_as_well(aid_of_old):
    source = a_source()
    claim = published(a_claim(source=source))
    with patch("django.utils.timezone.now", return_value=timezone.now() + timedelta(days=3)):
        a_source("Another").save()
        assert load_report(aid_of_old).as_of == timezone.localdate() - timedelta(days=3)
        source.save()
        assert load_report(aid_of_old).as_of == timezone.localdate()
    claim.withdraw(by=bob(), reason="Not so", seen=claim.AS_STORED)
    assert load_report(aid_of_old).as_of == timezone.localdate()


def test_a_report_of_nothing_has_no_day():
    assert content.last_change([]) is not None
    for model in (Organisation, Succession, Statement):
        model.history.all().delete()
    assert content.last_change([]) is None


def test_claims_that_are_not_printed_are_not_said_to_be_missing(monkeypatch):
    monkeypatch.setattr(content, "MAX_CLAIMS", 1)
    first, second = an_organisation(profiled=True, order=1), an_organisation("Other", profiled=True, order=2)
    publish_claims(1, organisation=first)
    publish_claims(1, organisation=second)
    parts = {part.organisation: part for part in load_report().parts}
    assert parts[second].editions == [] and "Claims" not in parts[second].missing


def test_of_nothing_nothing_is_counted():
    assert load_report(an_organisation(profiled=True)).missing == []
