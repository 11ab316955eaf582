from django.db import models
from django.utils.translation import gettext_lazy as _


class Attempt(models.Model):
    """A count of failed logins, or a used code, until it expires; see `portal.accounts.attempts`."""

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("attempt to log in")
        verbose_name_plural = _("attempts to log in")

    def __str__(self):
        return self.cache_key
