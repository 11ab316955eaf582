"""Stores how far the start of a new portal has come, in a file that only its owner can read."""

import hashlib
import json
import os
import secrets
import time
from dataclasses import asdict, dataclass, field

from django.conf import settings
from django.contrib.auth import get_user_model
from django.utils.crypto import constant_time_compare

FILE = "start.json"
LIFETIME = 24 * 60 * 60  # seconds in which the address can be opened
# In the order in which they are shown.
SCREENS = ("who", "look", "people", "factor", "contact", "documents")


@dataclass
class Progress:
    """The start under way: the hashes of its secrets, and what is done.

    `token` is that of the address until it is opened, `browser` that of the browser that has opened it.
    """

    token: str = ""
    expires: float = 0
    browser: str = ""
    done: list = field(default_factory=list)
    organisation: int | None = None

    @classmethod
    def read(cls):
        """Returns the start under way; None if there is none.

        Of a file that a failing disk has damaged only that it is there counts: the start goes on, from what
        the database holds, at the address that the next start of the server shows.
        """
        try:
            return cls(**json.loads(path().read_text()))
        except FileNotFoundError:
            return None
        except (ValueError, TypeError):
            return cls()

    def write(self):
        """Replaces the file at once, so that nobody finds half of it."""
        unfinished = path().with_suffix(".new")
        unfinished.unlink(missing_ok=True)
        descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            json.dump(asdict(self), file)
        unfinished.replace(path())

    def end(self):
        path().unlink(missing_ok=True)

    def new_token(self):
        """Returns a new secret for the address; former addresses, and who opened them, are shut out."""
        token = secrets.token_urlsafe(32)
        self.token, self.expires, self.browser = hash_of(token), time.time() + LIFETIME, ""
        self.write()
        return token

    def opens(self, token):
        return bool(self.token) and constant_time_compare(self.token, hash_of(token))

    @property
    def has_expired(self):
        return time.time() >= self.expires

    def use_up(self):
        """Gives the start to one browser, and returns the secret that it keeps; the address is gone."""
        secret = secrets.token_urlsafe(32)
        self.token, self.browser = "", hash_of(secret)
        self.write()
        return secret

    def is_of(self, secret):
        return bool(self.browser and secret) and constant_time_compare(self.browser, hash_of(secret))

    def finish(self, screen):
        if screen not in self.done:
            self.done = [*self.done, screen]
        self.write()


def path():
    return settings.VAR_DIR / FILE


def hash_of(secret):
    return hashlib.sha256(secret.encode()).hexdigest()


def people_exist():
    """True if somebody could log in to the desk: then the address that the terminal shows is gone."""
    return get_user_model().objects.filter(is_active=True, is_staff=True).exists()
