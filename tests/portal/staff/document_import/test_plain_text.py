"""The lines of a text file are joined where a sentence goes on, and no sign of them is lost."""

import pytest

from portal.staff.document_import.readers.plain_text import read
from portal.staff.upload import decode_text
from tests.support.inputs import input_file


def lines_of(text):
    lines, notices = read(text.encode())
    assert notices == []
    return [(line.text, line.kind) for line in lines if line.text]


def test_the_lines_of_wrapped_paragraphs_are_joined():
    contents = input_file("wrapped-lines.txt")
    lines, _notices = read(contents)
    assert "\n".join(line.text for line in lines).encode() == contents
    titles, paragraphs = [], []
    for line in lines:
        (paragraphs if line.kind else titles).append(line.text)
    assert list(filter(None, titles)) == ["The Lantern Network", "Our results"]
    assert [text.split()[0] + " … " + text.split()[-1] for text in paragraphs] == [
        "Between … fifteen.",
        "The … judge.",
    ]


def test_the_end_of_a_page_inside_a_sentence_ends_a_line_of_it():
    lines, _notices = read(input_file("form-feed-between-pages.txt"))
    assert lines[2].kind == "paragraph"
    assert "It was the first\nnetwork to do so" in lines[2].text
    assert "\f" not in "".join(line.text for line in lines)


def test_a_vertical_tab_is_a_space():
    assert lines_of("The network\vtrained 1,240 teachers.") == [("The network trained 1,240 teachers.", "")]


@pytest.mark.parametrize(("count", "is_cleaned"), [(2, True), (3, False)])
def test_a_few_control_signs_are_no_words_and_many_make_no_text(count, is_cleaned):
    text = "The network trained 1,240 teachers in the year. " * 2 + "end." + "\x07" * count
    [(read_text, _kind)] = lines_of(text)
    assert ("\x07" not in read_text) is is_cleaned
    assert lines_of("One line.\x85Two lines.") == [("One line.", ""), ("Two lines.", "")]


def test_a_text_in_windows_1252_is_read_in_its_letters():
    assert "The Lantern Network – “light for every child”" in decode_text(input_file("windows-1252.txt"))


def test_a_long_word_stays_one_word():
    text = input_file("long-words.txt").decode()
    assert "\n".join(line.text for line in read(text.encode())[0]) == text


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (
            "Our results\nWe trained teachers in two countries.",
            [("Our results", ""), ("We trained teachers in two countries.", "")],
        ),
        (
            "We trained the teachers of all seven\nislands. In May\nthey met.",
            [("We trained the teachers of all seven\nislands. In May", "paragraph"), ("they met.", "")],
        ),
        (
            "- We trained the teachers of the\n  islands\n- We opened",
            [("- We trained the teachers of the\n  islands", "item"), ("- We opened", "")],
        ),
        (
            "We brought together in one year\n640 families there.",
            [("We brought together in one year\n640 families there.", "paragraph")],
        ),
        (
            "Trained 40 teachers in Sabelia\nOpened 9 schools in the delta",
            [("Trained 40 teachers in Sabelia", ""), ("Opened 9 schools in the delta", "")],
        ),
        (
            "The teachers of the network said:\nwe go on",
            [("The teachers of the network said:", ""), ("we go on", "")],
        ),
        (
            "Read all of the stories of the network\npublication",
            [("Read all of the stories of the network", ""), ("publication", "")],
        ),
        (
            "Name\tTrained in the first year of all\nsabelia\t40",
            [("Name\tTrained in the first year of all", ""), ("sabelia\t40", "")],
        ),
        (
            "Our impact .......... 2\nWe trained . . . . . 14",
            [("Our impact .......... 2", "contents"), ("We trained . . . . . 14", "contents")],
        ),
    ],
)
def test_only_what_goes_on_is_joined(text, lines):
    assert lines_of(text) == lines


@pytest.mark.parametrize(("length", "is_joined"), [(120, True), (121, False), (25, True), (24, False)])
def test_a_wrapped_line_has_so_many_signs(length, is_joined):
    line = ("words " * 30)[: length - 1].rstrip().ljust(length, "s")
    assert len(lines_of(f"{line}\nand more of them.")) == (1 if is_joined else 2)
