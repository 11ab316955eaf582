"""What a consent has to say, as conditions that the database holds."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .picture import USES

USE_FIELDS = tuple(f"for_{use}" for use in USES)
# What is asked of a picture of children: in our words, after UNICEF's principles of reporting on them.
CHECKLIST = ("best_interests", "dignity", "no_harm", "understood", "not_staged", "no_stigma")
OF_CHILDREN = ("child_assents", "name_changed", "no_place", *CHECKLIST)
# What nobody needs to say of a picture that shows nobody.
WORDS, DATES = ("given_by", "role", "how", "form_at"), ("day", "ends_on", "seen_by")


class FourYearsAfter(models.Func):
    """The day four years after another; a database computes it without a function of Django's."""

    arity, output_field = 1, models.DateField()

    def as_sqlite(self, compiler, connection, **context):
        return self.as_sql(compiler, connection, template="DATE(%(expressions)s, '+4 years')", **context)

    def as_postgresql(self, compiler, connection, **context):
        template = "((%(expressions)s + INTERVAL '4 years')::date)"
        return self.as_sql(compiler, connection, template=template, **context)


def each(names, **lookup):
    """Returns the condition that each of the fields has a value, such as `exact=True`."""
    ((name, value),) = lookup.items()
    return models.Q(**{f"{field}__{name}": value for field in names})


def any_of(names):
    condition = models.Q()
    for name in names:
        condition |= models.Q(**{name: True})
    return condition


def not_empty(*names):
    condition = models.Q()
    for name in names:
        condition &= ~models.Q(**{name: ""})
    return condition


def tick(label, help_text=""):
    return models.BooleanField(label, default=False, help_text=help_text)


class ChildrenFields(models.Model):
    """Adds to a consent what has to be so before a child is shown."""

    guardian = models.CharField(
        _("guardian"), max_length=200, blank=True, help_text=_("Of a child: who agreed for it.")
    )
    child_assents = tick(
        _("the child itself agreed"), _("In words that it understands, as far as its age allows.")
    )
    name_changed = tick(
        _("no name, or a changed one"), _("Nowhere beside the picture stands the child's own.")
    )
    no_place = tick(
        _("no place beside the face"), _("No village, school or street by which it can be found.")
    )
    best_interests = tick(
        _("it is best for the child"), _("Its good comes before the story, ours and anybody else's.")
    )
    dignity = tick(
        _("it keeps the child's dignity"), _("Dressed and shown as it would want to see itself later.")
    )
    no_harm = tick(
        _("nobody can harm the child by it"),
        _("It is not shown as a victim, accused, ill or sought, unless nobody can know it."),
    )
    understood = tick(
        _("child and guardian know what for"), _("Where it is shown, how long, and how they can end it.")
    )
    not_staged = tick(
        _("nothing was staged, paid or pressed"), _("Nobody told it what to do, and nobody gave it anything.")
    )
    no_stigma = tick(_("it brands no child and no group"), _("Neither the picture nor the words beside it."))

    class Meta:
        abstract = True
