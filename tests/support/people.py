"""Gives the people of every test: Alice edits, Bob publishes; Charlie, a visitor, has no account."""

from django.contrib.auth import get_user_model

# Of the accounts “editor” and “publisher”, which Alice and Bob use in a browser.
PASSWORD = "correct horse battery staple"


def alice():
    return get_user_model().objects.get(username="editor")


def bob():
    return get_user_model().objects.get(username="publisher")


def staff_with(*permissions, name="dora"):
    """Returns a new member of staff, or the one of this name, with these permissions and no others."""
    user = get_user_model().objects.get_or_create(username=name, defaults={"is_staff": True})[0]
    # By its field, since the settings are not read yet when this module is imported to start the tests.
    permission = user.user_permissions.model
    user.user_permissions.set(permission.objects.filter(codename__in=permissions))
    return get_user_model().objects.get(pk=user.pk)
