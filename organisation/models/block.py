"""What an editor sets for a block of a page. The records it shows are not copied: a block says which, never what."""

from cms.models import CMSPlugin
from django.db import models
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from .organisation import Affiliation, Organisation
from .statement import Statement


class Block(CMSPlugin):
    """A section of a page, with a heading of its own or none."""

    heading = models.CharField(_("heading"), max_length=200, blank=True, help_text=_("Leave empty to go on under the heading above."))

    class Meta:
        abstract = True

    def __str__(self):
        return self.heading or str(self.pk)

    @property
    def anchor(self):
        return slugify(self.heading)


class ListBlock(Block):
    """A list that needs no choice, such as every source."""


class OrganisationBlock(Block):
    """Something of one organisation, such as its facts or its history."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("organisation"))

    def __str__(self):
        return f"{self.organisation} {self.heading}".strip()


class StatementsBlock(Block):
    """An organisation's statements of one kind."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("organisation"))
    kind = models.CharField(_("kind"), max_length=20, choices=Statement.Kind)

    def __str__(self):
        return f"{self.organisation}, {self.get_kind_display()}"


class StatementBlock(Block):
    """One statement, for example the vision that opens the home page."""

    statement = models.ForeignKey(Statement, models.PROTECT, related_name="+", verbose_name=_("statement"))

    def __str__(self):
        return str(self.statement)


class AffiliationsBlock(Block):
    """Who stands with an organisation in one role."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("organisation"))
    role = models.CharField(_("role"), max_length=30, choices=Affiliation.Role)

    def __str__(self):
        return f"{self.organisation}, {self.get_role_display()}"
