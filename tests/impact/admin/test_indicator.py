"""Indicators and their readings in the admin: entered by one person, accepted or published by another."""

import re

import pytest
from django.urls import reverse

from impact.models import Absence, Claim, Figure, Indicator
from tests.support.factory import (
    a_claim,
    a_reading,
    a_source,
    an_indicator,
    an_organisation,
    published,
)
from tests.support.forms import errors_in, filled_in
from tests.support.people import alice, bob
from tests.support.proposals import at_desk, decide, propose, the_proposal
from tests.support.review import claim_form

pytestmark = pytest.mark.django_db

TEXT = "In 2024 over 1,200 children went back to school, of them 700 girls. Boys were not counted.\n"
WORDS = TEXT.strip()


@pytest.fixture
def children():
    return an_indicator()


@pytest.fixture
def report():
    return a_source("Report of 2024", text=TEXT)


def add_form(client):
    return client.get(reverse("admin:impact_indicator_add"))


def test_alice_proposes_an_indicator_and_readers_see_it_once_bob_accepts(client):
    organisation, desk = an_organisation(), at_desk(alice())
    data = filled_in(
        add_form(desk), title="Schools open again", unit="schools", organisation=organisation.pk, _save="1"
    )
    desk.post(reverse("admin:impact_indicator_add"), data)
    assert not Indicator.objects.filter(title="Schools open again").exists()
    decide(bob())
    indicator = Indicator.objects.get(title="Schools open again")
    assert "No result over time is on record." in client.get(indicator.get_absolute_url()).content.decode()


def test_the_address_cannot_be_changed_and_an_absence_is_proposed_with_its_indicator(client, children):
    desk, address = at_desk(alice()), reverse("admin:impact_indicator_change", args=[children.pk])
    form = desk.get(address)
    assert "slug" not in filled_in(form)
    data = filled_in(form) | {
        "absences-TOTAL_FORMS": "1",
        "absences-0-kind": "actual",
        "absences-0-starts": "2023",
        "absences-0-ends": "2023",
        "absences-0-reason": "not collected",
    }
    desk.post(address, data)
    assert not Absence.objects.exists()
    assert [row["kind"] for row in the_proposal().changes] == ["absence of a value"]
    decide(bob())
    assert "Not collected." in client.get(children.get_absolute_url()).content.decode()


def test_charlie_may_not_open_the_form(client, children):
    assert client.get(reverse("admin:impact_indicator_change", args=[children.pk])).status_code == 302


def test_the_form_lists_the_readings_and_leads_to_a_new_one(children):
    draft, claim = a_reading(children, 40, "2023"), published(a_reading(children, 50, "2024"))
    page = at_desk(alice()).get(reverse("admin:impact_indicator_change", args=[children.pk])).content.decode()
    text = " ".join(re.sub("<[^>]+>", " ", page).split())
    assert f"{draft.reference} actual, 2023: 40 children, draft" in text
    assert f"{claim.reference} actual, 2024: 50 children, published" in text
    assert f"/admin/impact/claim/new/?indicator={children.pk}" in page
    Claim.objects.filter(pk=claim.pk).update(stage="submitted")
    page = at_desk(alice()).get(reverse("admin:impact_indicator_change", args=[children.pk])).content.decode()
    assert "actual, 2024: 50 children, submitted" in page


def new_reading(desk, indicator, report, **changes):
    address = reverse("admin:new-claim", query={"indicator": indicator.pk})
    page = desk.get(address)
    assert f"New reading of {indicator}" in page.content.decode()
    data = {
        "indicator": indicator.pk,
        "statement": "In 2024 over 1,200 children went back to school",
        "organisation": page.context["form"]["organisation"].value(),
        "source": report.pk,
        "words": WORDS,
        "reading-kind": "actual",
        "reading-starts": "2024",
        "reading-as_written": "over 1,200",
        "reading-parts": "sex | girls | 700\nsex | boys | not collected",
    }
    return desk.post(address, data | changes)


@pytest.fixture
def desk(children):
    children.organisation.profiled = True
    children.organisation.save()
    return at_desk(alice())


def test_a_new_reading_is_a_draft_with_its_period_parts_and_words(desk, children, report):
    assert new_reading(desk, children, report).status_code == 302
    claim = Claim.objects.latest("number")
    figure = claim.figures.get()
    assert (figure.text, figure.period, figure.kind) == ("over 1,200 children", "2024", "actual")
    assert [str(each) for each in figure.parts.all()] == ["sex, girls: 700", "sex, boys: not collected"]
    assert (claim.subject, claim.type) == (children.title, "outcome")
    assert claim.citations.get().passage.words == WORDS
    claim.theme = "training"
    published(claim)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"reading-as_written": "1,300"}, "is written “1,300”"),
        ({"reading-as_written": ""}, "This field is required."),
        ({"reading-starts": "24"}, "“24” is not a date"),
        ({"reading-starts": "2024", "reading-ends": "2023"}, "The end is before the start"),
        ({"reading-parts": "girls 700"}, "Line 1 is no part: write “sex | girls | 9,100”."),
        ({"reading-parts": "sex | girls | many"}, "Line 1: “many” is no number and no reason."),
        ({"reading-parts": "sex | girls | 701"}, "The part “girls” is written “701”"),
        ({"reading-parts": "sex | girls | 700\nsex | girls | 700"}, "“girls” stands in two lines"),
        ({"reading-set_on": "2023"}, "Only a target has a day on which it was set."),
    ],
)
def test_what_is_wrong_with_a_reading_is_said_and_nothing_is_saved(desk, children, report, changes, sentence):
    before = Claim.objects.count()
    response = new_reading(desk, children, report, **changes)
    assert response.status_code == 200
    assert sentence in response.content.decode()
    assert Claim.objects.count() == before


def test_a_reading_of_a_period_that_has_one_is_offered_before_it_is_saved(desk, children, report):
    other = a_reading(children, 40, "2024")
    response = new_reading(desk, children, report)
    assert response.status_code == 200
    assert f">{other.reference}</a>" in response.content.decode()
    assert new_reading(desk, children, report, seen=[other.pk]).status_code == 302


def test_the_form_of_a_claim_takes_a_figure_as_a_reading(children):
    claim = a_reading(children, 40, "2024", parts=[("sex", "girls", "25")])
    desk = at_desk(alice())
    data = filled_in(desk.get(claim_form(claim)))
    assert data["figures-0-parts"] == "sex | girls | 25"
    changed = data | {"figures-0-starts": "2023", "figures-0-ends": "2023", "figures-0-parts": ""}
    assert desk.post(claim_form(claim), changed).status_code == 302
    figure = Figure.objects.get(claim=claim)
    assert figure.period == "2023" and not figure.parts.exists()


def test_a_figure_that_stands_alone_has_neither_period_nor_parts(children):
    claim = a_reading(children, 40, "2024")
    desk = at_desk(alice())
    data = filled_in(desk.get(claim_form(claim))) | {"figures-0-indicator": "", "figures-0-kind": ""}
    assert any(
        "A reading has an indicator and a kind" in each
        for each in errors_in(desk.post(claim_form(claim), data))
    )
    data |= {"figures-0-starts": "", "figures-0-ends": "", "figures-0-parts": "sex | girls | 25"}
    assert "Only a reading of an indicator has parts: choose the indicator." in errors_in(
        desk.post(claim_form(claim), data)
    )


def test_who_changed_the_parts_last_does_not_publish_them(children):
    claim = a_reading(children, 40, "2024", parts=[("sex", "girls", "25"), ("sex", "boys", "15")])
    desk = at_desk(bob())
    data = filled_in(desk.get(claim_form(claim)))
    desk.post(claim_form(claim), data | {"figures-0-parts": "sex | girls | 25"})
    assert Claim.objects.get(pk=claim.pk).last_changed_by() == bob()


def test_a_change_of_the_unit_is_shown_to_bob_before_readers_see_it(client, children):
    published(a_reading(children, 40))
    propose(alice(), children, unit="pupils")
    assert "pupils" not in client.get(children.get_absolute_url()).content.decode()
    assert children.get_absolute_url() in [page["address"] for page in the_proposal().pages]
    decide(bob())
    assert "pupils" in client.get(children.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("emptied", "sentence"),
    [("figures-0-label", "This field is required."), ("figures-0-unit", "A figure needs a unit")],
)
def test_the_label_and_the_unit_of_a_figure_that_stands_alone_are_not_emptied(emptied, sentence):
    claim, desk = a_claim("We taught 40 pilots", 40), at_desk(alice())
    answer = desk.post(claim_form(claim), filled_in(desk.get(claim_form(claim)), **{emptied: ""}))
    assert any(sentence in each for each in errors_in(answer))
    assert claim.figures.get().label and claim.figures.get().unit


def test_those_of_a_reading_are_named_anew_after_its_indicator(children):
    claim, desk = a_reading(children, 40, "2024"), at_desk(alice())
    data = filled_in(desk.get(claim_form(claim)), **{"figures-0-label": "", "figures-0-unit": ""})
    assert desk.post(claim_form(claim), data).status_code == 302
    figure = claim.figures.get()
    assert (figure.label, figure.unit) == ("Children back in school, 2024", "children")


def test_a_number_among_the_words_of_a_reading_in_words_is_no_value(desk, report):
    told = an_indicator("What they say of it", measure="words")
    answer = new_reading(desk, told, report, **{"reading-as_written": "over 1,200", "reading-parts": ""})
    assert answer.status_code == 302
    figure = Claim.objects.latest("number").figures.get()
    assert (figure.value, figure.qualifier, figure.answer) == (None, "", "over 1,200")
