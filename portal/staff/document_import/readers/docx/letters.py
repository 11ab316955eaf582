"""Reads what properties of letters say: hidden, struck out, raised, or too pale, small or clear to see."""

from ..paper import is_paper
from ..symbols import FONTS
from .xml import attribute, child, descendants, is_on, number_in

# Half points by which letters are raised at least to be read as raised.
MIN_RAISE = 4
HEIGHTS = {"superscript": 1, "subscript": -1}
# Half points below which nobody reads a letter, and the share (of 100,000) of light that passes a clear one.
MIN_SIZE, CLEAR = 4, 95_000


def letters_of(properties):
    """Returns what properties of letters (`w:rPr`) say themselves; a past state in them says nothing."""
    letters = {}
    for each in properties if properties is not None else ():
        name = each.tag.rpartition("}")[2]
        if name in ("vanish", "strike", "dstrike"):
            letters[name] = is_on(each)
        elif name == "vertAlign":
            letters["height"] = HEIGHTS.get(attribute(each), 0)
        elif name == "position" and "height" not in letters:
            letters["height"] = 1 if number_in(each, default=0) >= MIN_RAISE else 0
        elif name == "rFonts" and (font := attribute(each, "hAnsi") or attribute(each, "ascii")):
            letters["font"] = font if font.lower() in FONTS else ""
        elif name == "sz":
            letters["tiny"] = number_in(each, default=MIN_SIZE) < MIN_SIZE
        elif name == "color":
            letters["pale"] = is_pale(each)
        elif name == "highlight":
            letters["ground"] = attribute(each) not in ("none", "white")
        elif name == "shd":
            letters["ground"] = is_shaded(each)
        elif name == "textFill":
            letters["clear"] = is_clear(each)
        elif name == "textOutline":
            letters["outlined"] = not any(tag.endswith("}noFill") for tag in (one.tag for one in each))
    return letters


def is_unseen(letters, is_on_colour):
    """Says that letters which are not hidden are still seen by nobody: white on paper, clear or tiny."""
    is_white = letters.get("pale") and not (is_on_colour or letters.get("ground"))
    is_clear_one = letters.get("clear") and not letters.get("outlined")
    return bool(is_white or is_clear_one or letters.get("tiny"))


def is_pale(color):
    theme, value = attribute(color, "themeColor"), attribute(color)
    if theme:
        return theme in ("background1", "light1") and not attribute(color, "themeShade")
    return is_paper(value)


def is_shaded(shading):
    """Says that a shading is of another colour than paper."""
    if shading is None:
        return False
    fill = attribute(shading, "fill", "auto")
    has_pattern = attribute(shading, default="clear") not in ("clear", "nil")
    has_fill = fill.lower() != "auto" and not is_paper(fill)
    return has_pattern or has_fill or attribute(shading, "themeFill") not in ("", "background1", "light1")


def is_clear(fill):
    alphas = [attribute(each) for each in fill.iter() if each.tag.endswith("}alpha")]
    return any(each.tag.endswith("}noFill") for each in fill) or any(
        alpha.isdecimal() and int(alpha) >= CLEAR for alpha in alphas
    )


def is_shaded_place(properties):
    """Says that the properties of a paragraph, a cell or a table shade it, or a part of a style's table."""
    return any(is_shaded(each) for each in descendants(properties, "w:shd"))


def has_coloured_page(root):
    """Says that the pages of a document have a colour of their own."""
    background = child(root, "w:background")
    return background is not None and not is_paper(attribute(background, "color", "FFFFFF"))
