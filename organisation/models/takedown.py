from datetime import timedelta

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .passage import Passage
from .site import site_settings
from .source import Source


class TakedownQuerySet(models.QuerySet):
    def open(self):
        """Returns what is still down and was not confirmed: it can be put back as it was."""
        return self.filter(state__in=[Takedown.State.DUE, Takedown.State.ALONE])

    def down(self):
        """Returns what readers do not see now, whether somebody has looked at it or not."""
        return self.exclude(state__in=[Takedown.State.PUT_BACK, Takedown.State.PUBLIC_AGAIN])

    def due(self):
        """Returns what somebody else has to look at; nothing where one person publishes alone."""
        return self.none() if site_settings().one_person_alone else self.filter(state=Takedown.State.DUE)

    def overdue(self):
        return self.due().filter(at__lte=timezone.now() - Takedown.TIME_TO_LOOK)

    def about(self, records):
        """Returns the takedowns of records, given as a queryset of one model."""
        content_type = ContentType.objects.get_for_model(records.model)
        return self.filter(content_type=content_type, object_id__in=records.values("pk"))

    def note(self, record, by, reason, title="", at=None, rows=(), withheld=()):
        """Stores that somebody has taken a record from readers; without a second look if they are alone.

        The words of the passages `withheld`, given as a queryset, are taken from them with it.
        """
        state = Takedown.State.ALONE if site_settings().one_person_alone else Takedown.State.DUE
        takedown = self.create(
            content_type=ContentType.objects.get_for_model(record),
            object_id=record.pk,
            title=(title or str(record))[:300],
            by=by,
            by_name=by.get_full_name() or by.get_username(),
            at=at or timezone.now(),
            reason=reason,
            rows=list(rows),
            withheld=[passage.pk for passage in withheld],
            state=state,
        )
        Source.objects.update_withheld(Passage.objects.filter(pk__in=takedown.withheld))
        return takedown

    def withheld_passages(self):
        """Returns the passages whose words nobody may read."""
        keys = self.down().exclude(withheld=[]).values_list("withheld", flat=True)
        return Passage.objects.filter(pk__in={passage for each in keys for passage in each})

    def release_words(self):
        """Lets readers see the words again that were withheld."""
        passages = [passage for takedown in self for passage in takedown.withheld]
        if passages:
            self.update(withheld=[])
            Source.objects.update_withheld(Passage.objects.filter(pk__in=passages))


class Takedown(models.Model):
    """Something public that a publisher took from readers alone, at once: somebody else looks at it after.

    It is about a claim, the version of a page, or a record that is deleted. `rows` holds the rows that went
    or changed with it, as Django serialises them, so that they can be put back as they were. `withheld` holds
    the keys of the passages whose words go with it, wherever their source is read.
    """

    class State(models.TextChoices):
        DUE = "due", _("waits for a second look")
        ALONE = "alone", _("taken down by the one person who publishes here")
        CONFIRMED = "confirmed", _("second look: it stays down")
        PUT_BACK = "put back", _("second look: put back as it was")
        PUBLIC_AGAIN = "public again", _("published anew since")

    TIME_TO_LOOK = timedelta(days=7)

    content_type = models.ForeignKey(ContentType, models.CASCADE)
    object_id = models.PositiveBigIntegerField()
    record = GenericForeignKey()
    title = models.CharField(_("title"), max_length=300)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("taken down by"),
    )
    by_name = models.CharField(_("taken down by"), max_length=200)
    at = models.DateTimeField(_("taken down at"), default=timezone.now)
    reason = models.TextField(_("reason"))
    rows = models.JSONField(default=list)
    withheld = models.JSONField(default=list, help_text="The passages whose words nobody may read.")
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.DUE)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("decided by")
    )
    decided_by_name = models.CharField(_("decided by"), max_length=200, blank=True)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    answer = models.TextField(_("reason of the decision"), blank=True)

    objects = TakedownQuerySet.as_manager()

    class Meta:
        verbose_name = _("takedown")
        verbose_name_plural = _("takedowns")
        ordering = ["at", "pk"]
        default_permissions = ()
        indexes = [models.Index(fields=["content_type", "object_id"], name="takedown_of_record")]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("admin:second-look", args=[self.pk])

    @property
    def due_on(self):
        return timezone.localdate(self.at + self.TIME_TO_LOOK)

    @property
    def is_overdue(self):
        return self.at <= timezone.now() - self.TIME_TO_LOOK

    @property
    def is_open(self):
        return self.state in (self.State.DUE, self.State.ALONE)

    def may_be_confirmed_by(self, user):
        """True for everybody with a role but the one who took it down."""
        return self.is_open and self.by_id != user.pk and user.has_perm("organisation.view_proposal")

    def may_be_put_back_by(self, user):
        """True for who may confirm it, and for the publisher who took it down: that undoes their own step."""
        is_own = self.by_id == user.pk and user.has_perm("organisation.accept_proposal")
        return self.may_be_confirmed_by(user) or (self.is_open and is_own)

    @transaction.atomic
    def decide(self, state, by, answer=""):
        """Stores a decision and returns the refreshed takedown; of two people the second is refused."""
        takedown = Takedown.objects.select_for_update(of=("self",)).get(pk=self.pk)
        if not takedown.is_open:
            raise ValidationError(
                _("Somebody else was first: %(state)s."),
                code="state",
                params={"state": takedown.get_state_display()},
            )
        takedown.state, takedown.answer, takedown.decided_by = state, answer, by
        takedown.decided_by_name = by.get_full_name() or by.get_username()
        takedown.decided_at = timezone.now()
        takedown.save()
        return takedown
