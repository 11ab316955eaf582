"""Counts the numbers that Word sets before headings and list items."""

import re
from dataclasses import dataclass

from .numbers import formatted
from .xml import attribute, child, children, is_on, number_in

LEVELS = 9


@dataclass(frozen=True)
class Level:
    """A level of a list: how its numbers look and when they start again."""

    start: int = 1
    number_format: str = "decimal"
    text: str = ""
    restart: int | None = None  # after a paragraph of this level or a higher one, from 1; 0 never
    is_legal: bool = False
    is_hidden: bool = False
    style: str = ""


class Numbering:
    """The lists of a document and the counts that they have come to."""

    def __init__(self, root):
        definitions = {attribute(each, "abstractNumId"): each for each in children(root, "w:abstractNum")}
        styled = {attribute(child(each, "w:styleLink")): key for key, each in definitions.items()}
        self.levels, self.lists, self.overrides = {}, {}, {}
        for each in children(root, "w:num"):
            number, definition = attribute(each, "numId"), attribute(child(each, "w:abstractNumId"))
            # A list may take its levels from that of a style.
            link = (
                attribute(child(definitions.get(definition), "w:numStyleLink"))
                if definition in definitions
                else ""
            )
            definition = styled.get(link, definition) if link else definition
            self.lists[number] = definition
            self.levels[number] = levels_of(definitions.get(definition))
            for override in children(each, "w:lvlOverride"):
                level = number_in(override, "ilvl", 0)
                self.levels[number] |= levels_of(override)
                if (start := number_in(child(override, "w:startOverride"))) is not None:
                    self.overrides[number, level] = start
        self.counts = {}

    def level_of_style(self, number, style):
        """Returns the level that a list gives to a style of paragraphs, None if it names none."""
        return next((key for key, level in self.levels.get(number, {}).items() if level.style == style), None)

    def label(self, number, level):
        """Counts a paragraph of a list and returns its number as Word shows it; None if it cannot be told.

        Empty for a bullet and for lists that are not defined.
        """
        levels = self.levels.get(number, {})
        if level not in levels:
            return ""
        counts = self.counts.setdefault(self.lists[number], {})
        if (start := self.overrides.pop((number, level), None)) is not None:
            counts[level] = start
        else:
            counts[level] = counts[level] + 1 if level in counts else levels[level].start
        for deeper in range(level + 1, LEVELS):
            restart = levels[deeper].restart if deeper in levels else None
            if restart is None or level < restart:
                counts.pop(deeper, None)
        own = levels[level]
        if own.number_format == "bullet" or own.is_hidden:
            return ""
        failed = False

        def number_of(match):
            nonlocal failed
            shown = int(match[1]) - 1
            format_ = levels[shown].number_format if shown in levels else "decimal"
            if own.is_legal and format_ != "none":
                format_ = "decimal"
            value = counts.get(shown, levels[shown].start if shown in levels else 1)
            text = formatted(value, format_)
            failed |= text is None
            return text or ""

        label = re.sub(r"%([1-9])", number_of, own.text).strip()
        return None if failed else label


def levels_of(definition):
    """Returns {level: Level} of a list's definition."""
    levels = {}
    for each in children(definition, "w:lvl"):
        levels[number_in(each, "ilvl", 0)] = Level(
            start=number_in(child(each, "w:start"), default=0),
            number_format=attribute(number_format_of(each), default="decimal"),
            text=attribute(child(each, "w:lvlText")),
            restart=number_in(child(each, "w:lvlRestart")),
            is_legal=is_on(child(each, "w:isLgl")),
            is_hidden=is_on(child(each, "w:rPr", "w:vanish")),
            style=attribute(child(each, "w:pStyle")),
        )
    return levels


def number_format_of(level):
    """Returns the element with the format, which newer programs wrap in alternatives."""
    found = child(level, "w:numFmt")
    return found if found is not None else child(level, "mc:AlternateContent", "mc:Fallback", "w:numFmt")
