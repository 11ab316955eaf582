"""What an editor sets for a block of a page. The records it shows are not copied: a block says which, never what."""

from cms.models import CMSPlugin
from django.db import models
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from .organisation import Affiliation, Milestone, Organisation
from .statement import Statement


class Block(CMSPlugin):
    """A section of a page, with a heading of its own or none."""

    heading = models.CharField(
        _("heading"), max_length=200, blank=True, help_text=_("Leave empty to go on under the heading above.")
    )

    class Meta:
        abstract = True

    def __str__(self):
        return self.heading or str(self.pk)

    @property
    def anchor(self):
        """Its heading as an id; a heading without Latin letters has none to make one from."""
        return slugify(self.heading) or (f"section-{self.pk}" if self.heading else "")


def profiled_organisation(**options):
    """The choice of an organisation: only those with a profile have anything to show."""
    return models.ForeignKey(
        Organisation,
        models.PROTECT,
        related_name="+",
        verbose_name=_("organisation"),
        limit_choices_to={"profiled": True},
        **{"help_text": _("Whose records the block shows.")} | options,
    )


class ListBlock(Block):
    """A list that needs no choice, such as every source."""


class OrganisationBlock(Block):
    """Something of one organisation, such as its facts or its history."""

    organisation = profiled_organisation()

    def __str__(self):
        return f"{self.organisation} {self.heading}".strip()


class StatementsBlock(Block):
    """An organisation's statements of one kind."""

    organisation = profiled_organisation()
    kind = models.CharField(
        _("kind"),
        max_length=20,
        choices=Statement.Kind,
        help_text=_("Every statement of this kind is shown, in its order."),
    )

    def __str__(self):
        return f"{self.organisation}, {self.get_kind_display()}"


class StatementBlock(Block):
    """One statement, for example the vision that opens the home page."""

    statement = models.ForeignKey(
        Statement,
        models.PROTECT,
        related_name="+",
        verbose_name=_("statement"),
        help_text=_("Search for its organisation or its words."),
    )

    def __str__(self):
        return str(self.statement)


class MomentsBlock(Block):
    """A few milestones, chosen one by one."""

    milestones = models.ManyToManyField(
        Milestone,
        related_name="+",
        verbose_name=_("milestones"),
        help_text=_("They are shown in the order of their dates."),
    )

    def copy_relations(self, old):
        """A new draft of a page shows the milestones of the version it was made from."""
        self.milestones.set(old.milestones.all())


class AffiliationsBlock(Block):
    """Who stands with an organisation in one role."""

    organisation = profiled_organisation()
    role = models.CharField(
        _("role"),
        max_length=30,
        choices=Affiliation.Role,
        help_text=_("Everybody in this role is shown, in the order of the source."),
    )

    def __str__(self):
        return f"{self.organisation}, {self.get_role_display()}"
