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
        """Narrowed to these groups too. They come first: PostgreSQL reads on in a row only while all that it asked for is there."""
        return replace(self, groups=tuple(dict.fromkeys((*groups, *self.groups))))


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


def count_by_organisation(wanted, organisations, most):
    """How many entries of each of these organisations are wanted, counted up to `most`, in the order of the organisations."""
    known = counted_in_one_reading(wanted, organisations, most) if connection.vendor == "postgresql" else {}
    singly = [pk for pk in organisations if pk not in known]
    known |= zip(singly, count_each([wanted.along_with((f"org={pk}",)) for pk in singly], most))
    return [known[pk] for pk in organisations]


def counted_in_one_reading(wanted, organisations, most):
    """The counts that are sure after one reading for all: PostgreSQL spends its time on rows that it reads, and reads them for each count anew."""
    enough = (
        most * len(organisations) * 11 // 10
    )  # so that chance leaves none of several equal ones short of `most`
    found, params = select("organisation_id", wanted, enough, order="", of=organisations)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT organisation_id, COUNT(*) FROM ({found}) AS found GROUP BY organisation_id", params
        )
        counts = dict.fromkeys(organisations, 0) | dict(cursor)
    read_to_the_end = sum(counts.values()) < enough
    return {pk: min(count, most) for pk, count in counts.items() if read_to_the_end or count >= most}


def select(column, wanted, most, order="ORDER BY id", of=()):
    """The statement that reads a column of what is wanted, and its values. Only PostgreSQL's can ask for rows of organisations."""
    phrases = [f" {' '.join(phrase)} " for phrase in wanted.phrases]
    if connection.vendor == "sqlite":
        column, order = (
            column.replace("id", "portal_searchindex.rowid"),
            order.replace("id", "portal_searchindex.rowid"),
        )
        exact = "".join(" AND instr(portal_searchindex.tokens, %s) > 0" for _phrase in phrases)
        found = f"portal_searchindex WHERE portal_searchindex MATCH %s{exact}"
        return f"SELECT {column} FROM {found} {order} LIMIT {most:d}", [in_fts5(wanted), *phrases]
    exact = "".join(" AND strpos(tokens, %s) > 0" for _phrase in phrases) + (
        " AND organisation_id = ANY(%s)" if of else ""
    )
    values = [in_tsquery(wanted), *phrases, *([list(of)] if of else [])]
    return f"SELECT {column} FROM {TABLE} WHERE lexemes @@ %s::tsquery{exact} {order} LIMIT {most:d}", values


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
