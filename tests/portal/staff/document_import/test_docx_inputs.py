"""Word files that other readers get wrong are read as a person sees them."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from portal.staff.document_import.readers.docx import read
from portal.staff.upload import UploadField

INPUTS = Path(__file__).parent.parent.parent.parent / "inputs"
SENTENCE = "The Lantern Network trained 1,240 teachers in Port Sabel."

READINGS = {
    "hidden-by-style": (
        [("paragraph", "The Lantern Network works in Port Sabel.")]
        + [("paragraph", "It also works on the islands.")],
        [("hidden", "")],
    ),
    "endnotes": (
        [
            ("heading", "Our results"),
            ("paragraph", "In 2031 the Lantern Network trained 1,240 teachers in Port Sabel.[i]"),
            (
                "note",
                "[i] Attendance sheets of the Port Sabel college; the figure counts people who finished, "
                "not who began.",
            ),
        ],
        [],
    ),
    "ticks-are-symbols": (
        [("row", "Country\tLaw passed\tLaw in force"), ("row", "Sabelia\t✓\t✗"), ("row", "Norvania\t✗\t✓")]
        + [("paragraph", "Growth was ≥ 5 per cent.")],
        [],
    ),
    "diagram-with-words": (
        [
            ("paragraph", words)
            for words in (
                "How change comes:",
                "Teachers learn",
                "Children return",
                "Armies agree",
                "So says our plan.",
            )
        ],
        [],
    ),
    "numbered-headings": (
        [
            ("heading", "Article 1. Duties of the parties"),
            ("paragraph", "Nobody under eighteen is enlisted."),
            ("heading", "Article 2. Duties of the depositary"),
            ("paragraph", "As section 1 says, nobody under eighteen is enlisted."),
        ],
        [],
    ),
    "embargo-in-the-header": (
        [("paragraph", SENTENCE)],
        [("forbidden", "DRAFT – not to be published before 1 May 2031"), ("left out", "headers")],
    ),
    "superscript-after-number": (
        [("paragraph", "We reached 5,000[2] families in the delta, on 12 km² of islands.")],
        [],
    ),
    "page-break-in-paragraph": (
        [("paragraph", "The first centre opened in 2014\nSeven more followed before the year 2020.")],
        [],
    ),
    "tracked-insertions-only": (
        [("paragraph", "The Lantern Network trained 40 or perhaps 400, please check teachers.")],
        [("tracked changes", "")],
    ),
    "main-part-named-otherwise": (
        [("heading", "Our results"), ("paragraph", "The Lantern Network trained 1,240 teachers.")],
        [],
    ),
    "list-in-a-cell": (
        [
            ("heading", "Our results"),
            ("item", "Trained 1,240 teachers in Port Sabel"),
            ("item", "Opened 7 schools on the islands"),
            ("item", "Brought 312 children home"),
            ("paragraph", "The Lantern Network was founded in 2014."),
            ("paragraph", "It has 12 staff."),
        ],
        [],
    ),
    "table-of-contents": (
        [
            ("contents", "Our impact\t3"),
            ("contents", "Trained 1,240 teachers in 2031\t4"),
            ("heading", "Our impact"),
            ("paragraph", "We trained 1,240 teachers in Port Sabel."),
        ],
        [],
    ),
    "white-picture-inside": ([("heading", "Our results"), ("paragraph", SENTENCE)], []),
}


@pytest.mark.parametrize("name", READINGS)
def test_what_a_person_sees_is_kept_and_the_rest_is_told(name):
    file = SimpleUploadedFile(f"{name}.docx", (INPUTS / f"{name}.docx").read_bytes())
    lines, notices = read(UploadField(extensions=(".docx",)).clean(file).contents)
    kept = [(line.kind, line.text) for line in lines if line.text]
    assert (kept, [tuple(notice) for notice in notices]) == READINGS[name]
