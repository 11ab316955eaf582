"""Tables from a spreadsheet: Alice sees what each row would change, and all of it is saved or nothing; claims stay drafts."""

import csv
from io import BytesIO, StringIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from impact.models import Claim, Figure
from organisation.models import Milestone, Organisation, Source
from tests.support.documents import package
from tests.support.people import alice, bob

pytestmark = pytest.mark.django_db

ADDRESS = "/admin/tables/{}/"


@pytest.fixture
def desk(client):
    client.force_login(alice())
    return client


def sheet(*rows, formula=None):
    """A workbook with these rows."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    if formula:
        book.active["A2"] = formula
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def lines(*rows):
    file = StringIO()
    csv.writer(file).writerows(rows)
    return file.getvalue().encode()


def look(client, name, contents, file="a.csv"):
    """The page that says what a table would change."""
    return client.post(ADDRESS.format(name), {"file": SimpleUploadedFile(file, contents)})


def save(client, page, name):
    """Confirm what was looked at."""
    sent = {key: page.context[key] for key in ("table", "seen")}
    return client.post(ADDRESS.format(name), sent, follow=True)


def everything():
    return [
        list(model.objects.order_by("pk").values())
        for model in (Claim, Figure, Source, Milestone, Organisation)
    ]


def wrong(page):
    """Everything that stands in the way, by row and column; or the sentence about the whole file."""
    return page.context.get("errors") or [
        sentence for sentences in page.context["form"].errors.values() for sentence in sentences
    ]


def test_a_claim_is_changed_and_another_added_as_drafts(desk):
    before, table = (
        everything(),
        lines(
            ["Reference", "organisation", "statement", "as_of", "role"],
            ["E11", "Dallaire Initiative", "We have signed MoUs with 5 countries", "2019-05", "led"],
            ["", "coalition", "We held a meeting", "", ""],
        ),
    )
    page = look(desk, "claims", table)
    assert everything() == before
    changes = {
        (row.number, row.import_type): {name: (old, new) for name, old, new in row.changes}
        for row in page.context["rows"]
    }
    e11 = changes[2, "update"]
    assert e11["statement"] == (
        "We have signed MoUs with 4 countries to implement our training integration programs",
        "We have signed MoUs with 5 countries",
    )
    assert (e11["as_of"], e11["role"], "organisation" in e11) == (("", "2019-05"), ("", "led"), False)
    assert changes[3, "new"]["organisation"] == ("", "Coalition to Stop the Use of Child Soldiers")
    words = page.content.decode()
    assert "2 records would change" in words and "We have signed MoUs with 5 countries" in words
    assert "2 records were brought in." in save(desk, page, "claims").content.decode()
    claim, new = Claim.objects.get(number=11), Claim.objects.order_by("-number")[0]
    assert (claim.statement, claim.stage, claim.current_edition.statement) == (
        "We have signed MoUs with 5 countries",
        "draft",
        e11["statement"][0],
    )
    assert (claim.subject, claim.figures.count()) == ("Memoranda of understanding on training", 1)
    assert (new.statement, new.stage, new.current_edition, new.owner) == (
        "We held a meeting",
        "draft",
        None,
        alice(),
    )
    assert claim.last_changed_by() == new.last_changed_by() == alice()
    assert claim.history.first().history_change_reason == "brought in with a table"


def test_what_waits_for_a_decision_is_a_draft_again_when_a_table_changes_it(desk):
    claim = Claim.objects.get(number=11)
    claim.statement = "We have signed more"
    claim.save()
    claim.submit(bob())
    save(desk, look(desk, "claims", lines(["reference", "subject"], ["e11", "Signed papers"])), "claims")
    assert Claim.objects.get(number=11).stage == "draft"


def test_figures_are_changed_and_added_in_the_working_copy(desk):
    label = Claim.objects.get(number=11).figures.get().label
    page = look(
        desk,
        "figures",
        lines(
            ["claim", "label", "qualifier", "value", "unit"],
            ["E11", label, "over", "5", "countries"],
            ["E11", "towns", "", "2.5", "towns"],
        ),
    )
    assert {name: (old, new) for name, old, new in page.context["rows"][0].changes} == {
        "qualifier": ("", "over"),
        "value": ("4", "5"),
    }
    save(desk, page, "figures")
    claim = Claim.objects.get(number=11)
    assert [str(figure) for figure in claim.figures.all()] == ["over 5 countries", "2.5 towns"]
    assert (claim.stage, [str(figure) for figure in claim.current_edition.figures.all()]) == (
        "draft",
        ["4 countries"],
    )
    assert claim.last_changed_by() == alice()


def test_publications_and_the_timeline_say_that_they_are_public_at_once(desk):
    page = look(
        desk,
        "publications",
        lines(["kind", "title", "author", "published"], ["report", "A report of ours", "coalition", "2009"]),
    )
    assert "Readers see it as soon as it is saved." in page.content.decode()
    save(desk, page, "publications")
    report = Source.objects.get(title="A report of ours")
    assert (report.slug, report.author.slug, report.published) == ("a-report-of-ours", "coalition", "2009")
    page = look(
        desk,
        "timeline",
        lines(
            ["organisation", "slug", "date", "title", "text"],
            ["coalition", "founded", "1998-06", "Founded", "New words."],
            ["coalition", "", "2001", "Moved", "It moved."],
        ),
    )
    assert [row.import_type for row in page.context["rows"]] == ["update", "new"]
    save(desk, page, "timeline")
    assert Milestone.objects.get(organisation__slug="coalition", slug="founded").date == "1998-06"
    assert Milestone.objects.get(title="Moved").slug == "moved"


GOOD = ["E11", "Dallaire Initiative", "Words"]
HEADINGS = ["reference", "organisation", "statement", "as_of", "theme"]
WRONG = [
    (
        "claims",
        ["E99", "coalition", "Words", "", ""],
        ("reference", "No claim on record has the reference “E99”: write it as in E12."),
    ),
    (
        "claims",
        ["12", "coalition", "Words", "", ""],
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
    ("claims", ["", "coalition", "", "", ""], ("statement", "A new record needs it: fill it in.")),
    ("claims", ["E12", "coalition", "", "", ""], ("statement", "This field cannot be blank.")),
    (
        "claims",
        ["E12", "coalition", "Words", "soon", ""],
        (
            "as_of",
            "“soon” is not a date: write 2002, 1998-05 or 2002-02-12, or leave it empty for “not stated”.",
        ),
    ),
    (
        "claims",
        ["E12", "coalition", "Words", "2002-13", ""],
        (
            "as_of",
            "“2002-13” is not a date: write 2002, 1998-05 or 2002-02-12, or leave it empty for “not stated”.",
        ),
    ),
    (
        "claims",
        ["E12", "coalition", "Words", "", "war"],
        (
            "theme",
            "“war” is none of these: law and standards, peacekeeping and doctrine, training, research and publications, advocacy, networks, reintegration.",
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


@pytest.mark.parametrize(("name", "row", "told"), WRONG)
def test_what_is_wrong_is_told_by_row_and_column_and_no_row_is_saved(desk, name, row, told):
    headings = HEADINGS if name == "claims" else ["claim", "label", "value", "unit"]
    good = [*GOOD, "", ""] if name == "claims" else ["E11", "more", "7", "towns"]
    before = everything()
    page = look(desk, name, lines(headings, good, row))
    assert page.context["errors"] == [(3, *told)]
    assert told[1].split("“")[0] in page.content.decode() and "Nothing is saved" in page.content.decode()
    assert "seen" not in page.context and everything() == before


def test_an_address_that_could_not_be_one_is_told(desk):
    page = look(
        desk,
        "timeline",
        lines(["organisation", "slug", "title", "text"], ["coalition", "a/b c", "Moved", "It moved."]),
    )
    assert [each[:2] for each in page.context["errors"]] == [(2, "slug")]


UNREADABLE = {
    "an unknown column": (
        lines(["reference", "claim text"], ["E11", "x"]),
        "There is no column called “claim_text”: the columns are reference, organisation, statement",
    ),
    "a column twice": (lines(["reference", "reference"], ["E11", "E12"]), "Two columns have the same name"),
    "no rows": (lines(["reference"]), "The table has no rows"),
    "nothing": (b"", "The file is empty"),
    "a cell too many": (lines(["reference"], ["E11", "x"]), "Row 2 has more cells than there are columns"),
    "an open quotation": (b'reference,statement\nE11,"words\n', "a quotation mark may be missing"),
    "too many rows": (lines(["reference"], *[["E11"]] * 2_001), "The table is larger than 2000 rows"),
    "another encoding": (
        "reference,statement\nE11,Roméo".encode("windows-1252"),
        "save it in the encoding UTF-8",
    ),
}


@pytest.mark.parametrize("case", UNREADABLE)
def test_a_file_that_is_no_such_table_is_refused_in_one_sentence(desk, case):
    contents, sentence = UNREADABLE[case]
    before = everything()
    told = wrong(look(desk, "claims", contents))
    assert len(told) == 1 and sentence in told[0]
    assert everything() == before


HOSTILE = {
    "ten megabytes": ("a.csv", lambda: b"a,b\n" * 2_600_000, "larger than 2 MB"),
    "macros": ("a.xlsm", lambda: sheet(["reference"], ["E11"]), "Files of this kind are not taken"),
    "hidden macros": (
        "a.xlsx",
        lambda: package({"xl/workbook.xml": "<w/>", "xl/vbaProject.bin": "x"}),
        "holds macros",
    ),
    "a bomb": (
        "a.xlsx",
        lambda: package({"xl/workbook.xml": "<w/>", "xl/worksheets/sheet1.xml": "a" * 21_000_000}),
        "would unpack to far more",
    ),
    "styles without end": (
        "a.xlsx",
        lambda: package({"xl/workbook.xml": "<w/>", "xl/styles.xml": "a" * 300_000}),
        "would unpack to far more",
    ),
    "no workbook": ("a.xlsx", lambda: package({"xl/workbook.xml": "<w/>"}), "is damaged"),
    "a text": ("a.xlsx", lambda: b"reference\nE11", "is not a .xlsx file"),
    "a formula": (
        "a.xlsx",
        lambda: sheet(["reference"], ["E11"], formula='=HYPERLINK("https://example.org/","E11")'),
        "Row 2, column 1 is a formula or its error",
    ),
    "signs of NUL": ("a.csv", lambda: b"reference\nE\0 11", "something else than text"),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_file_is_refused_at_the_same_door(desk, case):
    file, contents, sentence = HOSTILE[case]
    told = wrong(look(desk, "claims", contents(), file))
    assert len(told) == 1 and sentence in told[0]


def test_a_sheet_that_says_it_is_endless_is_read_to_its_end(desk):
    book = openpyxl.Workbook()
    book.active.append(["reference", "subject"])
    book.active["A1048576"], book.active["XFD2"] = "E11", "far away"
    file = BytesIO()
    book.save(file)
    assert "The table has no rows" in wrong(look(desk, "claims", file.getvalue(), "a.xlsx"))[0]


def test_numbers_dates_and_empty_cells_of_a_workbook_are_read_as_text(desk):
    page = look(
        desk,
        "figures",
        sheet(
            ["Claim", "Label", "Value", "Unit", "As of"],
            ["E11", "towns", 1500.0, "towns", None],
            ["E11", "schools", 2.5, "schools", "2019-05"],
        ),
        "a.xlsx",
    )
    assert [
        dict((name, new) for name, _old, new in row.changes)["value"] for row in page.context["rows"]
    ] == ["1500", "2.5"]


def test_what_somebody_else_changed_meanwhile_is_not_overwritten_unseen(desk):
    page = look(desk, "claims", lines(["reference", "subject"], ["E11", "Signed papers"]))
    claim = Claim.objects.get(number=11)
    claim.subject = "Bob's words"
    claim.save()
    told = save(desk, page, "claims")
    assert (
        "The records were changed while you looked at the table: nothing was saved."
        in told.content.decode().replace("&#x27;", "'")
    )
    assert Claim.objects.get(number=11).subject == "Bob's words"
    assert told.context["rows"][0].changes == [("subject", "Bob's words", "Signed papers")]
    save(desk, told, "claims")
    assert Claim.objects.get(number=11).subject == "Signed papers"


def test_a_confirmation_that_was_tampered_with_saves_nothing(desk):
    page, before = (
        look(desk, "claims", lines(["reference", "subject"], ["E11", "Signed papers"])),
        everything(),
    )
    for table in (
        "",
        "{",
        '{"a": 1}',
        '[["reference"], [{}]]',
        page.context["table"].replace("Signed", "Sealed"),
        "[" * 10_000,
        '[["reference","subject"],["E11","a\\u0000"]]',
        '[["reference","subject"],["E11","a\\ud800"]]',
    ):
        answer = desk.post(
            ADDRESS.format("claims"), {"table": table, "seen": page.context["seen"]}, follow=True
        )
        assert answer.status_code == 200 and everything() == before


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
@pytest.mark.parametrize("name", ["claims", "figures", "publications", "timeline"])
def test_what_goes_out_comes_in_again_without_a_change(desk, name, ending):
    file = desk.get(f"/admin/tables/{name}.{ending}")
    page = look(desk, name, file.content, f"a.{ending}")
    assert wrong(page) == [] and (page.context["total"], page.context["same"] > 3) == (0, True)
    assert "there is nothing to save" in page.content.decode()


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_that_goes_out_is_run_as_a_formula(desk, sign):
    claim = Claim.objects.get(number=11)
    claim.limitations = f"{sign}1+1"
    claim.save()
    rows = list(
        csv.reader(StringIO(desk.get("/admin/tables/claims.csv").content.decode("utf-8-sig"), newline=""))
    )
    assert f"'{sign}1+1" in rows[11]
    book = openpyxl.load_workbook(BytesIO(desk.get("/admin/tables/claims.xlsx").content))
    cells = [cell for row in book.active.rows for cell in row if cell.value]
    assert {cell.data_type for cell in cells} == {"s"} and any(
        cell.value.replace("_x000D_", "\r") == f"'{sign}1+1" for cell in cells
    )


def test_who_may_not_change_records_has_no_tables(desk):
    other = Client()
    other.force_login(type(alice()).objects.create_user("charlie", is_staff=True))
    for path in ("/admin/tables/", ADDRESS.format("claims"), "/admin/tables/claims.csv"):
        assert other.get(path).status_code == 403
        assert Client().get(path).status_code == 302
    assert (
        desk.get("/admin/tables/nothing/").status_code
        == desk.get("/admin/tables/claims.exe").status_code
        == 404
    )
    page = desk.get("/admin/tables/").content.decode()
    assert all(f"/admin/tables/{name}/" in page for name in ("claims", "figures", "publications", "timeline"))
