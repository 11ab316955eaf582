"""The read-only API under /api/v1/: the rows of every table, for programs."""
