"""Searches published pages and public records: the same hits in the same order on SQLite and on PostgreSQL.

How a text falls into tokens is decided here, in Python (`tokens`): where a word ends, which words count as
one, which stand next to each other. The database only stores sets of tokens and finds the entries that hold
all of some and none of others, so that neither engine's idea of a language counts.
"""
