"""Refuses to change or delete editions, their figures with parts, their citations, and review steps.

It listens to the models' signals, so that neither a form nor a queryset gets past it.
"""

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.db.models.signals import pre_delete, pre_save
from django.utils.translation import gettext_lazy as _

from organisation.models.citation import pre_update


class ImmutableError(ValidationError):
    def __init__(self):
        super().__init__(
            _("What is on record is never changed or deleted: change the claim and publish it again.")
        )


def protect_published(edition, figure, part, citation, review_step):
    """Makes the published rows immutable; called once the models are loaded."""
    make_immutable(edition, lambda row: True, Q)
    make_immutable(review_step, lambda row: True, Q)
    make_immutable(figure, lambda row: row.edition_id is not None, lambda: Q(edition__isnull=False))
    make_immutable(
        part,
        lambda row: row.figure.edition_id is not None,
        lambda: Q(figure__edition__isnull=False),
    )
    make_immutable(
        citation,
        lambda row: row.content_type.model_class() is edition,
        lambda: Q(content_type=ContentType.objects.get_for_model(edition)),
    )


def make_immutable(model, is_frozen, frozen_rows):
    """Refuses changes of the frozen rows of a model.

    `is_frozen(row)` decides for one row, `frozen_rows()` returns the same condition as a Q.
    """

    def refuse(instance, **kwargs):
        if not instance._state.adding and is_frozen(instance):
            raise ImmutableError

    def refuse_many(rows, **kwargs):
        if rows.filter(frozen_rows()).exists():
            raise ImmutableError

    # Nothing else refers to these functions: weakly held, they would be gone at once.
    for signal in (pre_save, pre_delete):
        signal.connect(refuse, sender=model, weak=False)
    pre_update.connect(refuse_many, sender=model, weak=False)
