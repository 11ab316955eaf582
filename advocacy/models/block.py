from django.db import models
from django.utils.translation import gettext_lazy as _

from organisation.models import Block

from .story import StoryOfChange


class StoryBlock(Block):
    """A story block tells one story of change, fold by fold."""

    story = models.ForeignKey(
        StoryOfChange,
        models.PROTECT,
        related_name="+",
        verbose_name=_("story"),
        help_text=_("Without a heading above, its title is the heading."),
    )
    is_brief = models.BooleanField(
        _("in brief"),
        default=False,
        help_text=_(
            "Its claims are not told in their own words: each stands as a reference in the fold before it."
        ),
    )

    def __str__(self):
        return self.heading or str(self.story)

    def condition(self):
        return models.Q(pk=self.story_id)
