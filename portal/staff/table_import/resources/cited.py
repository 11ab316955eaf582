"""Records with the document and the exact words that they rest on first, as two columns of their table."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from import_export.fields import Field

from impact.admin.new_claim import independence_of
from impact.models import Claim
from organisation.models import Citation, Organisation, Passage
from organisation.models.quoting import Quoting
from organisation.quotation import check_quotation
from portal.search.index import deferred_indexing, index_records

from ..columns import SourceWidget, TextWidget
from .table import TableResource


def first_citation(record):
    return next(iter(record.evidence), None) if record.pk else None


def passages_by_place(source):
    return {(passage.start, passage.end): passage for passage in source.passages.all()}


class CitedField(Field):
    """A column of the first citation; it is saved with the record, by the resource."""

    def __init__(self, name, value_of):
        # No field of a model has this name: an instrument has a source besides those it cites.
        super().__init__(column_name=name, attribute=f"cited_{name}", widget=TextWidget())
        self.value_of = value_of

    def get_value(self, instance):
        citation = getattr(instance, "cited_by_row", None) or first_citation(instance)
        return self.value_of(citation) if citation else ""

    def save(self, instance, row, is_m2m=False, **kwargs):
        pass


class CitedResource(TableResource):
    """Cites the source of a row, and quotes its words, where they are not those of the first citation.

    Further citations of a record have a table of their own, or its form.
    """

    # False for words that are compared with their passages at a later review.
    checks_quotation = True

    source_ = CitedField("source", lambda citation: citation.source.slug)
    words = CitedField("words", lambda citation: citation.passage.words if citation.passage else "")

    class Meta(TableResource.Meta):
        abstract = True

    def import_instance(self, instance, row, **kwargs):
        errors = {}
        for read in (super().import_instance, self.read_citation):
            try:
                read(instance, row, **kwargs)
            except ValidationError as error:
                errors = error.update_error_dict(errors)
        if errors:
            raise ValidationError(errors)

    def read_citation(self, instance, row, **kwargs):
        """Sets `cited_by_row`, the unsaved citation of a row that names others than the record has."""
        present = first_citation(instance)
        values = [self.fields[name].get_value(instance) for name in ("source_", "words")]
        slug, words = (row.get(name, value) for name, value in zip(("source", "words"), values, strict=True))
        if [slug, words] == values:
            return
        if not slug:
            sentence = (
                _("The words need their document: give the last part of its address.")
                if words and not present
                else _("A document is not taken from a record by a table: do it in the record's form.")
            )
            raise ValidationError({"cited_source": sentence})
        if not self.user.has_perms(["organisation.add_citation", "organisation.change_citation"]):
            raise ValidationError({"cited_source": _("Your account may not cite documents.")})
        try:
            source = self.looked_up("source", slug, SourceWidget().clean)
        except ValueError as error:
            raise ValidationError({"cited_source": str(error)}) from error
        try:
            passage = self.passage_of(source, words) if words else None
            instance.cited_by_row = Citation(source=source, passage=passage)
        except ValidationError as error:
            raise ValidationError({"cited_words": error.messages}) from error

    def passage_of(self, source, words):
        """Returns the passage of these words, which may not be stored yet."""
        start, end = source.locate(words)
        stored = self.looked_up("passages", source, passages_by_place).get((start, end))
        return stored or Passage(source=source, start=start, end=end, words=source.text[start:end])

    def validate_instance(self, instance, import_validation_errors=None, validate_unique=True):
        super().validate_instance(instance, import_validation_errors, validate_unique)
        if not (self.checks_quotation and isinstance(instance, Quoting)) or not instance.is_public:
            return
        field, after = instance.quoted_field, self.export_cells(instance)
        cited = getattr(instance, "cited_by_row", None)
        changed = [name for name in (field, "in_our_words") if self.cells_before.get(name) != after[name]]
        # Words that parted before and are left as they are do not stand in the way of the other rows.
        if changed or cited:
            citations = list(instance.evidence) if instance.pk else []
            if cited:
                citations[:1] = [cited]
            try:
                check_quotation(instance, [each.passage for each in citations if each.passage])
            except ValidationError as error:
                raise ValidationError({field: error.messages}) from error

    def before_save_instance(self, instance, row, **kwargs):
        super().before_save_instance(instance, row, **kwargs)
        if instance._state.adding:
            instance.evidence = []  # spares the query
        after = self.export_cells(instance)
        if {name for name in after if after[name] != self.cells_before.get(name)} <= {"source", "words"}:
            instance.skip_history_when_saving = True  # the record itself does not change

    def after_save_instance(self, instance, row, **kwargs):
        super().after_save_instance(instance, row, **kwargs)
        vars(instance).pop("skip_history_when_saving", None)
        if not (cited := vars(instance).pop("cited_by_row", None)):
            return
        if cited.passage and cited.passage.pk is None:
            cited.passage = Passage.objects.quote(cited.source, cited.passage.words)
            place = cited.passage.start, cited.passage.end
            self.looked_up("passages", cited.source, passages_by_place)[place] = cited.passage
        citations = list(instance.evidence)
        citation = citations[0] if citations else Citation(record=instance)
        self.cited_sources |= {citation.source_id, cited.source.pk} - {None}
        citation.source, citation.passage = cited.source, cited.passage
        speaker = instance if isinstance(instance, Organisation) else self.speaker(instance)
        citation.independence = independence_of(cited.source, speaker)
        if citation.pk is None:
            citation.set_last_order()
        with deferred_indexing():
            citation.save()
        instance.evidence = [citation, *citations[1:]]
        vars(instance).pop("is_quotation", None)

    def import_table(self, dataset, dry_run):
        self.cited_sources = set()
        return super().import_table(dataset, dry_run)

    def after_import(self, dataset, result, **kwargs):
        """Brings the search entries of the cited documents up to date once, however many rows cite them."""
        super().after_import(dataset, result, **kwargs)
        if self._meta.model is not Claim:  # its citations are public with an edition alone
            index_records("source", sorted(self.cited_sources))

    def speaker(self, instance):
        """Returns the organisation by which a document is judged to be its own, a partner's or neither's."""
        return instance.organisation
