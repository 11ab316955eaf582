from django.db import models
from django.utils.translation import gettext_lazy as _


class Qualifier(models.TextChoices):
    """The word that a source puts before a number."""

    NONE = "", _("none")
    EXACTLY = "exactly", _("exactly")
    OVER = "over", _("over")
    MORE_THAN = "more than", _("more than")
    AT_LEAST = "at least", _("at least")
    NEARLY = "nearly", _("nearly")
    ABOUT = "about", _("about")
    UP_TO = "up to", _("up to")
