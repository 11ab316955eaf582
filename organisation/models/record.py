from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from simple_history.models import HistoricalRecords


class RecordQuerySet(models.QuerySet):
    def with_citations(self):
        """Each record with its citations, their sources and passages: one more query for any number of records."""
        from .citation import Citation

        cited = Citation.objects.select_related("source__publisher", "source__author", "passage__source")
        return self.prefetch_related(models.Prefetch("citations", cited))


class Record(models.Model):
    """Something staff keep: it carries citations, keeps its history, and is known for good by the fields of `known_by`."""

    citations = GenericRelation("organisation.Citation")
    history = HistoricalRecords(inherit=True)

    objects = RecordQuerySet.as_manager()

    # The fields that name the record in a fixture, and that an editor does not change.
    known_by = ("slug",)

    class Meta:
        abstract = True
