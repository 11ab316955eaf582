"""Gives the people of every test: Alice edits, Bob publishes; Charlie, a visitor, has no account."""

from django.contrib.auth import get_user_model

# Of the accounts “editor” and “publisher”, which Alice and Bob use in a browser.
PASSWORD = "correct horse battery staple"


def alice():
    return get_user_model().objects.get(username="editor")


def bob():
    return get_user_model().objects.get(username="publisher")
