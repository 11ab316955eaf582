"""How each database finds the entries that hold tokens: SQLite in an FTS5 table, PostgreSQL in a computed tsvector. The sets they find are one."""

from dataclasses import dataclass, replace

from django.db import connection

TABLE = "portal_searchentry"

SETTLE = {
    "sqlite": ["INSERT INTO portal_searchindex(portal_searchindex) VALUES ('optimize')"],
    "postgresql": ["SELECT gin_clean_pending_list('portal_searchentry_lexemes')", f"ANALYZE {TABLE}"],
}


@dataclass(frozen=True)
class Wanted:
    """What an entry must hold: of each group of tokens one, of no group in `without` all, and each of the phrases word by word.

    A token that ends in * stands for all that begin so.
    """

    groups: tuple = ()
    without: tuple = ()
    phrases: tuple = ()

    def along_with(self, *groups):
        return replace(self, groups=tuple(dict.fromkeys((*self.groups, *groups))))


def matching(wanted, most):
    """The ids of the first entries that hold what is wanted, in their order."""
    sql, params = select("id", wanted, most)
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return [pk for (pk,) in cursor]


def count_each(lists, most):
    """How many entries each wants, counted up to `most`: one query for all."""
    parts = [select("1", wanted, most, order="") for wanted in lists]
    columns = ", ".join(f"(SELECT COUNT(*) FROM ({sql}) AS counted)" for sql, _params in parts)
    if not parts:
        return []
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns}", [each for _sql, params in parts for each in params])
        return list(cursor.fetchone())


def select(column, wanted, most, order="ORDER BY id"):
    phrases = [f" {' '.join(phrase)} " for phrase in wanted.phrases]
    if connection.vendor == "sqlite":
        column, order = column.replace("id", "portal_searchindex.rowid"), order.replace("id", "portal_searchindex.rowid")
        exact = "".join(" AND instr(portal_searchindex.tokens, %s) > 0" for _phrase in phrases)
        found = f"portal_searchindex WHERE portal_searchindex MATCH %s{exact}"
        return f"SELECT {column} FROM {found} {order} LIMIT {most:d}", [in_fts5(wanted), *phrases]
    exact = "".join(" AND strpos(tokens, %s) > 0" for _phrase in phrases)
    return f"SELECT {column} FROM {TABLE} WHERE lexemes @@ %s::tsquery{exact} {order} LIMIT {most:d}", [in_tsquery(wanted), *phrases]


def in_fts5(wanted):
    """As FTS5 wants it. Tokens hold letters, digits, = and _, so nothing in them can be an operator."""
    groups = " AND ".join(f"({' OR '.join(map(fts5_token, group))})" for group in wanted.groups)
    without = " OR ".join(f"({' AND '.join(map(fts5_token, group))})" for group in wanted.without)
    return f"({groups}) NOT ({without})" if without else groups


def fts5_token(token):
    return f'"{token[:-1]}"*' if token.endswith("*") else f'"{token}"'


def in_tsquery(wanted):
    groups = [f"({' | '.join(map(lexeme, group))})" for group in wanted.groups]
    without = [f"!({' & '.join(map(lexeme, group))})" for group in wanted.without]
    return " & ".join([*groups, *without])


def lexeme(token):
    return f"'{token[:-1]}':*" if token.endswith("*") else f"'{token}'"


def settle():
    """After many entries have changed: pack the index and count it anew, which keeps searches quick."""
    with connection.cursor() as cursor:
        for statement in SETTLE[connection.vendor]:
            cursor.execute(statement)
