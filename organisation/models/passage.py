import re
from textwrap import shorten

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Length
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from ..characters import PlainText
from .source import Source, difference_error
from .withheld import AboutSource


class PassageManager(models.Manager):
    def quote(self, source, words, line=None):
        """Returns the passage of these words, new or stored; see Source.locate for what it raises."""
        start, end = source.locate(words, line)
        words = source.text[start:end]
        return self.get_or_create(source=source, start=start, end=end, defaults={"words": words})[0]


class Passage(models.Model):
    """A passage is exact words of a source; start and end count characters of its text."""

    source = models.ForeignKey(
        Source,
        models.PROTECT,
        related_name="passages",
        db_index=False,  # the unique constraint begins with it
        verbose_name=_("source"),
    )
    start = models.PositiveIntegerField(_("start"))
    end = models.PositiveIntegerField(_("end"))
    words = models.TextField(
        _("words"), help_text=_("Exactly the source's words, spelling and signs included.")
    )
    # Stored, so that no page needs a query to know which words are a quotation.
    mended = models.TextField(
        editable=False, blank=True, help_text="The words with every mend made; empty if there is none."
    )

    as_found = ("words", "mended")

    objects = PassageManager()

    class Meta:
        verbose_name = _("passage")
        verbose_name_plural = _("passages")
        ordering = ["source", "start", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["source", "start", "end"], name="passage_once"),
            models.CheckConstraint(
                name="passage_as_long_as_its_place",
                condition=models.Q(end__gt=models.F("start"), end=models.F("start") + Length("words")),
                violation_error_message=_("The place is not as long as the words: check start and end."),
            ),
        ]

    def __str__(self):
        return shorten(self.words, 80, placeholder="…")

    def save(self, **kwargs):
        self.clean()  # here too, so that code cannot store words that the source does not have
        super().save(**kwargs)

    def clean(self):
        if self.start is None or not self.words:
            return  # the form has reported already what is wrong with the words
        text = self.source.text[self.start : self.end]
        if text == self.words:
            return
        position = next(
            # The shorter of the two ends the comparison.
            (n for n, (a, b) in enumerate(zip(text, self.words, strict=False)) if a != b),
            min(len(text), len(self.words)),
        )
        error = difference_error(self.words, text[position : position + 1], position, self.source)
        raise ValidationError({"words": error})

    @property
    def shown_words(self):
        """Returns the words with every mend made."""
        return self.mended or self.words

    def make_mends(self):
        """Brings `mended` up to date with the mends."""
        text = self.words
        for mend in self.mends.all():
            text = text.replace(mend.says, mend.shows)
        self.mended = "" if text == self.words else text
        type(self).objects.filter(pk=self.pk).update(mended=self.mended)

    @property
    def line(self):
        """Returns the line of the text on which the words start, from 1."""
        return self.source.text.count("\n", 0, self.start) + 1

    @property
    def source_line_label(self):
        """Returns the source's name with the line: “Our story, line 25”."""
        return gettext("%(source)s, line %(line)d") % {"source": self.source, "line": self.line}

    @property
    def source_line_url(self):
        """Returns the URL of the source's page, at the line."""
        return self.source.line_url(self.line)

    @property
    def words_for_readers(self):
        return self.source.words_for_readers(self.words, self.start)

    @property
    def before(self):
        """Returns the text before the words on their line, as visitors read it."""
        return self.source.masked()[: self.start].rpartition("\n")[2]

    @property
    def after(self):
        """Returns the text after the words on their last line, as visitors read it."""
        return self.source.masked()[self.end :].partition("\n")[0]

    @property
    def line_before(self):
        """Returns the end of the line before; empty where the words' own line gives context enough."""
        if self.has_context:
            return ""
        lines = self.source.masked()[: self.start].split("\n")[:-1]
        return truncate_start(next((line for line in reversed(lines) if line.strip()), ""))

    @property
    def line_after(self):
        """Returns the start of the line after, likewise."""
        if self.has_context:
            return ""
        lines = self.source.masked()[self.end :].split("\n")[1:]
        return truncate_end(next((line for line in lines if line.strip()), ""))

    @property
    def has_context(self):
        """Returns whether the words share their line with any others."""
        return bool(re.search(r"\w", self.before + self.after))


def truncate_end(line, limit=120):
    return line if len(line) <= limit else f"{line[:limit].rpartition(' ')[0]} …"


def truncate_start(line, limit=120):
    return line if len(line) <= limit else f"… {line[-limit:].partition(' ')[2]}"


class Mend(AboutSource, PlainText, models.Model):
    """A mend corrects a slip in a source's wording where it is shown, and says why."""

    passage = models.ForeignKey(
        Passage,
        models.PROTECT,
        related_name="mends",
        db_index=False,  # the unique constraint begins with it
        verbose_name=_("passage"),
        help_text=_("The words that slip."),
    )
    says = models.CharField(
        _("the source says"), max_length=300, help_text=_("The words that slip, copied from the passage.")
    )
    shows = models.CharField(
        _("we show"), max_length=300, blank=True, help_text=_("Leave empty if the words are left out.")
    )
    why = models.CharField(
        _("reason"),
        max_length=300,
        help_text=_("What is wrong with them, in a sentence a reader can follow."),
    )

    history = HistoricalRecords()
    private_fields = ()
    natural_key_fields = ("passage", "says")
    read_with_source = ("shows", "why")
    source_path = "passage__source"
    as_found = ("says",)

    class Meta:
        verbose_name = _("mend")
        verbose_name_plural = _("mends")
        ordering = ["passage", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["passage", "says"], name="mend_once"),
            models.CheckConstraint(name="mend_has_a_reason", condition=~models.Q(why="")),
            models.CheckConstraint(
                name="mend_changes_something",
                condition=~models.Q(says=models.F("shows")),
                violation_error_message=_("What we show is what the source says: nothing is mended."),
            ),
        ]

    def __str__(self):
        return f"“{self.says}” → “{self.shows}”"

    @property
    def is_public(self):
        return self.passage.source.is_public

    @property
    def public_with(self):
        return [self.passage.source]

    @property
    def shown_with(self):
        return [self.passage.source]

    def clean(self):
        super().clean()
        if self.passage_id and self.says not in self.passage.words:
            raise ValidationError({"says": _("The passage does not contain these words: copy them from it.")})


@receiver([post_save, post_delete], sender=Mend)
def make_mends(instance, **kwargs):
    instance.passage.make_mends()


class SourceNote(AboutSource, PlainText, models.Model):
    """A source note says why words of a source are no record, such as a heading with nothing under it."""

    passage = models.OneToOneField(
        Passage,
        models.PROTECT,
        related_name="source_note",
        verbose_name=_("passage"),
        help_text=_("The words themselves, quoted from the source."),
    )
    note = models.TextField(
        _("note"), help_text=_("Why these words are no statement, in a sentence a reader can follow.")
    )

    history = HistoricalRecords()
    private_fields = ()
    natural_key_fields = ("passage",)
    source_path = "passage__source"

    class Meta:
        verbose_name = _("note on a source")
        verbose_name_plural = _("notes on sources")
        ordering = ["passage", "pk"]

    def __str__(self):
        return f"{self.passage}: {self.note}"

    @property
    def is_public(self):
        return self.passage.source.is_public

    @property
    def public_with(self):
        return [self.passage.source]

    @property
    def shown_with(self):
        return [self, self.passage.source]


Source.written_about += [Mend, SourceNote]
