"""Resolves the styles of a document: the kinds of its paragraphs and how its letters are seen."""

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from portal.staff.colours import WHITE

from ..shape import CAPTION, CONTENTS, HEADING, ITEM, PARAGRAPH, QUOTATION
from .letters import is_cut_off, is_unseen, letters_of
from .xml import attribute, child, children, is_on_value, number_in

# Names of styles, which Word stores in English whatever language it speaks; the level stands at the end.
KINDS = [
    (re.compile(r"heading (?P<level>[1-9])|title|sub(?P<second>title)"), HEADING),
    (re.compile(r"(?:toc|toa|contents|index|table index|illustration index) heading"), HEADING),
    (re.compile(r"list (?:bullet|number)(?: (?P<level>\d))?"), ITEM),
    (re.compile(r"(?:toc|contents|index) (?P<level>\d)|table of (?:figures|authorities)"), CONTENTS),
    (re.compile(r"(?:.+ )?caption"), CAPTION),
    (re.compile(r"(?:intense )?quote|quotations?|block ?(?:text|quote|quotation)"), QUOTATION),
]
# Word lets styles inherit over a few steps; a damaged file may have them inherit in a circle.
MAX_LINEAGE = 100


class Look(NamedTuple):
    """Letters as a person sees them."""

    is_hidden: bool = False
    is_struck_out: bool = False
    height: int = 0  # 1 raised, -1 lowered
    font: str = ""  # only one of symbols


class Place(NamedTuple):
    """Where a paragraph stands: in a table of a style, in which parts of it, and on what colour."""

    table_style: str = ""
    conditions: tuple = ()
    ground: str = WHITE
    is_hidden: bool = False  # whatever its letters say


class Kind(NamedTuple):
    """A kind of paragraph and its level; `list` and `list_level` say how it is numbered, if it is."""

    kind: str = PARAGRAPH
    level: int = 0
    list: str = ""
    list_level: int = 0


@dataclass
class Style:
    identity: str
    kind: tuple  # (kind, level) that it says itself, empty if it says nothing
    based_on: str
    link: str
    list: str | None
    list_level: int | None
    letters: dict = field(default_factory=dict)
    conditions: dict = field(default_factory=dict)  # {part of a table: what the style says of letters there}
    grounds: dict = field(default_factory=dict)  # {part of a table, "" for the whole: colour or None}
    band_sizes: tuple = (1, 1)  # of rows and of columns
    is_cut_off: bool = False


class Styles:
    """The styles of a document, and what its defaults say of letters."""

    def __init__(self, root, numbering, theme):
        self.theme, self.numbering, self.looks, self.lineages = theme, numbering, {}, {}
        self.styles, self.defaults = {}, {}
        for each in children(root, "w:style"):
            style_type = attribute(each, "type", "paragraph")
            style = style_of(each, theme)
            self.styles[style_type, style.identity] = style
            if is_on_value(each, "default"):
                self.defaults.setdefault(style_type, style.identity)
        self.letters = letters_of(child(root, "w:docDefaults", "w:rPrDefault", "w:rPr"), theme)

    def lineage(self, style_type, identity):
        """Returns a style and those it is based on, nearest first; an unknown one is the default style."""
        if (style_type, identity) not in self.styles:
            identity = self.defaults.get(style_type, "")
        key = style_type, identity
        if key not in self.lineages:
            self.lineages[key] = lineage = []
            while (style_type, identity) in self.styles and len(lineage) < MAX_LINEAGE:
                lineage.append(self.styles[style_type, identity])
                identity = lineage[-1].based_on
        return self.lineages[key]

    def kind(self, properties):
        """Returns the kind of a paragraph from its properties (`w:pPr`)."""
        lineage = self.lineage("paragraph", attribute(child(properties, "w:pStyle")))
        named, level = next((style.kind for style in lineage if style.kind), ("", 0))
        outline = number_in(child(properties, "w:outlineLvl"))
        list_, list_level = self.list_of(child(properties, "w:numPr"), lineage)
        if outline is not None:
            named, level = (
                (HEADING, outline + 1) if outline < 9 else ("" if named == HEADING else named, level)
            )
        if list_ and named in ("", ITEM):
            named, level = ITEM, list_level + 1
        # A paragraph of a list's style that is taken out of the list has no bullet any more.
        if named == ITEM and not list_ and attribute(child(properties, "w:numPr", "w:numId")) == "0":
            named, level = "", 0
        return Kind(named or PARAGRAPH, level if named in (HEADING, ITEM) else 0, list_, list_level)

    def list_of(self, properties, lineage):
        """Returns the list of a paragraph and its level there; an empty list if it has none."""
        list_ = attribute(child(properties, "w:numId"), default=None)
        level = number_in(child(properties, "w:ilvl"))
        if list_ is None:
            owner = next((style for style in lineage if style.list is not None), None)
            list_ = owner.list if owner else ""
            if level is None and owner:
                level = self.numbering.level_of_style(list_, owner.identity)
        if level is None:
            level = next((style.list_level for style in lineage if style.list_level is not None), 0)
        return (list_, level) if list_ != "0" else ("", 0)

    def look(self, paragraph_style, place, properties):
        """Returns how the letters of a run with these properties (`w:rPr`) look in a paragraph at a place."""
        letters_style = attribute(child(properties, "w:rStyle"))
        key = paragraph_style, place.table_style, place.conditions, letters_style
        if key not in self.looks:
            self.looks[key] = self.styled_letters(*key)
        letters = self.looks[key] | letters_of(properties, self.theme)
        return Look(
            place.is_hidden or letters.get("vanish", False) or is_unseen(letters, place.ground),
            letters.get("strike", False) or letters.get("dstrike", False),
            letters.get("height", 0),
            letters.get("font", ""),
        )

    def styled_letters(self, paragraph_style, table_style, conditions, letters_style):
        """Returns what the styles say of letters.

        A property that is on or off is on where an odd number of kinds of styles turn it on; where the
        defaults of the document turn it on already, the nearest style decides.
        """
        layers = [
            inherited_letters(self.lineage("table", table_style), conditions),
            inherited_letters(self.lineage("paragraph", paragraph_style)),
            self.linked_letters(letters_style),
        ]
        letters = dict(self.letters)
        for layer in layers:
            letters |= layer
        for name in ("vanish", "strike", "dstrike"):
            values = [layer[name] for layer in layers if name in layer]
            if values and not self.letters.get(name):
                letters[name] = sum(values) % 2 == 1
        return letters

    def table_ground(self, identity, conditions, outer):
        """Returns the colour that a table's style sets behind cells in these parts of the table."""
        grounds = {}
        for style in reversed(self.lineage("table", identity)):
            grounds |= style.grounds
        found = [grounds[part] for part in ("", *conditions) if grounds.get(part) is not None]
        return found[-1] if found else outer

    def band_sizes(self, identity):
        lineage = self.lineage("table", identity)
        return lineage[0].band_sizes if lineage else (1, 1)

    def paragraph_place(self, identity, properties, place):
        """Returns the place of the letters of a paragraph: on its own colour, and in lines high enough."""
        lineage = self.lineage("paragraph", identity)
        shading = child(properties, "w:shd")
        if shading is not None:
            ground = self.theme.shading(shading)
        else:
            ground = next((style.grounds[""] for style in lineage if "" in style.grounds), None)
        has_lines = child(properties, "w:spacing") is not None
        is_low = is_cut_off(properties) if has_lines else bool(lineage) and lineage[0].is_cut_off
        ground = place.ground if ground is None else ground
        return place._replace(ground=ground, is_hidden=place.is_hidden or is_low)

    def linked_letters(self, identity):
        """Returns what a style of letters says, and what it shares with its paragraph style."""
        lineage = self.lineage("character", identity)
        link = lineage[0].link if lineage else ""
        paragraph_style = self.styles.get(("paragraph", link))
        return (paragraph_style.letters if paragraph_style else {}) | inherited_letters(lineage)


def inherited_letters(lineage, conditions=()):
    letters = {}
    for style in reversed(lineage):
        letters |= style.letters
        for condition in conditions:
            letters |= style.conditions.get(condition, {})
    return letters


def style_of(element, theme):
    properties = child(element, "w:pPr")
    numbers = child(properties, "w:numPr")
    list_ = attribute(child(numbers, "w:numId"), default=None)
    name = " ".join(attribute(child(element, "w:name")).lower().split())
    return Style(
        identity=attribute(element, "styleId"),
        kind=kind_of_style(name, number_in(child(properties, "w:outlineLvl")), list_),
        based_on=attribute(child(element, "w:basedOn")),
        link=attribute(child(element, "w:link")),
        list=list_,
        list_level=number_in(child(numbers, "w:ilvl")),
        letters=letters_of(child(element, "w:rPr"), theme),
        conditions={
            attribute(each, "type"): letters_of(child(each, "w:rPr"), theme)
            for each in children(element, "w:tblStylePr")
        },
        grounds=grounds_of(element, theme),
        band_sizes=tuple(
            max(1, number_in(child(element, "w:tblPr", f"w:tblStyle{kind}BandSize"), default=1))
            for kind in ("Row", "Col")
        ),
        is_cut_off=is_cut_off(properties),
    )


def grounds_of(element, theme):
    """Returns {part of a table, or "": the colour that a style sets behind it}; None where it sets none."""
    grounds = {}
    for part, holder in [
        ("", element),
        *((attribute(each, "type"), each) for each in children(element, "w:tblStylePr")),
    ]:
        for name in ("w:tblPr", "w:tcPr", "w:pPr"):
            if (shading := child(holder, name, "w:shd")) is not None:
                grounds[part] = theme.shading(shading)
    return grounds


def kind_of_style(name, outline, list_):
    """Returns (kind, level) that a style says itself; empty if it says nothing of it."""
    for pattern, kind in KINDS:
        if match := pattern.fullmatch(name):
            parts = match.groupdict()
            return kind, int(parts.get("level") or (2 if parts.get("second") else 1))
    if outline is not None:
        # Level 9 is body text.
        return (HEADING, outline + 1) if outline < 9 else (PARAGRAPH, 0)
    return (ITEM, 1) if list_ not in (None, "0") else ()
