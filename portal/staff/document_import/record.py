"""What an accepted proposal becomes: a draft of a claim at once, and anything else when somebody puts it on record, for that is public."""

from decimal import Decimal

from django.db import models
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from impact.admin.new_claim import independence_of
from impact.conflicts import find_conflicts
from impact.models import Claim, Figure
from organisation.models import Citation, Milestone, Organisation, Passage, SourceNote, Statement

from .suggestions import CLAIM, MILESTONE, NOTE, ORGANISATION

BECOMES = [
    (CLAIM, _("a claim")),
    (_("a statement"), Statement.Kind.choices),
    (MILESTONE, _("a milestone")),
    (ORGANISATION, _("an organisation")),
    (NOTE, _("a note on the source")),
]


def called(becomes):
    """What a kind of record is called in the choices of a proposal."""
    return next(label for value, label in [*BECOMES[:1], *BECOMES[1][1], *BECOMES[2:]] if value == becomes)


def model_of(becomes):
    """The model of the record that is made."""
    return {CLAIM: Claim, MILESTONE: Milestone, ORGANISATION: Organisation, NOTE: SourceNote}.get(
        becomes, Statement
    )


def record_of(values, source, user):
    """The record that accepted values make, not saved yet."""
    becomes, text, title = values["becomes"], values["text"], values["title"]
    speaker = Organisation.objects.filter(pk=values["organisation"] or None).first()
    if becomes == CLAIM:
        return Claim(organisation=speaker, statement=text, as_of=values["date"], owner=user)
    if becomes == MILESTONE:
        slug = free_slug(Milestone.objects.filter(organisation=speaker), title, 50)
        return Milestone(organisation=speaker, slug=slug, date=values["date"], title=title, text=text)
    if becomes == ORGANISATION:
        return Organisation(slug=free_slug(Organisation.objects.all(), text, 50), official_name=text)
    if becomes == NOTE:
        start, end = values["places"][0]
        return SourceNote(
            note=text, passage=Passage(source=source, start=start, end=end, words=source.text[start:end])
        )
    others = Statement.objects.filter(organisation=speaker)
    last = others.filter(kind=becomes).aggregate(last=models.Max("order"))["last"] or 0
    slug = free_slug(others, title or Statement.Kind(becomes).value, 50)
    return Statement(
        organisation=speaker, slug=slug, kind=becomes, title=title, text=text, order=last + 1, owner=user
    )


def check(record):
    """Raise ValidationError for what its own form would refuse."""
    record.full_clean(exclude=["passage"] if isinstance(record, SourceNote) else ["number"])


def put_on_record(values, source, user):
    """Save the record of accepted values, resting on the words it was proposed for."""
    record, passages = (
        record_of(values, source, user),
        [passage_of(source, *place) for place in values["places"]],
    )
    if isinstance(record, SourceNote):
        record.passage = passages[0]
    record.full_clean(exclude=["number"] if isinstance(record, Claim) else None)
    record.save()
    if isinstance(record, SourceNote):
        return record
    speaker = record if isinstance(record, Organisation) else record.organisation
    for order, passage in enumerate(passages, 1):
        Citation.objects.create(
            record=record,
            source=source,
            passage=passage,
            independence=independence_of(source, speaker),
            order=order,
        )
    if isinstance(record, Claim):
        for order, figure in enumerate(values["figures"], 1):
            Figure.objects.create(claim=record, order=order, **figure | {"value": Decimal(figure["value"])})
        find_conflicts(record)
    return record


def passage_of(source, start, end):
    return Passage.objects.get_or_create(
        source=source, start=start, end=end, defaults={"words": source.text[start:end]}
    )[0]


def free_slug(records, words, longest):
    """An address made of words that no record has yet."""
    slug = slugify(words)
    slug = (slug if len(slug) <= longest - 4 else slug[: longest - 4].rpartition("-")[0]) or "record"
    taken = set(records.filter(slug__startswith=slug).values_list("slug", flat=True))
    return next(
        each
        for each in (slug, *(f"{slug}-{number}" for number in range(2, len(taken) + 3)))
        if each not in taken
    )
