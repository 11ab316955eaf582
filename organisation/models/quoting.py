from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from ..quotation import check_quotation, is_mended, is_quotation, partings


class Quoting(models.Model):
    """Adds to a record that its words are a quotation from its passages, or ours."""

    in_our_words = models.BooleanField(
        _("in our words"),
        default=False,
        help_text=_(
            "Tick this where no passage that is cited has these words: "
            "readers see “in our words” instead of a line of a source."
        ),
    )

    # The field whose words are to stand in the passages that the record cites.
    quoted_field = "text"

    class Meta:
        abstract = True

    @property
    def quoting(self):
        """Returns itself: a list of records of several kinds asks each for the one that is a quotation."""
        return self

    @property
    def quoted_words(self):
        return getattr(self, self.quoted_field)

    @cached_property
    def is_quotation(self):
        """True where a cited passage has the words; what staff have said of them makes no difference."""
        return is_quotation(self.quoted_words, passages_of(self.evidence))

    @cached_property
    def is_mended(self):
        """True where the words are a quotation with the mends of a passage alone: readers are told."""
        return is_mended(self.quoted_words, passages_of(self.evidence))

    def partings(self):
        """Returns where the words part from the passages on record; nothing if they are marked as ours."""
        return [] if self.in_our_words else partings(self.quoted_words, self.cited_passages())

    def check_quotation(self):
        """Raises ValidationError for words that part from their passages and are not marked as ours."""
        check_quotation(self, self.cited_passages())

    def cited_passages(self):
        return passages_of(self.citations.select_related("source", "passage__source"))


def cited_place(citation, record):
    """Returns the label and the URL of what a record cites: the line, unless the record's words are ours."""
    if isinstance(record, Quoting) and not record.is_quotation:
        return str(citation.source), citation.source.get_absolute_url()
    return citation.source_line_label, citation.source_line_url


def passages_of(citations):
    """Returns the passages that can hold the words of a record: what contradicts it says something else."""
    return [each.passage for each in citations if each.passage and each.relation != "contradicts"]
