"""Who looks after a text: who can be chosen, and what the action “Still true” says of how many."""

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse

from impact.models import Claim
from organisation.models import Statement
from tests.support.factory import a_claim, an_organisation
from tests.support.forms import errors_in, filled_in
from tests.support.people import alice

pytestmark = pytest.mark.django_db

LIST = reverse("admin:organisation_statement_changelist")


@pytest.fixture
def desk(client):
    client.force_login(alice())
    return client


def a_statement(slug="about", text="We row", **values):
    values = {"owner": alice()} | values
    return Statement.objects.create(
        organisation=an_organisation(), slug=slug, kind="about", text=text, **values
    )


def form_of(record):
    return reverse(f"admin:{record._meta.app_label}_{record._meta.model_name}_change", args=[record.pk])


@pytest.mark.parametrize(
    ("is_staff", "is_active", "is_offered"), [(True, True, True), (True, False, False), (False, True, False)]
)
def test_an_owner_is_an_active_member_of_staff(desk, is_staff, is_active, is_offered):
    dora = get_user_model().objects.create_user("dora", is_staff=is_staff, is_active=is_active)
    for record in (a_statement(), a_claim(owner=alice())):
        page = desk.get(form_of(record))
        assert (dora in page.context["adminform"].form.fields["owner"].queryset) is is_offered
        sent = desk.post(form_of(record), filled_in(page, owner=dora.pk))
        assert (sent.status_code == 302) is is_offered
        assert is_offered or len(errors_in(sent)) == 1


@pytest.mark.usefixtures("alone")
def test_one_or_several_are_found_still_true_and_the_others_are_not(desk):
    statements = [a_statement(f"of-{number}") for number in range(4)]
    for chosen, sentence in ((1, "1 was found still true today."), (2, "2 were found still true today.")):
        pks = [statement.pk for statement in statements[:chosen]]
        data = {"action": "find_still_true", "_selected_action": pks}
        assert sentence in desk.post(LIST, data, follow=True).content.decode()
    assert [
        bool(each.confirmed_on) for each in Statement.objects.filter(pk__in=[s.pk for s in statements])
    ] == [
        True,
        True,
        False,
        False,
    ]


def test_who_may_only_look_is_offered_no_still_true(client):
    dora = get_user_model().objects.create_user("dora", is_staff=True)
    dora.user_permissions.set(
        dora.user_permissions.model.objects.filter(codename__in=["view_statement", "view_claim"])
    )
    client.force_login(dora)
    for record in (a_statement(), a_claim()):
        assert "Still true" not in client.get(form_of(record)).content.decode()
        assert client.post(form_of(record).replace("change", "still-true")).status_code == 403
    data = {"action": "find_still_true", "_selected_action": [Statement.objects.last().pk]}
    client.post(LIST, data)
    assert not Statement.objects.exclude(confirmed_on=None).exists()


def test_the_words_that_are_found_are_told_apart_and_none_is_said_so(desk):
    statement = a_statement(text="Today the leading school, now and today.")
    page = " ".join(desk.get(form_of(statement)).content.decode().split())
    aging, superlatives = (
        page.split(f"field-{name}")[1].split('<div class="form-row')[0]
        for name in ("words_that_age", "words_that_excel")
    )
    lines = [f"<div>“{words}”: speaks of a time that passes</div>" for words in ("today", "now")]
    assert "".join(lines) in aging and "leading" not in aging
    assert "“the leading”: ahead of all others" in superlatives and "today" not in superlatives
    assert desk.get(form_of(a_statement("plain"))).content.decode().count("none found") == 2


def test_the_list_of_what_is_mine_or_without_evidence_is_of_the_right_records(desk):
    dora = get_user_model().objects.create_user("dora", is_staff=True)
    mine, hers = a_statement("mine"), a_statement("hers", owner=dora)
    found = [
        each for each in desk.get(LIST, {"upkeep": "mine"}).context["cl"].result_list if each in (mine, hers)
    ]
    assert found == [mine]
    claim, bare = a_claim(), a_claim("We taught others")
    bare.citations.update(relation="repeats")
    page = desk.get(reverse("admin:impact_claim_changelist"), {"evidence": "unsourced"})
    found = list(page.context["cl"].result_list)
    assert found == [bare] and claim not in found and Claim.objects.count() > 2
