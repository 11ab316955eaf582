from dataclasses import dataclass
from datetime import datetime

OK, NOTE, WRONG = "ok", "note", "wrong"


@dataclass
class Finding:
    """The outcome of one check of the doctor, and what to do; the time of it, where that is not now."""

    level: str
    message: str
    at: datetime | None = None


def ok(message):
    return Finding(OK, message)


def note(message):
    return Finding(NOTE, message)


def wrong(message):
    return Finding(WRONG, message)
