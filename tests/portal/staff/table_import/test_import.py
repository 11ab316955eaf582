"""Alice sees what each row of a table would change, and all of it is saved or nothing; claims stay drafts."""

import pytest
from django.test import Client

from impact.models import Claim
from organisation.models import Milestone, Source
from portal.staff.table_import.resources import RESOURCES
from tests.support.factory import a_claim, a_passage, an_organisation, cite, published
from tests.support.marks import as_seen
from tests.support.people import alice, bob
from tests.support.proposals import decide
from tests.support.spreadsheets import TABLE_URL, confirm, csv_bytes, dry_run, stored_rows

pytestmark = pytest.mark.django_db


def test_a_claim_is_changed_and_another_added_as_drafts(editor):
    an_organisation("Lantern Fund")
    known = published(a_claim("We have signed MoUs with 4 ports", subject="Memoranda", figure=4))
    before = stored_rows()
    table = csv_bytes(
        ["Reference", "organisation", "statement", "as_of", "role"],
        [known.reference, "Harbour Aid", "We have signed MoUs with 5 ports", "2019-05", "led"],
        ["", "lantern-fund", "We held a meeting", "", ""],
    )
    response = dry_run(editor, "claims", table)
    assert stored_rows() == before
    changes = {
        (row.number, row.import_type): {each.name: (each.old, each.new) for each in row.diff}
        for row in response.context["rows"]
    }
    updated = changes[2, "update"]
    assert updated["statement"] == ("We have signed MoUs with 4 ports", "We have signed MoUs with 5 ports")
    assert (updated["as_of"], updated["role"]) == (("", "2019-05"), ("", "led"))
    assert "organisation" not in updated
    assert changes[3, "new"]["organisation"] == ("", "Lantern Fund")
    html = as_seen(response.content.decode())
    assert "2 records would change" in html
    assert "Readers see nothing of it before it is reviewed and published." in html
    assert "We have signed MoUs with <ins>5</ins> ports" in html
    assert "2 records were brought in." in confirm(editor, response, "claims").content.decode()
    claim, new = Claim.objects.get(pk=known.pk), Claim.objects.order_by("-number")[0]
    assert (claim.statement, claim.stage, claim.current_edition.statement) == (
        "We have signed MoUs with 5 ports",
        "draft",
        "We have signed MoUs with 4 ports",
    )
    assert (claim.subject, claim.figures.count()) == ("Memoranda", 1)
    assert (new.statement, new.stage, new.current_edition, new.owner) == (
        "We held a meeting",
        "draft",
        None,
        alice(),
    )
    assert claim.last_changed_by() == new.last_changed_by() == alice()
    assert claim.history.first().history_change_reason == "brought in with a table"


def test_a_submitted_claim_is_a_draft_again_when_a_table_changes_it(editor):
    claim = Claim.objects.get(number=11)
    claim.statement, claim.in_our_words = "We have signed 4 more", True
    claim.save()
    claim.submit(bob(), seen=Claim.AS_STORED)
    response = dry_run(editor, "claims", csv_bytes(["reference", "subject"], ["e11", "Signed papers"]))
    confirm(editor, response, "claims")
    assert Claim.objects.get(number=11).stage == "draft"


def test_figures_are_changed_and_added_in_the_working_copy(editor):
    label = Claim.objects.get(number=11).figures.get().label
    response = dry_run(
        editor,
        "figures",
        csv_bytes(
            ["claim", "label", "qualifier", "value", "unit"],
            ["E11", label, "over", "5", "countries"],
            ["E11", "towns", "", "2.5", "towns"],
        ),
    )
    assert {each.name: (each.old, each.new) for each in response.context["rows"][0].diff} == {
        "qualifier": ("", "over"),
        "value": ("4", "5"),
    }
    confirm(editor, response, "figures")
    claim = Claim.objects.get(number=11)
    assert [str(figure) for figure in claim.figures.all()] == ["over 5 countries", "2.5 towns"]
    assert (claim.stage, [str(figure) for figure in claim.current_edition.figures.all()]) == (
        "draft",
        ["4 countries"],
    )
    assert claim.last_changed_by() == alice()


def test_publications_and_the_timeline_are_public_once_somebody_else_has_accepted_them(editor):
    aid = an_organisation(profiled=True)
    Milestone.objects.create(
        organisation=aid, slug="founded", date="1998-05", title="Founded", text="It was."
    )
    response = dry_run(
        editor,
        "publications",
        csv_bytes(
            ["kind", "title", "author", "published"], ["report", "A report of ours", "harbour-aid", "2009"]
        ),
    )
    html = response.content.decode()
    assert "What readers would see of it waits until somebody else has accepted it." in html
    assert "is proposed. Readers see it once" in confirm(editor, response, "publications").content.decode()
    assert not Source.objects.filter(title="A report of ours").exists()
    decide(bob())
    report = Source.objects.get(title="A report of ours")
    assert (report.slug, report.author.slug, report.published) == ("a-report-of-ours", "harbour-aid", "2009")
    response = dry_run(
        editor,
        "timeline",
        csv_bytes(
            ["organisation", "slug", "date", "title", "text"],
            ["harbour-aid", "founded", "1998-06", "Founded", "New words."],
            ["harbour-aid", "", "2001", "Moved", "It moved."],
        ),
    )
    assert [row.import_type for row in response.context["rows"]] == ["update", "new"]
    confirm(editor, response, "timeline")
    decide(bob())
    assert Milestone.objects.get(organisation=aid, slug="founded").date == "1998-06"
    assert Milestone.objects.get(title="Moved").slug == "moved"


def a_cited_milestone(text):
    milestone = Milestone.objects.create(
        organisation=an_organisation(profiled=True), slug="founded", title="Founded", text=text
    )
    passage = a_passage("It was founded at sea.")
    cite(milestone, passage.source, passage=passage)
    return milestone


@pytest.mark.parametrize(("ours", "is_refused"), [("", True), ("no", True), ("yes", False)])
def test_a_milestone_that_parts_from_its_passage_is_refused_unless_the_row_marks_it_as_ours(
    editor, ours, is_refused
):
    a_cited_milestone("It was founded")
    row = ["harbour-aid", "founded", "Founded", "It was founded ashore.", ours]
    table = csv_bytes(["organisation", "slug", "title", "text", "in_our_words"], row)
    errors = dry_run(editor, "timeline", table).context["errors"]
    assert [name for _row, name, _sentence in errors] == ["text"] * is_refused
    assert all("is not what the passage says" in sentence for _row, _name, sentence in errors)


def test_a_milestone_that_parted_before_lets_the_rest_of_the_table_in(editor):
    a_cited_milestone("It was founded ashore.")
    headings = ["organisation", "slug", "date", "title", "text"]
    row = ["harbour-aid", "founded", "1998", "Founded", "It was founded ashore."]
    assert dry_run(editor, "timeline", csv_bytes(headings, row)).context["errors"] == []


def test_a_cell_that_is_neither_yes_nor_no_is_refused(editor):
    table = csv_bytes(["organisation", "statement", "in_our_words"], ["Harbour Aid", "We sail", "perhaps"])
    an_organisation()
    [(_row, name, sentence)] = dry_run(editor, "claims", table).context["errors"]
    assert (name, sentence) == (
        "in_our_words",
        "“perhaps” is neither yes nor no: write “yes”, or leave it empty.",
    )


def test_one_person_alone_is_told_that_readers_see_it_as_soon_as_it_is_saved(editor, alone):
    table = csv_bytes(["organisation", "title", "text"], [an_organisation().slug, "Moved", "It moved."])
    response = dry_run(editor, "timeline", table)
    assert "Readers see it as soon as it is saved." in response.content.decode()
    assert "1 record was brought in." in confirm(editor, response, "timeline").content.decode()


VALID_ROW = ["E11", "Harbour Aid", "Words"]

HEADINGS = ["reference", "organisation", "statement", "as_of", "theme"]

INVALID_ROWS = [
    (
        "claims",
        ["E99", "harbour-aid", "Words", "", ""],
        ("reference", "No claim on record has the reference “E99”: write it as in E12."),
    ),
    (
        "claims",
        ["12", "harbour-aid", "Words", "", ""],
        ("reference", "No claim on record has the reference “12”: write it as in E12."),
    ),
    (
        "claims",
        ["", "Nobody", "Words", "", ""],
        (
            "organisation",
            "No organisation on record is called “Nobody”: give its official name, or add it first.",
        ),
    ),
    ("claims", ["", "harbour-aid", "", "", ""], ("statement", "A new record needs it: fill it in.")),
    ("claims", ["E12", "harbour-aid", "", "", ""], ("statement", "This field cannot be blank.")),
    (
        "claims",
        ["E12", "harbour-aid", "Words", "soon", ""],
        (
            "as_of",
            "“soon” is not a date: write 2002, 1998-05 or 2002-02-12, or leave it empty for “not stated”.",
        ),
    ),
    (
        "claims",
        ["E12", "harbour-aid", "Words", "2002-13", ""],
        (
            "as_of",
            "“2002-13” is not a date: write 2002, 1998-05 or 2002-02-12, or leave it empty for “not stated”.",
        ),
    ),
    (
        "claims",
        ["E12", "harbour-aid", "Words", "", "war"],
        (
            "theme",
            "“war” is none of these: law and standards, peacekeeping and doctrine, training, "
            "research and publications, advocacy, networks, reintegration. "
            "A new one is added to the themes and roles first.",
        ),
    ),
    (
        "figures",
        ["E12", "people", "1,500", "people"],
        ("value", "“1,500” is not a number here: write digits only, for example 4500 or 2.5."),
    ),
    (
        "figures",
        ["E12", "people", "£5", "pounds"],
        ("value", "“£5” is not a number here: write digits only, for example 4500 or 2.5."),
    ),
    (
        "figures",
        ["E12", "people", "-5", "pounds"],
        ("value", "“-5” is not a number here: write digits only, for example 4500 or 2.5."),
    ),
    (
        "figures",
        ["E12", "people", "١٢", "pounds"],
        ("value", "“١٢” is not a number here: write digits only, for example 4500 or 2.5."),
    ),
    ("figures", ["E12", "people", "5", ""], ("unit", "A new record needs it: fill it in.")),
    ("figures", ["E12", "", "5", "people"], ("label", "It says which figure is meant: fill it in.")),
]


@pytest.mark.parametrize(("name", "row", "error"), INVALID_ROWS)
def test_an_error_names_its_row_and_column_and_no_row_is_saved(editor, name, row, error):
    headings = HEADINGS if name == "claims" else ["claim", "label", "value", "unit"]
    valid_row = [*VALID_ROW, "", ""] if name == "claims" else ["E11", "more", "7", "towns"]
    an_organisation()
    before = stored_rows()
    response = dry_run(editor, name, csv_bytes(headings, valid_row, row))
    assert response.context["errors"] == [(3, *error)]
    html = response.content.decode()
    assert error[1].split("“")[0] in html and "Nothing is saved" in html
    assert "diff_checksum" not in response.context and stored_rows() == before


def test_a_malformed_slug_is_refused(editor):
    an_organisation()
    response = dry_run(
        editor,
        "timeline",
        csv_bytes(["organisation", "slug", "title", "text"], ["harbour-aid", "a/b c", "Moved", "It moved."]),
    )
    assert [error[:2] for error in response.context["errors"]] == [(2, "slug")]


def test_staff_who_may_not_change_records_have_no_tables(editor):
    charlie = Client()
    charlie.force_login(type(alice()).objects.create_user("charlie", is_staff=True))
    for path in ("/admin/tables/", TABLE_URL.format("claims"), "/admin/tables/claims.csv"):
        assert charlie.get(path).status_code == 403
        assert Client().get(path).status_code == 302
    assert (
        editor.get("/admin/tables/nothing/").status_code
        == editor.get("/admin/tables/claims.exe").status_code
        == 404
    )
    html = editor.get("/admin/tables/").content.decode()
    assert all(f"/admin/tables/{name}/" in html for name in RESOURCES)
