"""The settings of a page's blocks. A block names the records that it shows and copies nothing of them."""

from cms.models import CMSPlugin
from django.db import models
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from .milestone import Milestone
from .organisation import Organisation
from .statement import Statement
from .term import Term, TermField


class Block(CMSPlugin):
    """A block is a section of a page, with a heading of its own or none."""

    heading = models.CharField(
        _("heading"), max_length=200, blank=True, help_text=_("Leave empty to go on under the heading above.")
    )

    class Meta:
        abstract = True

    def __str__(self):
        return self.heading or str(self.pk)

    def condition(self):
        """Returns the Q under which a record of its plugin's queryset is shown: here, every record."""
        return ~models.Q(pk__in=[])

    def rank(self):
        """Returns the expression that records are ordered by; equal ones keep the queryset's order."""
        return models.Value(0)

    def copy_relations(self, old):
        """Copies the chosen records into a new draft of the page; the CMS copies fields alone."""
        for field in self._meta.many_to_many:
            getattr(self, field.name).set(getattr(old, field.name).all())

    @property
    def anchor(self):
        """Returns the section's id: its heading as a slug, or a number where no letter of it is Latin."""
        return slugify(self.heading) or (f"section-{self.pk}" if self.heading else "")


def profiled_organisation(**options):
    """Returns a foreign key to the organisations with a profile; the others have nothing to show."""
    return models.ForeignKey(
        Organisation,
        models.PROTECT,
        related_name="+",
        verbose_name=_("organisation"),
        limit_choices_to={"profiled": True},
        **{"help_text": _("Whose records the block shows.")} | options,
    )


def organisation_or_all():
    """Returns a foreign key to an organisation with a profile; empty stands for every one of them."""
    return profiled_organisation(
        null=True,
        blank=True,
        help_text=_(
            "Whose records the block shows. Leave it empty on a site of one organisation: "
            "it then shows those of every organisation with a profile."
        ),
    )


class OfOrganisation(Block):
    """Shows records of the organisation that was chosen, or of every one with a profile."""

    class Meta:
        abstract = True

    def condition(self):
        if self.organisation_id:
            return models.Q(organisation=self.organisation_id)
        return models.Q(organisation__profiled=True)


class ListBlock(Block):
    """A list block needs no setting: it lists, for example, every source."""


class OrganisationBlock(OfOrganisation):
    """An organisation block shows something of one organisation, such as its facts or its history."""

    organisation = organisation_or_all()

    def __str__(self):
        return f"{self.organisation or ''} {self.heading}".strip()


class StatementsBlock(OfOrganisation):
    """A statements block shows an organisation's statements of one kind."""

    organisation = organisation_or_all()
    kind = models.CharField(
        _("kind"),
        max_length=20,
        choices=Statement.Kind,
        help_text=_("Every statement of this kind is shown, in its order."),
    )

    def __str__(self):
        return ", ".join(str(part) for part in (self.organisation, self.get_kind_display()) if part)

    def condition(self):
        return super().condition() & models.Q(kind=self.kind)


class StatementBlock(Block):
    """A statement block shows one statement, for example the vision that opens the home page."""

    statement = models.ForeignKey(
        Statement,
        models.PROTECT,
        related_name="+",
        verbose_name=_("statement"),
        help_text=_("Search for its organisation or its words."),
    )

    def __str__(self):
        return str(self.statement)

    def condition(self):
        return models.Q(pk=self.statement_id)


class MomentsBlock(Block):
    """A moments block shows a few milestones, selected one by one."""

    milestones = models.ManyToManyField(
        Milestone,
        related_name="+",
        verbose_name=_("milestones"),
        help_text=_("They are shown in the order of their dates."),
    )

    def condition(self):
        return models.Q(pk__in=self.milestones.values("pk"))


class AffiliationsBlock(OfOrganisation):
    """An affiliations block shows who stands with an organisation in one role."""

    organisation = organisation_or_all()
    role = TermField(
        _("role"),
        vocabulary=Term.Vocabulary.ROLE,
        help_text=_("Everybody in this role is shown, in the order of the source."),
    )

    def __str__(self):
        return ", ".join(str(part) for part in (self.organisation, self.get_role_display()) if part)

    def condition(self):
        return super().condition() & models.Q(role=self.role)
