"""A client for each role, which sends every request as if it were the first after the login."""

from http.cookies import SimpleCookie

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.db import transaction
from django.test import Client

from tests.support.people import PASSWORD, alice, bob


def user_of(role):
    users = get_user_model().objects
    return {
        "visitor": lambda: None,
        "user": lambda: users.create_user("charlie", password=PASSWORD),
        "staff": lambda: users.create_user("dana", password=PASSWORD, is_staff=True),
        "editor": alice,
        "publisher": bob,
        "administrator": lambda: users.create_superuser("admin", password=PASSWORD),
    }[role]()


class Sender:
    def __init__(self, role):
        self.role, self.user = role, user_of(role)
        self.client = Client(raise_request_exception=False)
        self.cookies = {}
        self.log_in()

    def log_in(self):
        if self.user:
            self.client.force_login(self.user)
            # At somebody's first visit the CMS creates their settings and clipboard.
            self.client.get("/admin/")
        self.cookies = {name: cookie.value for name, cookie in self.client.cookies.items()}

    def send(self, method, address, data=None):
        self.client.cookies = SimpleCookie(self.cookies)
        for value in (data or {}).values():
            if hasattr(value, "seek"):
                value.seek(0)  # a file that was sent before
        return getattr(self.client, method)(address, data)

    def try_out(self, method, address, data=None, after=None):
        """Returns the response, and what `after` returns; what the request changed is rolled back then."""
        savepoint = transaction.savepoint()
        response = self.send(method, address, data)
        result = after() if after else None
        transaction.savepoint_rollback(savepoint)
        return response, result

    def post(self, address, data):
        """Sends a form whose changes stay; logs in again if it ended the login."""
        response = self.send("post", address, data)
        key = self.cookies.get(settings.SESSION_COOKIE_NAME)
        if self.user and not Session.objects.filter(pk=key).exists():
            self.user.refresh_from_db()
            self.log_in()
        return response
