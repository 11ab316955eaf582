"""Two who edit one record: who is named, what is compared, and what is no conflict."""

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse

from advocacy.models import Instrument
from impact.models import Highlight
from organisation.models import Organisation, Statement
from tests.organisation.test_edit_conflict import Desk, differences_on, form_url
from tests.support.factory import a_claim, a_figure, a_source, an_organisation, cite
from tests.support.forms import errors_in, filled_in
from tests.support.people import alice, bob

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("alone")]


@pytest.fixture
def at_alices():
    return Desk(alice())


@pytest.fixture
def at_bobs():
    return Desk(bob())


@pytest.fixture
def claim():
    claim = a_claim(owner=alice())
    for order, label in enumerate(("pilots", "boats", "sails")):
        a_figure(claim, 40, label=label, unit=label, order=order)
    return claim


def who_was_first(page):
    [error] = errors_in(page)
    return error.split(" on ")[0]


def test_whoever_saved_last_is_named_be_it_a_command_or_oneself(at_alices, at_bobs):
    organisation = an_organisation()
    at_alices.open(form_url(organisation))
    organisation.seat = "Quayside"
    organisation.save()
    page = at_alices.save(short_name="HA")
    assert (
        who_was_first(page) == "A command saved this"
        and "nothing of yours is saved yet" in errors_in(page)[0]
    )
    other_window = Desk(alice()).open(form_url(organisation))
    assert other_window.save(seat="Lakeside").status_code == 302
    page = at_alices.save(short_name="HA")
    assert who_was_first(page) == "You saved this yourself" and "in another window" in errors_in(page)[0]
    get_user_model().objects.filter(pk=bob().pk).update(first_name="Bob", last_name="Lee")
    assert at_bobs.open(form_url(organisation)).save(seat="Riverside").status_code == 302
    assert who_was_first(at_alices.save(short_name="HA")) == "Bob Lee saved this"
    assert at_alices.save(short_name="HA").status_code == 302
    organisation.refresh_from_db()
    # Her form stands as she typed it: what it says of the seat is saved once she has seen the other's.
    assert organisation.short_name == "HA"


def test_the_newest_of_changes_to_the_record_and_to_its_parts_is_told(at_alices, at_bobs, claim):
    root = Desk(get_user_model().objects.create_superuser("root"))
    at_alices.open(form_url(claim))
    for desk, values, name in (
        (at_bobs, {"statement": "We taught all 40 pilots"}, "publisher"),
        (root, {"figures-0-value": "41"}, "root"),
        (at_bobs, {"organisation-citation-content_type-object_id-0-note": "A note"}, "publisher"),
        (root, {"limitations": "Counted twice"}, "root"),
    ):
        assert desk.open(form_url(claim)).save(**values).status_code == 302
        other = cite(a_claim(f"By {name}", figure=3), a_source(f"For {values}"[:20]))
        other.note = "Of another record"
        other.save()
        assert who_was_first(at_alices.save(subject="Skippers")) == f"{name} saved this"
        at_alices.open(form_url(claim))


def test_a_form_that_says_nothing_of_what_it_showed_compares_what_differs_alone(at_alices):
    organisation = an_organisation(seat="Quayside", short_name="HA")
    data = filled_in(at_alices.open(form_url(organisation)).form, seat="Lakeside") | {"seen": ""}
    page = at_alices.client.post(form_url(organisation), data)
    assert errors_in(page) == [
        "This form does not say what it showed when it was opened: compare, then save once more."
    ]
    assert differences_on(page) == [("", "Seat", "Quayside", "Lakeside")]


def test_ticks_choices_and_several_records_are_compared_as_they_read(at_alices, at_bobs):
    organisation = an_organisation()
    at_alices.open(form_url(organisation))
    at_bobs.open(form_url(organisation)).save(profiled="on")
    page = at_alices.save(short_name="HA")
    assert differences_on(page) == [("", "Has a profile", "yes", "no")]

    one, other, third = (a_claim(f"We wrote {number}") for number in range(3))
    instrument = Instrument.objects.create(slug="treaty", title="Treaty on boats")
    instrument.claims.set([other, one])
    at_alices.open(form_url(instrument))
    assert at_bobs.open(form_url(instrument)).save(claims=[third.pk, one.pk]).status_code == 302
    page = at_alices.save(reference="T/1", claims=[other.pk, one.pk])
    [(_part, field, stored, typed)] = differences_on(page)
    assert (field, stored, typed) == ("Claims that speak of it", f"{one}, {third}", f"{one}, {other}")


def test_choices_in_another_order_are_no_change(at_alices):
    one, other = (a_claim(f"We wrote {number}") for number in range(2))
    instrument = Instrument.objects.create(slug="treaty", title="Treaty on boats")
    instrument.claims.set([one, other])
    at_alices.open(form_url(instrument))
    instrument.claims.clear()
    instrument.claims.set([other])
    instrument.claims.add(one)
    assert at_alices.save(reference="T/1").status_code == 302


def test_a_row_that_both_deleted_stays_away_and_one_that_alice_deleted_goes(at_alices, at_bobs, claim):
    at_alices.open(form_url(claim))
    assert at_bobs.open(form_url(claim)).save(**{"figures-0-DELETE": "on"}).status_code == 302
    deleted = {"figures-0-DELETE": "on", "figures-1-DELETE": "on"}
    page = at_alices.save(**deleted, subject="Skippers")
    assert [(part, stored) for part, _field, stored, _typed in differences_on(page)] == [
        ("figure", "deleted")
    ]
    assert [figure.label for figure in claim.figures.all()] == ["boats", "sails"]
    assert filled_in(page)["figures-TOTAL_FORMS"] == 2
    assert at_alices.save(**{"figures-0-DELETE": "on"}).status_code == 302
    assert [figure.label for figure in claim.figures.all()] == ["sails"]


def test_rows_keep_what_is_typed_in_them_though_others_come_and_go_before_them(at_alices, at_bobs, claim):
    at_alices.open(form_url(claim))
    added = {
        "figures-TOTAL_FORMS": 4,
        "figures-0-DELETE": "on",
        "figures-3-label": "oars",
        "figures-3-as_written": "40",
        "figures-3-value": "7",
        "figures-3-unit": "oars",
        "figures-3-order": "0",
    }
    assert at_bobs.open(form_url(claim)).save(**added).status_code == 302
    page = at_alices.save(**{"figures-2-value": "50"})
    assert sorted(differences_on(page)) == [
        ("figure", "", "7 oars", "not in your form"),
        ("figure", "", "deleted", "pilots, 40, none, 40.00, pilots, 0, none"),
    ]
    assert at_alices.save().status_code == 302
    figures = {figure.label: str(figure.value) for figure in claim.figures.all()}
    assert figures == {"pilots": "40.00", "boats": "40.00", "sails": "50.00", "oars": "7.00"}


def highlights_form(client, address):
    formset = client.get(address).context["cl"].formset
    data = {"_save": "Save", **{bound.html_name: bound.value() for bound in formset.management_form}}
    for form in formset.forms:
        data |= {bound.html_name: bound.value() for bound in form}
    return data | {"seen": client.get(address).context["seen"]}


def test_a_list_is_saved_though_another_row_was_added_and_is_refused_if_one_of_its_own_is_gone(at_alices):
    Highlight.objects.all().delete()
    address = reverse("admin:impact_highlight_changelist")
    one, other, third = (
        Highlight.objects.create(claim=a_claim(f"We wrote {number}"), where="impact", order=number + 1)
        for number in range(3)
    )
    third.delete()
    data = highlights_form(at_alices.client, address)
    added = Highlight.objects.create(claim=a_claim("We wrote 9"), where="impact", order=9)
    sent = at_alices.client.post(address, data | {"form-0-order": 7})
    assert sent.status_code == 302
    assert dict(Highlight.objects.values_list("pk", "order")) == {one.pk: 7, other.pk: 2, added.pk: 9}
    data = highlights_form(at_alices.client, address)
    other.delete()
    assert at_alices.client.post(address, data | {"form-1-order": 8}).status_code == 200
    assert dict(Highlight.objects.values_list("pk", "order")) == {one.pk: 7, added.pk: 9}


def test_who_may_only_look_at_a_record_is_refused_and_told_of_no_conflict():
    dora = get_user_model().objects.create_user("dora", is_staff=True)
    dora.user_permissions.set(dora.user_permissions.model.objects.filter(codename="view_organisation"))
    organisation, desk = an_organisation(), Desk(dora)
    assert desk.client.get(form_url(organisation)).status_code == 200
    assert desk.client.post(form_url(organisation), {"seat": "Quayside"}).status_code == 403
    assert not Organisation.objects.filter(seat="Quayside").exists()


def test_a_deleted_record_is_named_with_who_deleted_it_and_one_that_never_was_is_none(at_alices, at_bobs):
    statement = Statement.objects.create(
        organisation=an_organisation(), slug="about", kind="about", text="We row", owner=alice()
    )
    address = form_url(statement)
    data = filled_in(at_alices.open(address).form, text="We sail")
    at_bobs.delete(statement)
    page = at_alices.client.post(address, data)
    assert who_was_first(page) == "publisher deleted this"
    assert "What you typed stands below, to be copied into a new record." in errors_in(page)[0]
    missing = at_alices.client.post(address.replace(str(statement.pk), "999999"), data)
    assert missing.status_code == 302 and missing["Location"] == "/admin/"
