"""What visitors do not read of a source, because it was withdrawn for somebody's safety."""

import re
from functools import reduce
from operator import or_

from django.db import models
from django.utils.translation import gettext

from ..quotation import texts_of
from ..whole_words import END_SIGNS, places

MASK = "█"


class WithheldQuerySet(models.QuerySet):
    def update_withheld(self, passages):
        """Brings up to date what is withheld of each source that says the words of these passages.

        They are withheld wherever they stand, not only where they were quoted.
        """
        from .takedown import Takedown

        withheld = list(Takedown.objects.withheld_passages())
        for source in self.saying(texts_of(passages)):
            source.withhold(withheld)

    def saying(self, texts):
        """Returns the sources with the first line of one of these texts, in their text or what goes with it.

        The rest may be set otherwise.
        """
        lines = first_lines(texts)
        says = [self.model.objects.filter(says_in(self.model.READ_BESIDE_TEXT + ("text",), lines))]
        says += [rows.filter(says_in(rows.model.read_with_source, lines)) for rows in self.model.rows_about()]
        keys = [says[0].values("pk"), *(rows.values(rows.model.source_path) for rows in says[1:])]
        return self.filter(reduce(or_, (models.Q(pk__in=each) for each in keys)))


def first_lines(texts):
    return {text.strip().partition("\n")[0].rstrip(END_SIGNS) for text in texts} - {""}


def says_in(names, lines):
    """Returns the condition that one of the fields has one of the lines."""
    conditions = (models.Q(**{f"{name}__contains": line}) for name in names for line in lines)
    return reduce(or_, conditions, models.Q(pk__in=[]))


class Withheld(models.Model):
    """Adds to a source the places that are withheld; what is stored of it stays as it was found."""

    READ_BESIDE_TEXT = ("title", "subject", "byline", "region", "found_at")
    # The models of what staff write about a source, each a subclass of AboutSource.
    written_about = []

    # [start, end] of each place of the text that has the words of a passage that was withdrawn with a claim;
    # and [start, end, name] of each place of what is read with it, such as "title" or "citation 12 note".
    withheld = models.JSONField(default=list, editable=False)

    class Meta:
        abstract = True

    def save(self, **kwargs):
        # Not only of a new text: an earlier state, brought back from the history, has the places of its time.
        if not kwargs.get("update_fields"):
            from .takedown import Takedown

            self.withheld = self.places_of(Takedown.objects.withheld_passages())
        super().save(**kwargs)

    @classmethod
    def rows_about(cls):
        return [model._base_manager.all() for model in cls.written_about]

    def read_beside_text(self):
        """Yields (name, words) of all that visitors read with the text, and that staff have written."""
        yield from ((name, getattr(self, name)) for name in self.READ_BESIDE_TEXT)
        for rows in self.rows_about() if self.pk else ():
            for row in rows.filter(**{rows.model.source_path: self.pk}):
                yield from ((row.name_of(name), getattr(row, name)) for name in row.read_with_source)

    def places_of(self, passages):
        """Returns the places that have the words of passages, its own or another source's.

        With the mends of a passage made they are withheld, too: another source may say them without a slip.
        """
        own = {(each.start, each.end) for each in passages if each.source_id == self.pk}
        said = set(texts_of(passages))
        found = own | {place for words in said for place in places(words, self.text)}
        beside = {
            (*place, name)
            for name, text in (self.read_beside_text() if said else ())
            for words in said
            for place in places(words.rstrip(END_SIGNS), text)
        }
        return [list(place) for place in [*sorted(found), *sorted(beside)]]

    def withhold(self, passages):
        """Stores what is withheld now, if that is not what was."""
        places = self.places_of(passages)
        if places != self.withheld:
            self.withheld = places
            self.skip_history_when_saving = True  # the text stays as it was found
            self.save(update_fields=["withheld"])
            del self.skip_history_when_saving

    def withheld_of(self, name=""):
        """Returns (start, end) of each place of the text that is withheld, or of what is read with it."""
        return [tuple(place[:2]) for place in self.withheld if "".join(place[2:]) == name]

    @property
    def lines(self):
        return self.masked().split("\n")

    @property
    def public_text(self):
        return self.words_for_readers(self.text)

    @property
    def for_readers(self):
        """Returns {name of a field: its words as visitors read them}."""
        return {
            name: self.words_for_readers(getattr(self, name), name=name) for name in self.READ_BESIDE_TEXT
        }

    def masked(self, words=None, start=0, name=""):
        """Returns words of the text, by default all, with a sign in place of each that is withheld.

        They begin at `start` of the text, or are those of `name`, and stay as long as they are.
        """
        words = self.text if words is None else words
        for first, last in self.withheld_of(name):
            first, last = max(first - start, 0), max(last - start, 0)
            words = words[:first] + re.sub(r"[^\n]", MASK, words[first:last]) + words[last:]
        return words

    def words_for_readers(self, words, start=0, name=""):
        """Returns words of the text, or those of `name`, with a sentence in place of what is withheld."""
        if not self.withheld:
            return words
        sentence = gettext("[words withheld: to show them could harm somebody]")
        return re.sub(rf"{MASK}[{MASK}\s]*", f"{sentence} ", self.masked(words, start, name)).strip()

    def withholds(self, passage):
        """True if any of the words of one of its passages are withheld."""
        return any(first < passage.end and passage.start < last for first, last in self.withheld_of())


class AboutSource:
    """Adds to what staff write about a source that visitors do not read words in it that are withheld.

    `read_with_source` names the fields that they read, and `source_path` leads to the source.
    """

    read_with_source = ("note",)
    source_path = "source"

    def save(self, **kwargs):
        """Saves the row; the places in its words are others then."""
        from .takedown import Takedown

        super().save(**kwargs)
        if self.described.withheld:
            self.described.withhold(Takedown.objects.withheld_passages())

    @property
    def described(self):
        """Returns the source."""
        return reduce(getattr, self.source_path.split("__"), self)

    def name_of(self, field):
        """Returns the name by which the source knows a field of this row."""
        return f"{self._meta.model_name} {self.pk} {field}"

    @property
    def for_readers(self):
        """Returns {name of a field: its words as visitors read them}."""
        return {
            name: self.described.words_for_readers(getattr(self, name), name=self.name_of(name))
            for name in self.read_with_source
        }

    def clean(self):
        """Refuses words that are withheld."""
        from ..quotation import check_unsaid

        super().clean()
        check_unsaid(*(getattr(self, name) for name in self.read_with_source))
