"""A confirmation saves what was shown, or nothing."""

import zlib
from base64 import urlsafe_b64encode

import pytest

from impact.models import Claim
from organisation.differences import Difference
from organisation.models import Milestone
from portal.models import SearchEntry
from tests.support.factory import an_organisation
from tests.support.spreadsheets import TABLE_URL, confirm, csv_bytes, dry_run, stored_rows

pytestmark = pytest.mark.django_db


def test_an_edit_conflict_is_shown_before_anything_is_overwritten(editor):
    response = dry_run(editor, "claims", csv_bytes(["reference", "subject"], ["E11", "Signed papers"]))
    claim = Claim.objects.get(number=11)
    claim.subject = "Bob's words"
    claim.save()
    response = confirm(editor, response, "claims")
    message = "The records were changed while you looked at the table: nothing was saved."
    assert message in response.content.decode()
    assert Claim.objects.get(number=11).subject == "Bob's words"
    assert response.context["rows"][0].diff == [Difference("subject", "Bob's words", "Signed papers")]
    confirm(editor, response, "claims")
    assert Claim.objects.get(number=11).subject == "Signed papers"


def packed(text):
    return urlsafe_b64encode(zlib.compress(text.encode())).decode()


def test_a_confirmation_that_was_tampered_with_saves_nothing(editor):
    response = dry_run(editor, "claims", csv_bytes(["reference", "subject"], ["E11", "Signed papers"]))
    before = stored_rows()
    for payload in (
        "",
        "{",
        '{"a": 1}',
        '[["reference"], [{}]]',
        response.context["payload"][:-4],
        packed("[" * 10_000),
        packed('[["reference","subject"],["E11","a"]]'),
        packed('[["reference","subject"],[2,"E11"]]'),
        packed('[["reference","subject"],[2,"E11","Sealed papers"]]'),
        packed('[["reference","subject"],[2,"E11","a\\u0000"]]'),
        packed('[["reference","subject"],[2,"E11","a\\ud800"]]'),
    ):
        answer = editor.post(
            TABLE_URL.format("claims"),
            {"table": payload, "seen": response.context["diff_checksum"]},
            follow=True,
        )
        assert answer.status_code == 200 and stored_rows() == before


def test_a_confirmation_sends_back_the_rows_that_change_alone(editor, alone):
    aid = an_organisation()
    for number in range(3):
        Milestone.objects.create(organisation=aid, slug=f"m{number}", title="Sailed", text="We sailed.")
    rows = [["harbour-aid", f"m{number}", "Sailed", "We sailed."] for number in range(3)]
    rows[1][3] = "We sailed north."
    response = dry_run(editor, "timeline", csv_bytes(["organisation", "slug", "title", "text"], *rows))
    assert (response.context["changed_count"], response.context["unchanged_count"]) == (1, 2)
    Milestone.objects.filter(slug="m0").update(text="Words of somebody else.")
    assert "1 record was brought in." in confirm(editor, response, "timeline").content.decode()
    assert list(
        Milestone.objects.filter(organisation=aid).order_by("slug").values_list("text", flat=True)
    ) == [
        "Words of somebody else.",
        "We sailed north.",
        "We sailed.",
    ]


def test_a_dry_run_saves_nothing_and_a_confirmation_saves_what_it_showed(editor, alone):
    an_organisation()
    rows = [["harbour-aid", "Moved", f"Words {number}"] for number in range(3)]
    before = stored_rows()
    response = dry_run(editor, "timeline", csv_bytes(["organisation", "title", "text"], *rows))
    assert stored_rows() == before
    slugs = [each.new for row in response.context["rows"] for each in row.diff if each.name == "slug"]
    assert slugs == ["moved", "moved-2", "moved-3"]
    confirm(editor, response, "timeline")
    assert (
        list(Milestone.objects.filter(title="Moved").order_by("pk").values_list("slug", flat=True)) == slugs
    )


def test_two_rows_about_one_record_are_refused(editor):
    an_organisation()
    headings = ["organisation", "slug", "title", "text"]
    row = ["harbour-aid", "moved", "Moved", "Words"]
    errors = dry_run(editor, "timeline", csv_bytes(headings, row, row)).context["errors"]
    assert errors == [(3, "organisation", "Row 2 is about the same record: make one row of the two.")]
    rows = csv_bytes(["reference", "subject"], ["E11", "One"], ["e11", "Two"])
    errors = dry_run(editor, "claims", rows).context["errors"]
    assert errors == [(3, "reference", "Row 2 is about the same record: make one row of the two.")]


def test_what_a_table_brings_in_is_found_at_once(editor, alone):
    an_organisation()
    rows = csv_bytes(["organisation", "title", "text"], ["harbour-aid", "Zorbled", "It zorbled."])
    confirm(editor, dry_run(editor, "timeline", rows), "timeline")
    assert SearchEntry.objects.filter(kind="milestone", title="Zorbled").count() == 1
