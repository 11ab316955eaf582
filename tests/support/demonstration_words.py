"""Takes names and sentences of the demonstration from its fixtures, and finds them in what is served."""

import json
import re
from html import unescape
from pathlib import Path

FIXTURES = Path(__file__).parents[2] / "fixtures"
FOLDER = FIXTURES / "demo"
# What a record is called, and what it says.
NAMES = {"official_name", "short_name", "other_names"}
SENTENCES = {
    "text",
    "statement",
    "title",
    "subject",
    "note",
    "limitations",
    "description",
    "body",
    "footer_note",
}
MIN_WORDS = 4  # fewer may stand in any text
MIN_LETTERS = 4  # of a name


def words_of_the_demonstration():
    """Returns its names, and its sentences of four words and more, as `comparable` makes them.

    None of them stands on the first pages of a portal of one's own.
    """
    found = set()
    for file in FOLDER.glob("*.json"):
        content = json.loads(file.read_text())
        for name, text in texts_in(content):
            words = comparable(text)
            if name in NAMES and len(words) >= MIN_LETTERS or len(words.split()) >= MIN_WORDS:
                found.add(words)
    for file in (FOLDER / "sources").glob("*.txt"):
        lines = map(comparable, file.read_text().splitlines())
        found |= {line for line in lines if len(line.split()) >= MIN_WORDS}
    # What a page says of grades and editions is the house's, and stands on the first pages of any portal.
    house = (FIXTURES / "starter" / "pages.json").read_text()
    return found.difference(found_in(re.sub(r"<[^>]*>", " ", house), found))


def texts_in(content):
    """Yields (name of the value, text) of each text in a tree of fixtures, sentence by sentence."""
    if isinstance(content, list):
        for each in content:
            yield from texts_in(each)
    elif isinstance(content, dict):
        for name, value in content.items():
            if isinstance(value, str) and name in NAMES | SENTENCES | {"words", "name"}:
                yield from ((name, sentence) for sentence in re.split(r"(?<=[.?!])\s+|\n+", value))
            elif name == "body":
                yield from ((name, sentence) for sentence in re.split(r"<[^>]*>", "".join(value)))
            else:
                yield from texts_in(value)


def comparable(text):
    return " ".join(re.findall(r"\w+", unescape(text).casefold()))


def found_in(text, words):
    """Returns those of the words that stand in a text."""
    text = f" {comparable(text)} "
    return sorted(each for each in words if f" {each} " in text)
