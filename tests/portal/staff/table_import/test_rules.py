"""Who may import which table, which record a row means, and what becomes of it."""

import pytest

from impact.models import Claim, Conflict
from organisation.models import Milestone, Organisation, Source
from portal.staff.table_import.columns import ChoiceWidget
from portal.staff.table_import.resources import RESOURCES
from tests.support.factory import a_claim, a_figure, a_source, an_organisation, published
from tests.support.people import alice, bob, staff_with
from tests.support.sampling import in_turn
from tests.support.spreadsheets import TABLE_URL, confirm, csv_bytes, dry_run

pytestmark = pytest.mark.django_db


MODELS = [
    *[("claims", "claim"), ("figures", "figure"), ("evidence", "citation"), ("asks", "ask")],
    *[("organisations", "organisation"), ("successions", "succession"), ("statements", "statement")],
    *[("affiliations", "affiliation"), ("timeline", "milestone"), ("instruments", "instrument")],
    ("publications", "source"),
]


@pytest.mark.parametrize(
    ("name", "model", "missing"),
    [
        (*each, missing)
        for number, each in enumerate(MODELS)
        for missing in in_turn(["view", "add", "change"], number)
    ],
)
def test_a_table_opens_for_who_may_view_add_and_change_its_records(client, name, model, missing):
    held = {"view", "add", "change"}
    client.force_login(staff_with(*(f"{action}_{model}" for action in held - {missing}), "view_conflict"))
    for path in (TABLE_URL.format(name), f"/admin/tables/{name}.csv", "/admin/tables/"):
        assert client.get(path).status_code == client.post(path).status_code == 403, path
    client.force_login(staff_with(*(f"{action}_{model}" for action in held)))
    assert client.get(TABLE_URL.format(name)).status_code == 200
    assert client.get(f"/admin/tables/{name}.csv").status_code == 200
    of_model = [each for each in RESOURCES if RESOURCES[each]._meta.model._meta.model_name == model]
    assert [each for each, _resource in client.get("/admin/tables/").context["tables"]] == of_model


def test_a_dry_run_tells_changed_rows_from_those_that_stay(editor):
    claims = Claim.objects.in_bulk([11, 12, 13], field_name="number")
    rows = [[f"E{number}", claims[number].subject] for number in (11, 12, 13)]
    rows[1][1] = "Another subject"
    response = dry_run(editor, "claims", csv_bytes(["reference", "subject"], *rows, ["E14", "A fourth"]))
    assert (response.context["changed_count"], response.context["unchanged_count"]) == (2, 2)
    assert [(row.number, row.import_type) for row in response.context["rows"]] == [
        (3, "update"),
        (5, "update"),
    ]
    assert (response.context["more"], response.context["more_errors"]) == (0, 0)
    page = confirm(editor, response, "claims")
    assert "2 records were brought in." in page.content.decode()
    assert page.redirect_chain == [("/admin/tables/", 302)]


def test_one_record_is_counted_as_one(editor):
    response = dry_run(editor, "claims", csv_bytes(["reference", "subject"], ["E11", "A subject"]))
    assert "1 record was brought in." in confirm(editor, response, "claims").content.decode()


def test_a_claim_that_a_table_changes_keeps_its_owner_and_a_new_one_is_its_importers(client):
    client.force_login(bob())
    claim, aid = a_claim("Words", owner=alice()), an_organisation().slug
    rows = csv_bytes(
        ["reference", "organisation", "statement"],
        [claim.reference, aid, "Other words"],
        ["", aid, "New words"],
    )
    confirm(client, dry_run(client, "claims", rows), "claims")
    after, new = Claim.objects.get(pk=claim.pk), Claim.objects.latest("number")
    assert (after.owner, after.statement, new.owner) == (alice(), "Other words", bob())
    assert new.number == claim.number + 1


def test_of_two_organisations_of_one_name_a_table_has_to_say_which(editor):
    for slug in ("one", "two"):
        Organisation.objects.create(slug=slug, official_name="Harbour Aid")
    for value, sentence in (
        ("harbour aid", "Several organisations are called “harbour aid”: give the last part of its address."),
        ("two", None),
    ):
        rows = csv_bytes(["organisation", "statement"], [value, "Words"])
        context = dry_run(editor, "claims", rows).context
        assert context["errors"] == ([(2, "organisation", sentence)] if sentence else [])


def test_an_organisation_is_known_by_its_address_before_its_name(editor):
    Organisation.objects.create(slug="one", official_name="two")
    two = Organisation.objects.create(slug="two", official_name="Harbour Aid")
    rows = csv_bytes(["organisation", "statement"], ["two", "Words"])
    confirm(editor, dry_run(editor, "claims", rows), "claims")
    assert Claim.objects.latest("number").organisation == two


def test_a_figure_is_known_by_claim_and_label_and_a_new_one_comes_last(editor):
    claim, other = a_claim("One"), a_claim("Two")
    for each in (claim, other):
        for order, label in enumerate(("towns", "pupils"), 1):
            a_figure(each, 5, label=label, unit=label, order=order)
    before = claim.stage
    rows = csv_bytes(
        ["claim", "label", "value", "unit"],
        [claim.reference, "pupils", "7", "pupils"],
        [claim.reference, "boats", "9", "boats"],
    )
    confirm(editor, dry_run(editor, "figures", rows), "figures")
    assert list(claim.figures.values_list("label", "value", "order")) == [
        ("towns", 5, 1),
        ("pupils", 7, 2),
        ("boats", 9, 3),
    ]
    assert list(other.figures.values_list("value", flat=True)) == [5, 5] and before == "draft"


def test_a_figure_comes_in_with_its_number_as_written_or_with_what_it_was_computed_from(editor):
    claim = a_claim("We taught over 40 pilots")
    rows = csv_bytes(
        ["claim", "label", "as_written", "value", "unit", "computed_from", "computation"],
        [claim.reference, "pilots", "over 40", "40", "pilots", "", ""],
        [claim.reference, "crews", "", "8", "crews", "40 pilots", "five a crew"],
    )
    confirm(editor, dry_run(editor, "figures", rows), "figures")
    values = claim.figures.values_list("as_written", "computed_from", "computation")
    assert list(values) == [("over 40", "", ""), ("", "40 pilots", "five a crew")]


def test_a_figure_changes_its_claim_which_goes_back_to_a_draft(editor):
    claim = a_claim("One")
    a_figure(claim, 5)
    claim.submit(bob(), seen=Claim.AS_STORED)
    rows = csv_bytes(["claim", "label", "value"], [claim.reference, "pilots", "7"])
    confirm(editor, dry_run(editor, "figures", rows), "figures")
    assert Claim.objects.get(pk=claim.pk).stage == "draft"


def test_new_conflicts_are_found_as_a_table_is_saved_and_not_before(editor):
    for value in (40, 50):
        published(a_claim(f"We taught {value} pilots", value))
    draft = a_claim("We taught 60 pilots", 40)
    before = Conflict.objects.count()
    rows = csv_bytes(["claim", "label", "value"], [draft.reference, "pilots", "60"])
    response = dry_run(editor, "figures", rows)
    assert Conflict.objects.count() == before
    confirm(editor, response, "figures")
    assert Conflict.objects.count() > before


def test_a_milestone_is_known_by_organisation_and_slug(editor, alone):
    aid, other = an_organisation("Harbour Aid"), an_organisation("Hill Aid")
    for organisation in (aid, other):
        Milestone.objects.create(organisation=organisation, slug="founded", title="Founded", text="x")
    headings = ["organisation", "slug", "title", "text"]
    confirm(
        editor,
        dry_run(editor, "timeline", csv_bytes(headings, ["hill-aid", "founded", "Begun", "y"])),
        "timeline",
    )
    assert list(
        Milestone.objects.filter(slug="founded", organisation__in=[aid, other])
        .order_by("organisation__slug")
        .values_list("title", flat=True)
    ) == ["Founded", "Begun"]
    errors = dry_run(editor, "timeline", csv_bytes(headings, ["", "founded", "Begun", "y"])).context["errors"]
    assert errors == [(2, "organisation", "It says whose milestone is meant: fill it in.")]


def test_a_publication_without_an_address_gets_one_that_is_free(editor):
    a_source("A report of ours")
    aid = an_organisation().slug
    headings = ["kind", "title", "subject", "author"]
    rows = [["report", "A report of ours", "", aid], ["publication", "", "Boats", aid]]
    confirm(editor, dry_run(editor, "publications", csv_bytes(headings, *rows)), "publications")
    assert set(Source.objects.filter(kind__in=["report", "publication"]).values_list("slug", flat=True)) >= {
        "a-report-of-ours-2",
        "boats",
    }
    errors = dry_run(editor, "publications", csv_bytes(headings, ["treaty", "A", "", aid])).context["errors"]
    assert errors == [(2, "kind", "“treaty” is none of these: report, publication.")]


@pytest.mark.parametrize(
    ("value", "is_number"),
    [
        *[("0", True), ("9" * 15, True), ("9" * 15 + ".99", True), ("2.5", True), ("007", True)],
        *[("9" * 16, False), ("1.", False), (".5", False), ("", False), ("1e5", False)],
    ],
)
def test_a_number_has_fifteen_digits_and_two_decimals_at_most(editor, value, is_number):
    claim = a_claim("One")
    rows = csv_bytes(["claim", "label", "value", "unit"], [claim.reference, "pilots", value, "pilots"])
    errors = dry_run(editor, "figures", rows).context["errors"]
    sentence = f"“{value}” is not a number here: write digits only, for example 4500 or 2.5."
    if value:
        assert errors == ([] if is_number else [(2, "value", sentence)])
    else:
        assert {error[:2] for error in errors} == {(2, "value")}


def test_a_number_with_more_than_two_decimals_is_told_so(editor):
    claim = a_claim("One")
    rows = csv_bytes(["claim", "label", "value", "unit"], [claim.reference, "pilots", "0.333", "pilots"])
    sentence = "“0.333” has more decimals than are kept: write at most two, for example 2.25."
    assert dry_run(editor, "figures", rows).context["errors"] == [(2, "value", sentence)]


def test_a_choice_is_known_by_its_value_or_its_label_in_any_letters():
    widget = ChoiceWidget([("", "none"), ("led", "In the Lead"), ("took part", "Took part")])
    assert [widget.clean(value) for value in ("LED", "in the lead", "Took Part", "")] == [
        "led",
        "led",
        "took part",
        "",
    ]
    for value in ("none", "lea"):
        with pytest.raises(ValueError, match=f"^“{value}” is none of these: led, took part.$"):
            widget.clean(value)
