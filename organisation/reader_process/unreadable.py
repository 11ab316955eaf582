"""The error with which a reader refuses a file; it needs nothing but Python, so that a child can raise it."""


class Unreadable(Exception):
    """A file that a reader refuses; `code` names the sentence in `reader_process.SENTENCES`."""

    def __init__(self, code, **details):
        super().__init__(code)
        self.code, self.details = code, details
