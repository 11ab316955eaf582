from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from ..characters import PlainText
from .consent_rules import (
    DATES,
    OF_CHILDREN,
    USE_FIELDS,
    WORDS,
    ChildrenFields,
    FourYearsAfter,
    any_of,
    each,
    not_empty,
    tick,
)
from .picture import Picture


class ConsentQuerySet(models.QuerySet):
    def withdrawn(self):
        return self.filter(withdrawn_at__isnull=False)

    def live(self, use, on):
        """Returns the consents under which a picture may be shown for a use on a day.

        That of children counts once another than who wrote it has confirmed it.
        """
        of_people = models.Q(**{f"for_{use}": True}, day__lte=on, ends_on__gte=on)
        of_children = models.Q(confirmed_by__isnull=False) & each(OF_CHILDREN, exact=True)
        return self.filter(
            models.Q(shows=Consent.Shows.NOBODY)
            | (of_people & models.Q(shows=Consent.Shows.ADULTS))
            | (of_people & models.Q(shows=Consent.Shows.CHILDREN) & of_children),
            withdrawn_at=None,
        )

    def without_cover(self, use, on):
        """Returns those that are not live, nor renewed by one that is live and about the same people."""
        own_or_renewing = models.Q(pk=models.OuterRef("pk")) | models.Q(renews=models.OuterRef("pk"))
        covering = Consent.objects.live(use, on).filter(
            own_or_renewing, picture=models.OuterRef("picture"), shows=models.OuterRef("shows")
        )
        return self.exclude(models.Exists(covering))

    def ending_within(self, days, on=None):
        """Returns the consents that end within so many days, and are neither withdrawn nor renewed beyond."""
        on = on or timezone.now().date()
        last = on + timedelta(days=days)
        first = Coalesce("renews", "pk", output_field=models.BigIntegerField())
        beyond = Consent.objects.live("portal", on).filter(ends_on__gt=last).annotate(first=first)
        ending = self.filter(withdrawn_at=None, ends_on__gte=on, ends_on__lte=last).annotate(first=first)
        return ending.exclude(models.Exists(beyond.filter(first=models.OuterRef("first"))))


class Consent(ChildrenFields, PlainText, models.Model):
    """A consent says who is shown in a picture, who agreed to that, to which uses and until when.

    A picture that shows nobody has one that says so. Where several people agreed, each has a consent, and the
    picture is shown while all of them last. The signed form is not kept here.
    """

    class Shows(models.TextChoices):
        NOBODY = "nobody", _("nobody")
        ADULTS = "adults", _("adults")
        CHILDREN = "children", _("a child, or several")

    class How(models.TextChoices):
        FORM = "form", _("signed form")
        RECORDING = "recording", _("recorded voice")
        MESSAGE = "message", _("letter or message")
        WITNESSED = "witnessed", _("mark before a witness")

    picture = models.ForeignKey(
        Picture, models.CASCADE, related_name="consents", verbose_name=_("picture"), editable=False
    )
    shows = models.CharField(
        _("who is shown?"),
        max_length=20,
        choices=Shows,
        help_text=_("Somebody counts who can be known, from behind or by their place as well."),
    )
    renews = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="renewals",
        verbose_name=_("renews"),
        help_text=_("The consent of the same people that this one follows."),
    )
    given_by = models.CharField(
        _("given by"), max_length=200, blank=True, help_text=_("Their name; no visitor reads it.")
    )
    role = models.CharField(
        _("who they are"),
        max_length=100,
        blank=True,
        help_text=_("To those who are shown: themselves, the mother, the guardian."),
    )
    how = models.CharField(
        _("how"), max_length=20, choices=How, blank=True, help_text=_("In which way they agreed.")
    )
    day = models.DateField(_("on"), null=True, blank=True, help_text=_("The day on which they agreed."))
    for_portal = tick(_("this site"), _("Its pages, for anybody."))
    for_print = tick(_("print"), _("Reports and other documents, also as PDF."))
    for_donors = tick(_("reports to donors"), _("What is sent to those who give."))
    for_press = tick(_("press"), _("For journalists to publish."))
    for_social = tick(_("social media"), _("Also the picture that others see of a link to a page."))
    ends_on = models.DateField(
        _("ends on"), null=True, blank=True, help_text=_("Four years later at most. For longer, ask anew.")
    )
    form_at = models.CharField(
        _("where the signed form lies"),
        max_length=200,
        blank=True,
        help_text=_("The folder or the number, so that it is found. It is not kept here."),
    )
    seen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("who has seen it"),
        help_text=_("Who of you has had the signed form before their eyes."),
    )
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        editable=False,
        verbose_name=_("written by"),
    )
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("confirmed by"),
    )
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, editable=False)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, editable=False)

    # An earlier state brings back neither what another has confirmed, nor what was withdrawn.
    history = HistoricalRecords(excluded_fields=["confirmed_by", "confirmed_at", "withdrawn_at"])

    objects = ConsentQuerySet.as_manager()

    natural_key_fields = ()
    private_fields = ()

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        ordering = ["picture", "pk"]
        # One goes with its picture alone: without it, what it says would be forgotten.
        default_permissions = ("add", "change", "view")
        constraints = [
            models.CheckConstraint(
                name="consent_of_nobody_or_whole",
                condition=(
                    models.Q(shows="nobody", guardian="")
                    & each(WORDS, exact="")
                    & each(DATES, isnull=True)
                    & each(USE_FIELDS + OF_CHILDREN, exact=False)
                )
                | (
                    models.Q(shows__in=["adults", "children"])
                    & not_empty(*WORDS)
                    & each(DATES, isnull=False)
                    & any_of(USE_FIELDS)
                ),
                violation_error_message=_(
                    "Of people who are shown, say who agreed, as whom, how and on which day, to what, until "
                    "when, where the form lies and who has seen it; of nobody, nothing."
                ),
            ),
            models.CheckConstraint(
                name="consent_ends_within_four_years",
                condition=models.Q(ends_on=None)
                | models.Q(ends_on__gte=models.F("day"), ends_on__lte=FourYearsAfter("day")),
                violation_error_message=_(
                    "A consent ends on the day on which it was given or later, four years later at most: "
                    "for longer, ask anew."
                ),
            ),
            models.CheckConstraint(
                name="consent_of_children_whole",
                condition=models.Q(shows__in=["nobody", "adults"])
                | (not_empty("guardian") & each(OF_CHILDREN, exact=True)),
                violation_error_message=_(
                    "A picture of a child is shown only if its guardian and the child agreed and every point "
                    "of the list is so: tick each, or choose another picture."
                ),
            ),
            models.CheckConstraint(
                name="consent_confirmed_by_another",
                condition=models.Q(confirmed_by=None, confirmed_at=None)
                | (models.Q(confirmed_at__isnull=False) & ~models.Q(confirmed_by=models.F("written_by"))),
            ),
            models.CheckConstraint(name="consent_renews_another", condition=~models.Q(renews=models.F("id"))),
        ]

    def __str__(self):
        return f"{self.get_shows_display()}: {self.given_by}" if self.given_by else self.get_shows_display()

    def save(self, **kwargs):
        """Saves it; whatever was confirmed has to be confirmed anew where anything else of it is changed."""
        if self.renews and self.renews.renews_id:
            self.renews = self.renews.renews  # the first of all, which the pictures ask for
        stored = Consent.objects.filter(pk=self.pk).first() if self.pk else None
        if stored and stored.withdrawn_at:
            self.withdrawn_at = stored.withdrawn_at
        if stored and stored.confirmed_by_id and self.says_other_than(stored):
            self.confirmed_by = self.confirmed_at = None
        super().save(**kwargs)

    def clean(self):
        stored = Consent.objects.filter(pk=self.pk).first()
        if stored and stored.shows != self.shows:
            raise ValidationError(
                {
                    "shows": _(
                        "Who is shown does not change: if it is wrong, delete the picture and add it anew."
                    )
                }
            )
        if stored and stored.withdrawn_at:
            raise ValidationError(_("This consent is withdrawn, and stays as it is."))
        if self.renews and (self.renews.picture_id, self.renews.shows) != (self.picture_id, self.shows):
            raise ValidationError(
                {"renews": _("It renews a consent of the same picture and the same people.")}
            )
        if self.day and self.day > timezone.now().date():
            raise ValidationError({"day": _("This day is still to come.")})

    def says_other_than(self, stored):
        said = [
            field.attname
            for field in self._meta.concrete_fields
            if field.name not in ("confirmed_by", "confirmed_at", "withdrawn_at")
        ]
        return any(getattr(self, name) != getattr(stored, name) for name in said)

    @property
    def is_public(self):
        """True if what it allows is asked for where visitors are."""
        return self.picture.is_public

    @property
    def shown_with(self):
        return [self.picture]

    @property
    def needs_confirmation(self):
        return self.shows == self.Shows.CHILDREN and not self.confirmed_by_id

    @transaction.atomic
    def confirm(self, by):
        """Stores that another than who wrote it has read it; ValidationError for the same person."""
        consent = Consent.objects.select_for_update(of=("self",)).get(pk=self.pk)
        if consent.says_other_than(self):
            raise ValidationError(_("Somebody has changed it meanwhile: read it anew."), code="changed")
        if consent.withdrawn_at:
            raise ValidationError(_("This consent is withdrawn, and stays as it is."), code="withdrawn")
        if consent.written_by_id == by.pk:
            raise ValidationError(
                _("You have written this: somebody else reads it and confirms it."), code="own"
            )
        consent.confirmed_by, consent.confirmed_at = by, timezone.now()
        consent.save(update_fields=["confirmed_by", "confirmed_at"])
        return consent
