from django.db import models
from django.utils.translation import gettext_lazy as _

from organisation.models import Organisation


class SearchEntry(models.Model):
    """What search knows of one public record: its words as readers see them, and as tokens to be found by.

    Rows are written by `portal.search.index` alone. The database finds them by `tokens`: SQLite through a table of its own that triggers
    keep in step, PostgreSQL through a column that it computes. `id` is the entry's place among hits that are otherwise alike.
    """

    id = models.BigIntegerField(primary_key=True)
    kind = models.CharField(max_length=20)
    object_id = models.PositiveBigIntegerField()
    language = models.CharField(max_length=15)
    organisation = models.ForeignKey(Organisation, models.SET_NULL, null=True, related_name="+")
    label = models.CharField(max_length=20, blank=True)
    title = models.TextField()
    text = models.TextField(blank=True)
    address = models.CharField(max_length=500, blank=True)
    tokens = models.TextField()

    class Meta:
        verbose_name = _("search entry")
        verbose_name_plural = _("search entries")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["kind", "object_id"], name="search_entry_once")]

    def __str__(self):
        return self.title


class SearchWord(models.Model):
    """A word that some entry holds, under each key by which a slip of the pen leads to it."""

    key = models.CharField(max_length=40)
    word = models.CharField(max_length=40)

    class Meta:
        verbose_name = _("search word")
        verbose_name_plural = _("search words")
        constraints = [models.UniqueConstraint(fields=["key", "word"], name="search_word_once")]
        indexes = [models.Index(fields=["word"], name="search_word")]

    def __str__(self):
        return self.word
