"""What the database and the forms take of organisations, successions, milestones and affiliations."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from organisation.models import Affiliation, Milestone, Organisation, Statement, Succession
from tests.support.factory import a_profiled_organisation, an_organisation

pytestmark = pytest.mark.django_db

HARBOUR, LANTERN = "Harbour Aid", "Lantern Fund"


def named(name):
    return an_organisation(name) if name else None


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        ("renamed", "Harbour Aid became Lantern Fund"),
        ("became independent", "Lantern Fund became independent"),
        ("merged", "Harbour Aid merged into Lantern Fund"),
        ("closed", "Harbour Aid closed"),
        ("programmes passed on", "Harbour Aid passed programmes on to Lantern Fund"),
    ],
)
def test_a_succession_reads_as_a_sentence(kind, sentence):
    assert str(Succession(earlier=named(HARBOUR), later=named(LANTERN), kind=kind)) == sentence


def test_an_organisation_that_a_succession_does_not_name_is_not_stated():
    assert str(Succession(later=named(LANTERN), kind="renamed")) == "not stated became Lantern Fund"
    assert str(Succession(earlier=named(HARBOUR), kind="merged")) == "Harbour Aid merged into not stated"


@pytest.mark.parametrize(("earlier", "later"), [(HARBOUR, LANTERN), (HARBOUR, None), (None, LANTERN)])
def test_a_succession_with_one_of_its_organisations_is_taken_once_a_kind(earlier, later):
    values = {"earlier": named(earlier), "later": named(later)}
    for kind in ("renamed", "merged"):
        Succession(kind=kind, **values).full_clean()
        Succession.objects.create(kind=kind, **values)
    with pytest.raises(IntegrityError), transaction.atomic():
        Succession.objects.create(kind="renamed", **values)


@pytest.mark.parametrize(
    ("earlier", "later", "refusal"),
    [
        (None, None, "Name at least one of the two organisations."),
        (HARBOUR, HARBOUR, "An organisation does not succeed itself: choose another."),
    ],
)
def test_a_succession_of_nobody_or_of_itself_is_refused(earlier, later, refusal):
    succession = Succession(earlier=named(earlier), later=named(later), kind="merged")
    with pytest.raises(ValidationError) as error:
        succession.full_clean()
    assert error.value.messages == [refusal]
    with pytest.raises(IntegrityError), transaction.atomic():
        succession.save()


@pytest.mark.parametrize(
    ("with_whom", "region", "other"), [(LANTERN, "", LANTERN), (None, "The Great Lakes", "The Great Lakes")]
)
def test_an_affiliation_is_with_an_organisation_or_a_region_once_a_role(with_whom, region, other):
    values = {"organisation": named(HARBOUR), "with_whom": named(with_whom), "region": region}
    for role in ("partner", "founder"):
        affiliation = Affiliation(role=role, **values)
        affiliation.full_clean()
        affiliation.save()
        assert str(affiliation) == f"Harbour Aid, {role}: {other}"
    with pytest.raises(IntegrityError), transaction.atomic():
        Affiliation.objects.create(role="partner", **values)


@pytest.mark.parametrize(
    ("with_whom", "region", "refusal"),
    [
        (None, "", "Give either the other organisation or a region, not both."),
        (LANTERN, "The Great Lakes", "Give either the other organisation or a region, not both."),
        (HARBOUR, "", "An organisation is not affiliated with itself: choose another."),
    ],
)
def test_an_affiliation_with_nobody_with_two_or_with_itself_is_refused(with_whom, region, refusal):
    affiliation = Affiliation(
        organisation=named(HARBOUR), with_whom=named(with_whom), region=region, role="partner"
    )
    with pytest.raises(ValidationError) as error:
        affiliation.full_clean()
    assert error.value.messages == [refusal]
    with pytest.raises(IntegrityError), transaction.atomic():
        affiliation.save()


@pytest.mark.parametrize(
    ("model", "values", "refusal"),
    [
        (Milestone, {"title": "Founded", "text": "It was founded."}, "Milestone with this"),
        (Statement, {"kind": "goal", "text": "To teach."}, "Statement with this"),
    ],
)
def test_a_name_for_good_is_given_once_an_organisation(model, values, refusal):
    for organisation in (named(HARBOUR), named(LANTERN)):
        model.objects.create(organisation=organisation, slug="first", **values)
    with pytest.raises(ValidationError, match=refusal):
        model(organisation=named(HARBOUR), slug="first", **values).full_clean()


@pytest.mark.parametrize(
    ("kind", "title", "is_taken"),
    [("value", "", False), ("work area", "", False), ("value", "Care", True), ("goal", "", True)],
)
def test_a_value_and_an_area_of_work_have_a_name(kind, title, is_taken):
    statement = Statement(
        organisation=named(HARBOUR), slug="x", kind=kind, title=title, text="To teach.", owner_id=1
    )
    if is_taken:
        return statement.full_clean()
    with pytest.raises(ValidationError) as error:
        statement.full_clean()
    assert error.value.messages == ["A value or an area of work needs its name as the title."]


def test_a_statement_is_called_by_its_title_or_by_its_first_fifty_letters():
    statement = Statement(organisation=named(HARBOUR), kind="work area", title="Sails", text="We sail.")
    assert str(statement) == "Harbour Aid, work area: Sails"
    statement.title, statement.text = "", "word " * 9 + "words"
    assert str(statement) == f"Harbour Aid, work area: {statement.text}"
    statement.text += "s"
    assert str(statement) == "Harbour Aid, work area: " + " ".join(["word"] * 9) + "…"


def test_only_an_organisation_with_a_profile_that_is_published_has_an_address():
    assert a_profiled_organisation().get_absolute_url() == "/organisations/harbour-aid/"
    assert an_organisation("Beacon", profiled=True).get_absolute_url() == ""
    assert an_organisation(LANTERN).get_absolute_url() == ""
    assert not Organisation().profiled


def test_an_organisation_leads_to_each_that_it_was_renamed_from_or_to():
    organisation, others = named(HARBOUR), [an_organisation(name) for name in ("Anchor", "Beacon", "Coast")]
    for other in others[:2]:
        Succession.objects.create(earlier=other, later=organisation, kind="renamed")
    Succession.objects.create(earlier=organisation, later=others[2], kind="renamed")
    for kind in ("merged", "closed", "became independent", "programmes passed on"):
        Succession.objects.create(earlier=others[2], later=organisation, kind=kind)
        Succession.objects.create(earlier=organisation, later=others[0], kind=kind)
    assert (organisation.life.formerly, organisation.life.later_known_as) == (others[:2], others[2:])
