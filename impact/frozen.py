"""Keeps every published edition as it was: no form, no save() and no delete() changes it, its figures or its citations."""

from django.core.exceptions import ValidationError
from django.db.models.signals import pre_delete, pre_save
from django.utils.translation import gettext_lazy as _


class FrozenError(ValidationError):
    def __init__(self):
        super().__init__(_("A published edition is never changed or deleted: change the claim and publish it again."))


def keep_frozen(edition, figure, citation):
    """Called once the models are loaded."""
    freeze(edition, lambda row: True)
    freeze(figure, lambda row: row.edition_id is not None)
    freeze(citation, lambda row: row.content_type.model_class() is edition)


def freeze(model, belongs_to_an_edition):
    def refuse(instance, **kwargs):
        if not instance._state.adding and belongs_to_an_edition(instance):
            raise FrozenError

    for signal in (pre_save, pre_delete):
        signal.connect(refuse, sender=model, weak=False)
