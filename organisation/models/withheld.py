"""What visitors do not read of a source's text, because it was withdrawn for somebody's safety."""

import re

from django.db import models
from django.utils.translation import gettext

MASK = "█"


class WithheldQuerySet(models.QuerySet):
    def update_withheld(self):
        """Brings what is withheld of their texts up to date with what is taken down."""
        from .takedown import Takedown

        taken_down = Takedown.objects.down().exclude(withheld=[]).values_list("withheld", flat=True)
        passages = {passage for passages in taken_down for passage in passages}
        for source in self.distinct():
            spans = source.passages.filter(pk__in=passages).order_by("start").values_list("start", "end")
            withheld = [list(span) for span in spans]
            if withheld != source.withheld:
                source.withheld = withheld
                source.skip_history_when_saving = True  # the text stays as it was found
                source.save(update_fields=["withheld"])


class Withheld(models.Model):
    """Adds to a source the places of its text that are withheld; the text itself stays as it was found."""

    # [start, end] of each passage that was withdrawn with a claim.
    withheld = models.JSONField(default=list, editable=False)

    class Meta:
        abstract = True

    @property
    def lines(self):
        return self.masked().split("\n")

    @property
    def public_text(self):
        return self.words_for_readers(self.text)

    def masked(self, words=None, start=0):
        """Returns words of the text, by default all, with a sign in place of each that is withheld.

        They begin at `start` of the text, and stay as long as they are.
        """
        words = self.text if words is None else words
        for first, last in self.withheld:
            first, last = max(first - start, 0), max(last - start, 0)
            words = words[:first] + re.sub(r"[^\n]", MASK, words[first:last]) + words[last:]
        return words

    def words_for_readers(self, words, start=0):
        """Returns words of the text with a sentence in place of those that are withheld."""
        if not self.withheld:
            return words
        sentence = gettext("[words withheld: to show them could harm somebody]")
        return re.sub(rf"{MASK}[{MASK}\s]*", f"{sentence} ", self.masked(words, start)).strip()

    def withholds(self, passage):
        """True if any of the words of one of its passages are withheld."""
        return any(first < passage.end and passage.start < last for first, last in self.withheld)
