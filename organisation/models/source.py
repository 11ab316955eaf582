import hashlib
import re
from textwrap import shorten

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Length
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from ..dates import PartialDateField
from .organisation import Organisation
from .record import Record, RecordQuerySet


class SourceQuerySet(RecordQuerySet):
    def publications(self):
        """Reports and other publications of the organisations that the portal profiles, newest first, undated last."""
        return (
            self.filter(author__profiled=True, kind__in=Source.PUBLISHED_WORKS)
            .select_related("author", "publisher")
            .order_by("-published", "title", "subject")
        )

    def public(self):
        """What readers may know of: publications, and what a record or an edition cites, but not what only a draft or something withdrawn cites."""
        from .citation import Citation

        cited = Citation.objects.public().filter(source=models.OuterRef("pk"))
        return self.filter(
            models.Q(author__profiled=True, kind__in=Source.PUBLISHED_WORKS) | models.Exists(cited)
        )

    def documents(self):
        """What records rest on: everything but publications of which no digital copy is known."""
        return (
            self.public()
            .exclude(kind__in=Source.PUBLISHED_WORKS, address="", text="")
            .select_related("author", "publisher")
        )


class Source(Record):
    """A document, our organisations' own or an outside one, that words or facts on this site come from."""

    class Kind(models.TextChoices):
        WEB_PAGE = "web page", _("web page")
        REPORT = "report", _("report")
        PUBLICATION = "publication", _("publication")
        TREATY = "treaty", _("treaty")
        RESOLUTION = "resolution", _("resolution")
        NEWS = "news", _("news")
        OFFICIAL_RECORD = "official record", _("official record")

    PUBLISHED_WORKS = (Kind.REPORT, Kind.PUBLICATION)

    slug = models.SlugField(
        _("address"), max_length=100, unique=True, help_text=_("The last part of its permanent address.")
    )
    kind = models.CharField(
        _("kind"),
        max_length=20,
        choices=Kind,
        help_text=_("Reports and publications of organisations with a profile stand among the publications."),
    )
    title = models.CharField(
        _("title"),
        max_length=300,
        blank=True,
        help_text=_("As it stands on the document. Leave empty if none is known; never invent one."),
    )
    subject = models.CharField(
        _("subject"),
        max_length=300,
        blank=True,
        help_text=_(
            "For a document whose title is not known: what it is or is about, best in the words of the text that names it."
        ),
    )
    publisher = models.ForeignKey(
        Organisation,
        models.PROTECT,
        related_name="published_sources",
        null=True,
        blank=True,
        verbose_name=_("publisher"),
        help_text=_(
            "Who put the document before the public, for example the directory that reprints a text."
        ),
    )
    author = models.ForeignKey(
        Organisation,
        models.PROTECT,
        related_name="authored_sources",
        null=True,
        blank=True,
        verbose_name=_("author"),
        help_text=_("Whose words they are. It can be another body than the publisher."),
    )
    byline = models.CharField(
        _("signed by"),
        max_length=200,
        blank=True,
        help_text=_("The person who signed it, where the source names one."),
    )
    published = PartialDateField(
        _("published"), help_text=_("The year, or as fine as the document says: 2014-04-28.")
    )
    as_of = PartialDateField(
        _("as of"), help_text=_("The day its statements hold for. Empty reads “not stated”.")
    )
    region = models.CharField(
        _("region"), max_length=200, blank=True, help_text=_("The country or region it is about, if any.")
    )
    address = models.URLField(
        _("link"),
        max_length=500,
        blank=True,
        help_text=_("Where it can be read. Empty reads “not on record”."),
    )
    found_at = models.CharField(
        _("found at"),
        max_length=200,
        blank=True,
        help_text=_("Where the copy was found, in words, if there is no link to give."),
    )
    archived = models.URLField(
        _("archived copy"),
        max_length=500,
        blank=True,
        help_text=_("A copy in a web archive. Empty reads “not on record”."),
    )
    accessed = models.DateField(
        _("date of access"), null=True, blank=True, help_text=_("The day somebody read it for this portal.")
    )
    text = models.TextField(
        _("text"),
        blank=True,
        help_text=_(
            "The document's words, kept exactly as found. They cannot be changed afterwards; what is garbled is mended where it is shown."
        ),
    )
    sha256 = models.CharField(_("fingerprint (SHA-256)"), max_length=64, blank=True, editable=False)

    objects = SourceQuerySet.as_manager()

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["slug"]
        constraints = [
            models.CheckConstraint(
                name="source_text_has_fingerprint",
                condition=models.Q(text="", sha256="") | (~models.Q(text="") & ~models.Q(sha256="")),
            ),
            models.CheckConstraint(
                name="source_has_title_or_subject",
                condition=~models.Q(title="", subject=""),
                violation_error_message=_(
                    "Give the title or, where none is known, the subject in the words of the text that names it."
                ),
            ),
        ]

    def __str__(self):
        return self.title or self.subject

    def get_absolute_url(self):
        name = "publication" if self.is_publication else "source"
        return reverse(name, kwargs={"slug": self.slug})

    def line_url(self, line):
        return f"{self.get_absolute_url()}#L{line}"

    def clean(self):
        self.text = self.text.replace(
            "\r\n", "\n"
        )  # a browser's form rewrites line ends; the fingerprint must not follow
        self.check_text_unchanged()
        self.sha256 = checksum(self.text)

    def check_text_unchanged(self):
        if self.sha256 and checksum(self.text) != self.sha256:
            raise ValidationError(
                {
                    "text": _(
                        "A source's text is kept as found and does not change: restore it, or record the new text as a source of its own."
                    )
                }
            )

    def save(self, **kwargs):
        self.check_text_unchanged()
        self.sha256 = checksum(self.text)
        super().save(**kwargs)

    @property
    def is_publication(self):
        return self.kind in self.PUBLISHED_WORKS and bool(self.author and self.author.profiled)

    @property
    def has_copy(self):
        return bool(self.text or self.address)

    @property
    def lines(self):
        return self.text.split("\n")

    def locate(self, words, line=None):
        """The place (start, end) of `words` in the text, searched on one line (from 1) if given.

        Raises ValidationError when the source does not say them, with the first differing character, or says them twice.
        """
        start, end = 0, len(self.text)
        if line:
            start = sum(len(each) + 1 for each in self.lines[: line - 1])
            end = min(end, start + len(self.lines[line - 1])) if line <= len(self.lines) else start
        count = self.text.count(words, start, end) if words else 0
        if count == 1:
            place = self.text.index(words, start, end)
            return place, place + len(words)
        if count > 1:
            raise ValidationError(
                _("“%(words)s” stands %(count)d times in “%(source)s”: quote more of the sentence."),
                code="ambiguous",
                params={"words": words, "count": count, "source": self},
            )
        raise absent_error(words, self.text[start:end], self)


def checksum(text):
    return hashlib.sha256(text.encode()).hexdigest() if text else ""


def absent_error(words, text, source):
    """The error that says where `words` first depart from the closest place in `text`."""
    agreed = next((n for n in range(len(words), 0, -1) if words[:n] in text), 0)
    if not agreed:
        return ValidationError(
            _("“%(source)s” does not contain “%(words)s”: copy the words from the source."),
            code="absent",
            params={"source": source, "words": words},
        )
    after = text.index(words[:agreed]) + agreed
    says = text[after : after + 1]
    return difference_error(agreed, words[agreed : agreed + 1], says, words[max(0, agreed - 20) : agreed], source)


def difference_error(place, here, there, before, source):
    return ValidationError(
        _(
            "The words depart from “%(source)s” at character %(place)d, after “%(before)s”: here %(here)s, in the source %(there)s."
        ),
        code="differs",
        params={
            "source": source,
            "place": place + 1,
            "before": before,
            "here": f"“{here}”" if here else gettext("nothing more"),
            "there": f"“{there}”" if there else gettext("nothing more"),
        },
    )


class PassageManager(models.Manager):
    def quote(self, source, words, line=None):
        """The passage of these words, made if it is new; ValidationError if the source does not say them once."""
        start, end = source.locate(words, line)
        return self.get_or_create(source=source, start=start, end=end, defaults={"words": words})[0]


class Passage(models.Model):
    """Exact words of a source, and their place in it, counted in characters from the start of the text."""

    source = models.ForeignKey(Source, models.PROTECT, related_name="passages", verbose_name=_("source"))
    start = models.PositiveIntegerField(_("start"))
    end = models.PositiveIntegerField(_("end"))
    words = models.TextField(
        _("words"), help_text=_("Exactly the source's words, spelling and signs included.")
    )

    objects = PassageManager()

    class Meta:
        verbose_name = _("passage")
        verbose_name_plural = _("passages")
        ordering = ["source", "start"]
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

    def clean(self):
        if self.start is None or not self.words:
            return  # its form has already said what is wrong with the words
        said = self.source.text[self.start : self.end]
        if said == self.words:
            return
        place = next(
            (n for n, (a, b) in enumerate(zip(said, self.words)) if a != b), min(len(said), len(self.words))
        )
        raise ValidationError(
            {
                "words": difference_error(
                    place,
                    self.words[place : place + 1],
                    said[place : place + 1],
                    self.words[max(0, place - 20) : place],
                    self.source,
                )
            }
        )

    def save(self, **kwargs):
        self.clean()  # no door, not even code, stores words that the source does not say
        super().save(**kwargs)

    @property
    def line(self):
        return self.source.text.count("\n", 0, self.start) + 1

    @property
    def source_line_label(self):
        """The document and the line in it, as readers are told of them."""
        return gettext("%(source)s, line %(line)d") % {"source": self.source, "line": self.line}

    @property
    def source_line_url(self):
        """The page of the document, at the line."""
        return self.source.line_url(self.line)

    @property
    def before(self):
        """What stands before the words on their line, the context to show them in."""
        return self.source.text[: self.start].rpartition("\n")[2]

    @property
    def after(self):
        return self.source.text[self.end :].partition("\n")[0]

    @property
    def line_before(self):
        """The end of the line before, where the words fill their own line and would stand without any context."""
        lines = self.source.text[: self.start].split("\n")[:-1]
        return (
            ""
            if self.has_context
            else truncate_start(next((line for line in reversed(lines) if line.strip()), ""))
        )

    @property
    def line_after(self):
        lines = self.source.text[self.end :].split("\n")[1:]
        return "" if self.has_context else truncate_end(next((line for line in lines if line.strip()), ""))

    @property
    def has_context(self):
        return bool(re.search(r"\w", self.before + self.after))


def truncate_end(line, most=120):
    return line if len(line) <= most else f"{line[:most].rpartition(' ')[0]} …"


def truncate_start(line, most=120):
    return line if len(line) <= most else f"… {line[-most:].partition(' ')[2]}"


class Mend(models.Model):
    """A slip in a source's wording that we show mended: what it says, what we show, and why."""

    passage = models.ForeignKey(
        Passage,
        models.PROTECT,
        related_name="mends",
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
    natural_key_fields = ("passage", "says")

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

    def clean(self):
        if self.passage_id and self.says not in self.passage.words:
            raise ValidationError({"says": _("The passage does not contain these words: copy them from it.")})


class SourceNote(models.Model):
    """Words of a source that are no record, such as a heading with nothing under it, and why."""

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
    natural_key_fields = ("passage",)

    class Meta:
        verbose_name = _("note on a source")
        verbose_name_plural = _("notes on sources")
        ordering = ["passage"]

    def __str__(self):
        return f"{self.passage}: {self.note}"
