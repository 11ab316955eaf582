"""Tells whether letters can be seen, by what they inherit: visibility, size, and colour upon colour."""

import re
from typing import NamedTuple

from portal.staff.colours import BLACK, TINY, UNKNOWN, WHITE, Colour, are_alike, read_css

from ..symbols import FONTS
from .lengths import DEFAULT_SIZE, PIXELS_OF_POINT, font_size

LINK = Colour("#0000ee")
UNREAD = Colour(UNKNOWN)
NOT_SET = (None, "inherit", "unset", "revert", "revert-layer")
# HTML gives a colour behind to these alone.
COLOURED = set("body table thead tbody tfoot tr td th marquee".split())
COLOUR_ATTRIBUTES = {"font": "color", "body": "text"}
TELLING = COLOURED | {"a", "font", "mark"}  # look different without any styles
PICTURES = ("img", "picture", "video", "canvas", "svg", "iframe", "object", "embed")
PLACED = ("absolute", "fixed", "sticky")
IMAGE = re.compile(r"url|gradient|image|var\(")


class Sight(NamedTuple):
    """How the letters within an element look; `outline` is the colour of their shadow or edge, if any."""

    is_visible: bool = True
    size: float = DEFAULT_SIZE  # in pixels
    root_size: float = DEFAULT_SIZE
    color: Colour = Colour(BLACK)
    outline: Colour | None = None
    ground: str = WHITE
    font: str = ""  # only one of symbols

    @property
    def is_tiny(self):
        return self.size <= TINY * PIXELS_OF_POINT

    @property
    def is_unseen(self):
        return not self.is_visible or self.is_tiny or self.has_no_colour

    @property
    def has_no_colour(self):
        """Says that letters have the colour of what is behind them."""
        return not self.color.is_seen_upon(self.ground) and not (
            self.outline and self.outline.is_seen_upon(self.ground)
        )

    def within(self, element, styles):
        """Returns the sight within an element that stands in this one."""
        if not styles and element.tag not in TELLING:
            return self
        own = Sight(
            self.visibility_within(styles),
            font_size(element, styles, self.size, self.root_size),
            self.root_size,
            self.color_within(element, styles),
            self.outline,
            self.ground,
            self.font_within(element, styles),
        )
        if element.getparent() is None:
            own = own._replace(root_size=own.size)
        if (outline := outline_of(styles, own.color)) is not None:
            own = own._replace(outline=outline)
        if "text" in (styles.get("background-clip"), styles.get("-webkit-background-clip")):
            # What is behind the letters shows through them.
            return own._replace(color=UNREAD)
        ground = ground_within(element, styles, self.ground, own.color)
        if (ground, own.color) == (self.ground, self.color):
            return own
        own = own._replace(ground=ground)
        if own.has_no_colour and not self.has_no_colour and may_lie_on_picture(element, styles):
            return own._replace(ground=UNKNOWN)
        return own

    def visibility_within(self, styles):
        value = styles.get("visibility")
        return self.is_visible if value in NOT_SET else value not in ("hidden", "collapse")

    def color_within(self, element, styles):
        value = styles.get("-webkit-text-fill-color", styles.get("color"))
        if value is None:
            name = COLOUR_ATTRIBUTES.get(element.tag)
            if name and element.get(name):
                return read_attribute(element.get(name)) or self.color
            is_link = element.tag == "a" and element.get("href") and self.color != UNREAD
            return LINK if is_link else self.color
        if value in NOT_SET or value == "currentcolor":
            return self.color
        return Colour(BLACK) if value == "initial" else read_css(value) or UNREAD

    def font_within(self, element, styles):
        family = styles.get("font-family") or (element.get("face") if element.tag == "font" else None)
        if family is None:
            return self.font
        family = family.split(",")[0].strip("\"' ")
        return family if family.lower() in FONTS else ""


def outline_of(styles, color):
    """Returns the colour of a shadow or an edge of letters; None where styles set none."""
    found = None
    for name in ("text-shadow", "-webkit-text-stroke"):
        value = styles.get(name)
        if value not in NOT_SET:
            is_none = value in ("none", "initial") or not re.search(r"[1-9]", value)
            colors = [read_css(word) for word in words_of_value(value)]
            found = Colour(BLACK, 0) if is_none else next(filter(None, colors), color)
    return found


def ground_within(element, styles, outer, color):
    """Returns the colour behind the letters of an element, by what is behind it and what it sets itself."""
    image, value = styles.get("background-image", ""), styles.get("background-color")
    if IMAGE.search(image):
        return ground_of_image(image)
    if value is None:
        if element.tag not in COLOURED:
            return Colour("#ffff00").color if element.tag == "mark" else outer
        if element.get("background"):
            return UNKNOWN
        own = read_attribute(element.get("bgcolor", ""))
        return own.upon(outer) if own else outer
    if value == "currentcolor":
        return color.upon(outer)
    colors = [found for word in words_of_value(value) if (found := read_css(word))]
    if colors:
        return colors[0].upon(outer)
    return UNKNOWN if "(" in value else outer


def ground_of_image(value):
    """Returns the colour of a gradient between two that are alike; unknown for any other picture."""
    colors = [
        found
        for word in re.split(r"[\s,]+(?![^()]*\))", inner_of_gradient(value))
        if (found := read_css(word))
    ]
    first = colors[0].color if colors else UNKNOWN
    is_even = all(each.opacity >= 1 and are_alike(each.color, first) for each in colors)
    return first if is_even and "url" not in value else UNKNOWN


def inner_of_gradient(value):
    match = re.fullmatch(r"\s*(?:repeating-)?(?:linear|radial|conic)-gradient\((.*)\)[^()]*", value)
    return match[1] if match else ""


def words_of_value(value):
    return re.findall(r"[\w-]+\([^)]*\)|[^\s,]+", value)


def read_attribute(text):
    """Returns the colour of an attribute, where the sign “#” may lack; None if it is none."""
    text = text.strip()
    return read_css(f"#{text}") if re.fullmatch(r"[\da-fA-F]{6}", text) else read_css(text)


def may_lie_on_picture(element, styles):
    """Says that an element stands where a picture beside it may be behind its letters."""
    is_placed = styles.get("position") in PLACED
    for around in (element, *list(element.iterancestors())[:3]):
        if around.tag in ("body", "html"):
            return False
        for picture in around.iter(*PICTURES):
            style = picture.get("style", "")
            if is_placed or "absolute" in style or "fixed" in style or picture.get("class"):
                return True
        is_placed = is_placed or "absolute" in around.get("style", "")
    return False
