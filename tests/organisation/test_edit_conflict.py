"""Alice and Bob have the same form open: whoever saves second is told, sees both texts, and loses none."""

from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from advocacy.models import Ask, Instrument
from impact.models import Claim, Highlight
from organisation.models import (
    Affiliation,
    Milestone,
    Organisation,
    Passage,
    Source,
    SourceNote,
    Statement,
    Succession,
)
from tests.support.factory import a_source, a_statement, an_organisation
from tests.support.forms import errors_in, filled_in
from tests.support.marks import as_seen, without_marks
from tests.support.people import alice, bob
from tests.support.sampling import every

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("alone")]

# (model, lookup of one record, form field, the value that Bob types there, the value that Alice types).
FORMS = [
    (Organisation, {"slug": "harbour-aid"}, "seat", "Geneva", "Paris"),
    (Statement, {"slug": "vision"}, "title", "Bob's title", "Alice's title"),
    (Milestone, {}, "title", "Bob's title", "Alice's title"),
    (Succession, {}, "date", "2011", "2012"),
    (Affiliation, {}, "valid_from", "2001", "2002"),
    (Source, {"slug": "yearbook-of-harbour-aid"}, "byline", "Bob", "Alice"),
    (SourceNote, {}, "note", "Bob's reason", "Alice's reason"),
    (Passage, {"mends__says": "Solutions"}, "mends-0-why", "Bob's reason", "Alice's reason"),
    (Claim, {"number": 20}, "statement", "Bob's words", "Alice's words"),
    (Claim, {"number": 10}, "figures-0-value", "5000", "6000"),
    (
        Claim,
        {"number": 10},
        "organisation-citation-content_type-object_id-0-note",
        "Bob's note",
        "Alice's note",
    ),
    (Highlight, {"where": "impact"}, "order", "71", "72"),
    (Instrument, {}, "reference", "Bob's reference", "Alice's reference"),
    (Ask, {}, "status_as_of", "2001", "2002"),
]
CITATION = "organisation-citation-content_type-object_id"


class Desk:
    """Opens, saves and deletes in the admin as one user, from the last form that this user was shown."""

    def __init__(self, user):
        self.client = Client()
        self.client.force_login(user)

    def open(self, address):
        self.address, self.form = address, self.client.get(address)
        return self

    def save(self, **changes):
        self.form = self.client.post(self.address, filled_in(self.form, **changes))
        return self.form

    def delete(self, record):
        names = f"admin:{record._meta.app_label}_{record._meta.model_name}"
        return self.client.post(reverse(f"{names}_delete", args=[record.pk]), {"post": "yes"})


@pytest.fixture
def at_alices():
    return Desk(alice())


@pytest.fixture
def at_bobs():
    return Desk(bob())


def form_url(record):
    return reverse(f"admin:{record._meta.app_label}_{record._meta.model_name}_change", args=[record.pk])


def value_of(form, name):
    return str(filled_in(form)[name])


def text_of(page):
    return without_marks(unescape(page.content.decode()))


def differences_on(page):
    """Returns the rows of the comparison on the page: (part, field, stored value, typed value)."""
    differences = page.context["edit_conflict"].differences
    return [(each.part, each.name, each.old, each.new) for each in differences]


@pytest.mark.parametrize(("model", "lookup", "field", "bobs", "alices"), every(4, FORMS))
def test_who_saves_second_sees_both_texts_and_may_then_save(
    at_alices, at_bobs, model, lookup, field, bobs, alices
):
    a_source(author=an_organisation())
    address = form_url(model.objects.filter(**lookup).first())
    at_alices.open(address)
    assert at_bobs.open(address).save(**{field: bobs}).status_code == 302

    page = at_alices.save(**{field: alices})
    [error] = errors_in(page)
    assert error.startswith("publisher saved this on ")
    [(_part, _field, stored, typed)] = differences_on(page)
    assert (stored.removesuffix(".00"), typed) == (bobs, alices)
    assert bobs in text_of(page) and alices in text_of(page)
    assert value_of(page, field) == alices
    assert value_of(at_bobs.open(address).form, field).removesuffix(".00") == bobs

    assert at_alices.save().status_code == 302
    assert value_of(at_alices.open(address).form, field).removesuffix(".00") == alices


def test_a_form_that_is_refused_for_something_else_can_be_mended_and_saved(at_alices):
    at_alices.open(form_url(Claim.objects.get(number=10)))
    assert errors_in(at_alices.save(**{"figures-0-unit": ""})) != []
    assert at_alices.save(**{"figures-0-unit": "people"}).status_code == 302


def test_only_what_somebody_else_changed_is_compared(at_alices, at_bobs):
    claim = Claim.objects.get(number=10)
    at_alices.open(form_url(claim))
    at_bobs.open(form_url(claim)).save(limitations="Bob's limitation")
    page = at_alices.save(statement="Alice's words")
    assert differences_on(page) == [("", "Limitations", "Bob's limitation", claim.limitations)]
    assert "Bob's limitation" in text_of(page)
    assert "<del>Bob" in as_seen(page.content.decode())


def test_choices_and_other_records_are_compared_by_their_names(at_alices, at_bobs):
    address = form_url(a_source(publisher=an_organisation()))
    fund = an_organisation("Lantern Fund")
    at_alices.open(address)
    at_bobs.open(address).save(kind="report", publisher=fund.pk)
    differences = {field: stored for _part, field, stored, _typed in differences_on(at_alices.save())}
    assert differences == {"Kind": "report", "Publisher": "Lantern Fund"}


def test_a_figure_and_a_citation_that_bob_added_stand_beside_alices_own(at_alices, at_bobs):
    claim = Claim.objects.get(number=14)
    figures, citations = claim.figures.count(), claim.citations.count()
    source = Source.objects.get(slug="csi-who-we-are")
    figure = {
        "figures-TOTAL_FORMS": figures + 1,
        f"figures-{figures}-label": "countries",
        f"figures-{figures}-as_written": "2143",
        f"figures-{figures}-value": "9",
        f"figures-{figures}-unit": "countries",
        f"figures-{figures}-order": "0",
    }
    citation = {f"{CITATION}-TOTAL_FORMS": citations + 1} | {
        f"{CITATION}-{citations}-{name}": value
        for name, value in {"source": source.pk, "relation": "context", "independence": "own"}.items()
    }
    at_alices.open(form_url(claim))
    assert at_bobs.open(form_url(claim)).save(**figure, **citation).status_code == 302
    mine = {f"figures-{figures}-label": "regions", f"figures-{figures}-unit": "regions"}
    page = at_alices.save(**figure | mine)
    assert differences_on(page) == [
        ("figure", "", "9 countries", "not in your form"),
        ("citation", "", "context: Who we are", "not in your form"),
    ]
    assert at_alices.save().status_code == 302
    assert {figure.label for figure in claim.figures.all()} >= {"countries", "regions"}
    assert claim.citations.count() == citations + 1


def test_a_citation_that_bob_deleted_is_kept_in_alices_form_and_comes_back_if_she_saves(at_alices, at_bobs):
    claim = Claim.objects.get(number=20)
    before = [(citation.source, citation.passage) for citation in claim.citations.all()]
    assert len(before) > 1
    at_alices.open(form_url(claim))
    at_bobs.open(form_url(claim)).save(**{f"{CITATION}-0-DELETE": "on"})
    page = at_alices.save(statement="Alice's words")
    [(part, _field, stored, typed)] = differences_on(page)
    assert (part, stored) == ("citation", "deleted") and str(before[0][0]) in typed
    assert claim.citations.count() == len(before) - 1
    assert at_alices.save().status_code == 302
    assert sorted(map(str, before)) == sorted(
        str((citation.source, citation.passage)) for citation in claim.citations.all()
    )


def test_a_record_that_bob_deleted_is_not_saved_and_alices_words_stay_on_the_page(at_alices, at_bobs):
    milestone = Milestone.objects.first()
    at_alices.open(form_url(milestone))
    at_bobs.delete(milestone)
    for _attempt in range(2):
        page = at_alices.save(text="Words that Alice wrote", in_our_words="on")
        assert [error.partition(" on ")[0] for error in errors_in(page)] == ["publisher deleted this"]
        assert "Words that Alice wrote" in text_of(page)
    assert not Milestone.objects.filter(pk=milestone.pk).exists()


def test_the_order_of_highlights_that_bob_changed_is_not_overwritten_by_alices_list(at_alices, at_bobs):
    address = reverse("admin:impact_highlight_changelist") + "?where__exact=impact"
    first, second, *_others = Highlight.objects.filter(where="impact")

    def submitted(page, **orders):
        formset = page.context["cl"].formset
        data = {
            "_save": "Save",
            "seen": page.context["seen"],
            **{bound.html_name: bound.value() for bound in formset.management_form},
        }
        for form in formset.forms:
            data |= {bound.html_name: bound.value() for bound in form}
            data[form["order"].html_name] = orders.get(f"of_{form.instance.pk}", form["order"].value())
        return data

    alices, bobs = at_alices.client.get(address), at_bobs.client.get(address)
    assert at_bobs.client.post(address, submitted(bobs, **{f"of_{first.pk}": 90})).status_code == 302
    page = at_alices.client.post(address, submitted(alices, **{f"of_{second.pk}": 50}))
    assert page.context["cl"].formset.non_form_errors()[0].startswith("publisher saved this on ")
    assert differences_on(page) == [(str(first), "Order", "90", str(first.order))]
    assert "What has changed since you opened this form" in text_of(page)
    pairs = zip(page.context["cl"].result_list, page.context["cl"].formset.forms, strict=True)
    assert all(highlight.pk == form.instance.pk for highlight, form in pairs)
    assert Highlight.objects.get(pk=second.pk).order == second.order

    assert at_alices.client.post(address, submitted(page)).status_code == 302
    assert (Highlight.objects.get(pk=first.pk).order, Highlight.objects.get(pk=second.pk).order) == (
        first.order,
        50,
    )


def test_an_earlier_version_is_not_brought_back_over_a_newer_one_that_alice_has_not_seen(at_alices, at_bobs):
    vision = a_statement(owner=alice())
    earlier = vision.history.earliest()
    address = reverse("admin:organisation_statement_simple_history", args=[vision.pk, earlier.history_id])
    form = at_alices.client.get(address)

    def submitted(page):
        fields = page.context["adminform"].form
        return {"seen": page.context["seen"]} | {
            bound.html_name: "" if bound.value() is None else bound.value() for bound in fields
        }

    at_bobs.open(form_url(vision)).save(text="Bob's words")
    page = at_alices.client.post(address, submitted(form))
    assert "publisher saved this on " in text_of(page) and "Bob's words" in text_of(page)
    assert Statement.objects.get(pk=vision.pk).text == "Bob's words"
    assert at_alices.client.post(address, submitted(page)).status_code == 302
    assert Statement.objects.get(pk=vision.pk).text == earlier.text


def test_a_passage_that_bob_quotes_meanwhile_does_not_stand_in_alices_way(at_alices):
    source = a_source(text="The crews were ill prepared.")
    at_alices.open(form_url(source))
    Passage.objects.quote(source, "ill prepared")
    assert at_alices.save(byline="Alice").status_code == 302


@pytest.mark.parametrize("seen", [None, "", "nonsense", "[]", "{}"])
def test_a_form_that_does_not_say_what_it_showed_is_not_saved(at_alices, seen):
    vision = a_statement(owner=alice())
    data = filled_in(at_alices.open(form_url(vision)).form, text="Alice's words")
    data = {name: value for name, value in data.items() if name != "seen"} | (
        {} if seen is None else {"seen": seen}
    )
    page = at_alices.client.post(form_url(vision), data)
    assert len(errors_in(page)) == 1 and "Alice's words" in text_of(page)
    assert Statement.objects.get(pk=vision.pk).text == vision.text


def test_publishing_what_bob_changed_meanwhile_is_refused_with_the_save(at_bobs, at_alices):
    claim = Claim.objects.get(number=20)
    at_bobs.open(form_url(claim))
    at_alices.open(form_url(claim)).save(statement="Alice's words")
    assert errors_in(at_bobs.save(_publish="1"))[0].startswith("editor saved this on ")
    assert claim.editions.count() == 1
