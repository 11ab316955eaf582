"""The form of a record: its citations by their exact words, its history, and what is found in the lists."""

import pytest
from django.urls import reverse

from advocacy.models import Ask, Instrument
from impact.models import Claim, Conflict, Edition, Figure, Highlight
from organisation.models import Affiliation, Milestone, Organisation, Passage, Source, Statement
from tests.support.factory import (
    a_claim,
    a_figure,
    a_profiled_organisation,
    a_source,
    an_organisation,
    cite,
    published,
)
from tests.support.forms import errors_in, filled_in
from tests.support.people import alice, bob, staff_with
from tests.support.proposals import at_desk

pytestmark = pytest.mark.django_db

CITATION = "organisation-citation-content_type-object_id-0-"
TEXT = "We row.\nWe sail,\nthen we row.\n"


@pytest.fixture
def desk(client, alone):
    client.force_login(alice())
    return client


@pytest.fixture
def statement():
    statement = Statement.objects.create(
        organisation=an_organisation(), slug="about", kind="about", text="We row", owner=alice()
    )
    source = a_source("Logbook", text=TEXT)
    cite(statement, source, passage=Passage.objects.quote(source, "We row."))
    return statement


def address(record, page="change"):
    names = f"admin:{record._meta.app_label}_{record._meta.model_name}"
    return reverse(f"{names}_{page}", args=[record.pk])


def save(client, record, **values):
    return client.post(address(record), filled_in(client.get(address(record)), **values))


def quoted(statement):
    return [(str(each.source), each.passage and each.passage.words) for each in statement.citations.all()]


def test_the_words_of_a_citation_are_shown_and_others_are_quoted_in_their_place(desk, statement):
    assert filled_in(desk.get(address(statement)))[f"{CITATION}words"] == "We row."
    assert save(desk, statement, text="We sail", **{f"{CITATION}words": "We sail"}).status_code == 302
    assert quoted(statement) == [("Logbook", "We sail")]
    assert save(desk, statement, **{f"{CITATION}note": "A note"}).status_code == 302
    assert quoted(statement) == [("Logbook", "We sail")]
    assert save(desk, statement, **{f"{CITATION}words": ""}).status_code == 302
    assert quoted(statement) == [("Logbook", None)]


def test_words_on_several_lines_are_found_as_a_browser_sends_them(desk, statement):
    words = {f"{CITATION}words": "\r\nsail,\r\nthen\r\n"}
    assert save(desk, statement, text="sail", **words).status_code == 302
    assert quoted(statement) == [("Logbook", "sail,\nthen")]
    page = save(desk, statement, **{f"{CITATION}words": " sail"})
    assert page.status_code == 302 and quoted(statement) == [("Logbook", " sail")]


def test_another_source_has_to_say_the_words_too_or_none_are_quoted(desk, statement):
    same, other = a_source("Diary", text="We row. We steer."), a_source("Almanac", text="We steer.")
    assert save(desk, statement, **{f"{CITATION}source": same.pk}).status_code == 302
    assert quoted(statement) == [("Diary", "We row.")]
    assert statement.citations.get().passage.source == same
    page = save(desk, statement, **{f"{CITATION}source": other.pk})
    assert "The words depart from “Almanac” at character 4" in errors_in(page)[0]
    assert quoted(statement) == [("Diary", "We row.")]
    assert save(desk, statement, **{f"{CITATION}source": other.pk, f"{CITATION}words": ""}).status_code == 302
    assert quoted(statement) == [("Almanac", None)]


def test_a_change_of_a_citation_alone_is_no_row_in_the_history_of_its_record(desk):
    organisation = an_organisation()
    cite(organisation, a_source("Logbook"))
    rows = organisation.history.count()
    save(desk, organisation, **{f"{CITATION}note": "A note"})
    assert organisation.history.count() == rows
    assert organisation.citations.get().history.count() == 2
    save(desk, organisation, seat="Quayside")
    assert organisation.history.count() == rows + 1
    row = organisation.history.first()
    assert (row.history_user, row.seat) == (alice(), "Quayside")


def test_the_name_for_good_of_a_record_is_typed_once_and_the_address_of_a_claim_may_change(desk, statement):
    add = reverse("admin:organisation_statement_add")
    assert "slug" in filled_in(desk.get(add))
    assert "slug" not in filled_in(desk.get(address(statement)))
    save(desk, statement, slug="other")
    statement.refresh_from_db()
    assert statement.slug == "about"
    claim = a_claim(owner=alice())
    assert save(desk, claim, slug="other").status_code == 302
    assert Claim.objects.get(pk=claim.pk).slug == "other"


@pytest.mark.parametrize("is_public", [True, False])
def test_a_form_leads_to_the_page_of_a_record_that_has_one(desk, statement, is_public):
    organisation = a_profiled_organisation("Lantern Fund") if is_public else an_organisation("Lantern Fund")
    claim = a_claim()
    if is_public:
        published(claim)
    for record in (organisation, claim):
        assert ("View on site" in desk.get(address(record)).content.decode()) is is_public
    assert "View on site" not in desk.get(address(statement)).content.decode()


def test_the_grade_and_the_edition_of_a_claim_stand_in_its_form(desk):
    claim = a_claim(owner=alice())
    cite(claim, a_source("Logbook"), relation="supports", independence="independent")
    form = desk.get(address(claim)).content.decode()
    assert "supported" in form and "not published" in form
    published(claim), published(claim)
    claim.citations.all().delete()
    row = desk.get(reverse("admin:impact_claim_changelist"), {"q": claim.reference}).content.decode()
    assert '<td class="field-grade_text">unsourced</td>' in row
    assert '<td class="field-edition_text">2</td>' in row


def listed(client, model, **query):
    names = f"admin:{model._meta.app_label}_{model._meta.model_name}"
    return list(client.get(reverse(f"{names}_changelist"), query).context["cl"].result_list)


def searchable():
    """Returns {model: (record, terms by which it is found, terms by which it is not)}."""
    organisation = an_organisation(
        "Zebra Aid", short_name="Zebraid", other_names="Zebra Fund\nStripes", seat="Quayside"
    )
    author, publisher = an_organisation("Wombat Aid"), an_organisation("Koala Aid")
    source = a_source("Quokkas", subject="Numbats", author=author, publisher=publisher, region="Quayside")
    claim = a_claim(
        "We taught bandicoots", subject="Bilbies", organisation=organisation, limitations="Quayside"
    )
    milestone = Milestone.objects.create(
        organisation=organisation, slug="x", title="Dingoes", text="Echidnas came"
    )
    affiliation = Affiliation.objects.create(organisation=author, region="Possum Bay", role="partner")
    other = Affiliation.objects.create(organisation=author, with_whom=publisher, role="founder")
    statement = Statement.objects.create(
        organisation=organisation, slug="x", kind="about", title="Galahs", text="Corellas"
    )
    instrument = Instrument.objects.create(
        slug="x", title="Treaty on emus", short_title="Emupact", reference="E/2031/7"
    )
    ask = Ask.objects.create(organisation=organisation, slug="x", text="Spare ibises", addressees="Lorikeets")
    passage = Passage.objects.quote(a_source("Cassowaries", text="We saw kookaburras."), "kookaburras")
    return {
        Organisation: (organisation, ["zebra aid", "zebraid", "stripes"], ["quayside"]),
        Source: (source, ["quokkas", "numbats", "wombat", "koala"], ["quayside"]),
        Milestone: (milestone, ["dingoes", "echidnas", "zebra"], ["wombat"]),
        Affiliation: (affiliation, ["possum"], ["wombat"]),
        "other": (other, ["koala"], ["wombat"]),
        Statement: (statement, ["galahs", "corellas", "zebra"], ["wombat"]),
        Instrument: (instrument, ["emus", "emupact", "E/2031/7"], ["wombat"]),
        Ask: (ask, ["ibises", "lorikeets"], ["zebra"]),
        Passage: (passage, ["kookaburras", "cassowaries"], ["wombat"]),
        Claim: (
            claim,
            ["bandicoots", "bilbies", claim.reference, f" {claim.reference.lower()} ", str(claim.number)],
            ["zebra", "quayside", f"E{claim.number}0", str(claim.number)[:1]],
        ),
    }


def test_a_record_is_found_by_its_words_and_names(desk):
    for model, (record, terms, others) in searchable().items():
        for term in terms:
            assert listed(desk, type(record), q=term) == [record], (model, term)
        for term in others:
            assert record not in listed(desk, type(record), q=term), (model, term)


def test_editions_conflicts_and_highlights_are_listed_and_narrowed(client):
    client.force_login(bob())
    one, other = (published(a_claim(f"We taught {number} wombats", figure=number)) for number in (35, 40))
    conflict = Conflict.objects.create(first=one, second=other, rule="value")
    assert listed(client, Edition, q="wombats") == [one.current_edition, other.current_edition]
    assert listed(client, Edition, q=str(one.number)) == [one.current_edition]
    assert one.current_edition not in listed(client, Edition, grade="disputed")
    for term in (str(one.number), str(other.number), "Pilots"):
        assert listed(client, Conflict, q=term) == [conflict]
    assert listed(client, Conflict, q="wombats") == []
    assert conflict not in listed(client, Conflict, rule="role")
    Highlight.objects.all().delete()
    highlights = [
        Highlight.objects.create(claim=claim, where=where, order=order)
        for claim, where, order in ((one, "impact", 2), (other, "impact", 1), (one, "home claims", 9))
    ]
    assert listed(client, Highlight, where__exact="impact") == [highlights[1], highlights[0]]


def test_a_figure_that_is_saved_in_the_form_keeps_its_order_and_its_day(desk):
    claim = a_claim(owner=alice())
    for order, label in enumerate(("pilots", "boats")):
        a_figure(claim, 40, label=label, order=order)
    values = {"figures-0-order": "5", "figures-0-as_of": "2004", "figures-0-qualifier": "over"}
    assert save(desk, claim, **values).status_code == 302
    assert [(figure.label, figure.as_of) for figure in Figure.objects.filter(claim=claim)] == [
        ("boats", ""),
        ("pilots", "2004"),
    ]


def test_nobody_who_may_only_look_brings_an_earlier_version_back():
    claim = a_claim("We row")
    claim.statement = "We sail"
    claim.save()
    earlier = claim.history.filter(statement="We row").first()
    page = reverse("admin:impact_claim_simple_history", args=[claim.pk, earlier.history_id])

    def bring_back(user):
        shown = at_desk(user).get(page)
        fields = {field.html_name: field.value() or "" for field in shown.context["adminform"].form}
        answer = at_desk(user).post(page, fields | {"seen": shown.context["seen"]})
        return answer.status_code, Claim.objects.get(pk=claim.pk).statement

    assert bring_back(staff_with("view_claim")) == (403, "We sail")
    assert bring_back(staff_with("view_claim", "change_claim")) == (302, "We row")
