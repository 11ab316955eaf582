"""Conflicts between claims of one organisation on one subject: the rules, and the decisions of staff."""

from io import StringIO
from itertools import pairwise

import pytest
from django.core.management import call_command
from django.urls import reverse

from impact.models import Claim, Conflict, Figure
from organisation.models import Citation, Organisation, Source
from tests.support.forms import errors_in, filled_in
from tests.support.people import alice, bob

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client):
    client.force_login(alice())
    return client


def make(
    value=None,
    qualifier="",
    role="",
    organisation="coalition",
    subject="Schools",
    label="schools",
    unit="schools",
):
    speaker = Organisation.objects.get(slug=organisation)
    claim = Claim.objects.create(
        organisation=speaker,
        statement=f"Schools: {value} {role}",
        subject=subject,
        theme="training",
        type="output",
        role=role,
        owner=alice(),
    )
    Citation.objects.create(record=claim, source=Source.objects.get(slug="coalition-what-we-do"))
    if value is not None:
        Figure.objects.create(claim=claim, label=label, value=value, qualifier=qualifier, unit=unit)
    return claim


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


def test_the_seeded_conflicts_are_confirmed_each_with_a_reason():
    found = Conflict.objects.values_list(
        "first__number", "second__number", "rule", "decision", "decided_by__username"
    )
    assert list(found) == [
        (8, 14, "role", "confirmed", "seed"),
        (20, 26, "role", "confirmed", "seed"),
        (24, 28, "qualifier", "confirmed", "seed"),
    ]
    assert "New: 0." in find()


def test_figures_that_differ_are_a_conflict_and_the_command_says_both():
    one, other = make(35), make(40, "over")
    assert f"{one.reference} says “35 schools”, {other.reference} says “over 40 schools”." in find()
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
        make(40, unit="school days"),
        make(40, subject="Pupils"),
        make(40, organisation="dallaire-initiative"),
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
    one, other = make(35), make(40, organisation="child-soldiers-international")
    find()
    assert among(one, other) == {(one.number, other.number, "value")}


def test_of_many_claims_that_say_the_same_one_stands_for_all():
    claims = [make(value) for value in (35, 35, 35, 40, 40, 40)]
    find()
    assert among(*claims) == {(claims[0].number, claims[3].number, "value")}


def test_each_of_very_many_values_meets_the_next_larger():
    claims = [make(value) for value in range(20)]
    find()
    assert among(*claims) == {(one.number, other.number, "value") for one, other in pairwise(claims)}


def test_alice_saves_a_claim_and_its_conflicts_come_and_go(desk):
    one, other = make(35), make(40)
    form = reverse("admin:impact_claim_change", args=[other.pk])
    assert desk.post(form, filled_in(desk.get(form))).status_code == 302
    assert among(one, other) == {(one.number, other.number, "value")}
    assert desk.post(form, filled_in(desk.get(form), **{"figures-0-value": "35"})).status_code == 302
    assert among(one, other) == set()


def test_a_claim_that_leaves_its_subject_leaves_the_others_to_be_compared(desk):
    one, same, other = make(35), make(35), make(40)
    find()
    form = reverse("admin:impact_claim_change", args=[one.pk])
    assert desk.post(form, filled_in(desk.get(form), subject="Something else")).status_code == 302
    assert among(one, same, other) == {(same.number, other.number, "value")}


def test_a_decided_conflict_stays_where_an_open_one_goes():
    one, other, third = make(35), make(40), make(35, "over")
    find()
    Conflict.objects.filter(first=one, rule="value").update(
        decision="dismissed", why="Counted otherwise", decided_at="2026-01-01T00:00Z"
    )
    Figure.objects.filter(claim__in=[one, other, third]).update(value=50, qualifier="")
    find()
    assert among(one, other, third) == {(one.number, other.number, "value")}


def test_alice_confirms_a_conflict_with_a_reason_and_charlie_reads_it(desk, client):
    one, other = make(35), make(40)
    for claim in (one, other):
        claim.publish(by=bob(), seen=Claim.AS_STORED)
    find()
    conflict = Conflict.objects.get(first=one)
    page = desk.get(page_of(conflict)).content.decode()
    assert one.reference in page and other.reference in page and "says “35 schools”" in page
    assert errors_in(desk.post(page_of(conflict), {"decision": "confirmed", "why": " "})) == [
        "Say why: the reason stands on record."
    ]
    assert desk.post(page_of(conflict), {"decision": "", "why": "Nobody knows"}).status_code == 200
    assert (
        desk.post(
            page_of(conflict),
            {"decision": "confirmed", "why": "Two pages, two counts.", "first": other.pk, "rule": "role"},
        ).status_code
        == 302
    )
    conflict.refresh_from_db()
    assert (conflict.first, conflict.rule, conflict.decided_by, bool(conflict.decided_at)) == (
        one,
        "value",
        alice(),
        True,
    )
    client.logout()
    assert "Two pages, two counts." in client.get(one.get_absolute_url()).content.decode()


def test_bob_decides_anew(client):
    client.force_login(bob())
    conflict = Conflict.objects.get(first__number=24)
    assert (
        client.post(page_of(conflict), {"decision": "dismissed", "why": "One is older."}).status_code == 302
    )
    conflict.refresh_from_db()
    assert (conflict.decision, conflict.decided_by) == ("dismissed", bob())
    assert "Sources differ." not in client.get("/evidence/e24/", follow=True).content.decode()


def test_conflicts_are_listed_by_decision_and_nobody_adds_or_deletes_one(client):
    one, other = make(35), make(40)
    find()
    for person in (alice(), bob()):
        client.force_login(person)
        conflicts = reverse("admin:impact_conflict_changelist")
        waiting = client.get(f"{conflicts}?decision__exact=").content.decode()
        assert f"{one.reference} / {other.reference}" in waiting and "E24" not in waiting
        assert client.get(reverse("admin:impact_conflict_add")).status_code == 403
        assert (
            client.post(
                reverse("admin:impact_conflict_delete", args=[Conflict.objects.first().pk]), {"post": "yes"}
            ).status_code
            == 403
        )


def test_seeding_again_keeps_what_staff_decided_until_it_is_overwritten(client):
    client.force_login(alice())
    conflict = Conflict.objects.get(first__number=24)
    client.post(page_of(conflict), {"decision": "dismissed", "why": "One is older."})
    output = StringIO()
    call_command("seed", stdout=output)
    conflict.refresh_from_db()
    assert conflict.decision == "dismissed" and "Kept as an editor left it: E24 / E28" in output.getvalue()
    call_command("seed", "--overwrite", verbosity=0)
    conflict.refresh_from_db()
    assert conflict.decision == "confirmed" and "newer than the other" in conflict.why
