"""What an editor sets for the blocks of a page that draw on every room, and what becomes of documents that are brought in."""

from textwrap import shorten

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from organisation.models import Block, Organisation


class ChartBlock(Block):
    """One of the charts that are computed from published records."""

    class Chart(models.TextChoices):
        TRAINING = "training", _("Reach of the training")
        PUBLICATIONS = "publications", _("Publications by year")
        CLAIMS = "claims", _("Claims by grade and organisation")

    chart = models.CharField(
        _("chart"), max_length=20, choices=Chart,
        help_text=_("Every chart is computed from published records when the page is shown; change the record to change the chart."),
    )

    def __str__(self):
        return self.heading or self.get_chart_display()


class SeededPage(models.Model):
    """A page that seeding has made once: if it is gone, staff deleted it, and it stays deleted."""

    key = models.CharField(max_length=40, unique=True)

    class Meta:
        verbose_name = _("seeded page")
        verbose_name_plural = _("seeded pages")

    def __str__(self):
        return self.key


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


class Reading(models.Model):
    """A document that came in as a file: what the file said of its parts, who brought it, and when."""

    source = models.OneToOneField("organisation.Source", models.CASCADE, related_name="reading", verbose_name=_("source"))
    file_name = models.CharField(_("file name"), max_length=255)
    parts = models.JSONField(default=list, help_text="(start, end, kind) of each part whose kind the file told.")
    brought_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("brought by"))
    brought_at = models.DateTimeField(_("brought at"), default=timezone.now)

    class Meta:
        verbose_name = _("reading of a document")
        verbose_name_plural = _("readings of documents")

    def __str__(self):
        return self.file_name


class Decision(models.Model):
    """What somebody made of one proposal for a source's text: refused it, or accepted it, with the record that it became or is held for."""

    class Verdict(models.TextChoices):
        ACCEPTED = "accepted", _("accepted")
        REFUSED = "refused", _("refused")

    source = models.ForeignKey("organisation.Source", models.CASCADE, related_name="decisions", verbose_name=_("source"))
    kind = models.CharField(_("kind"), max_length=20)
    start = models.PositiveIntegerField(_("start"))
    end = models.PositiveIntegerField(_("end"))
    verdict = models.CharField(_("verdict"), max_length=20, choices=Verdict)
    values = models.JSONField(default=dict, help_text="What an accepted proposal becomes once it is put on record.")
    content_type = models.ForeignKey(ContentType, models.CASCADE, null=True, blank=True)
    object_id = models.PositiveBigIntegerField(null=True, blank=True)
    record = GenericForeignKey("content_type", "object_id")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"), default=timezone.now)

    class Meta:
        verbose_name = _("decision on a proposal")
        verbose_name_plural = _("decisions on proposals")
        ordering = ["source", "start", "pk"]
        constraints = [models.UniqueConstraint(fields=["source", "kind", "start", "end"], name="proposal_decided_once")]

    def __str__(self):
        return f"{self.source}, {self.start}–{self.end}: {self.get_verdict_display()}"

    @property
    def key(self):
        return f"{self.kind}-{self.start}-{self.end}"

    @property
    def is_held(self):
        """Accepted, and not on record yet: nobody but staff knows of it."""
        return self.verdict == self.Verdict.ACCEPTED and self.content_type_id is None

    @property
    def title(self):
        """What it is held for, by its name or its first words."""
        return self.values.get("title") or shorten(self.values.get("text", ""), 80, placeholder="…")

    @property
    def who(self):
        return self.by.get_full_name() or self.by.get_username()


class Attempt(models.Model):
    """What the login counts, until it is forgotten: the table behind `portal.accounts.attempts`."""

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("attempt to log in")
        verbose_name_plural = _("attempts to log in")

    def __str__(self):
        return self.cache_key
