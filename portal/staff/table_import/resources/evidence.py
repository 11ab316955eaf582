"""The citations of claims: an import changes working copies, as the other tables of claims do."""

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from impact.admin.new_claim import independence_of
from impact.models import Claim
from organisation.models import Citation, Passage
from organisation.models.qualifier import Qualifier

from ..columns import (
    ChoiceWidget,
    ClaimWidget,
    OptionalNumberWidget,
    SourceWidget,
    claim_by_reference,
    column,
)
from .claims import DraftResource
from .table import TableResource, parse_cell


class EvidenceResource(DraftResource):
    title = gettext_lazy("Evidence")
    about = gettext_lazy(
        "Each row is a document that a claim rests on, known by its address and the exact words that are "
        "quoted. It changes the working copy of the claim; nothing is published by it."
    )
    key_columns = ("claim", "source", "words")
    required_columns = ("claim", "source")
    computed_fields = ("passage",)

    claim = column("claim", ClaimWidget(), attribute="record")
    source = column("source", SourceWidget())
    words = column("words", attribute="passage__words")
    relation = column("relation", ChoiceWidget(Citation.Relation.choices, empty=Citation.Relation.STATES))
    independence = column("independence", ChoiceWidget(Citation.Independence.choices))
    note = column("note")
    value_as_written = column("value_as_written")
    value_qualifier = column("value_qualifier", ChoiceWidget(Qualifier.choices))
    value = column("value", OptionalNumberWidget())
    value_of = column("value_of")

    class Meta(TableResource.Meta):
        model = Citation
        fields = export_order = (
            *("claim", "source", "words", "relation", "independence", "note"),
            *("value_as_written", "value_qualifier", "value", "value_of"),
        )

    def find_record(self, row):
        missing = [name for name in ("claim", "source") if not row.get(name)]
        if missing:
            raise ValidationError(
                {name: _("It says which evidence is meant: fill it in.") for name in missing}
            )
        claim = parse_cell(row, "claim", claim_by_reference).locked()
        source = parse_cell(row, "source", SourceWidget().clean)
        words, self.span = row.get("words"), None
        quoting = {"passage__words": words} if words else {"passage": None}
        same = list(claim.citations.filter(source=source, **quoting))
        if not same and words:
            try:
                self.span = source.locate(words)
            except ValidationError as error:
                raise ValidationError({"words": error.messages}) from error
            place = dict(zip(("passage__start", "passage__end"), self.span, strict=True))
            same = list(claim.citations.filter(source=source, **place))
        # A source may say the same twice, and a claim cite both.
        return next((each for each in same if each.pk not in self.seen), same[-1] if same else None)

    def import_field(self, field, instance, row, is_m2m=False, **kwargs):
        # The words only find the citation; a new one gets its passage with the other fields.
        if field.column_name != "words":
            super().import_field(field, instance, row, is_m2m, **kwargs)

    def import_instance(self, instance, row, **kwargs):
        super().import_instance(instance, row, **kwargs)
        if not instance._state.adding:
            return
        if self.span:
            place = {"source": instance.source, "start": self.span[0], "end": self.span[1]}
            words = instance.source.text[self.span[0] : self.span[1]]
            instance.passage = Passage.objects.filter(**place).first() or Passage(words=words, **place)
        if not row.get("independence"):
            instance.independence = independence_of(instance.source, instance.record.organisation)

    def new_key(self, instance):
        return (instance.object_id, instance.source_id, self.span)

    def before_save_instance(self, instance, row, **kwargs):
        super().before_save_instance(instance, row, **kwargs)
        if instance._state.adding:
            if instance.passage and instance.passage.pk is None:
                instance.passage = Passage.objects.quote(instance.source, instance.passage.words)
            instance.set_last_order()

    def after_save_instance(self, instance, row, **kwargs):
        super().after_save_instance(instance, row, **kwargs)
        instance.record.note_change(self.user)

    def get_queryset(self):
        claims = ContentType.objects.get_for_model(Claim)
        citations = Citation.objects.filter(content_type=claims).select_related("source", "passage")
        return citations.prefetch_related("record").order_by("object_id", "order", "pk")
