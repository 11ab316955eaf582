"""Takes names and sentences of the demonstration from its fixtures, and finds them in what is served."""

import json
import re
from html import unescape
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "fixtures" / "demo"
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

    What its pages say of grades and editions is left out: these words are the house's.
    """
    found = set()
    for file in FOLDER.glob("*.json"):
        for name, text in texts_in(json.loads(file.read_text())) if file.stem != "pages" else ():
            words = comparable(text)
            if name in NAMES and len(words) >= MIN_LETTERS or len(words.split()) >= MIN_WORDS:
                found.add(words)
    for file in (FOLDER / "sources").glob("*.txt"):
        lines = map(comparable, file.read_text().splitlines())
        found |= {line for line in lines if len(line.split()) >= MIN_WORDS}
    return found


def texts_in(content):
    """Yields (name of the value, text) of each text in a tree of fixtures, sentence by sentence."""
    if isinstance(content, list):
        for each in content:
            yield from texts_in(each)
    elif isinstance(content, dict):
        for name, value in content.items():
            if isinstance(value, str) and name in NAMES | SENTENCES | {"words", "name"}:
                yield from ((name, sentence) for sentence in re.split(r"(?<=[.?!])\s+|\n+", value))
            else:
                yield from texts_in(value)


def comparable(text):
    return " ".join(re.findall(r"\w+", unescape(text).casefold()))


def found_in(text, words):
    """Returns those of the words that stand in a text."""
    text = f" {comparable(text)} "
    return sorted(each for each in words if f" {each} " in text)
