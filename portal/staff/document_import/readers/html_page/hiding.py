"""Tells from the styles of an element that it hides what it holds, and in which way."""

import re
from functools import lru_cache, wraps

from .lengths import LENGTH, pixels

# Properties of which at least one must be set for an element to be hidden.
OF_CLOSED = frozenset("display visibility opacity content-visibility overflow-x overflow-y".split())
OF_OUT_OF_SIGHT = frozenset(
    "position text-indent margin-left margin-top clip-path transform scale translate filter overflow-x "
    "overflow-y mso-hide".split()
)
# What these are judged by besides.
OF_BOXES = frozenset(
    "left top right bottom clip width max-width height max-height line-height padding padding-top "
    "padding-bottom padding-left".split()
)
MAX_KNOWN = 2_000
HIDING = ("hidden", "clip", "auto", "scroll")  # what overflows
# Pixels by which somebody moves words away to hide them; a smaller step may only set them elsewhere.
FAR, FAR_OF_WHOLE, FAR_ON = 500, 500, 5_000
MIN_OPACITY, MIN_SCALE = 0.04, 0.12


def known(properties):
    """Asks a question about styles once for all elements that have the same of these properties."""

    asked = properties | OF_BOXES

    def decorate(question):
        @lru_cache(MAX_KNOWN)
        def answer(found):
            return question(dict(found))

        @wraps(question)
        def ask(styles):
            if properties.isdisjoint(styles):
                return False
            names = asked.intersection(styles)
            return answer(frozenset((name, styles[name]) for name in names))

        return ask

    return decorate


@known(OF_CLOSED)
def is_closed(styles):
    """Says that styles hide an element in a way that scripts change: they may open it."""
    return (
        styles.get("display") == "none"
        or styles.get("visibility") in ("hidden", "collapse")
        or is_clear(styles.get("opacity", ""))
        or styles.get("content-visibility") == "hidden"
        or is_shut(styles, "height", "overflow-y", "line-height")
        or is_shut(styles, "width", "overflow-x", "max-width")
    )


def is_shut(styles, side, overflow, other):
    """Says that a box is not wide or not high at all, and shows nothing that does not fit."""
    if styles.get(overflow) not in HIDING or any(part(styles.get(name)) for name in PADDINGS[side]):
        return False
    return any(is_nothing(styles.get(name)) for name in (side, f"max-{side}", other))


PADDINGS = {"height": ("padding", "padding-top", "padding-bottom"), "width": ("padding", "padding-left")}


def is_only_invisible(styles):
    """Says that nothing but its visibility hides an element."""
    return not is_closed({name: value for name, value in styles.items() if name != "visibility"})


@known(OF_OUT_OF_SIGHT)
def is_out_of_sight(styles):
    """Says that styles hide words from eyes at all times: words for screen readers, or white lies."""
    position = styles.get("position")
    is_placed = position in ("absolute", "fixed")
    sides = ("left", "top", "right", "bottom") if is_placed else ()
    sides = ("left", "top") if position == "relative" else sides
    sizes = [styles.get(name) or styles.get(f"max-{name}", "") for name in ("width", "height")]
    is_cut = styles.get("overflow-x") in HIDING or styles.get("overflow-y") in HIDING
    return (
        any(is_far(styles.get(side)) for side in sides)
        or is_far(styles.get("text-indent"), 200, 100)
        or is_cut
        and is_far_on(styles.get("text-indent"))
        # A smaller margin sets what stands at half of the page in the middle of it.
        or any(is_far(styles.get(name), 1_000) for name in ("margin-left", "margin-top"))
        or is_placed
        and is_empty_rectangle(styles.get("clip", ""))
        or is_empty_path(styles.get("clip-path", ""))
        or is_transformed_away(styles)
        or bool(re.search(r"opacity\(\s*0*\.?0*%?\s*\)", styles.get("filter", "")))
        or is_cut
        and all((size := pixels(each)) is not None and size <= 1 for each in sizes)
        or styles.get("mso-hide") == "all"
    )


def part(text):
    """Returns the number of a length of any unit; 0 where it is none."""
    match = LENGTH.match((text or "").strip())
    return float(match[1]) if match else 0.0


def is_nothing(text):
    match = LENGTH.fullmatch((text or "").strip())
    return bool(match) and abs(pixels(text, whole=100) or 0) < 1 and match[2] != "%" or text == "0%"


def is_clear(text):
    match = LENGTH.fullmatch(text.strip())
    return bool(match) and float(match[1]) / (100 if match[2] == "%" else 1) < MIN_OPACITY


def is_far(text, far=FAR, of_whole=FAR_OF_WHOLE):
    """Says that a place lies far before the edge, or so far behind it that nobody goes there."""
    text = re.sub(r"^calc\(([^()\s]*)\)$", r"\1", (text or "").strip())
    if text.endswith("%"):
        return part(text) <= -of_whole
    length = pixels(text)
    return length is not None and (length <= -far or length >= FAR_ON)


def is_far_on(text):
    return (text or "").endswith("%") and part(text) >= 100 or (pixels(text) or 0) >= 1_500


def is_empty_rectangle(text):
    """Says that what is left of a clipped box, “rect(top, right, bottom, left)”, is no wider than a pixel."""
    match = re.fullmatch(r"rect\(([^()]*)\)", text.strip())
    edges = [pixels(each) for each in re.split(r"[\s,]+", match[1].strip())] if match else []
    if len(edges) != 4 or None in edges:
        return False
    top, right, bottom, left = edges
    return bottom - top <= 1 or right - left <= 1


def is_empty_path(text):
    match = re.fullmatch(r"(inset|circle|ellipse|polygon)\(([^()]*)\)(?:\s+[\w-]+)?", text.strip())
    if not match:
        return False
    kind, inner = match[1], match[2].strip()
    if kind == "polygon":
        return len({" ".join(point.split()) for point in inner.split(",")}) < 3
    sizes = re.split(r"\s+(?:round|at)\b", inner)[0].split()
    if kind in ("circle", "ellipse"):
        return any(is_nothing(size) or size in ("0", "0%") for size in sizes)
    top, right, bottom, left = (
        (sizes * 4)[:4]
        if len(sizes) == 1
        else (sizes * 2)[:4]
        if len(sizes) == 2
        else ((*sizes, sizes[1]) if len(sizes) == 3 else sizes[:4] if len(sizes) == 4 else ("", "", "", ""))
    )
    shares = [part(each) if each.endswith("%") else 0 for each in (top, right, bottom, left)]
    lengths = [pixels(each) or 0 for each in (top, right, bottom, left)]
    return max(shares[0] + shares[2], shares[1] + shares[3]) >= 100 or max(lengths) >= FAR_ON


def is_transformed_away(styles):
    transform = styles.get("transform", "")
    scales = re.findall(r"scale[xy]?\(([^()]*)\)", transform) + [styles.get("scale", "")]
    if any(
        LENGTH.fullmatch(each.strip()) and abs(part(each)) < MIN_SCALE * (100 if "%" in each else 1)
        for scale in scales
        for each in scale.split(",")
    ):
        return True
    moves = re.findall(r"translate(?:x|y|3d)?\(([^()]*)\)", transform)
    moves += [",".join(styles.get("translate", "").split())]
    if any(is_far(each, 1_000) for move in moves for each in move.split(",")):
        return True
    return bool(re.search(r"rotate[xy]\(\s*-?90deg\s*\)", transform))
