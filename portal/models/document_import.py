from textwrap import shorten

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class DocumentImport(models.Model):
    """The import of a source from a file: the parts that the file declared, who uploaded it, and when."""

    source = models.OneToOneField(
        "organisation.Source", models.CASCADE, related_name="document_import", verbose_name=_("source")
    )
    file_name = models.CharField(_("file name"), max_length=255)
    parts = models.JSONField(
        default=list, help_text="(start, end, kind, number) of each part whose kind the file told."
    )
    notices = models.JSONField(
        default=list, help_text="(code, words) of each thing that staff have to know before they use it."
    )
    brought_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("brought by")
    )
    brought_at = models.DateTimeField(_("brought at"), default=timezone.now)

    class Meta:
        verbose_name = _("imported document")
        verbose_name_plural = _("imported documents")

    def __str__(self):
        return self.file_name


class Decision(models.Model):
    """A decision to accept or refuse a suggestion for a source's text, with the record that it became."""

    class Verdict(models.TextChoices):
        ACCEPTED = "accepted", _("accepted")
        REFUSED = "refused", _("refused")

    source = models.ForeignKey(
        "organisation.Source", models.CASCADE, related_name="decisions", verbose_name=_("source")
    )
    kind = models.CharField(_("kind"), max_length=20)
    start = models.PositiveIntegerField(_("start"))
    end = models.PositiveIntegerField(_("end"))
    verdict = models.CharField(_("verdict"), max_length=20, choices=Verdict)
    values = models.JSONField(
        default=dict, help_text="What an accepted suggestion becomes once it is put on record."
    )
    content_type = models.ForeignKey(ContentType, models.CASCADE, null=True, blank=True)
    object_id = models.PositiveBigIntegerField(null=True, blank=True)
    record = GenericForeignKey("content_type", "object_id")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"), default=timezone.now)

    class Meta:
        verbose_name = _("decision on a suggestion")
        verbose_name_plural = _("decisions on suggestions")
        ordering = ["source", "start", "pk"]
        constraints = [
            # Named when suggestions were called proposals: another name would rebuild the table.
            models.UniqueConstraint(fields=["source", "kind", "start", "end"], name="proposal_decided_once")
        ]

    def __str__(self):
        return f"{self.source}, {self.start}–{self.end}: {self.get_verdict_display()}"

    @property
    def key(self):
        return f"{self.kind}-{self.start}-{self.end}"

    @property
    def is_pending(self):
        """Says that a suggestion is accepted and not on record yet, so that only staff can see it."""
        return self.verdict == self.Verdict.ACCEPTED and self.content_type_id is None

    @property
    def title(self):
        """Returns the title of the record to be, or its first words."""
        return self.values.get("title") or shorten(self.values.get("text", ""), 80, placeholder="…")

    @property
    def who(self):
        return self.by.get_full_name() or self.by.get_username()
