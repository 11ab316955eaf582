from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from organisation.characters import prose_of
from organisation.models import Citation, Takedown
from organisation.models.term import theme_choices
from organisation.quotation import check_readable, check_unsaid, texts_of

from ...as_written import problems_with_parts, problems_with_passages, problems_with_statement
from ...marked_words import phrases, problems_with_marks
from ...values import problems_with_values
from ..claim_text import figures_of


class Publishable:
    """The conditions that a working copy meets before it becomes an edition."""

    REQUIRED_FIELDS = ("subject", "theme", "type")

    def differs_from_published(self):
        return not self.current_edition or self.content() != self.current_edition.content()

    def check_publishable(self, reason=None):
        """Raises ValidationError for whatever would leave a reader without an answer.

        With `reason` given, even empty, also for a published figure that changes without one.
        """
        problems = []
        if self.is_withheld():
            problems.append(
                _(
                    "The claim was withdrawn for somebody's safety, and a new edition would show readers the "
                    "earlier ones again: make a new claim of what can be said, or restore the earlier "
                    "wording with a reason."
                )
            )
        if not self.citations.exists():
            problems.append(_("The claim has no source: add a citation with the passage it comes from."))
        try:
            self.check_quotation()
        except ValidationError as error:
            problems += error.messages
        for citation in self.citations.select_related("source__author", "source__publisher"):
            try:
                citation.check_independence(self.organisation)
            except ValidationError as error:
                problems += error.messages
        problems += [
            _("“%(field)s” is empty: fill it in.") % {"field": name} for name in self.missing_fields()
        ]
        figures = list(self.figures.prefetch_related("parts"))
        problems += [
            _("The figure “%(figure)s” has no unit: say what is counted.") % {"figure": figure}
            for figure in figures
            if not figure.unit
        ]
        problems += [sentence for _figure, sentence in problems_with_statement(figures, self.statement)]
        texts = texts_of(self.cited_passages())
        problems += [sentence for _figure, sentence in problems_with_passages(figures, texts)]
        parts = [part for figure in figures for part in figure.parts.all()]
        problems += problems_with_parts(parts, texts)
        problems += self.problems_with_marks()
        problems += problems_with_values(self.citations.all(), [each.label for each in figures])
        if reason is not None and not reason.strip() and self.figures_differ_from_published():
            problems.append(_("A published figure changes: say why, for readers see the reason."))
        if problems:
            raise ValidationError(problems)

    def missing_fields(self):
        """Returns the names, as people read them, of the fields that it needs and does not have."""
        return [
            self._meta.get_field(name).verbose_name
            for name in self.REQUIRED_FIELDS
            # A site may have no themes yet, and a choice of none.
            if not getattr(self, name) and (name != "theme" or theme_choices())
        ]

    def problems_with_marks(self):
        """Returns what is wrong with the words that are marked: a mark has to hold for whoever sees it."""
        marked = (self.statement, self.shown, self.not_established)
        problems = [sentence for _field, sentence in problems_with_marks(*marked)]
        independent = self.citations.filter(
            independence=Citation.Independence.INDEPENDENT, relation__in=Citation.AT_LEAST_IN_PART
        )
        if phrases(self.shown) and not independent.exists():
            problems.append(
                _(
                    "“%(words)s” is marked as shown, and no independent source on record supports the claim: "
                    "cite the one that does, or take the mark away."
                )
                % {"words": phrases(self.shown)[0]}
            )
        return problems

    def is_withheld(self):
        """True while the words that it quotes are withheld from readers for somebody's safety."""
        takedowns = Takedown.objects.about(type(self).objects.filter(pk=self.pk))
        return takedowns.down().exclude(withheld=[]).exists()

    def says_withheld_words(self):
        """True where its own words are withheld, or those that another claim was withdrawn with."""
        try:
            check_readable_wording(self)
        except ValidationError:
            return True
        return self.is_withheld()

    def figures_differ_from_published(self):
        """Returns True if a published figure is changed or gone; an added one takes nothing from readers."""
        if not self.current_edition:
            return False
        return not set(shown_of(self.current_edition)) <= set(shown_of(self))


def check_readable_wording(claim_or_edition):
    """Raises ValidationError where it says, in any part that readers see, words that are withheld."""
    check_readable(claim_or_edition.statement)
    citations = claim_or_edition.citations.select_related("source__author", "source__publisher")
    names = [name for each in citations for name in (each.source.author, each.source.publisher) if name]
    figures = claim_or_edition.figures.prefetch_related("parts")
    parts = [part for figure in figures for part in figure.parts.all()]
    rows = [claim_or_edition, claim_or_edition.organisation, *figures, *parts]
    check_unsaid(*map(prose_of, [*rows, *citations, *names]))


def shown_of(claim_or_edition):
    """Returns the figures without how they are written, so that only to add this changes no figure."""
    return [(label, *shown) for label, _as_written, *shown in figures_of(claim_or_edition)]
