"""Makes records of accepted suggestions: a claim at once, as a draft; the others, which are public, later."""

from decimal import Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _

from impact.admin.new_claim import independence_of
from impact.conflicts import find_conflicts
from impact.models import Claim, Figure
from organisation.models import Citation, Milestone, Organisation, Passage, Source, SourceNote, Statement
from organisation.models.quoting import Quoting
from organisation.quotation import check_quotation
from organisation.slugs import unique_slug

from .rules.suggestion import CLAIM, EVIDENCE, MILESTONE, NOTE, ORGANISATION, PUBLICATION

# The choices of the form's field “becomes”: a kind of suggestion, or a kind of statement.
RECORD_KINDS = [
    (CLAIM, _("a claim")),
    (_("a statement"), Statement.Kind.choices),
    (MILESTONE, _("a milestone")),
    (EVIDENCE, _("evidence for or against a claim")),
    (PUBLICATION, _("a publication")),
    (ORGANISATION, _("an organisation")),
    (NOTE, _("a note on the source")),
]


def record_kind_label(record_kind):
    choices = [*RECORD_KINDS[:1], *RECORD_KINDS[1][1], *RECORD_KINDS[2:]]
    return next(label for value, label in choices if value == record_kind)


def model_for(record_kind):
    models_by_kind = {
        CLAIM: Claim,
        MILESTONE: Milestone,
        ORGANISATION: Organisation,
        NOTE: SourceNote,
        EVIDENCE: Citation,
        PUBLICATION: Source,
    }
    return models_by_kind.get(record_kind, Statement)


def build_record(values, source, user):
    """Returns the unsaved record of accepted values, which are as `SuggestionForm.values` returns them."""
    record_kind, text, title = values["becomes"], values["text"], values["title"]
    organisation = organisation_of(values)
    key = organisation and organisation.pk  # None of a new one, too, of which nothing is on record yet
    ours = values.get("in_our_words", False)  # accepted before there was this choice: a quotation
    if record_kind == CLAIM:
        named = {name: values.get(name, "") for name in Claim.REQUIRED_FIELDS}
        words = {"statement": text, "in_our_words": ours, "as_of": values["date"]}
        return Claim(organisation=organisation, owner=user, **words, **named)
    if record_kind == MILESTONE:
        slug = unique_slug(Milestone.objects.filter(organisation=key), title, 50)
        return Milestone(
            organisation=organisation,
            slug=slug,
            date=values["date"],
            title=title,
            text=text,
            in_our_words=ours,
        )
    if record_kind == ORGANISATION:
        return named_organisation(text)
    if record_kind == EVIDENCE:
        claim = Claim.objects.get(pk=values["claim"])
        citation = Citation(
            record=claim,
            source=source,
            relation=values["relation"],
            independence=independence_of(source, claim.organisation),
        )
        citation.set_last_order()
        return citation
    if record_kind == PUBLICATION:
        return Source(
            slug=unique_slug(Source.objects.all(), title or text, 100),
            kind=Source.Kind.PUBLICATION,
            title=title or text,
            author=organisation,
            published=values["date"],
        )
    if record_kind == NOTE:
        start, end = values["places"][0]
        return SourceNote(
            note=text, passage=Passage(source=source, start=start, end=end, words=source.text[start:end])
        )
    statements = Statement.objects.filter(organisation=key)
    last_order = statements.filter(kind=record_kind).aggregate(last=models.Max("order"))["last"] or 0
    return Statement(
        organisation=organisation,
        slug=unique_slug(statements, title or Statement.Kind(record_kind).value, 50),
        kind=record_kind,
        title=title,
        text=text,
        in_our_words=ours,
        order=last_order + 1,
        owner=user,
    )


def named_organisation(name):
    return Organisation(slug=unique_slug(Organisation.objects.all(), name, 50), official_name=name)


def organisation_of(values):
    """Returns the organisation that was chosen, or one of the new name that was typed instead, unsaved."""
    if name := values.get("new_organisation"):
        return Organisation.objects.filter(official_name__iexact=name).first() or named_organisation(name)
    return Organisation.objects.filter(pk=values["organisation"] or None).first()


def validate_record(record):
    """Raises ValidationError for what the record's own form would refuse."""
    # The passage of a note is not saved yet, and a claim gets its number with its first save.
    exclude = ["passage"] if isinstance(record, SourceNote) else ["number"]
    organisation = getattr(record, "organisation", None)
    if organisation and not organisation.pk:
        organisation.full_clean()
        exclude.append("organisation")
    if isinstance(record, Source) and record.author and not record.author.pk:
        record.author.full_clean()
        exclude.append("author")
    record.full_clean(exclude=exclude)


def check_words(record, passages):
    """Raises ValidationError for public words that part from their passages and are not marked as ours."""
    if isinstance(record, Quoting) and record.is_public:
        check_quotation(record, passages)


def create_record(values, source, user):
    """Saves the record of accepted values with a citation of each passage it rests on, and returns it."""
    if values.get("new_organisation"):
        organisation = organisation_of(values)
        # One on record stays as it is: to save it would tell readers that it has changed.
        if organisation.pk is None:
            organisation.save()
        values = values | {"organisation": organisation.pk, "new_organisation": ""}
    record = build_record(values, source, user)
    passages = [get_or_create_passage(source, *span) for span in values["places"]]
    if isinstance(record, SourceNote):
        record.passage = passages[0]
    record.full_clean(exclude=["number"] if isinstance(record, Claim) else None)
    check_words(record, passages)
    if isinstance(record, Citation):
        record.passage = passages[0]
    record.save()
    if isinstance(record, Citation):
        record.record.note_change(user)
        return record.record
    if isinstance(record, (SourceNote, Source)):
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


def passage_at(source, start, end):
    """Returns the passage at a place of a source, stored or new."""
    place = {"source": source, "start": start, "end": end}
    return Passage.objects.filter(**place).first() or Passage(words=source.text[start:end], **place)


def get_or_create_passage(source, start, end):
    return Passage.objects.get_or_create(
        source=source, start=start, end=end, defaults={"words": source.text[start:end]}
    )[0]
