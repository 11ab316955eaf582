"""An organisation has its own themes and roles: Alice proposes one, Bob accepts it, and lists offer it."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.db import connection, models
from django.db.migrations.loader import MigrationLoader
from django.db.transaction import atomic
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from impact.admin.new_claim import independence_of
from impact.checklist import partner_called_independent
from impact.models import Claim
from organisation.models import Affiliation, Proposal, Term
from tests.support.factory import a_claim, a_page_with, a_source, an_organisation, cite, published
from tests.support.forms import errors_in, filled_in
from tests.support.lists import publish_claims, read_list
from tests.support.people import alice, bob, staff_with
from tests.support.proposals import at_desk, decide, form_of, propose, the_proposal
from tests.support.spreadsheets import confirm, csv_bytes, dry_run

pytestmark = pytest.mark.django_db

NEW = reverse("admin:organisation_term_add")
LIST = reverse("admin:organisation_term_changelist")
REGISTER = "/evidence/"
THEMES, ROLES = "impact.migrations.0011_term", "organisation.migrations.0014_term"


def a_term(name="harbour safety", vocabulary="theme", **values):
    return Term.objects.create(**{"vocabulary": vocabulary, "name": name, "slug": name[:30]} | values)


def term(slug):
    return Term.objects.get(slug=slug)


def add(user, **values):
    """Sends the form of a new term, and returns the answer."""
    client = at_desk(user)
    return client.post(NEW, filled_in(client.get(NEW), **{"vocabulary": "theme"} | values))


def delete(user, record, **values):
    address = reverse("admin:organisation_term_delete", args=[record.pk])
    return at_desk(user).post(address, {"post": "yes"} | values)


def offered(field, client=None):
    """Returns the choices that the form of a claim or of an affiliation offers."""
    model = {"theme": "impact_claim", "role": "organisation_affiliation"}[field]
    page = (client or at_desk(alice())).get(reverse(f"admin:{model}_add"))
    return [label for value, label in page.context["adminform"].form.fields[field].choices if value]


def test_a_theme_that_alice_proposes_and_bob_accepts_is_taken_by_a_claim_and_narrows_the_register(client):
    assert add(alice(), name="harbour safety", order=3).url == the_proposal().get_absolute_url()
    assert not Term.objects.filter(name="harbour safety") and "harbour safety" not in offered("theme")
    decide(bob())
    assert "harbour safety" in offered("theme")
    claim, at_alices = a_claim(), at_desk(alice())
    at_alices.post(form_of(claim), filled_in(at_alices.get(form_of(claim)), theme="harbour-safety"))
    claim.refresh_from_db()
    assert claim.theme == "harbour-safety"
    assert "Harbour safety (1)" not in read_list(client, REGISTER).rows["Theme"]
    published(claim)
    address = read_list(client, REGISTER).rows["Theme"]["Harbour safety (1)"]
    assert "theme=harbour-safety" in address
    assert read_list(client, address).references == [claim.reference]
    assert "Harbour safety" in client.get(claim.get_absolute_url()).content.decode()


def test_a_role_that_alice_proposes_and_bob_accepts_gathers_a_block_of_a_page(client):
    add(alice(), vocabulary="role", name="sister harbour")
    decide(bob())
    assert "sister harbour" in offered("role")
    Affiliation.objects.create(organisation=an_organisation(), role="sister-harbour", region="the far coast")
    page = a_page_with("AffiliationsPlugin", organisation=an_organisation(), role="sister-harbour")
    assert "the far coast" in client.get(page).content.decode()


@pytest.mark.parametrize("permissions", [[], ["view_term"], ["view_claim", "add_claim", "change_claim"]])
def test_who_may_not_change_the_themes_is_refused_and_changes_nothing(permissions):
    dora, used = at_desk(staff_with(*permissions)), term("training")
    before = list(Term.objects.values_list())
    for address in (NEW, form_of(used), reverse("admin:organisation_term_delete", args=[used.pk])):
        assert dora.post(address, {"name": "x", "vocabulary": "theme", "post": "yes"}).status_code == 403
    assert dora.get(LIST).status_code == (200 if "view_term" in permissions else 403)
    assert Client().get(LIST).status_code == 302
    assert list(Term.objects.values_list()) == before and not Proposal.objects.exists()


def test_a_theme_in_use_is_not_deleted_and_the_page_says_how_many_records_use_it():
    unused = a_term()
    for number in (1, 2):
        published(a_claim(f"Harbour {number} is safe", theme=unused.slug))
    a_claim("A draft of safety", theme=unused.slug)
    page = delete(bob(), unused, reason="Nobody needs it").content.decode()
    assert "“harbour safety” is in use, by 3 claims and 2 editions." in page
    many = {"action": "delete_selected", "_selected_action": [unused.pk], "post": "yes"}
    assert "is in use, by 3 claims and 2 editions" in at_desk(bob()).post(LIST, many).content.decode()
    with pytest.raises(models.ProtectedError, match="in use, by 3 claims and 2 editions"), atomic():
        Term.objects.filter(pk=unused.pk).delete()
    assert Term.objects.filter(pk=unused.pk).exists() and not Proposal.objects.exists()


def test_a_role_in_use_is_not_deleted():
    role = a_term("sister harbour", "role")
    Affiliation.objects.create(organisation=an_organisation(), role=role.slug, region="the far coast")
    page = delete(bob(), role, reason="Nobody needs it").content.decode()
    assert "“sister harbour” is in use, by 1 affiliation." in page
    assert Term.objects.filter(pk=role.pk).exists()


def test_a_theme_that_nothing_uses_is_deleted_by_a_publisher_with_a_reason_and_not_by_an_editor():
    unused = a_term()
    assert delete(alice(), unused, reason="Nobody needs it").status_code == 403
    delete(bob(), unused)
    assert Term.objects.filter(pk=unused.pk).exists()
    delete(bob(), unused, reason="Nobody needs it")
    assert not Term.objects.filter(pk=unused.pk).exists() and "harbour safety" not in offered("theme")


def test_another_name_is_read_and_found_everywhere_and_the_addresses_stay(client):
    theme = a_term("harbour safety", slug="safety")
    claim = a_claim("We light the coast", theme="safety")
    published(claim)
    propose(alice(), theme, name="lighthouses")
    assert claim.current_edition.get_absolute_url() in [page["address"] for page in the_proposal().pages]
    assert client.get("/search/?q=lighthouses").content.decode().count(claim.reference) == 0
    decide(bob())
    theme.refresh_from_db()
    assert (theme.name, theme.slug) == ("lighthouses", "safety")
    shown = read_list(client, f"{REGISTER}?theme=safety")
    assert shown.references == [claim.reference] and shown.current["Theme"] == ["Lighthouses (1)"]
    assert "Lighthouses" in client.get(claim.get_absolute_url()).content.decode()
    assert claim.reference in client.get("/search/?q=lighthouses").content.decode()


def test_an_address_with_a_space_in_it_still_narrows_the_register(client):
    [claim] = publish_claims(1, theme="law and standards")
    assert claim.reference in read_list(client, f"{REGISTER}?theme=law+and+standards").references


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"name": "Training", "slug": "courses"}, "Another one has this name already."),
        ({"name": "Courses", "slug": "training"}, "Another one has this address: give it one of its own."),
        ({"name": "Courses", "slug": "Courses!"}, "Use small Latin letters and digits"),
        ({"name": "التدريب"}, "The name has no Latin letter to make it from"),
        ({"name": "Courses", "is_addressee": "on"}, "Nobody is asked by a theme"),
    ],
)
def test_what_would_be_taken_for_another_is_refused_with_a_sentence(values, sentence):
    [refusal] = errors_in(add(alice(), **values))
    assert refusal.startswith(sentence) and not Proposal.objects.exists()


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"name": "NETWORKS"}, "Another one has this name already."),
        ({"is_addressee": "on"}, "Nobody is asked by a theme: leave the box of the roles open."),
    ],
)
def test_a_change_of_a_theme_is_refused_for_the_same_reasons(values, sentence):
    assert errors_in(propose(alice(), term("training"), **values)) == [sentence]
    assert not Proposal.objects.exists()


def test_a_theme_and_a_role_may_have_the_same_name():
    add(alice(), vocabulary="role", name="training")
    decide(bob())
    assert [each.vocabulary for each in Term.objects.filter(name="training")] == ["theme", "role"]


@pytest.mark.parametrize("is_addressee", [True, False])
def test_whoever_is_asked_for_something_is_no_partner_and_everybody_else_is(is_addressee):
    a_term("minister", "role", is_addressee=is_addressee)
    ally, claim = an_organisation("Lantern Fund"), a_claim()
    Affiliation.objects.create(organisation=claim.organisation, with_whom=ally, role="minister")
    source = a_source("Review", author=ally)
    cite(claim, source, "supports", "independent")
    assert len(list(partner_called_independent(claim))) == (not is_addressee)
    assert independence_of(source, claim.organisation) == ("independent" if is_addressee else "partner")


def test_a_page_reads_the_terms_once_however_many_records_it_has(client):
    def reads():
        with CaptureQueriesContext(connection) as captured:
            client.get(REGISTER)
        return sum("organisation_term" in query["sql"] for query in captured.captured_queries)

    publish_claims(1)
    assert reads() == 1
    publish_claims(20, theme="networks")
    assert reads() == 1


def test_the_api_and_its_description_know_a_theme_once_it_is_on_record(client):
    def values():
        schema = client.get("/api/v1/openapi.json").json()
        [of_key] = [
            each["schema"]["enum"]
            for each in schema["paths"]["/api/v1/claims"]["get"]["parameters"]
            if each["name"] == "theme"
        ]
        return of_key, schema["components"]["schemas"]["Claim"]["properties"]["theme"]["enum"]

    def package():
        [claims] = [
            each
            for each in client.get("/data/datapackage.json").json()["resources"]
            if each["name"] == "claims"
        ]
        [theme] = [each for each in claims["schema"]["fields"] if each["name"] == "theme"]
        return theme["constraints"]["enum"]

    known = [slug for slug, _name in Term.objects.filter(vocabulary="theme").values_list("slug", "name")]
    assert values() == (known, ["", *known]) and package() == known
    refused = client.get("/api/v1/claims?theme=safety")
    assert refused.status_code == 422
    [error] = refused.json()["errors"]
    assert error["detail"] == f"“theme” is none of the values it may have: {', '.join(known)}."
    assert client.get("/data/claims.csv?theme=safety").status_code == 422

    a_term("harbour safety", slug="safety", order=99)
    assert values() == ([*known, "safety"], ["", *known, "safety"]) and package() == [*known, "safety"]
    [claim] = publish_claims(1, theme="safety")
    [row] = client.get("/api/v1/claims?theme=safety").json()["claims"]
    assert (row["reference"], row["theme"]) == (claim.reference, "safety")
    assert claim.reference in b"".join(client.get("/data/claims.csv?theme=safety")).decode()


def without_themes():
    """Leaves no theme on record, as on a site that has just begun."""
    Term.objects.filter(vocabulary="theme")._raw_delete("default")


def test_without_a_theme_on_record_the_api_describes_none_and_refuses_each(client):
    without_themes()
    schema = client.get("/api/v1/openapi.json").json()
    assert schema["components"]["schemas"]["Claim"]["properties"]["theme"]["enum"] == [""]
    [error] = client.get("/api/v1/claims?theme=training").json()["errors"]
    assert error["detail"] == "“theme” cannot be asked for: no value of it is on record."


def test_without_a_theme_on_record_a_claim_is_published_without_one(client):
    without_themes()
    claim = a_claim(theme="")
    published(claim)
    assert "Theme" not in read_list(client, REGISTER).rows
    assert "<dt>Theme</dt>" not in client.get(claim.get_absolute_url()).content.decode()


def test_a_table_names_a_theme_by_its_name_or_its_address_and_is_told_the_known_ones(client, alone):
    a_term("harbour safety", slug="safety")
    claims = [a_claim(), a_claim("We taught 50 pilots")]
    client.force_login(alice())

    def bring_in(*themes):
        rows = [[claim.reference, theme] for claim, theme in zip(claims, themes, strict=True)]
        response = dry_run(client, "claims", csv_bytes(["reference", "theme"], *rows))
        if not response.context["errors"]:
            confirm(client, response, "claims")
        return [error for row in response.context["errors"] for error in str(row).splitlines()]

    assert bring_in("Harbour Safety", "safety") == []
    assert [Claim.objects.get(pk=claim.pk).theme for claim in claims] == ["safety", "safety"]
    [refusal] = bring_in("storms", "safety")
    assert "“storms” is none of these: " in refusal and "networks, reintegration" in refusal
    assert "A new one is added to the themes and roles first." in refusal
    without_themes()
    [refusal, _other] = bring_in("storms", "storms")
    assert "“storms” is not on record: add it to the themes and roles first" in refusal


@pytest.fixture(scope="module")
def apps_then():
    return MigrationLoader(None).project_state([("impact", "0011_term")]).apps


def migrate(apps, migration, function):
    """Calls a function of a migration on a site without terms; returns the slugs that it has made."""
    Term.objects.all()._raw_delete("default")
    getattr(import_module(migration), function)(apps, connection.schema_editor())
    return list(Term.objects.values_list("slug", flat=True))


def test_a_site_keeps_the_themes_that_it_was_offered_and_any_other_that_it_has(apps_then):
    before = list(Term.objects.filter(vocabulary="theme").values_list("slug", "name"))
    publish_claims(1, theme="safety")
    assert migrate(apps_then, THEMES, "make_themes") == [*(slug for slug, _name in before), "safety"]
    assert list(Term.objects.values_list("slug", "name")) == [*before, ("safety", "safety")]


def test_a_site_without_claims_gets_no_theme():
    without_claims = SimpleNamespace(objects=Claim.objects.none())
    apps = SimpleNamespace(get_model=lambda app, name: Term if name == "Term" else without_claims)
    assert migrate(apps, THEMES, "make_themes") == []


def test_a_site_keeps_the_roles_that_it_was_offered_and_one_without_gets_a_few(apps_then):
    before = list(Term.objects.filter(vocabulary="role").values_list("slug", "name", "is_addressee"))
    assert migrate(apps_then, ROLES, "make_roles") == [slug for slug, *_rest in before]
    assert list(Term.objects.values_list("slug", "name", "is_addressee")) == before
    for name in ("Affiliation", "AffiliationsBlock"):
        apps_then.get_model("organisation", name).objects.all()._raw_delete("default")
    assert migrate(apps_then, ROLES, "make_roles") == ["partner", "founder", "addressee"]
    assert [each.slug for each in Term.objects.filter(is_addressee=True)] == ["addressee"]
