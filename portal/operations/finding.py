from dataclasses import dataclass

OK, NOTE, WRONG = "ok", "note", "wrong"


@dataclass
class Finding:
    """The outcome of one check of the doctor, and what to do."""

    level: str
    message: str


def ok(message):
    return Finding(OK, message)


def note(message):
    return Finding(NOTE, message)


def wrong(message):
    return Finding(WRONG, message)
