from django.db import models
from django.utils.translation import gettext_lazy as _

from organisation.models import Organisation


class SearchEntry(models.Model):
    """The entry of one public record in the search index: its text as readers see it, and as tokens.

    Only `portal.search.index` writes rows. The database finds them by `tokens`: SQLite through a full-text
    table that triggers keep in step, PostgreSQL through a generated column. `id` orders hits of
    the same rank.
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
    """A word of some search entry, with a key by which a misspelling finds it; a word has several keys."""

    key = models.CharField(max_length=40)
    word = models.CharField(max_length=40)

    class Meta:
        verbose_name = _("search word")
        verbose_name_plural = _("search words")
        constraints = [models.UniqueConstraint(fields=["key", "word"], name="search_word_once")]
        indexes = [models.Index(fields=["word"], name="search_word")]

    def __str__(self):
        return self.word
