"""A cover and an imprint tell nothing of the work: they give no claims and no milestones."""

import pytest

from portal.staff.document_import.rules.suggestions import suggest
from tests.portal.staff.document_import.test_sections import PROSE, parts_of

COVER = [
    "Harbour Aid",
    "Bringing 312 children home: a report to our partners",
    "Final evaluation report of the project that was launched in 2019",
    "Prepared for the Ministry of Education, May 2024",
    "Prepared by Jane Doe and Ali Baba, consultants, March 2025.",
    "Authors: Jane Doe, Ali Baba (2025)",
    "To the Members of the Harbour Council",
    "Version 2.1, 12 March 2025",
    "Port Sabel, March 2025",
    "12 March 2025",
    "Grant agreement no. 2031/17",
    "Submitted to the Board on 3 May 2024.",
    "Submitted to: Ministry of Education, Directorate of Schools",
    "Reporting period: 1 January 2021 to 31 December 2024",
    "Budget: € 1.2m",
]
IMPRINT = [
    "© Harbour Aid 2025. All rights reserved.",
    "Copyright 2025 Harbour Aid",
    "ISBN 978-92-806-4000-5",
    "ISSN 1234-5678",
    "First published 2024",
    "Published by Harbour Aid, 12 Quay Road, Port Sabel, 2024",
    "Suggested citation: Harbour Aid (2024). The year on the islands. Port Sabel.",
    "Dépôt légal : mars 2024",
    "Photo on the cover: pupils of the islands in 2023, by B. Lo",
    "Printed on recycled paper in 500 copies.",
]


def kinds(*lines):
    text, parts = parts_of(*lines)
    found = suggest(text, parts, until="2031")
    return [each.kind for each in found if each.kind in ("claim", "milestone")]


@pytest.mark.parametrize("line", [*COVER, *IMPRINT])
def test_a_line_of_a_cover_is_no_claim_and_no_milestone(line):
    title = ("heading", "The year on the islands", 1)
    assert kinds(("paragraph", line), title, ("paragraph", PROSE)) == []
    assert kinds(title, ("paragraph", "Harbour Aid"), ("paragraph", line), ("paragraph", PROSE)) == []


@pytest.mark.parametrize("line", [*IMPRINT, "Port Sabel, 12 March 2025"])
def test_an_imprint_or_the_place_and_day_of_a_letter_may_stand_anywhere(line):
    assert kinds(("paragraph", PROSE), ("paragraph", line)) == []


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("In 2025 we reached 4,500 children", "claim"),
        ("312 teachers trained in 2025", "claim"),
        ("The school was opened in 2019", "milestone"),
        ("The school was opened in 2019.", "milestone"),
        ("Published in 2024, our handbook has reached 4,000 schools.", "claim"),
    ],
)
def test_what_tells_of_the_work_is_suggested_though_it_comes_first(line, kind):
    assert kinds(("heading", "Our year", 1), ("paragraph", line), ("paragraph", PROSE)) == [kind]


def test_the_cover_of_an_evaluation_is_no_evidence():
    title = ("heading", "Final evaluation of the schools", 1)
    text, parts = parts_of(title, ("paragraph", "Port Sabel, March 2025"), ("paragraph", "By Jane Doe, 2025"))
    assert [each.kind for each in suggest(text, parts)] == []


def test_lines_with_names_on_a_cover_are_no_values():
    lines = [
        ("paragraph", "Submitted by: Jane Doe of the trust"),
        ("paragraph", "Client: The Harbour Council"),
    ]
    text, parts = parts_of(*lines, ("paragraph", PROSE))
    assert [each for each in suggest(text, parts) if each.rule == "value"] == []


def test_a_vision_that_stands_first_is_a_statement_though_it_has_no_stop():
    vision = [("heading", "Our vision", 1), ("paragraph", "Light on every coast")]
    text, parts = parts_of(*vision, ("heading", "Our work", 1), ("paragraph", PROSE))
    assert [each.values["kind"] for each in suggest(text, parts) if each.rule == "heading"] == ["vision"]


def test_a_cover_ends_with_the_first_sentence_or_list():
    line = ("paragraph", "Evaluation of the schools in 2024")
    assert kinds(line, ("paragraph", PROSE)) == []
    assert kinds(("paragraph", PROSE), line) == kinds(("item", "Boats for all"), line) == ["milestone"]


def test_what_a_book_with_a_number_has_reached_is_a_claim():
    sentence = "Our handbook (ISBN 978-92-806-4000-5) has reached 4,000 teachers."
    assert kinds(("paragraph", PROSE), ("paragraph", sentence)) == ["claim"]
