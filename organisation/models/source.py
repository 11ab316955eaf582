import hashlib
from bisect import bisect_left
from functools import reduce
from operator import or_

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..characters import look_alike, named, without_control_signs
from ..dates import PartialDateField
from .organisation import Organisation
from .record import Record, RecordQuerySet
from .withheld import Withheld, WithheldQuerySet


class SourceQuerySet(WithheldQuerySet, RecordQuerySet):
    def publications(self):
        """Returns the publications of organisations with a profile, newest first, undated last."""
        return (
            self.filter(author__profiled=True, kind__in=Source.PUBLISHED_WORKS)
            .select_related("author", "publisher")
            .order_by("-published", "title", "subject", "pk")
        )

    def public(self):
        """Returns the sources that visitors may see: publications, and those that public records name."""
        from .citation import Citation

        naming = [Citation.objects.public().filter(source=models.OuterRef("pk"))]
        naming += [
            model._base_manager.filter(**{name: models.OuterRef("pk")}) for model, name in Source.public_links
        ]
        condition = models.Q(author__profiled=True, kind__in=Source.PUBLISHED_WORKS)
        return self.filter(reduce(or_, map(models.Exists, naming), condition))

    def with_distance(self):
        """Annotates whose each is, by the nearest of what rests on it: a document of any organisation is own.

        `distance` is “own”, “partner” or “independent”; what is cited as a partner's by one and as an
        independent one by another is a partner's.
        """
        from .citation import Citation

        public = Citation.objects.public().filter(source=models.OuterRef("pk"))
        own, partner, independent = Citation.Independence
        is_own = models.Q(author__profiled=True) | models.Q(author=None, publisher__profiled=True)
        return self.annotate(
            distance=models.Case(
                models.When(is_own | models.Exists(public.filter(independence=own)), then=models.Value(own)),
                models.When(models.Exists(public.filter(independence=partner)), then=models.Value(partner)),
                default=models.Value(independent),
                output_field=models.CharField(),
            )
        )

    def documents(self):
        """Returns the public sources without the publications of which no digital copy is known."""
        return (
            self.public()
            .exclude(kind__in=Source.PUBLISHED_WORKS, address="", text="")
            .select_related("author", "publisher")
        )


class Source(Withheld, Record):
    """A source is a document, an organisation's own or an outside one, that words or facts come from."""

    class Kind(models.TextChoices):
        WEB_PAGE = "web page", _("web page")
        REPORT = "report", _("report")
        PUBLICATION = "publication", _("publication")
        TREATY = "treaty", _("treaty")
        RESOLUTION = "resolution", _("resolution")
        NEWS = "news", _("news")
        OFFICIAL_RECORD = "official record", _("official record")

    PUBLISHED_WORKS = (Kind.REPORT, Kind.PUBLICATION)
    as_found = ("text",)
    # The foreign keys by which records that are always public name a source besides citing it, as
    # (model, name). Apps that come after this one append theirs when they are ready.
    public_links = []

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
            "For a document whose title is not known: what it is or is about, "
            "best in the words of the text that names it."
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
            "The document's words, kept exactly as found. They cannot be changed afterwards; "
            "what is garbled is mended where it is shown."
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
                    "Give the title or, where none is known, "
                    "the subject in the words of the text that names it."
                ),
            ),
        ]

    def __str__(self):
        name = "title" if self.title else "subject"
        return self.words_for_readers(getattr(self, name), name=name)

    def save(self, **kwargs):
        self.remove_control_signs()
        self.check_text_unchanged()
        self.sha256 = checksum(self.text)
        super().save(**kwargs)

    def get_absolute_url(self):
        name = "publication" if self.is_publication else "source"
        return reverse(name, kwargs={"slug": self.slug})

    def line_url(self, line):
        return f"{self.get_absolute_url()}#L{line}"

    def clean(self):
        # A browser's form sends CRLF for every line end, which would change the checksum.
        self.text = self.text.replace("\r\n", "\n")
        self.remove_control_signs()
        self.check_text_unchanged()
        self.sha256 = checksum(self.text)

    def remove_control_signs(self):
        """Removes the control signs of a text that is not stored yet; one that is stored stays as it is."""
        if not self.sha256:
            self.text = without_control_signs(self.text)

    def check_text_unchanged(self):
        """Raises ValidationError if the text is not the one whose checksum is stored."""
        if self.sha256 and checksum(self.text) != self.sha256:
            raise ValidationError(
                {
                    "text": _(
                        "A source's text is kept as found and does not change: "
                        "restore it, or record the new text as a source of its own."
                    )
                }
            )

    @property
    def is_public(self):
        return Source.objects.public().filter(pk=self.pk).exists()

    @property
    def is_publication(self):
        return self.kind in self.PUBLISHED_WORKS and bool(self.author and self.author.profiled)

    @property
    def has_copy(self):
        return bool(self.text or self.address)

    def locate(self, words, line=None):
        """Returns the start and end of `words` in the text, searched on one line (from 1) if given.

        Words that look the same are found too, such as those with a plain space for one that does not break.
        Raises ValidationError if they do not occur, naming the first character that differs, or occur twice.
        """
        start, end = 0, len(self.text)
        if line:
            lines = self.text.split("\n")
            start = sum(len(each) + 1 for each in lines[: line - 1])
            end = min(end, start + len(lines[line - 1])) if line <= len(lines) else start
        count = self.text.count(words, start, end) if words else 0
        if count == 1:
            match = self.text.index(words, start, end)
            return match, match + len(words)
        if not count and words.strip():
            spans = [match.span() for match in look_alike(words).finditer(self.text, start, end)]
            if len(spans) == 1:
                return spans[0]
            count = len(spans)
        if count > 1:
            raise ValidationError(
                _("“%(words)s” stands %(count)d times in “%(source)s”: quote more of the sentence."),
                code="ambiguous",
                params={"words": words, "count": count, "source": self},
            )
        raise absent_error(words, self.text[start:end], self)


def checksum(text):
    """Returns the SHA-256 of a text in hexadecimal; empty for an empty text."""
    return hashlib.sha256(text.encode()).hexdigest() if text else ""


def absent_error(words, text, source):
    """Returns the error that says where `words` first differ from the longest match in `text`."""
    lengths = range(1, len(words) + 1)
    length = bisect_left(lengths, True, key=lambda n: not look_alike(words[:n]).search(text))
    if not length:
        return ValidationError(
            _("“%(source)s” does not contain “%(words)s”: copy the words from the source."),
            code="absent",
            params={"source": source, "words": words},
        )
    match_end = look_alike(words[:length]).search(text).end()
    return difference_error(words, text[match_end : match_end + 1], length, source)


def difference_error(words, expected, position, source):
    """Returns the error that `words` differ at a position, from 0, where the source has `expected`.

    `expected` is one character, or empty where the source has nothing more.
    """
    actual = words[position : position + 1]
    return ValidationError(
        _(
            "The words depart from “%(source)s” at character %(place)d, after “%(before)s”: "
            "here %(here)s, in the source %(there)s."
        ),
        code="differs",
        params={
            "source": source,
            "place": position + 1,
            "before": words[max(0, position - 20) : position],
            "here": named(actual) if actual else gettext("nothing more"),
            "there": named(expected) if expected else gettext("nothing more"),
        },
    )
