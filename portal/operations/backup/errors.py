class OperationError(Exception):
    """Reports in one sentence why a command for operators cannot go on, and what to do."""
