import hashlib
from functools import reduce
from operator import or_

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone
from django.utils.translation import get_language_from_path
from django.utils.translation import gettext_lazy as _

from .site import site_settings


class ProposalQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(state=Proposal.State.WAITING)

    def open(self):
        """Returns the proposals on which somebody still has to act: a publisher, or the author again."""
        return self.filter(state__in=[Proposal.State.WAITING, Proposal.State.RETURNED])

    def about(self, record):
        return self.filter(content_type=ContentType.objects.get_for_model(record), object_id=record.pk)

    def sent_to(self, path):
        """Returns those whose form was sent to an address, in any language and with any query."""
        language = get_language_from_path(path)
        path = path.removeprefix(f"/{language}") if language else path
        addresses = [path, *(f"/{code}{path}" for code, _name in settings.LANGUAGES)]
        # Compared from its beginning: whoever sends a form chooses its query, which may end as any address.
        conditions = (models.Q(path=each) | models.Q(path__startswith=f"{each}?") for each in addresses)
        return self.filter(reduce(or_, conditions))

    def touching(self, record):
        """Returns a list of those about a record, and of those of a list or a table that change it."""
        content_type, label = ContentType.objects.get_for_model(record), record._meta.label_lower
        about = models.Q(content_type=content_type, object_id=record.pk)
        return [
            proposal
            for proposal in self.filter(about | models.Q(content_type=None))
            if proposal.object_id
            or any(row["model"] == label and row["pk"] == record.pk for row in proposal.changes)
        ]

    def decidable_by(self, user):
        """Returns those that a user may decide on: publishers all but their own, others a publisher's own."""
        if not user.has_perm("organisation.view_proposal"):
            return self.none()
        others = self if site_settings().one_person_alone else self.exclude(author=user)
        accept = "organisation.accept_proposal"
        if user.has_perm(accept):
            return others
        return others.filter(author__in=get_user_model().objects.with_perm(accept))


class Proposal(models.Model):
    """A change of records that visitors would see, kept as the form that was sent until somebody accepts it.

    `changes` says what the form did when it was tried and rolled back: a list of rows as `RowChange.as_json`
    gives them; `pages` holds title and address of each public page that shows one of the rows. Accepting
    sends the form again, as its author.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        RETURNED = "returned", _("returned")
        ACCEPTED = "accepted", _("accepted")
        TAKEN_BACK = "taken back", _("taken back")
        REPLACED = "replaced", _("replaced by a later proposal")

    title = models.CharField(_("title"), max_length=300)
    content_type = models.ForeignKey(ContentType, models.CASCADE, null=True, blank=True)
    object_id = models.PositiveBigIntegerField(
        null=True, blank=True, help_text="The record whose form it was; empty for a new record or a table."
    )
    path = models.CharField(max_length=2000, help_text="The address the form was sent to, with its query.")
    form = models.TextField(help_text="The form as it was sent, URL-encoded.")
    form_sha256 = models.CharField(max_length=64)
    changes = models.JSONField(default=list)
    pages = models.JSONField(default=list)
    note = models.TextField(_("note for whoever accepts it"), blank=True, max_length=2000)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("proposed by")
    )
    author_name = models.CharField(_("proposed by"), max_length=200)
    made_at = models.DateTimeField(_("proposed at"), default=timezone.now)
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.WAITING)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("decided by")
    )
    decided_by_name = models.CharField(_("decided by"), max_length=200, blank=True)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    reason = models.TextField(_("reason"), blank=True, max_length=2000)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        ordering = ["-made_at", "-pk"]
        permissions = [("accept_proposal", "Can accept proposals")]
        indexes = [models.Index(fields=["content_type", "object_id"], name="proposal_of_record")]
        constraints = [
            # Of a form that is sent twice in a row, by a double click, one proposal is made.
            models.UniqueConstraint(
                fields=["author", "path", "form_sha256"],
                condition=models.Q(state="waiting"),
                name="proposal_waits_once",
            )
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("admin:organisation_proposal_change", args=[self.pk])

    @staticmethod
    def checksum_of(form):
        return hashlib.sha256(form.encode()).hexdigest()

    def is_own(self, user):
        return self.author_id == user.pk and not site_settings().one_person_alone

    @property
    def view_name(self):
        """Returns the name of the view that the form was sent to; empty if there is none any more."""
        try:
            return resolve(self.path.partition("?")[0]).url_name
        except Resolver404:
            return ""

    @property
    def is_authors_account_active(self):
        return bool(self.author and self.author.is_active)

    def may_be_decided_by(self, user):
        return Proposal.objects.decidable_by(user).filter(pk=self.pk).exists()

    def may_be_taken_back_by(self, user):
        """True for its author, and for whoever may change the record that it is about."""
        model = self.content_type and self.content_type.model_class()
        return self.author_id == user.pk or bool(
            model and user.has_perm(f"{model._meta.app_label}.change_{model._meta.model_name}")
        )

    def lock_subject(self):
        """Locks the record that it is about until the transaction ends, if it is about one."""
        model = self.content_type and self.content_type.model_class()
        if model and self.object_id:
            model._base_manager.select_for_update().filter(pk=self.object_id).first()

    @transaction.atomic
    def decide(self, state, by, reason="", *, expected=(State.WAITING,)):
        """Stores a decision on a proposal in one of the expected states; returns the refreshed proposal.

        Of two people at once the second gets a ValidationError.
        """
        proposal = Proposal.objects.select_for_update(of=("self",)).get(pk=self.pk)
        if proposal.state not in expected:
            raise ValidationError(
                _("It does not wait for a decision any more: it is %(state)s."),
                code="state",
                params={"state": proposal.get_state_display()},
            )
        proposal.state, proposal.reason = state, reason
        proposal.decided_by, proposal.decided_by_name = by, by.get_full_name() or by.get_username()
        proposal.decided_at = timezone.now()
        proposal.save()
        return proposal
