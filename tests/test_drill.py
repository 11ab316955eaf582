"""The runner of the drills goes on after a failure, and writes down what each drill showed."""

import os
import re
from pathlib import Path

import pytest

from tests.drill.__main__ import DRILLS, NO_DATABASE, POSTGRESQL, SQLITE, Drill, main
from tests.support.seeded_database import administer

DATABASE = POSTGRESQL if os.environ.get("DATABASE_URL") else SQLITE
FILES = {
    "steady": 'print("3 rounds, a | b,", end=" "); print("nothing lost")',
    "broken": 'print("round 1 of 3"); raise AssertionError("an edition is lost")',
    # Fails where another drill has left its table.
    "first": """
import os, sqlite3, psycopg2
url = os.environ.get("DATABASE_URL")
connection = psycopg2.connect(url) if url else sqlite3.connect(f"{os.environ['PORTAL_VAR']}/portal.sqlite3")
connection.cursor().execute("CREATE TABLE moved (id integer)")
connection.commit()
print(url or os.environ["PORTAL_VAR"])
""",
}
FILES["second"] = FILES["first"]
DOCUMENT = """# Drills

What they showed.

| drill | database | date | result |
|---|---|---|---|
| `steady`: an old description | {database} 1.0 | 2020-02-20 | 2 rounds |
| `first`: makes a table | {database} 1.0 | 2020-02-20 | an old result \\| of two parts |
| `removed`: a drill that is no more | {database} 1.0 | 2020-02-20 | fine |
"""


class Runner:
    def __init__(self, folder):
        self.document = folder / "drills.md"
        self.document.write_text(DOCUMENT.format(database=DATABASE))
        (folder / "made_up_drills").mkdir()
        for name, code in FILES.items():
            (folder / "made_up_drills" / f"{name}.py").write_text(code)
        self.drills = [
            Drill("steady", "loses nothing", (DATABASE,)),
            Drill("broken", "loses an edition", (NO_DATABASE,)),
            Drill("first", "makes a table", (DATABASE,)),
            Drill("second", "makes the same table", (DATABASE,)),
            Drill("demanding", "needs a program", (NO_DATABASE,), ("no-such-program",)),
        ]

    def run(self, *names):
        return main(names, self.drills, self.document, "made_up_drills")

    def rows(self):
        """Returns the cells of each row of the table by the name of its drill."""
        lines = self.document.read_text().partition("|---|---|---|---|\n")[2].splitlines()
        return {line.split("`")[1]: line.strip("| ").split(" | ") for line in lines}


@pytest.fixture
def runner(tmp_path, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    return Runner(tmp_path)


def test_a_run_goes_on_after_a_failure_and_ends_with_status_1(runner, capsys):
    assert runner.run("broken", "steady", "first") == 1
    output = re.sub(r"\d+ s\n", "1 s\n", capsys.readouterr().out)
    assert f"1 of 3: steady on {DATABASE} … 1 s\n   3 rounds, a | b, nothing lost\n" in output
    assert "2 of 3: broken … 1 s\n" in output
    assert f"3 of 3: first on {DATABASE} … 1 s\n" in output
    assert output.endswith("2 of 3 passed.\nFailed: broken\n")


def test_a_run_without_a_failure_ends_with_status_0(runner, capsys):
    assert runner.run("steady") == 0
    assert capsys.readouterr().out.endswith("1 of 1 passed.\n")


def test_the_whole_output_of_a_drill_that_failed_is_printed(runner, capsys):
    runner.run("broken")
    output = capsys.readouterr().out
    assert "round 1 of 3\nTraceback (most recent call last):\n" in output
    assert "AssertionError: an edition is lost\n" in output


def test_each_drill_has_a_database_of_its_own_that_is_gone_afterwards(runner):
    assert runner.run("first", "second") == 0
    databases = {runner.rows()[name][3] for name in ("first", "second")}
    assert len(databases) == 2
    if DATABASE == SQLITE:
        assert not any(Path(folder).exists() for folder in databases)
        return
    names = administer(os.environ["DATABASE_URL"], "SELECT datname FROM pg_database")
    assert not {("drill_first",), ("drill_second",)} & set(names)


def test_results_replace_the_rows_of_their_drills_in_the_order_of_the_list(runner):
    runner.run("broken", "steady")
    head, rows = runner.document.read_text().partition("| drill |")[0], runner.rows()
    assert head == "# Drills\n\nWhat they showed.\n\n"
    assert list(rows) == ["steady", "broken", "first"]
    description, database, date, result = rows["steady"]
    assert description == "`steady`: loses nothing" and result == r"3 rounds, a \| b, nothing lost"
    assert database.startswith(f"{DATABASE} ") and database != f"{DATABASE} 1.0" and date > "2026"
    assert rows["broken"][1:] == ["none", date, "failed: AssertionError: an edition is lost"]
    assert rows["first"][1:] == [f"{DATABASE} 1.0", "2020-02-20", r"an old result \| of two parts"]


def test_a_second_run_changes_nothing_but_its_own_rows(runner):
    runner.run("broken", "steady")
    document = runner.document.read_text()
    runner.run("steady")
    assert runner.document.read_text() == document


def test_an_unknown_name_is_answered_with_one_sentence(runner):
    with pytest.raises(SystemExit, match="^There is no drill “steddy”. The drills are: steady, broken, "):
        runner.run("steady", "steddy")


def test_a_program_that_is_missing_is_asked_for_only_by_the_drill_that_needs_it(runner):
    assert runner.run("steady") == 0
    with pytest.raises(SystemExit, match="`apt-get install no-such-program` gives them"):
        runner.run("steady", "demanding")


def test_every_drill_of_the_list_is_a_module_and_every_module_that_can_be_run_is_in_the_list():
    files = (Path(__file__).parent / "drill").glob("*.py")
    programs = {file.stem for file in files if 'if __name__ == "__main__"' in file.read_text()}
    assert programs - {"__main__"} == {drill.name for drill in DRILLS}
