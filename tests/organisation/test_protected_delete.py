"""Nobody deletes anything that an edition rests on, and everybody is told what rests on it."""

from html import unescape

import pytest
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError
from django.test import Client
from django.urls import reverse

from impact.models import Claim, Edition, Figure, ReviewStep
from organisation.models import Citation, Organisation, Passage, Source
from tests.support.factory import a_claim, a_figure, a_passage, published

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator():
    client = Client()
    client.force_login(get_user_model().objects.create_superuser("administrator", password=None))
    return client


def claim():
    """Returns Harbour Aid's published claim, which the first call makes with a passage and two figures."""
    if known := Claim.objects.filter(organisation__slug="harbour-aid").first():
        return known
    passage = a_passage("Our courses have been taken by over 40 pilots of the northern harbours.")
    made = a_claim(passage.words, source=passage.source, figure=40)
    a_figure(made, 2, label="harbours", unit="harbours")
    made.citations.update(passage=passage)
    return published(made)


# (a record that an edition rests on, lines of the page that refuses to delete it, in their order); “E0” in a
# line stands for the claim of Harbour Aid.
PROTECTED = [
    (
        lambda: claim().citations.first().source,
        ["E0 Our courses have been taken by over 40 pilots of the… cites it", "E0, edition 1 cites it"],
    ),
    (lambda: claim().current_edition.citations.first().passage, ["E0, edition 1 cites it"]),
    (lambda: claim().organisation, ["Edition: E0, edition 1"]),
    (claim, ["Edition: E0, edition 1", "Review step: E0 published"]),
    (
        lambda: get_user_model().objects.get(username="seed"),
        ["Edition: E2, edition 1", "Edition: E10, edition 1"],
    ),
]


def all_pks():
    return [
        list(model.objects.values_list("pk", flat=True))
        for model in (Source, Passage, Organisation, Claim, Edition, Figure, Citation, ReviewStep)
    ]


@pytest.mark.parametrize(("find", "lines"), PROTECTED)
def test_an_administrator_is_told_what_rests_on_it_and_nothing_is_deleted(administrator, find, lines):
    record, lines = find(), [line.replace("E0", claim().reference) for line in lines]
    before = all_pks()
    names = f"admin:{record._meta.app_label}_{record._meta.model_name}"
    address = reverse(f"{names}_delete", args=[record.pk])
    selection = {"action": "delete_selected", "_selected_action": [record.pk], "post": "yes"}
    pages = [
        administrator.get(address),
        administrator.post(address, {"post": "yes"}),
        administrator.post(reverse(f"{names}_changelist"), selection),
    ]
    for page in pages:
        text = unescape(page.content.decode())
        assert "cannot be deleted, because this rests on it:" in text
        positions = [text.index(line) for line in lines]
        assert positions == sorted(positions)
        assert "Yes, I’m sure" not in text and "Citation:" not in text
    assert all_pks() == before


def test_what_nothing_rests_on_is_deleted_as_ever(administrator):
    source = Source.objects.create(slug="draft", kind="report", title="A draft")
    page = administrator.post(reverse("admin:organisation_source_delete", args=[source.pk]), {"post": "yes"})
    assert page.status_code == 302 and not Source.objects.filter(pk=source.pk).exists()


def test_no_administrator_adds_changes_or_deletes_an_edition_or_a_step_of_review(administrator, rf):
    request = rf.get("/")
    request.user = get_user_model().objects.get(username="administrator")
    for model in (Edition, ReviewStep):
        if model_admin := admin.site._registry.get(model):
            row = model.objects.first()
            permissions = (
                model_admin.has_add_permission(request),
                model_admin.has_change_permission(request, row),
                model_admin.has_delete_permission(request, row),
            )
            assert permissions == (False, False, False)
            names = f"admin:{model._meta.app_label}_{model._meta.model_name}"
            assert administrator.post(reverse(f"{names}_change", args=[row.pk]), {}).status_code == 403
            assert (
                administrator.post(reverse(f"{names}_delete", args=[row.pk]), {"post": "yes"}).status_code
                == 403
            )
        for other_admin in admin.site._registry.values():
            assert model not in [inline.model for inline in other_admin.inlines]


def test_no_cascade_takes_an_edition_or_a_step_of_review_along():
    edition = claim().current_edition
    before = all_pks()
    for record in (
        claim(),
        claim().organisation,
        edition.published_by,
        ReviewStep.objects.first().by,
        edition.citations.first().source,
    ):
        with pytest.raises(ProtectedError), transaction.atomic():
            type(record)._default_manager.filter(pk=record.pk).delete()
    assert all_pks() == before


@pytest.mark.parametrize(
    "change",
    [
        lambda edition: edition.figures.update(value=1),
        lambda edition: edition.citations.update(relation="supports"),
        lambda edition: Figure.objects.update(value=1),
        lambda edition: Citation.objects.all().update(independence="independent"),
        lambda edition: Citation.objects.bulk_update(
            [with_values(edition.citations.first(), relation="supports")], ["relation"]
        ),
        lambda edition: edition.figures.all().delete(),
        lambda edition: edition.citations.all().delete(),
        lambda edition: Citation.objects.filter(source=edition.citations.first().source).delete(),
        lambda edition: edition.claim.steps.update(note="Other"),
        lambda edition: edition.claim.steps.all().delete(),
    ],
)
def test_figures_citations_and_steps_on_record_are_not_changed_in_bulk(change):
    edition = claim().current_edition
    before = (edition.content(), edition.claim.steps.count(), list(edition.claim.steps.values_list("note")))
    with pytest.raises(ValidationError, match="never changed or deleted"), transaction.atomic():
        change(edition)
    edition = Edition.objects.get(pk=edition.pk)
    assert (
        edition.content(),
        edition.claim.steps.count(),
        list(edition.claim.steps.values_list("note")),
    ) == before


def with_values(row, **values):
    for name, value in values.items():
        setattr(row, name, value)
    return row


def test_the_working_copy_is_changed_in_bulk_as_ever():
    claim().figures.update(value=1)
    claim().citations.update(note="Other")
    of_claims = ContentType.objects.get_for_model(Claim)
    assert Citation.objects.filter(content_type=of_claims, note="Other").count() == claim().citations.count()
    claim().figures.all().delete()
    assert (claim().figures.count(), claim().current_edition.figures.count()) == (0, 2)
