class OperationError(Exception):
    """Why something cannot be saved, restored or moved, in one sentence that says what to do."""
