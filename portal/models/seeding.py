from django.db import models
from django.utils.translation import gettext_lazy as _


class SeededPage(models.Model):
    """A page that seeding has made once: if it is gone, staff deleted it, and it stays deleted."""

    key = models.CharField(max_length=40, unique=True)

    class Meta:
        verbose_name = _("seeded page")
        verbose_name_plural = _("seeded pages")

    def __str__(self):
        return self.key
