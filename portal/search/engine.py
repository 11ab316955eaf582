"""Finds the entries that hold tokens: on SQLite in an FTS5 table, on PostgreSQL in a computed tsvector.

Both find the same.
"""

from dataclasses import dataclass, replace

from django.db import connection

from organisation.facets import row_counts

TABLE = "portal_searchentry"

OPTIMIZE_STATEMENTS = {
    "sqlite": ["INSERT INTO portal_searchindex(portal_searchindex) VALUES ('optimize')"],
    "postgresql": ["SELECT gin_clean_pending_list('portal_searchentry_lexemes')", f"ANALYZE {TABLE}"],
}


@dataclass(frozen=True)
class TokenQuery:
    """The tokens that an entry must hold.

    It must hold one of each group, not all of any excluded group, and each phrase in order. A token that ends
    in * stands for all that begin so. An entry whose id is among `closed` is not found, whatever it holds.
    """

    groups: tuple = ()
    excluded: tuple = ()
    phrases: tuple = ()
    closed: tuple = ()

    def narrowed_to(self, *groups):
        """Returns the query with these groups as well.

        They come first: PostgreSQL reads on in a row only while all that it asked for is there.
        """
        return replace(self, groups=tuple(dict.fromkeys((*groups, *self.groups))))


def matching_ids(query, limit):
    """Returns the ids of the first entries that match, in their order."""
    sql, params = select("id", query, limit)
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return [pk for (pk,) in cursor]


def count_matches(queries, limit):
    """Counts the entries that match each of the queries, up to the limit, in one statement for all."""
    return row_counts([select("1", query, limit, order="") for query in queries])


def count_by_organisation(query, organisations, limit):
    """Counts the matching entries of each organisation (by id), up to the limit, in the given order."""
    counts = counts_of_one_scan(query, organisations, limit) if connection.vendor == "postgresql" else {}
    uncounted = [pk for pk in organisations if pk not in counts]
    queries = [query.narrowed_to((f"org={pk}",)) for pk in uncounted]
    counts |= zip(uncounted, count_matches(queries, limit), strict=True)
    return [counts[pk] for pk in organisations]


def counts_of_one_scan(query, organisations, limit):
    """Returns {organisation: count} as far as one scan for all organisations settles it.

    PostgreSQL spends its time on the rows that it reads, and reads them anew for each count.
    """
    # A tenth more, so that chance leaves none of several equal ones short of the limit.
    scanned = limit * len(organisations) * 11 // 10
    sql, params = select("organisation_id", query, scanned, order="", organisations=organisations)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT organisation_id, COUNT(*) FROM ({sql}) AS found GROUP BY organisation_id", params
        )
        counts = dict.fromkeys(organisations, 0) | dict(cursor)
    is_complete = sum(counts.values()) < scanned
    return {pk: min(count, limit) for pk, count in counts.items() if is_complete or count >= limit}


def select(column, query, limit, order="ORDER BY id", organisations=()):
    """Returns the statement that reads a column of the matching entries, and its parameters.

    Only PostgreSQL's can be limited to entries of some organisations.
    """
    # An entry's tokens are one text in their order, so a phrase is a substring of it.
    phrases = [f" {' '.join(phrase)} " for phrase in query.phrases]
    closed = f" AND id NOT IN ({', '.join(map(str, map(int, query.closed)))})" if query.closed else ""
    if connection.vendor == "sqlite":
        column, order, closed = (
            part.replace("id", "portal_searchindex.rowid") for part in (column, order, closed)
        )
        conditions = closed + "".join(" AND instr(portal_searchindex.tokens, %s) > 0" for _phrase in phrases)
        source = f"portal_searchindex WHERE portal_searchindex MATCH %s{conditions}"
        return f"SELECT {column} FROM {source} {order} LIMIT {limit:d}", [fts5_expression(query), *phrases]
    conditions = closed + "".join(" AND strpos(tokens, %s) > 0" for _phrase in phrases)
    params = [tsquery_expression(query), *phrases]
    if organisations:
        conditions += " AND organisation_id = ANY(%s)"
        params.append(list(organisations))
    source = f"{TABLE} WHERE lexemes @@ %s::tsquery{conditions}"
    return f"SELECT {column} FROM {source} {order} LIMIT {limit:d}", params


def fts5_expression(query):
    """Returns the query in FTS5's syntax; tokens hold letters, digits, = and _, so none is an operator."""
    groups = " AND ".join(f"({' OR '.join(map(fts5_token, group))})" for group in query.groups)
    excluded = " OR ".join(f"({' AND '.join(map(fts5_token, group))})" for group in query.excluded)
    return f"({groups}) NOT ({excluded})" if excluded else groups


def fts5_token(token):
    return f'"{token[:-1]}"*' if token.endswith("*") else f'"{token}"'


def tsquery_expression(query):
    groups = [f"({' | '.join(map(tsquery_lexeme, group))})" for group in query.groups]
    excluded = [f"!({' & '.join(map(tsquery_lexeme, group))})" for group in query.excluded]
    return " & ".join([*groups, *excluded])


def tsquery_lexeme(token):
    return f"'{token[:-1]}':*" if token.endswith("*") else f"'{token}'"


def optimize():
    """Packs the index and refreshes its statistics: after many changes searches would be slow without it."""
    with connection.cursor() as cursor:
        for statement in OPTIMIZE_STATEMENTS[connection.vendor]:
            cursor.execute(statement)
