"""The admin explains every field to Alice, and says in one sentence what is wrong with a form."""

import pytest
from django.contrib import admin
from django.urls import reverse

from impact.models import Claim, Edition
from organisation.models import Passage, Proposal, SiteSettings, Source, Statement
from tests.support.factory import a_passage, a_source, a_statement, an_organisation
from tests.support.forms import errors_in, filled_in
from tests.support.people import alice, bob
from tests.support.pictures import a_picture
from tests.support.proposals import propose

pytestmark = pytest.mark.django_db

ROOMS = ("organisation", "impact", "advocacy")


@pytest.fixture
def desk(client):
    client.force_login(alice())
    return client


def change_url(record):
    return reverse(f"admin:{record._meta.app_label}_{record._meta.model_name}_change", args=[record.pk])


def test_every_field_that_alice_fills_in_explains_itself(rf):
    request = rf.get("/")
    request.user = bob()
    unexplained = []
    for model, model_admin in admin.site._registry.items():
        if model._meta.app_label not in ROOMS or model in (Edition, Proposal):  # nobody fills these in
            continue
        forms = [model_admin.get_form(request)] + [
            inline.get_formset(request).form for inline in model_admin.get_inline_instances(request)
        ]
        for form in forms:
            unexplained += [
                f"{form._meta.model.__name__}.{name}"
                for name, field in form.base_fields.items()
                if not field.help_text and name not in ("id", "DELETE")
            ]
    assert unexplained == []


def test_every_list_and_form_opens_for_alice(desk):
    propose(alice(), a_statement(owner=alice()), text="Other words")
    a_picture()
    request = desk.get("/admin/").wsgi_request
    for model, model_admin in admin.site._registry.items():
        if model._meta.app_label in ROOMS and model is not Edition:
            names = f"admin:{model._meta.app_label}_{model._meta.model_name}"
            for query in ("", "?q=child"):
                # The list of the only row leads to it.
                page = desk.get(reverse(f"{names}_changelist") + query, follow=model is SiteSettings)
                assert page.status_code == 200, model
            assert desk.get(change_url(model.objects.first())).status_code == 200, model
            if model_admin.has_add_permission(request):
                assert desk.get(reverse(f"{names}_add")).status_code == 200, model


def test_a_figure_without_a_unit_gets_one_sentence_and_nothing_is_saved(desk):
    claim = Claim.objects.get(number=10)
    data = filled_in(desk.get(change_url(claim)), statement="Changed", **{"figures-0-unit": ""})
    response = desk.post(change_url(claim), data)
    assert errors_in(response) == ["A figure needs a unit: say what is counted, for example “participants”."]
    assert Claim.objects.get(number=10).statement != "Changed"


def test_an_end_before_its_start_gets_one_sentence_and_nothing_is_saved(desk):
    vision = a_statement(owner=alice())
    data = filled_in(desk.get(change_url(vision)), valid_from="2007", valid_to="2006", text="Changed")
    assert errors_in(desk.post(change_url(vision), data)) == [
        "The end is before the start: correct one of the two dates."
    ]
    assert Statement.objects.get(pk=vision.pk).text != "Changed"


def test_alice_adds_a_claim_with_its_figure_and_the_words_it_rests_on(desk):
    words = "We write to every harbour council three times a year"
    source = a_source("What we do", text=f"What we do\n\nWe teach pilots.\n{words}, and more often in war.")
    add = reverse("admin:impact_claim_add")
    data = filled_in(
        desk.get(add),
        organisation=an_organisation().pk,
        statement=words,
        subject="Letters",
        theme="advocacy",
        type="activity",
        **{
            "figures-TOTAL_FORMS": "1",
            "figures-0-label": "letters",
            "figures-0-as_written": "three",
            "figures-0-value": "3",
            "figures-0-unit": "times a year",
            "figures-0-order": "0",
            "organisation-citation-content_type-object_id-TOTAL_FORMS": "1",
            "organisation-citation-content_type-object_id-0-source": source.pk,
            "organisation-citation-content_type-object_id-0-words": words,
            "organisation-citation-content_type-object_id-0-relation": "states",
            "organisation-citation-content_type-object_id-0-independence": "own",
        },
    )
    assert desk.post(add, data).status_code == 302
    claim = Claim.objects.get(subject="Letters")
    assert claim.citations.get().passage.line == 4
    assert (str(claim.figures.get()), claim.current_edition) == ("3 times a year", None)


def test_words_that_stand_twice_in_the_source_ask_for_more_of_the_sentence(desk):
    value = Statement.objects.get(slug="collaboration", kind="value")
    prefix = "organisation-citation-content_type-object_id-0-words"
    response = desk.post(
        change_url(value), filled_in(desk.get(change_url(value)), **{prefix: "We are committed to"})
    )
    assert any(
        "stands 3 times in “Who we are”: quote more of the sentence" in error for error in errors_in(response)
    )


def test_saving_a_form_without_a_change_keeps_every_citation_and_passage(desk):
    for record in (Claim.objects.get(number=1), Statement.objects.get(slug="research-and-monitoring")):
        before = [(citation.source_id, citation.passage_id) for citation in record.citations.all()]
        assert desk.post(change_url(record), filled_in(desk.get(change_url(record)))).status_code == 302
        assert [(citation.source_id, citation.passage_id) for citation in record.citations.all()] == before


def test_nobody_can_add_change_or_delete_an_edition_in_the_admin(client):
    client.force_login(bob())
    edition = Edition.objects.first()
    assert client.get(reverse("admin:impact_edition_add")).status_code == 403
    assert client.post(change_url(edition), {"statement": "other"}).status_code == 403
    assert (
        client.post(reverse("admin:impact_edition_delete", args=[edition.pk]), {"post": "yes"}).status_code
        == 403
    )


def test_the_text_of_a_source_cannot_be_changed_in_its_form(desk):
    source = a_source(text="We taught 40 pilots.")
    assert (
        desk.post(change_url(source), filled_in(desk.get(change_url(source)), text="other")).status_code
        == 302
    )
    assert Source.objects.get(pk=source.pk).text == "We taught 40 pilots."


def test_a_claim_is_found_by_its_reference(desk):
    page = desk.get(reverse("admin:impact_claim_changelist") + "?q=e10").content.decode()
    assert "4,500" in page and "E11" not in page


def test_a_new_citation_comes_last(desk):
    claim = Claim.objects.get(number=14)
    page, count = desk.get(change_url(claim)), claim.citations.count()
    prefix = "organisation-citation-content_type-object_id-"
    citation = {
        "source": Source.objects.get(slug="csi-who-we-are").pk,
        "relation": "context",
        "independence": "own",
    }
    data = filled_in(
        page,
        **{f"{prefix}TOTAL_FORMS": count + 1},
        **{f"{prefix}{count}-{name}": value for name, value in citation.items()},
    )
    assert desk.post(change_url(claim), data).status_code == 302
    assert claim.citations.last().source.slug == "csi-who-we-are"


def test_words_that_are_quoted_already_are_not_quoted_twice(desk):
    source = a_passage("We taught 40 pilots.").source
    page, count = desk.get(change_url(source)), source.passages.count()
    data = filled_in(
        page, **{"passages-TOTAL_FORMS": count + 1, f"passages-{count}-words": source.passages.first().words}
    )
    assert errors_in(desk.post(change_url(source), data)) == [
        "These words are quoted already: cite the passage that is there."
    ]


def test_a_passage_is_added_to_its_source_by_its_words(desk):
    source = a_source(text="Our story\n\nThe crews were ill prepared.")
    page, count = desk.get(change_url(source)), source.passages.count()
    data = filled_in(page, **{"passages-TOTAL_FORMS": count + 1, f"passages-{count}-words": "ill prepared"})
    assert desk.post(change_url(source), data).status_code == 302
    assert Passage.objects.get(source=source, words="ill prepared").line == 3
    data |= {f"passages-{count}-words": "ill-prepared"}
    assert any(
        "at character 4, after “ill”: here “-”, in the source “ ”" in error
        for error in errors_in(desk.post(change_url(source), data))
    )


@pytest.mark.parametrize(("record", "name"), [("organisation", "official_name"), ("milestone", "title")])
def test_the_address_of_a_new_record_is_made_of_its_name_while_it_is_typed(desk, record, name):
    page = desk.get(f"/admin/organisation/{record}/add/").content.decode()
    assert f"#id_{name}&quot;" in page
    ours = an_organisation("Lantern Aid")
    if record == "organisation":
        assert f"#id_{name}&quot;" not in desk.get(change_url(ours)).content.decode()


def test_the_form_of_a_claim_says_what_it_needs_before_it_can_be_submitted(desk):
    page = desk.get(change_url(Claim.objects.order_by("pk").first())).content.decode()
    assert "Before it can be submitted, it needs a subject, a theme and a type." in page
