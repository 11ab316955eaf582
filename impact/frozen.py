"""Keeps every published edition as it was: neither it, nor its figures, nor its citations change, by any door."""

from django.core.exceptions import ValidationError
from django.db.models.signals import pre_delete, pre_save
from django.utils.translation import gettext_lazy as _


class FrozenError(ValidationError):
    def __init__(self):
        super().__init__(_("A published edition is never changed or deleted: change the claim and publish it again."))


def keep_frozen(edition, figure, citation):
    """Called once the models are loaded."""

    def refuse(sender, instance, **kwargs):
        stored = not instance._state.adding
        of_an_edition = {
            edition: lambda: True,
            figure: lambda: instance.edition_id is not None,
            citation: lambda: instance.content_type.model_class() is edition,
        }
        if stored and of_an_edition[sender]():
            raise FrozenError

    for signal in (pre_save, pre_delete):
        for model in (edition, figure, citation):
            signal.connect(refuse, sender=model, weak=False, dispatch_uid=("frozen", signal is pre_save, model._meta.label))
