"""The tables of published records for programs, row by row: /api/v1/."""
