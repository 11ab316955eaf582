from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from djangocms_versioning.models import Version


class PageStepQuerySet(models.QuerySet):
    def holding(self, version):
        """Returns the steps of a draft since which it was not changed, in their order."""
        return self.filter(version=version, modified=version.modified)


class PageStep(models.Model):
    """A step of a page's draft on its way to readers: somebody's action, its time and its note.

    It holds as long as the draft stays as it was then: `modified` is the draft's time of its last change.
    """

    class Kind(models.TextChoices):
        SUBMITTED = "submitted", _("submitted")
        TAKEN_BACK = "taken back", _("taken back")
        RETURNED = "returned", _("returned")
        CONFIRMED = "confirmed", _("confirmed")
        SCHEDULED = "scheduled", _("scheduled")
        UNSCHEDULED = "unscheduled", _("taken off the schedule")
        CLEANED = "cleaned", _("cleaned")  # by an update of the site: it holds for no draft

    version = models.ForeignKey(Version, models.CASCADE, related_name="+", verbose_name=_("version"))
    kind = models.CharField(_("step"), max_length=20, choices=Kind)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("by")
    )
    by_name = models.CharField(_("by"), max_length=200, help_text=_("It stays when the account is deleted."))
    at = models.DateTimeField(_("at"), default=timezone.now)
    note = models.TextField(_("note"), blank=True)
    publish_at = models.DateTimeField(_("to be published at"), null=True, blank=True)
    modified = models.DateTimeField()

    objects = PageStepQuerySet.as_manager()

    class Meta:
        verbose_name = _("step of a page")
        verbose_name_plural = _("steps of pages")
        ordering = ["at", "pk"]
        default_permissions = ()

    def __str__(self):
        return f"{self.version_id} {self.get_kind_display()}"
