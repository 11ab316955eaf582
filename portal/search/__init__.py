"""Search over published pages and public records: the same hits in the same order on SQLite and on PostgreSQL.

What a text means is decided here, in Python (`words`): how it falls into words, which words are one, which stand together. The
database only keeps sets of tokens and finds those that hold all of some and none of others, so that no engine's idea of a language counts.
"""
