"""The rules of a story: what a fold points at, and which words are ours."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from advocacy.models import Fold
from impact.models import Claim
from tests.support.factory import an_instrument, published

from . import fold

pytestmark = pytest.mark.django_db


ONE_THING = (
    "A fold tells one thing: choose a claim, a milestone or an instrument, or say what is not on record."
)


def refusal(story, **values):
    with pytest.raises(ValidationError) as refused:
        fold(story, **values)
    return refused.value.messages


def test_a_fold_points_at_one_thing(story, lit, treaty, claim):
    words = "Who saw it is not on record."
    assert ONE_THING in refusal(story, heading="Words")
    assert refusal(story, milestone=lit, claim=claim) == [ONE_THING]
    assert refusal(story, milestone=lit, not_on_record=words) == [ONE_THING]
    assert refusal(story, milestone=lit, instrument=treaty, event="adopted") == [ONE_THING]
    with pytest.raises(IntegrityError), transaction.atomic():
        Fold.objects.create(story=story, heading="Words")


def test_an_instrument_is_told_with_one_of_its_days_and_nothing_else_is(story, lit, treaty):
    sentence = "Say of an instrument which of its days is told, and of nothing else."
    assert sentence in refusal(story, instrument=treaty, heading="Words")
    assert refusal(story, milestone=lit, event="adopted") == [sentence]
    undated = an_instrument("Code", adopted="1801")
    assert refusal(story, instrument=undated, event="in force", heading="Words") == [
        "No such day of “Code” is on record: enter it there first."
    ]


@pytest.mark.parametrize("heading", ["May 1801", "١٨٠١", "The 2nd"])
def test_no_heading_says_a_date_of_its_own(story, lit, heading):
    assert refusal(story, milestone=lit, heading=heading) == [
        "A date comes from the record: leave the heading empty, or write words."
    ]


def test_what_has_no_date_needs_a_heading(story, claim):
    sentence = "What it tells has no date on record: give it a heading."
    assert refusal(story, claim=claim) == [sentence]
    assert refusal(story, not_on_record="Who saw it is not on record.") == [sentence]
    published(claim, as_of="1801-05")
    assert fold(story, claim=Claim.objects.get(pk=claim.pk)).shown_heading == "May 1801"


def test_words_of_ours_do_not_age_or_boast_and_sentences_have_thirty_words_at_most(story, lit):
    assert refusal(story, milestone=lit, remark="It is lit now.") == [
        "“now”: speaks of a time that passes. Say it in other words."
    ]
    assert "“first ever”" in refusal(story, heading="The first ever", not_on_record="Nothing is known.")[0]
    assert fold(story, milestone=lit, remark=" ".join(["word"] * 30) + ".").pk
    [sentence] = refusal(story, milestone=lit, remark=" ".join(["word"] * 31) + ".")
    assert sentence == (
        "The sentence that begins “word word word word word word …” has 31 words: make two of it."
    )
    story.lead = "We are the leading light."
    with pytest.raises(ValidationError, match="Say it in other words"):
        story.full_clean()
