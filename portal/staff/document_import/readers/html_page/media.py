"""Says which rules of a style sheet hold for a wide screen."""

import re

from .lengths import pixels

SCREEN_WIDTH, SCREEN_HEIGHT = 1280, 800
# What a page may ask of a screen, and what a usual one answers.
ANSWERS = {
    "prefers-color-scheme": "light",
    "prefers-reduced-motion": "no-preference",
    "prefers-contrast": "no-preference",
    "forced-colors": "none",
    "orientation": "landscape",
    "hover": "hover",
    "any-hover": "hover",
    "pointer": "fine",
    "any-pointer": "fine",
    "scripting": "enabled",
    "color": "",
}
RANGE = re.compile(
    r"(?:(?P<least>[\w.]+)\s*(?P<from><=?)\s*)?(?P<side>width|height)(?:\s*(?P<sign>[<>]=?|=)\s*(?P<most>[\w.]+))?"
)


def is_for_screens(queries):
    """Says that one of the media queries of a list holds; an empty list asks for nothing."""
    queries = queries.strip().lower()
    return not queries or any(is_for_screen(query) for query in queries.split(","))


def is_for_screen(query):
    """Says that a media query holds for a wide screen; one that asks for what is not known here does not."""
    features = re.findall(r"\(([^()]*)\)", query)
    words = re.sub(r"\([^()]*\)", " ", query).split()
    is_denied = words[:1] == ["not"]
    words = {word for word in words[is_denied:] if word not in ("only", "and")}
    answers = [has_feature(feature.strip()) for feature in features]
    if None in answers or len(words) > 1:
        return False
    return (words <= {"screen", "all"} and all(answers)) is not is_denied


def has_feature(feature):
    """Returns whether a wide screen has a feature; None for one that is not known here."""
    name, colon, value = (part.strip() for part in feature.partition(":"))
    if match := re.fullmatch(r"(min|max)-(width|height)", name):
        length, side = pixels(value), SCREEN_WIDTH if match[2] == "width" else SCREEN_HEIGHT
        if length is None:
            return None
        return side >= length if match[1] == "min" else side <= length
    if not colon and (match := RANGE.fullmatch(feature)) and (match["sign"] or match["from"]):
        return is_in_range(match)
    if name not in ANSWERS:
        return None
    return value == ANSWERS[name] if colon else ANSWERS[name] not in ("none", "no-preference")


def is_in_range(match):
    side = SCREEN_WIDTH if match["side"] == "width" else SCREEN_HEIGHT
    least, most = (pixels(match[name]) if match[name] else None for name in ("least", "most"))
    if match["least"] and least is None or match["most"] and most is None:
        return None
    sign = match["sign"] or ""
    is_enough = least is None or side >= least
    if sign.startswith("<"):
        return is_enough and side <= most
    return is_enough and (most is None or (side >= most if sign.startswith(">") else side == most))
