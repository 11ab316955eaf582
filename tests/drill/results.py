"""The table of docs/drills.md: what each drill showed when it was last run on each database."""

import re
from dataclasses import dataclass
from textwrap import shorten

HEADER = ["| drill | database | date | result |", "|---|---|---|---|"]
ROW = re.compile(r"^\| `(?P<drill>\w+)`[^|]* \| (?P<database>[^|]+) \| (?P<date>[\d-]+) \| (?P<text>.*) \|$")
LONGEST = 600  # characters of a result


@dataclass
class Result:
    """`database` has its version behind its name; `text` is one line of Markdown."""

    database: str
    date: str
    text: str


def one_line(text):
    """Returns a text as the cell of a table holds it."""
    return shorten(text, LONGEST, placeholder=" …").replace("|", "\\|")


class ResultTable:
    """The table at the end of a document: one row for each drill and database, in the order of the drills."""

    def __init__(self, document, drills):
        self.document, self.drills = document, drills
        self.head, _header, rows = document.read_text().partition("\n".join(HEADER))
        matches = filter(None, map(ROW.match, rows.splitlines()))
        self.results = {
            (row["drill"], row["database"].split()[0]): Result(row["database"], row["date"], row["text"])
            for row in matches
        }

    def record(self, drill, database, result):
        """Replaces the row of a drill on a database, and writes the document."""
        self.results[drill.name, database] = result
        rows = [
            f"| `{drill.name}`: {drill.description} | {result.database} | {result.date} | {result.text} |"
            for drill in self.drills
            for database in drill.databases
            if (result := self.results.get((drill.name, database)))
        ]
        self.document.write_text(self.head + "\n".join([*HEADER, *rows, ""]))
