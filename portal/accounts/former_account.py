"""Keeps the name of whoever had an account on what they did, when the account is deleted."""

from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.contrib.auth import get_user_model
from djangocms_versioning.models import StateTracking


def signed_rows(account):
    """Yields (rows, name of their field) of the history and the logs in which an account stands.

    Deleting it would take its name from the first and the rows of the others; a proposal and the step of
    a page have the name as text, and the step of a claim forbids the deletion.
    """
    for model in apps.get_models():
        if hasattr(model, "history_user"):
            yield model._base_manager.filter(history_user=account), "history_user"
    for model in (LogEntry, StateTracking):
        yield model._base_manager.filter(user=account), "user"


def keep_name(account):
    """Gives what an account did to one that is a name and nothing else: nobody can log in to it."""
    signed = [(rows, field) for rows, field in signed_rows(account) if rows.exists()]
    if not signed:
        return
    name = account.get_full_name() or account.get_username()
    # Two people may have had one name, and a history shows that of the account.
    former = get_user_model().objects.create_user(
        f"{name[:130]} ({account.pk})", first_name=name[:150], is_active=False
    )
    for rows, field in signed:
        rows.update(**{field: former})
