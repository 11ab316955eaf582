from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import Lower
from django.db.models.signals import pre_delete
from django.dispatch import receiver
from django.utils.text import get_text_list, slugify
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from ..characters import PlainText
from ..request_cache import LoadedOnce


class Term(PlainText, models.Model):
    """A term is a word by which an organisation sorts its records: a theme of claims, or a role of others."""

    class Vocabulary(models.TextChoices):
        THEME = "theme", _("theme")
        ROLE = "role", _("role")

    # Shorter than its name: records and editions hold it, and so do addresses.
    MAX_SLUG = 30

    vocabulary = models.CharField(
        _("vocabulary"),
        max_length=20,
        choices=Vocabulary,
        help_text=_(
            "A theme is a field of work that claims belong to; "
            "a role is what another organisation is to the one in question."
        ),
    )
    name = models.CharField(
        _("name"),
        max_length=100,
        help_text=_("As readers see it, in small letters, for example “training”. It may change later."),
    )
    slug = models.CharField(
        _("address"),
        max_length=MAX_SLUG,
        blank=True,
        validators=[
            RegexValidator(
                # Those of earlier versions have spaces, and editions and addresses hold them.
                r"^[a-z0-9]+([ -][a-z0-9]+)*\Z",
                _("Use small Latin letters and digits, with a hyphen between two words."),
            )
        ],
        help_text=_(
            "What stands for it in addresses and in tables, and never changes. "
            "Left empty, it is made from the name."
        ),
    )
    is_addressee = models.BooleanField(
        _("is asked for something"),
        default=False,
        help_text=_(
            "Tick for a role whose bearers are asked for something and do not stand with the organisation: "
            "what they say of it is independent."
        ),
    )
    order = models.PositiveSmallIntegerField(
        _("order"), default=0, help_text=_("In lists and forms: lower comes first.")
    )

    history = HistoricalRecords()
    is_public = True
    private_fields = ()
    natural_key_fields = ("vocabulary", "slug")

    class Meta:
        verbose_name = _("theme or role")
        verbose_name_plural = _("themes and roles")
        ordering = ["-vocabulary", "order", "name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["vocabulary", "slug"],
                name="term_once",
                violation_error_message=_("Another one has this address: give it one of its own."),
            ),
            models.UniqueConstraint(
                "vocabulary",
                Lower("name"),
                name="term_named_once",
                violation_error_message=_("Another one has this name already."),
            ),
            models.CheckConstraint(
                name="term_of_roles_is_addressee",
                condition=models.Q(is_addressee=False) | models.Q(vocabulary="role"),
                violation_error_message=_("Nobody is asked by a theme: leave the box of the roles open."),
            ),
        ]

    def __str__(self):
        return self.name

    def clean(self):
        super().clean()
        self.slug = self.slug or slugify(self.name)[: self.MAX_SLUG].strip("-")
        if self.name and not self.slug:
            raise ValidationError(
                {"slug": _("The name has no Latin letter to make it from: write a word in Latin letters.")}
            )
        if self.pk:
            # A form in which vocabulary and slug cannot be changed leaves these out.
            self.validate_constraints()

    @property
    def shown_with(self):
        """Returns the public records that show it."""
        rows = (row for queryset in self.uses() for row in queryset.select_related())
        return [self, *(row for row in rows if getattr(row, "is_public", False))]

    def uses(self):
        """Yields, for each model that has terms of its vocabulary, the queryset of the rows that have it."""
        for model in apps.get_models():
            for field in model._meta.concrete_fields:
                # What a history holds is not shown.
                if getattr(field, "vocabulary", "") == self.vocabulary and not hasattr(model, "history_type"):
                    yield model._base_manager.filter(**{field.name: self.slug})

    def in_use(self):
        """Returns the sentence that says how many records have it; empty if none has."""
        counts = [(rows.model._meta, rows.count()) for rows in self.uses()]
        named = [
            gettext("%(count)d %(records)s")
            % {"count": count, "records": opts.verbose_name if count == 1 else opts.verbose_name_plural}
            for opts, count in counts
            if count
        ]
        if not named:
            return ""
        return gettext("“%(term)s” is in use, by %(records)s.") % {
            "term": self,
            "records": get_text_list(named, gettext("and")),
        }


@receiver(pre_delete, sender=Term)
def protect_used(instance, **kwargs):
    """Refuses to delete a term that a record has: no foreign key does it, for records hold its slug."""
    if sentence := instance.in_use():
        raise models.ProtectedError(sentence, {instance})


class Terms:
    """Every term, by its vocabulary and its slug."""

    def __init__(self):
        self.by_vocabulary = {vocabulary: {} for vocabulary in Term.Vocabulary.values}
        for term in Term.objects.all():
            self.by_vocabulary[term.vocabulary][term.slug] = term

    def choices(self, vocabulary):
        """Returns pairs of slug and name, in their order."""
        return [(slug, term.name) for slug, term in self.by_vocabulary[vocabulary].items()]


current_terms = LoadedOnce("terms of a request", Terms)


def term_choices(vocabulary):
    return current_terms().choices(vocabulary)


def theme_choices():
    return term_choices(Term.Vocabulary.THEME)


def role_choices():
    return term_choices(Term.Vocabulary.ROLE)


CHOICES = {Term.Vocabulary.THEME: theme_choices, Term.Vocabulary.ROLE: role_choices}


class TermField(models.CharField):
    """The slug of a term; its choices are the terms of the vocabulary as they are when somebody asks."""

    def __init__(self, *args, vocabulary="", **kwargs):
        self.vocabulary = vocabulary
        options = {"max_length": Term.MAX_SLUG, "choices": CHOICES.get(vocabulary)}
        super().__init__(*args, **options | kwargs)

    def deconstruct(self):
        """Returns a plain text to migrations: the column has no terms, and terms need no migration."""
        name, _path, args, kwargs = super().deconstruct()
        kwargs.pop("choices", None)
        return name, "django.db.models.CharField", args, kwargs

    def _check_choices(self):
        # Django would ask for the rows before there is a table of them.
        return []
