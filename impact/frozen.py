"""Keeps what is on record as it was: no form, no save() and no delete() changes an edition, its figures and citations, or a step of review."""

from django.core.exceptions import ValidationError
from django.db.models.signals import pre_delete, pre_save
from django.utils.translation import gettext_lazy as _


class FrozenError(ValidationError):
    def __init__(self):
        super().__init__(_("What is on record is never changed or deleted: change the claim and publish it again."))


def keep_frozen(edition, figure, citation, review_step):
    """Called once the models are loaded."""
    freeze(edition, lambda row: True)
    freeze(review_step, lambda row: True)
    freeze(figure, lambda row: row.edition_id is not None)
    freeze(citation, lambda row: row.content_type.model_class() is edition)


def freeze(model, belongs_to_an_edition):
    def refuse(instance, **kwargs):
        if not instance._state.adding and belongs_to_an_edition(instance):
            raise FrozenError

    for signal in (pre_save, pre_delete):
        signal.connect(refuse, sender=model, weak=False)
