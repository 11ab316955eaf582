from django.db import models
from django.utils.translation import gettext_lazy as _


class SeededPage(models.Model):
    """A page that seeding has created once: if staff have deleted it, it is not created again."""

    key = models.CharField(max_length=40, unique=True)

    class Meta:
        verbose_name = _("seeded page")
        verbose_name_plural = _("seeded pages")

    def __str__(self):
        return self.key
