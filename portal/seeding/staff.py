"""Creates the groups of staff with exactly the permissions they need, and the first two accounts."""

import secrets
import sys

from cms.models import CMSPlugin
from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.contrib.redirects.models import Redirect
from django.db import DEFAULT_DB_ALIAS
from django.utils.translation import gettext as _

from impact.models import Conflict, Edition, ReviewLink, ReviewStep
from organisation.models import PictureWithdrawal, Proposal, StoredFile, Takedown

ROOMS = ("organisation", "impact", "advocacy")
SEED_USERNAME = "seed"
FIRST_ACCOUNTS = ("editor", "publisher")


def seed_user():
    """Returns the account that publishes the first content; nobody can log in to it."""
    user, is_new = get_user_model().objects.get_or_create(
        username=SEED_USERNAME, defaults={"is_active": False}
    )
    if is_new:
        user.set_unusable_password()
        user.save()
    return user


def seed_groups():
    """Gives the groups of staff this version's permissions; returns the names of those that had others."""
    wanted = {
        "editor": editor_permissions(),
        "publisher": editor_permissions() | publisher_permissions(),
    }
    changed = []
    for name, permissions in wanted.items():
        group, is_new = Group.objects.get_or_create(name=name)
        if is_new or set(group.permissions.all()) != set(permissions):
            group.permissions.set(permissions)
            changed.append(name)
    return changed


def seed_groups_after_migrations(apps, using, verbosity=1, stdout=None, **kwargs):
    """Lets the groups follow each update of the site, so that nobody has to seed for what is new in it."""
    try:
        apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    except LookupError:  # somebody has migrated a few apps only
        return
    if using != DEFAULT_DB_ALIAS:
        return
    if (changed := seed_groups()) and verbosity:
        sentence = _("The groups of staff have the permissions of this version: %(names)s.")
        (stdout or sys.stdout).write(sentence % {"names": ", ".join(changed)} + "\n")


def seed_accounts():
    """Creates the accounts “editor” and “publisher”; returns (name, password) of those that are new."""
    created = []
    for name in FIRST_ACCOUNTS:
        user, is_new = get_user_model().objects.get_or_create(username=name, defaults={"is_staff": True})
        if is_new:
            password = settings.PORTAL_ADMIN_PASSWORD or secrets.token_urlsafe(12)
            user.set_password(password)
            user.save()
            user.groups.add(Group.objects.get(name=name))
            created.append((name, password))
    return created


def editor():
    """Returns the account that looks after the first content until somebody else is named."""
    return get_user_model().objects.get(username="editor")


def editor_permissions():
    return (
        permissions(*record_models(), actions=("view", "add", "change"))
        | permissions(Edition, Proposal, ReviewStep, actions=("view",))
        | permissions(ReviewLink, actions=("view", "add", "change"))  # made and taken back on the review page
        | permissions(Conflict, actions=("view", "change"))  # found by rules, decided by staff
        | permissions(
            *models_of("organisation.citation", "impact.figure", "impact.highlight", "advocacy.fold"),
            *models_of("impact.absence", "impact.part"),
            actions=("delete",),
        )
        | permissions(*block_models(), actions=("view", "add", "change", "delete"))
        | permissions(*models_of("cms.page", "cms.pagecontent"), actions=("view", "add", "change"))
        | permissions(*version_models(), actions=("view", "add", "change"))
        | permissions(Redirect, actions=("view",))
        | Permission.objects.filter(codename="use_structure")
    )


def publisher_permissions():
    # A page is taken down, not deleted: deleting takes its history and the pages below along, with no way
    # back but a backup.
    return (
        permissions(*record_models(), actions=("delete",))
        | permissions(Redirect, actions=("add", "change", "delete"))
        | Permission.objects.filter(
            codename__in=["accept_proposal", "publish_claim", "publish_page", "delete_versionlock"]
        )
    )


def permissions(*models, actions):
    types = ContentType.objects.get_for_models(*models, for_concrete_models=False).values()
    names = [f"{action}_{model._meta.model_name}" for model in models for action in actions]
    return Permission.objects.filter(content_type__in=types, codename__in=names)


def models_of(*labels):
    return [apps.get_model(label) for label in labels]


def record_models():
    """Returns the models of the records that staff change in a form."""
    models = [model for room in ROOMS for model in apps.get_app_config(room).get_models()]
    # Blocks have permissions of their own; the others are changed by actions, not in a form.
    excluded = (CMSPlugin, Conflict, Edition, PictureWithdrawal, Proposal, ReviewLink, ReviewStep)
    excluded += (StoredFile, Takedown)
    return [
        model
        for model in models
        if not issubclass(model, excluded) and not model._meta.model_name.startswith("historical")
    ]


def block_models():
    return [model for model in apps.get_models() if issubclass(model, CMSPlugin)]


def version_models():
    return [
        model
        for model in apps.get_app_config("djangocms_versioning").get_models()
        if model.__name__ != "StateTracking"
    ]
