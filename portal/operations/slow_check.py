"""Keeps what a check that takes long has found, so that the desk can show it without waiting."""

import json
import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from .finding import note

INTERVAL = timedelta(hours=1)  # between two looks at the same thing
MAX_AGE = timedelta(days=1)  # what is older says nothing about today


@dataclass(frozen=True)
class SlowCheck:
    """A check whose facts are kept with their time, for this machine.

    `look` returns the facts, which JSON can hold, and `tell` the finding that they give. `basis` returns what
    they depend on, and costs little: where it has changed, they are looked at anew.
    """

    name: str
    title: str
    basis: Callable
    look: Callable
    tell: Callable

    def __call__(self):
        """Looks now, keeps what is found, and returns the finding."""
        facts = self.look()
        kept = {"at": timezone.now().isoformat(), "basis": self.basis(), "facts": facts}
        with suppress(OSError):  # a full disk has a check of its own
            unfinished = self.path.with_suffix(".unfinished")
            unfinished.touch(mode=0o600)
            unfinished.write_text(json.dumps(kept))
            os.replace(unfinished, self.path)
        return self.tell(facts)

    @property
    def path(self):
        return settings.VAR_DIR / f"last-{self.name}.json"

    def last(self):
        """Returns the finding of the last look, with its time."""
        at, facts = self.kept()
        if facts is None or timezone.now() - at > MAX_AGE:
            sentence = _("%(title)s: not looked at yet. Run manage.py tick each minute, by a timer.")
            return note(sentence % {"title": self.title})
        return replace(self.tell(facts), at=at)

    def is_due(self):
        at, facts = self.kept()
        return facts is None or timezone.now() - at >= INTERVAL

    def kept(self):
        """Returns the time and the facts of the last look; None for both if they are no longer about this."""
        try:
            kept = json.loads(self.path.read_text())
            if kept["basis"] == self.basis():
                return datetime.fromisoformat(kept["at"]), kept["facts"]
        except (OSError, ValueError, LookupError, TypeError):
            pass
        return None, None
