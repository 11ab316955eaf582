"""Reads what properties of letters say: hidden, struck out, raised, their size, and their colours."""

from portal.staff.colours import TINY, UNKNOWN, WHITE, are_alike

from ..symbols import FONTS
from .theme import AUTO, highlight
from .xml import attribute, child, is_on, number_in

# Half points by which letters are raised at least to be read as raised.
MIN_RAISE = 4
HEIGHTS = {"superscript": 1, "subscript": -1}
# The share (of 100,000) of light that passes a clear letter, and the height of a line too low for any, in
# twentieths of a point.
CLEAR, MIN_LINE = 95_000, 40


def letters_of(properties, theme):
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
            letters["tiny"] = number_in(each, default=2 * TINY + 1) <= 2 * TINY
        elif name == "color":
            letters["color"] = theme.color(each)
        elif name == "highlight":
            letters["highlight"] = highlight(each)
        elif name == "shd":
            letters["shading"] = theme.shading(each)
        elif name == "textFill":
            letters |= fill_of(each, theme)
        elif name == "textOutline":
            letters["outlined"] = not any(tag.endswith("}noFill") for tag in (one.tag for one in each))
    return letters


def is_unseen(letters, ground):
    """Says that letters which are not hidden are seen by nobody: clear, tiny, or of the ground's colour."""
    ground = letters.get("highlight") or letters.get("shading") or ground
    color = letters.get("fill") or letters.get("color", AUTO)
    # The program itself sets letters without a colour in white on what is dark.
    has_no_colour = color != AUTO and are_alike(color, ground)
    is_outlined = letters.get("outlined")
    return bool(letters.get("tiny") or (letters.get("clear") or has_no_colour) and not is_outlined)


def fill_of(element, theme):
    """Returns what the fill of letters says: that they are clear, or their colour."""
    alphas = [attribute(each) for each in element.iter() if each.tag.endswith("}alpha")]
    is_clear = any(each.tag.endswith("}noFill") for each in element) or any(
        alpha.isdecimal() and int(alpha) >= CLEAR for alpha in alphas
    )
    solid = next((each for each in element if each.tag.endswith("}solidFill")), None)
    # What is not read must hide the colour that other programs take.
    fill = theme.drawn(solid) if solid is not None else UNKNOWN
    return {"clear": is_clear, "fill": fill or "?"}


def ground_of(properties, theme, outer):
    """Returns the colour that properties of a paragraph, a cell or a table set, or that around them."""
    shading = child(properties, "w:shd")
    own = theme.shading(shading) if shading is not None else None
    return outer if own is None else own


def page_colour(root, settings, theme):
    """Returns the colour of a document's pages; one that the settings do not show is not there."""
    background = child(root, "w:background")
    is_shown = settings is None or is_on(child(settings, "w:displayBackgroundShape"))
    if background is None or not is_shown:
        return WHITE
    color = theme.color(background)
    return WHITE if color == AUTO else color


def is_cut_off(properties):
    """Says that lines of an exact height in properties of a paragraph are too low for any letter."""
    spacing = child(properties, "w:spacing")
    is_exact = attribute(spacing, "lineRule") == "exact"
    return is_exact and abs(number_in(spacing, "line", default=MIN_LINE + 1)) <= MIN_LINE
