from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class PictureWithdrawal(models.Model):
    """The withdrawal of a picture: its receipt, and the checksum by which it is known if it comes back.

    It outlives the picture. `places` holds each place at which it stood, as `Place.as_json` gives it, and
    `backups` the names of the backups that have it still.
    """

    sha256 = models.CharField(_("SHA-256"), max_length=64, primary_key=True)
    reference = models.CharField(_("reference"), max_length=20, unique=True)
    title = models.CharField(_("title"), max_length=300)
    at = models.DateTimeField(_("withdrawn at"), default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("withdrawn by"),
    )
    by_name = models.CharField(_("withdrawn by"), max_length=200, blank=True)
    why = models.TextField(_("reason"), blank=True)
    places = models.JSONField(default=list)
    backups = models.JSONField(default=list)
    gone_on = models.DateField(
        _("gone from the backups on"),
        null=True,
        help_text=_("The day on which the last backup that has it goes, if they go on as before."),
    )

    class Meta:
        verbose_name = _("withdrawal of a picture")
        verbose_name_plural = _("withdrawals of pictures")
        ordering = ["-at", "pk"]
        default_permissions = ()

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("admin:picture-receipt", args=[self.reference])
