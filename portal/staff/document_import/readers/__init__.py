"""Readers of the formats in which documents come: each returns the lines of a file and what it left out.

They run in a child process, so that they need no Django: see `organisation.reader_process`.
"""
