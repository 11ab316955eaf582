"""The words that a review is about: which change makes them others, and what then becomes of the stage."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from impact.models import Claim, ReviewStep
from organisation.models import Passage
from tests.support.factory import a_claim, a_figure, a_source, an_organisation, cite, published
from tests.support.people import alice, bob
from tests.support.review import step_kinds

pytestmark = pytest.mark.django_db


@pytest.fixture
def claim():
    claim = a_claim("We taught 40 pilots", figure=40)
    cite(claim, a_source("Logbook", text="We taught 40 pilots."))
    return published(claim)


def reread(claim):
    return Claim.objects.get(pk=claim.pk)


@pytest.mark.parametrize(
    "values",
    [
        {"statement": "We taught 41 pilots"},
        {"subject": "Skippers"},
        {"theme": "advocacy"},
        {"type": "outcome"},
        {"role": "led"},
        {"together_with": "Partners"},
        {"slug": "pilots"},
        {"as_of": "2004"},
        {"limitations": "Counted by itself."},
    ],
)
def test_each_field_that_readers_see_is_of_the_words(claim, values):
    before = claim.fingerprint
    Claim.objects.filter(pk=claim.pk).update(**values)
    assert reread(claim).fingerprint != before and reread(claim).differs_from_published()


@pytest.mark.parametrize(
    "values",
    [{"label": "skippers"}, {"qualifier": "over"}, {"value": 41}, {"unit": "people"}, {"as_of": "2004"}],
)
def test_each_field_of_a_figure_is_of_the_words_and_wants_a_reason(claim, values):
    before = claim.fingerprint
    claim.figures.update(**values)
    assert reread(claim).fingerprint != before and reread(claim).differs_from_published()
    assert reread(claim).figures_differ_from_published()


@pytest.mark.parametrize(
    "values", [{"relation": "supports"}, {"independence": "partner"}, {"note": "A note"}, "source", "passage"]
)
def test_each_field_of_a_citation_is_of_the_words(claim, values):
    before, citation = claim.fingerprint, claim.citations.last()
    if values == "source":
        values = {"source": a_source("Diary")}
    elif values == "passage":
        values = {"passage": Passage.objects.quote(citation.source, "40 pilots")}
    claim.citations.filter(pk=citation.pk).update(**values)
    assert reread(claim).fingerprint != before and reread(claim).differs_from_published()
    assert not reread(claim).figures_differ_from_published()


def test_another_speaker_is_of_the_words_and_the_owner_the_review_and_the_stage_are_not(claim):
    before = claim.fingerprint
    Claim.objects.filter(pk=claim.pk).update(owner=bob(), review_by="2031-01-01", stage="draft")
    assert reread(claim).fingerprint == before and not reread(claim).differs_from_published()
    Claim.objects.filter(pk=claim.pk).update(organisation=an_organisation("Lantern Fund"))
    assert reread(claim).fingerprint != before and reread(claim).differs_from_published()


@pytest.mark.parametrize(("field", "label"), [("subject", "subject"), ("theme", "theme"), ("type", "type")])
def test_what_a_reader_would_miss_stands_in_the_way(claim, field, label):
    claim.check_publishable()
    setattr(claim, field, "")
    with pytest.raises(ValidationError) as error:
        claim.check_publishable()
    assert error.value.messages == [f"“{label}” is empty: fill it in."]


def test_everything_that_stands_in_the_way_is_said_at_once(claim):
    claim.citations.all().delete()
    claim.subject = claim.theme = claim.type = ""
    claim.figures.update(value=41)
    with pytest.raises(ValidationError) as error:
        claim.check_publishable(reason=" ")
    assert [message.split(":")[0] for message in error.value.messages] == [
        "The claim has no source",
        "“subject” is empty",
        "“theme” is empty",
        "“type” is empty",
        "The figure “pilots” is written “40”, which stands in no passage that the claim cites",
        "A published figure changes",
    ]


def test_a_published_figure_that_changes_or_goes_wants_a_reason_and_an_added_one_does_not(claim):
    a_figure(claim, 2, label="boats")
    reread(claim).check_publishable(reason="")
    claim.figures.filter(label="pilots").update(value=41)
    reread(claim).check_publishable()
    reread(claim).check_publishable(reason="Counted anew")
    for _change in (None, claim.figures.filter(label="pilots").delete):
        _change and _change()
        with pytest.raises(ValidationError, match="A published figure changes: say why"):
            reread(claim).check_publishable(reason=" ")
    a_claim("We taught others", figure=3).check_publishable(reason="")


@pytest.mark.parametrize(
    ("start", "statement", "stage", "step"),
    [
        ("published", "Other words on 40 pilots", "draft", ""),
        ("draft", "Other words on 40 pilots", "draft", ""),
        ("draft", "We taught 40 pilots", "published", ""),
        ("returned", "Other words on 40 pilots", "returned", ""),
        ("returned", "We taught 40 pilots", "published", ""),
        ("submitted", "New words on 40 pilots", "submitted", ""),
        ("submitted", "Other words on 40 pilots", "draft", "changed"),
        ("submitted", "We taught 40 pilots", "published", "changed"),
        ("scheduled", "New words on 40 pilots", "scheduled", ""),
        ("scheduled", "Other words on 40 pilots", "draft", "changed"),
    ],
)
def test_a_save_leads_from_each_stage_to_the_one_of_the_words(claim, start, statement, stage, step):
    if start != "published":
        Claim.objects.filter(pk=claim.pk).update(statement="New words on 40 pilots", in_our_words=True)
        claim.note_change(alice())
    if start in ("submitted", "returned", "scheduled"):
        reread(claim).submit(alice(), seen=Claim.AS_STORED)
    if start == "returned":
        reread(claim).send_back(bob(), "Whose count?", seen=Claim.AS_STORED)
    if start == "scheduled":
        Claim.objects.filter(pk=claim.pk).update(stage="scheduled", publish_at="2031-01-01T09:00Z")
    steps = step_kinds(claim)
    is_ours = statement != "We taught 40 pilots"
    Claim.objects.filter(pk=claim.pk).update(statement=statement, in_our_words=is_ours)
    claim.note_change(bob())
    assert reread(claim).stage == stage
    assert step_kinds(claim)[len(steps) :] == ([step] if step else [])
    assert bool(reread(claim).publish_at) is (stage == "scheduled")
    if step:
        assert claim.steps.last().by == bob()


def test_a_step_is_taken_by_a_member_of_staff_or_an_outsider_and_named_after_them(claim):
    steps = ReviewStep.objects
    for values in ({}, {"by": bob(), "outsider": "Dana"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            steps.create(claim=claim, kind="commented", **values)
    assert steps.create(claim=claim, kind="commented", outsider="Dana").who == "Dana"
    step = steps.create(claim=claim, kind="returned", by=bob())
    assert (step.who, str(step)) == ("publisher", f"{claim.reference} returned")
    step.by.first_name, step.by.last_name = "Bob", "Lee"
    assert step.who == "Bob Lee"
