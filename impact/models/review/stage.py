from django.db import models
from django.utils.translation import gettext_lazy as _


class Stage(models.TextChoices):
    """The stage that a claim's working copy has reached on its way to readers."""

    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("submitted")
    RETURNED = "returned", _("returned")
    SCHEDULED = "scheduled", _("scheduled")
    PUBLISHED = "published", _("published")


class Change(models.TextChoices):
    """The relation of an edition to the one before it."""

    FIRST = "first", _("first edition")
    CORRECTION = "correction", _("correction: what stood here was wrong")
    UPDATE = "update", _("update: what stood here was true then")
    RETIRED = "retired", _("retired: it was true then and is kept for the record")
    RESTORED = "restored", _("an earlier wording again")
