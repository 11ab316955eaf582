"""What visitors do not read of a source's text, because it was withdrawn for somebody's safety."""

import re
from functools import reduce
from operator import or_

from django.db import models
from django.utils.translation import gettext

from ..whole_words import places

MASK = "█"


class WithheldQuerySet(models.QuerySet):
    def update_withheld(self, passages):
        """Brings up to date what is withheld of each text that says the words of these passages.

        They are withheld wherever they stand, not only where they were quoted.
        """
        from .takedown import Takedown

        withheld = list(Takedown.objects.withheld_passages())
        for source in self.saying(passages.values_list("words", flat=True)):
            places = source.places_of(withheld)
            if places != source.withheld:
                source.withheld = places
                source.skip_history_when_saving = True  # the text stays as it was found
                source.save(update_fields=["withheld"])

    def saying(self, texts):
        """Returns the sources with the first line of one of these texts; the rest may be set otherwise."""
        lines = {text.strip().partition("\n")[0].strip() for text in texts}
        says = (models.Q(text__contains=line) for line in lines if line)
        return self.filter(reduce(or_, says, models.Q(pk__in=[])))


class Withheld(models.Model):
    """Adds to a source the places of its text that are withheld; the text itself stays as it was found."""

    # [start, end] of each place that has the words of a passage that was withdrawn with a claim.
    withheld = models.JSONField(default=list, editable=False)

    class Meta:
        abstract = True

    def save(self, **kwargs):
        if self._state.adding and self.text:
            from .takedown import Takedown

            self.withheld = self.places_of(Takedown.objects.withheld_passages())
        super().save(**kwargs)

    def places_of(self, passages):
        """Returns [start, end] wherever the text has the words of passages, its own or another source's."""
        own = {(each.start, each.end) for each in passages if each.source_id == self.pk}
        found = {place for words in {each.words for each in passages} for place in places(words, self.text)}
        return [list(place) for place in sorted(own | found)]

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
