"""Conflicts between claims of one organisation on one subject: the rules, and the decisions of staff."""

from io import StringIO
from itertools import combinations, pairwise

import pytest
from django.core.management import call_command
from django.urls import reverse

from impact.conflicts import batches, explanations
from impact.models import Conflict, Figure
from organisation.models import Succession
from tests.support.factory import a_claim, a_figure, an_organisation, published
from tests.support.forms import errors_in, filled_in
from tests.support.people import alice, bob
from tests.support.proposals import decide

pytestmark = pytest.mark.django_db

NOW = "2026-01-01T00:00Z"


@pytest.fixture
def desk(client):
    client.force_login(alice())
    return client


def make(value=None, qualifier="", label="pilots", unit="pilots", organisation="Harbour Aid", **values):
    claim = a_claim(f"We taught {value}", organisation=an_organisation(organisation), owner=alice(), **values)
    if value is not None:
        a_figure(claim, value, qualifier=qualifier, label=label, unit=unit)
    return claim


def rename(earlier, later, kind="renamed"):
    Succession.objects.create(earlier=an_organisation(earlier), later=an_organisation(later), kind=kind)


def find():
    output = StringIO()
    call_command("find_conflicts", stdout=output)
    return output.getvalue()


def among(*claims):
    return {
        (each.first.number, each.second.number, each.rule)
        for each in Conflict.objects.filter(first__in=claims, second__in=claims)
    }


def page_of(conflict):
    return reverse("admin:impact_conflict_change", args=[conflict.pk])


def send(client, conflict, **values):
    """Sends the form of a conflict with some values changed, and returns the answer."""
    return client.post(page_of(conflict), filled_in(client.get(page_of(conflict)), **values))


def test_figures_that_differ_are_a_conflict_and_the_command_says_both():
    one, other = make(35), make(40, "over")
    assert f"{one.reference} says “35 pilots”, {other.reference} says “over 40 pilots”." in find()
    assert among(one, other) == {(one.number, other.number, "value")}


def test_the_same_figure_with_another_qualifier_is_a_conflict_unless_it_means_the_same():
    claims = plain, over, more, exactly, about = [
        make(35, word) for word in ("", "over", "more than", "exactly", "about")
    ]
    find()
    pairs = {(plain.number, over.number), (plain.number, about.number), (over.number, about.number)}
    assert among(*claims) == {(*pair, "qualifier") for pair in pairs}


def test_figures_of_another_label_or_unit_are_not_compared():
    claims = (
        make(35),
        make(40, label="pupils"),
        make(40, unit="days at sea"),
        make(40, subject="Pupils"),
        make(40, organisation="Lantern Fund"),
    )
    find()
    assert among(*claims) == set()


def test_parts_told_at_another_strength_are_a_conflict_and_those_that_cannot_be_compared_are_none():
    claims = led, influenced, member, delivered, untold = [
        make(role=role) for role in ("led", "influenced", "member", "delivered", "")
    ]
    assert f"{led.reference} says “led”, {influenced.reference} says “influenced”." in find()
    assert among(*claims) == {(led.number, influenced.number, "role")}


def test_an_organisation_is_compared_with_its_later_self():
    rename("Harbour Aid", "Harbour and Coast")
    rename("Harbour and Coast", "Coast International")
    one, other = make(35), make(40, organisation="Coast International")
    find()
    assert among(one, other) == {(one.number, other.number, "value")}


def test_an_organisation_is_not_compared_with_the_one_that_it_merged_into():
    rename("Harbour Aid", "Lantern Fund", kind="merged")
    claims = make(35), make(40, organisation="Lantern Fund")
    find()
    assert among(*claims) == set()


def test_two_names_that_each_came_after_the_other_are_one_organisation():
    rename("Harbour Aid", "Lantern Fund")
    rename("Lantern Fund", "Harbour Aid")
    one, other = make(35), make(40, organisation="Lantern Fund")
    find()
    assert among(one, other) == {(one.number, other.number, "value")}


def test_claims_without_a_subject_are_not_compared():
    claims = make(35, subject=""), make(40, subject="")
    find()
    assert among(*claims) == set()


def test_of_many_claims_that_say_the_same_one_stands_for_all():
    claims = [make(value) for value in (35, 35, 35, 40, 40, 40)]
    find()
    assert among(*claims) == {(claims[0].number, claims[3].number, "value")}


def test_each_of_a_dozen_values_meets_every_other_and_of_more_only_the_next_larger():
    claims = [make(value) for value in range(12)]
    find()
    assert among(*claims) == {(one.number, other.number, "value") for one, other in combinations(claims, 2)}
    claims.append(make(12))
    find()
    assert among(*claims) == {(one.number, other.number, "value") for one, other in pairwise(claims)}


@pytest.mark.parametrize(("count", "sizes"), [(0, []), (500, [500]), (501, [500, 1])])
def test_many_rows_are_deleted_in_parts(count, sizes):
    assert [len(batch) for batch in batches(range(count))] == sizes


def test_the_command_counts_what_it_found_what_is_new_and_what_is_gone():
    Conflict.objects.all().delete()
    rest = int(find().split("Conflicts found: ")[1].split(".")[0])
    one, other = make(35), make(40)
    find()
    Figure.objects.filter(claim__in=[one, other]).update(value=40)
    make(role="led"), make(role="influenced"), make(role="contributed")
    waiting = rest + 3
    assert find().endswith(
        f"Conflicts found: {waiting}. New: 3. No longer there: 1. Waiting for a decision: {waiting}.\n"
    )
    Conflict.objects.filter(rule="role", first__subject="Pilots").update(
        decision="confirmed", why="Two tellings", decided_at=NOW
    )
    assert find().endswith(
        f"Conflicts found: {waiting}. New: 0. No longer there: 0. Waiting for a decision: {rest}.\n"
    )


def test_alice_saves_a_claim_and_its_conflicts_come_and_go(desk):
    one, other = make(35), make(40)
    form = reverse("admin:impact_claim_change", args=[other.pk])
    assert desk.post(form, filled_in(desk.get(form))).status_code == 302
    assert among(one, other) == {(one.number, other.number, "value")}
    assert desk.post(form, filled_in(desk.get(form), **{"figures-0-value": "35"})).status_code == 302
    assert among(one, other) == set()


@pytest.mark.parametrize("values", [(35, 35, 40), (40, 35, 35)])
def test_a_claim_that_leaves_its_subject_leaves_the_others_to_be_compared(desk, values):
    claims = [make(value) for value in values]
    find()
    leaving = next(claim for claim, value in zip(claims, values, strict=True) if value == 35)
    form = reverse("admin:impact_claim_change", args=[leaving.pk])
    assert desk.post(form, filled_in(desk.get(form), subject="Something else")).status_code == 302
    one, other = (claim for claim in claims if claim != leaving)
    assert among(*claims) == {(one.number, other.number, "value")}


def test_a_decided_conflict_stays_where_an_open_one_goes():
    one, other, third = make(35), make(40), make(35, "over")
    find()
    Conflict.objects.filter(first=one, rule="value").update(
        decision="dismissed", why="Counted otherwise", decided_at=NOW
    )
    Figure.objects.filter(claim__in=[one, other, third]).update(value=50, qualifier="")
    find()
    assert among(one, other, third) == {(one.number, other.number, "value")}


def test_alice_confirms_a_conflict_with_a_reason_and_charlie_reads_it(desk, client):
    one, other = make(35), make(40)
    published(one), published(other)
    find()
    conflict = Conflict.objects.get(first=one)
    page = desk.get(page_of(conflict)).content.decode()
    assert one.reference in page and other.reference in page and "says “35 pilots”" in page
    assert errors_in(send(desk, conflict, decision="confirmed", why=" ")) == [
        "Say why: the reason stands on record."
    ]
    assert send(desk, conflict, decision="", why="Nobody knows").status_code == 200
    words = {"decision": "confirmed", "why": "Two pages, two counts.", "first": other.pk, "rule": "role"}
    assert send(desk, conflict, **words).status_code == 302
    client.logout()
    page_of_claim = one.get_absolute_url()
    assert "Two pages, two counts." not in client.get(page_of_claim).content.decode()
    decide(bob())
    conflict.refresh_from_db()
    assert (conflict.first, conflict.rule, conflict.decided_by, bool(conflict.decided_at)) == (
        one,
        "value",
        alice(),
        True,
    )
    assert "Two pages, two counts." in client.get(page_of_claim).content.decode()


def test_bob_decides_anew(client):
    one, other = published(make(35)), published(make(40))
    find()
    conflict = Conflict.objects.get(first=one)
    client.force_login(bob())
    for decision, is_told in (("confirmed", True), ("dismissed", False)):
        assert send(client, conflict, decision=decision, why="One is older.").status_code == 302
        decide(alice())
        conflict.refresh_from_db()
        assert (conflict.decision, conflict.decided_by) == (decision, bob())
        for claim in (one, other):
            page = client.get(claim.get_absolute_url()).content.decode()
            assert ("Sources differ." in page) is is_told


def test_conflicts_are_listed_by_decision_and_nobody_adds_or_deletes_one(client):
    one, other = make(35), make(40)
    find()
    for person in (alice(), bob()):
        client.force_login(person)
        conflicts = reverse("admin:impact_conflict_changelist")
        row = f"{one.reference} / {other.reference}"
        assert row in client.get(f"{conflicts}?decision__exact=").content.decode()
        assert row not in client.get(f"{conflicts}?decision__exact=confirmed").content.decode()
        assert client.get(reverse("admin:impact_conflict_add")).status_code == 403
        assert (
            client.post(
                reverse("admin:impact_conflict_delete", args=[Conflict.objects.first().pk]), {"post": "yes"}
            ).status_code
            == 403
        )


ROLES = ["led", "co-drafted", "contributed", "influenced", "hosted or attended"]


@pytest.mark.parametrize("one", [*ROLES, "member", "delivered", ""])
def test_two_roles_differ_if_both_can_be_compared(one):
    others = [*ROLES, "member", "delivered", ""]
    differing = [other for other in others if explanations("role", make(role=one), make(role=other))]
    assert differing == ([role for role in ROLES if role != one] if one in ROLES else [])


@pytest.mark.parametrize(
    ("one", "other", "rules"),
    [
        ((35, ""), (35, ""), []),
        ((35, ""), (36, ""), ["value"]),
        ((35, "over"), (36, "about"), ["value"]),
        ((35, "over"), (35, "about"), ["qualifier"]),
        ((35, "over"), (35, "more than"), []),
        ((35, "exactly"), (35, ""), []),
        ((35, "at least"), (35, "over"), ["qualifier"]),
        ((35, "exactly"), (35, "more than"), ["qualifier"]),
    ],
)
def test_a_pair_of_figures_is_explained_by_the_rule_that_finds_it(one, other, rules):
    claims = [make(*figure) for figure in (one, other)]
    assert [rule for rule in ("value", "qualifier") if explanations(rule, *claims)] == rules
    find()
    assert [rule for _first, _second, rule in among(*claims)] == rules


def test_each_figure_that_differs_is_told_and_those_without_a_match_are_not():
    one, other = make(35), make(40)
    for claim, value in ((one, 3), (other, 4)):
        a_figure(claim, value, label="boats", unit="boats")
    a_figure(one, 7, label="sails", unit="sails")
    a_figure(other, 8, label="sails", unit="metres of sail")
    pair = f"{one.reference} says “%s”, {other.reference} says “%s”."
    assert explanations("value", one, other) == [
        pair % ("35 pilots", "40 pilots"),
        pair % ("3 boats", "4 boats"),
    ]


def test_saving_a_claim_leaves_the_conflicts_of_other_subjects_to_the_command(desk):
    elsewhere = make(35, subject="Boats"), make(40, subject="Boats")
    find()
    elsewhere[0].figures.update(value=40)
    make(role="led", subject="Sails"), make(role="influenced", subject="Sails")
    one, other = make(35), make(40)
    form = reverse("admin:impact_claim_change", args=[other.pk])
    assert desk.post(form, filled_in(desk.get(form))).status_code == 302
    assert len(among(one, other)) == len(among(*elsewhere)) == 1
    assert not Conflict.objects.filter(first__subject="Sails").exists()
    find()
    assert among(*elsewhere) == set() and Conflict.objects.filter(first__subject="Sails").count() == 1
