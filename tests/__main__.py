"""Runs the tests for `make test`: all of them on SQLite, then on PostgreSQL those that a database can change.

Each worker process takes whole files, and has a folder and a copy of the seeded database of its own.
"""

import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

from tests.support.chromium import chromium
from tests.support.postgresql import postgresql

ROOT = Path(__file__).parent.parent
# The folders, files and single tests that run on PostgreSQL too, since the database can change their outcome:
# why. `make drill` runs every test there.
ON_POSTGRESQL = {
    "tests/browser/test_serving.py::test_with_the_database_gone_what_was_read_is_still_there": "its errors",
    "tests/impact/review/test_decision.py::test_bob_does_not_return_words_that_he_has_not_read": "checksums",
    "tests/impact/review/test_schedule.py::test_a_claim_is_published_at_its_time_and_not_a_second_before": (
        "comparisons of times"
    ),
    "tests/impact/review/test_state.py": "what a claim's history says, in SQL",
    (
        "tests/impact/test_conflicts.py::"
        "test_a_claim_that_leaves_its_subject_leaves_the_others_to_be_compared"
    ): "the search in bulk",
    (
        "tests/impact/test_conflicts.py::test_alice_saves_a_claim_and_its_conflicts_come_and_go"
    ): "the search in bulk",
    (
        "tests/impact/test_conflicts.py::"
        "test_each_of_a_dozen_values_meets_every_other_and_of_more_only_the_next_larger"
    ): "the search in bulk",
    (
        "tests/impact/test_conflicts.py::test_the_command_counts_what_it_found_what_is_new_and_what_is_gone"
    ): "the search in bulk",
    "tests/impact/test_corrections.py::test_the_newest_correction_comes_first_whatever_it_is": "a keyset",
    "tests/impact/test_register.py::test_choices_combine_and_each_can_be_dropped_alone": "facet counts",
    "tests/impact/test_publishing.py": "constraints and triggers of editions",
    "tests/impact/test_register.py::test_each_count_is_the_number_of_claims_that_the_link_shows": "facets",
    "tests/impact/test_register.py::test_charlie_reads_every_claim_once_forwards_and_backwards": "a keyset",
    "tests/impact/test_register.py::test_counting_stops_at_a_thousand_and_says_so": "a count with a limit",
    "tests/impact/test_usage.py": "one query over the tables of all blocks",
    "tests/organisation/test_page_records.py": "ranks that the database computes",
    (
        "tests/organisation/test_proposals.py::"
        "test_a_form_that_is_sent_twice_is_one_proposal_and_leads_to_it_again"
    ): "locks",
    "tests/organisation/test_proposals.py::test_a_proposal_is_accepted_once": "locks",
    (
        "tests/organisation/test_proposals.py::"
        "test_a_statement_with_a_new_citation_and_passage_is_rolled_back_whole_and_accepted_whole"
    ): "savepoints",
    (
        "tests/organisation/test_proposals.py::"
        "test_of_two_proposals_that_cite_one_new_document_each_is_accepted"
    ): "savepoints",
    "tests/organisation/test_protected_delete.py": "constraints of deletion",
    "tests/organisation/test_publications.py": "facet counts and years",
    "tests/organisation/test_source.py": "constraints of passages",
    "tests/organisation/test_upkeep.py::test_the_lists_choose_what_needs_care": "comparisons of dates",
    "tests/portal/accounts/test_attempts.py": "the table of login attempts",
    "tests/portal/accounts/test_rate_limits.py": "the counts of login attempts",
    "tests/portal/delivery/test_disk_full.py": "a database that may only be read",
    "tests/portal/delivery/test_hostile_input.py::test_no_query_breaks_a_list[/evidence/]": "NUL is refused",
    "tests/portal/delivery/test_hostile_input.py::test_no_query_breaks_a_list[/search/]": "NUL again",
    "tests/portal/delivery/test_hostile_input.py::test_an_address_with_a_null_byte_is_not_found": "NUL again",
    "tests/portal/delivery/test_page_cache.py": "which statements invalidate",
    "tests/portal/exports/test_api.py": "keyset pages over several rows, filters and chunks",
    (
        "tests/portal/exports/test_well_known.py::"
        "test_the_map_lists_every_page_that_charlie_can_reach_and_says_of_each_when_it_changed"
    ): "times of the last change, in SQL",
    (
        "tests/portal/exports/test_well_known.py::"
        "test_a_new_edition_is_the_last_change_of_its_claim_and_of_the_pages_that_show_it"
    ): "times of the last change, in SQL",
    (
        "tests/portal/exports/test_well_known.py::"
        "test_a_withdrawn_claim_is_not_in_the_map_and_its_going_is_a_change_of_the_pages_it_stood_on"
    ): "times of the last change, in SQL",
    "tests/portal/operations/test_backup.py": "pg_dump and pg_restore, and migrations of an older database",
    (
        "tests/portal/operations/test_doctor.py::test_a_site_that_is_well_is_told_so_line_by_line"
    ): "its own checks of the database",
    (
        "tests/portal/operations/test_doctor.py::test_without_its_database_the_rest_is_still_examined"
    ): "errors of the database",
    "tests/portal/operations/test_move_to_postgresql.py": "the refusal to move twice",
    "tests/portal/operations/test_tick.py": "what is due, and login attempts",
    (
        "tests/portal/pages/test_addresses.py::"
        "test_the_addresses_of_a_page_and_of_those_below_it_lead_on_when_it_moves"
    ): "redirects in the transaction of a move",
    (
        "tests/portal/pages/test_addresses.py::"
        "test_a_page_that_moves_twice_is_one_step_away_from_each_old_address_and_back_home_from_none"
    ): "redirects in the transaction of a move",
    (
        "tests/portal/pages/test_addresses.py::test_two_pages_that_take_each_others_place_lead_nobody_astray"
    ): "redirects in the transaction of a move",
    "tests/portal/pages/test_pages.py::test_charlie_cannot_see_a_page_that_is_a_draft": "versions of pages",
    (
        "tests/portal/pages/test_pages.py::"
        "test_charlie_reads_the_published_words_while_alice_changes_the_working_copy"
    ): "versions of records",
    "tests/portal/pages/test_pages.py::test_a_page_costs_a_fixed_number_of_queries": "queries of its own",
    "tests/portal/pages/test_tree.py": "the lock on the page tree",
    (
        "tests/portal/pages/test_workflow.py::"
        "test_alice_submits_a_draft_and_bob_returns_it_and_publishes_it_once_it_is_better"
    ): "locks of each step",
    (
        "tests/portal/pages/test_workflow.py::"
        "test_alice_confirms_what_bob_has_changed_and_only_then_may_he_publish_it"
    ): "locks of each step",
    (
        "tests/portal/pages/test_workflow.py::"
        "test_alice_takes_back_what_she_submitted_and_submits_nothing_twice"
    ): "locks of each step",
    "tests/portal/search/test_documents.py": "the full-text index",
    "tests/portal/search/test_engine.py": "the full-text index",
    "tests/portal/search/test_index.py": "the full-text index",
    "tests/portal/search/test_query.py": "the full-text index",
    "tests/portal/search/test_results.py": "facet counts of the full-text index",
    "tests/portal/search/test_scripts.py": "the full-text index",
    "tests/portal/search/test_search.py": "the full-text index",
    "tests/portal/search/test_signals.py": "the full-text index",
    "tests/portal/seeding/test_seed.py::test_seeding_again_changes_nothing": "fixtures, in one transaction",
    "tests/portal/staff/desk/test_undo.py": "history rows",
    "tests/portal/staff/table_import/test_import.py": "all rows or none",
    "tests/upgrades": "migrations of every released version",
    "tests/transactions": "row locks, and the rollback of real transactions",
    "tests/test_drill.py": "databases that are made and dropped",
}
NOTHING_COLLECTED = 5


def main():
    # Turned into an exit, so that a run that is stopped leaves no database server behind.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    began, arguments, browser = time.monotonic(), sys.argv[1:], chromium()
    chosen = for_postgresql(arguments)
    with tempfile.TemporaryDirectory(prefix="margin-tests-") as folder, ExitStack() as servers:
        with ThreadPoolExecutor() as pool:
            # Its databases are made while the first tests run on SQLite.
            server = chosen and pool.submit(servers.enter_context, postgresql())
            status = run("SQLite", folder, arguments, {"CHROMIUM": browser})
        if server:
            settings = {"CHROMIUM": browser, "DATABASE_URL": server.result()}
            status = run("PostgreSQL", folder, chosen, settings) or status
        else:
            print("None of it is among the tests that run on PostgreSQL, too (tests/__main__.py).")
    print(f"In all {time.monotonic() - began:.0f} seconds.")
    return status


def run(database, folder, arguments, settings):
    """Runs pytest with a worker for each processor and one more, and returns its exit status."""
    print(f"\nOn {database}:", flush=True)
    # A fifth of the time a worker waits, for a browser or for another process: the one more works then.
    count = min(os.cpu_count(), 4) + 1
    workers = [f"--tx=popen//env:PORTAL_VAR={folder}/{database}-{number}" for number in range(count)]
    # A worker takes whole files, in the order of tests/conftest.py; for a single file none is started.
    distribution = [*workers, "--dist=loadfile", "--no-loadscope-reorder"]
    options = [*([] if is_one_file(arguments) else distribution), "--durations=10", "--quiet"]
    environment = without_settings(os.environ) | settings | {"PORTAL_VAR": f"{folder}/{database}"}
    command = [sys.executable, "-m", "pytest", *options, *arguments]
    status = subprocess.run(command, env=environment, stdin=subprocess.DEVNULL).returncode
    return 0 if status == NOTHING_COLLECTED and arguments else status


def is_one_file(arguments):
    """Returns true if the tests that are asked for stand in one file."""
    files = {each.partition("::")[0] for each in arguments if not each.startswith("-")}
    return len(files) == 1 and files.pop().endswith(".py")


def for_postgresql(arguments):
    """Returns the arguments of a run on PostgreSQL: of what was asked for, the files that are chosen."""
    options = [each for each in arguments if each.startswith("-")]
    paths = [each.rstrip("/") for each in arguments if not each.startswith("-")] or ["tests"]
    chosen = []
    for path in paths:
        if any(is_within(path, each) for each in ON_POSTGRESQL):
            chosen.append(path)
        else:
            chosen += [each for each in ON_POSTGRESQL if is_within(each, path)]
    return [*options, *chosen] if chosen else []


def is_within(inner, outer):
    """Returns true if pytest runs `inner` whenever it is asked for `outer`: a folder, a file, or a test."""
    return inner == outer or inner.startswith((f"{outer}/", f"{outer}::", f"{outer}["))


def without_settings(environment):
    """The tests decide for themselves what the site's settings are."""
    settings = re.compile(r"PORTAL_|PYTEST_|SECRET_KEY$|DATABASE_URL$|PORT$")
    return {name: value for name, value in environment.items() if not settings.match(name)}


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
