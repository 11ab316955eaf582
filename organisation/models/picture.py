import secrets

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from ..characters import PlainText
from .stored_file import StoredFile

# What those who are shown may agree to, each a field of a consent.
USES = ("portal", "print", "donors", "press", "social")
# The widths in pixels in which a picture is served, as far as it is so wide itself.
WIDTHS = (320, 640, 960, 1280, 1920, 2400)
MAX_SIDE = 2400


def new_reference():
    """Returns a name that tells nothing of the picture, nor of the file that it came in."""
    return secrets.token_hex(10)


class PictureQuerySet(models.QuerySet):
    def showable(self, use="portal", on=None):
        """Returns the pictures that may be shown for a use on a day, by default the present one in UTC.

        Whatever shows a picture asks this, each time. Each of the consents that a picture has must be live
        and cover the use, itself or by one that renews it; without any, the picture is not shown. Each of
        them says in `shown_for` for which use it was asked.
        """
        from .consent import Consent
        from .picture_withdrawal import PictureWithdrawal

        if use not in USES:
            raise ValueError(f"“{use}” is no use that anybody can agree to.")
        consents = Consent.objects.filter(picture=models.OuterRef("pk"))
        first = consents.filter(renews=None)
        return self.filter(
            models.Exists(first),
            ~models.Exists(first.without_cover(use, on or timezone.now().date())),
            ~models.Exists(consents.withdrawn()),
            ~models.Exists(PictureWithdrawal.objects.filter(sha256=models.OuterRef("file"))),
            withdrawn_at=None,
            file__isnull=False,
        ).annotate(shown_for=models.Value(use))

    def refuse_known(self, picture):
        """Raises ValidationError for a `ReadPicture` that was withdrawn, or that one of these has."""
        from .picture_withdrawal import PictureWithdrawal

        if PictureWithdrawal.objects.filter(sha256=picture.sha256).exists():
            raise ValidationError(
                _("This picture was withdrawn, and does not come in again: choose another."), code="withdrawn"
            )
        if other := self.filter(file=picture.sha256).first():
            raise ValidationError(
                _("This picture is in the library already: “%(picture)s”."),
                code="twice",
                params={"picture": other},
            )

    def withdrawn(self):
        return self.filter(withdrawn_at__isnull=False)

    def unused(self):
        """Returns the pictures that stand nowhere, not even in a draft."""
        from ..pictures.places import referring_relations

        pictures = self
        for relation in referring_relations():
            rows = relation.related_model._base_manager.filter(**{relation.field.name: models.OuterRef("pk")})
            pictures = pictures.exclude(models.Exists(rows))
        return pictures


class Picture(PlainText, models.Model):
    """A picture is a photograph, drawing or page that may be shown where those who are in it agree to it.

    Of a withdrawn one nothing is left but its record, which says so at its addresses.
    """

    class Made(models.TextChoices):
        PHOTOGRAPH = "photograph", _("photograph")
        DRAWING = "drawing", _("drawing")
        GENERATED = "generated", _("made by a program from a description")
        PAGE = "page", _("page of a document")

    reference = models.CharField(
        _("reference"), max_length=20, unique=True, default=new_reference, editable=False
    )
    file = models.OneToOneField(
        StoredFile,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="picture",
        verbose_name=_("file"),
    )
    width = models.PositiveSmallIntegerField(_("width"), editable=False)
    height = models.PositiveSmallIntegerField(_("height"), editable=False)
    alt_text = models.CharField(
        _("what is to be seen"),
        max_length=500,
        blank=True,
        help_text=_("Read out to those who do not see it: one sentence, without “picture of”."),
    )
    decorative = models.BooleanField(
        _("decorative"),
        default=False,
        help_text=_("It says nothing that the words beside it do not say, and is not read out."),
    )
    caption = models.CharField(
        _("caption"),
        max_length=300,
        blank=True,
        help_text=_("What readers should know of it; no name that is to stay unknown."),
    )
    credit = models.CharField(
        _("credit"), max_length=200, blank=True, help_text=_("Who made it, as they want to be named.")
    )
    licence = models.CharField(
        _("licence"),
        max_length=200,
        blank=True,
        help_text=_("On what terms others may use it, for example “CC BY 4.0” or “all rights with us”."),
    )
    made = models.CharField(
        _("how it was made"),
        max_length=20,
        choices=Made,
        help_text=_("So that nobody takes a drawing, or what a program made, for a photograph."),
    )
    focal_x = models.PositiveSmallIntegerField(
        _("where to look, from the left"),
        default=50,
        help_text=_("In per cent: where it is cut, this point stays in it."),
    )
    focal_y = models.PositiveSmallIntegerField(
        _("where to look, from the top"),
        default=50,
        help_text=_("In per cent as well: 0 is the upper edge, 100 the lower."),
    )
    added_at = models.DateTimeField(_("added at"), default=timezone.now, editable=False)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True, editable=False)

    # Neither the file nor the withdrawal comes back with an earlier state.
    history = HistoricalRecords(excluded_fields=["file", "width", "height", "withdrawn_at"])

    objects = PictureQuerySet.as_manager()

    natural_key_fields = ("reference",)
    private_fields = ()

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        ordering = ["-added_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="picture_described_or_decorative",
                condition=models.Q(decorative=True, alt_text="")
                | (models.Q(decorative=False) & ~models.Q(alt_text="")),
                violation_error_message=_(
                    "Say what is to be seen, or tick that it is decorative: one of the two."
                ),
            ),
            models.CheckConstraint(
                name="picture_focal_point_within",
                condition=models.Q(focal_x__lte=100, focal_y__lte=100),
                violation_error_message=_("Where to look is told in per cent, from 0 to 100."),
            ),
            models.CheckConstraint(
                name="picture_size_within",
                condition=models.Q(width__gte=1, width__lte=MAX_SIDE, height__gte=1, height__lte=MAX_SIDE),
            ),
            models.CheckConstraint(
                name="picture_withdrawn_has_no_file",
                condition=models.Q(file=None, withdrawn_at__isnull=False)
                | models.Q(file__isnull=False, withdrawn_at=None),
            ),
        ]

    def __str__(self):
        words = self.alt_text or self.caption
        return Truncator(words).chars(80) if words else gettext("Picture %s") % self.reference

    @property
    def alt(self):
        """Returns the alternative text, empty of a decorative picture."""
        return "" if self.decorative else self.alt_text

    @property
    def widths(self):
        """Returns the widths in which it is served; the one that it has where that is a small one."""
        return [width for width in WIDTHS if width <= self.width] or [self.width]

    def height_at(self, width):
        return max(1, round(self.height * width / self.width))

    def address(self, width, ending):
        return reverse("picture", args=[self.reference, width, ending])

    def srcset(self, ending):
        return ", ".join(f"{self.address(width, ending)} {width}w" for width in self.widths)

    @property
    def srcset_webp(self):
        return self.srcset("webp")

    @property
    def srcset_jpeg(self):
        return self.srcset("jpg")

    @property
    def src(self):
        """Returns the address for a browser, or a copy, that does not choose among the widths."""
        return self.address(max(width for width in self.widths if width <= 960 or width == self.width), "jpg")

    @cached_property
    def places(self):
        """Returns the places at which it stands, in drafts and earlier versions of pages, too."""
        from ..pictures.places import places_of

        return places_of(self)

    @property
    def is_public(self):
        """True if it stands somewhere that visitors see, whether it may be shown there now or not."""
        return any(place.is_public for place in self.places)

    def take(self, picture):
        """Stores the bytes of a `ReadPicture`; ValidationError where they are known."""
        Picture.objects.exclude(pk=self.pk).refuse_known(picture)
        self.file = StoredFile.objects.store(picture.contents, picture.media_type)
        self.width, self.height = picture.width, picture.height
