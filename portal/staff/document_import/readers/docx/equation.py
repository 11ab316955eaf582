"""Writes an equation in one line, so that its parts stay apart."""

from ..raised import SUBSCRIPTS, SUPERSCRIPTS
from .xml import attribute, child, children, name_of


def linear(element):
    """Returns an equation as text, “a/b” for a fraction and “x²” for a power."""
    name = name_of(element)
    if name == "m:t":
        return element.text or ""
    if name.endswith("Pr"):
        return ""
    if name in FORMS:
        return FORMS[name](element)
    return "".join(map(linear, element))


def part(element, name):
    found = child(element, name)
    return linear(found).strip() if found is not None else ""


def grouped(text):
    return text if text.isalnum() or len(text) < 2 else f"({text})"


def fraction(element):
    return f"{grouped(part(element, 'm:num'))}/{grouped(part(element, 'm:den'))}"


def script(text, signs, sign):
    small = text.translate(signs)
    if all(ord(letter) in signs for letter in text):
        return small
    return sign + grouped(text)


def scripts(element):
    below, above = (part(element, name) for name in ("m:sub", "m:sup"))
    return part(element, "m:e") + script(below, SUBSCRIPTS, "_") + script(above, SUPERSCRIPTS, "^")


def sum_of(element):
    sign = attribute(child(element, "m:naryPr", "m:chr"), default="∫")
    below, above = (part(element, name) for name in ("m:sub", "m:sup"))
    return f"{sign}{script(below, SUBSCRIPTS, '_')}{script(above, SUPERSCRIPTS, '^')} {part(element, 'm:e')}"


def root(element):
    degree = part(element, "m:deg")
    return f"{script(degree, SUPERSCRIPTS, '')}√{grouped(part(element, 'm:e'))}"


def brackets(element):
    properties = child(element, "m:dPr")
    begin, separator, end = (
        attribute(child(properties, name), default=usual)
        for name, usual in (("m:begChr", "("), ("m:sepChr", "|"), ("m:endChr", ")"))
    )
    return begin + separator.join(map(linear, children(element, "m:e"))) + end


def function(element):
    return f"{part(element, 'm:fName')} {part(element, 'm:e')}"


def limit(element):
    return f"{part(element, 'm:e')}_{grouped(part(element, 'm:lim'))}"


def rows(element):
    lines = (
        " ".join(map(linear, each)) if name_of(each) == "m:mr" else linear(each)
        for each in element
        if name_of(each) in ("m:mr", "m:e")
    )
    return "; ".join(lines)


FORMS = {
    "m:f": fraction,
    "m:sSub": scripts,
    "m:sSup": scripts,
    "m:sSubSup": scripts,
    "m:nary": sum_of,
    "m:rad": root,
    "m:d": brackets,
    "m:func": function,
    "m:limLow": limit,
    "m:limUpp": limit,
    "m:m": rows,
    "m:eqArr": rows,
}
