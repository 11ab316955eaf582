"""Short names of the elements and attributes of OpenDocument, such as “text:p”."""

from functools import cache

PREFIXES = {"drawing": "draw", "svg-compatible": "svg", "xsl-fo-compatible": "fo"}


@cache
def short(tag):
    """Returns “text:p” for the name with its namespace, “urn:oasis:names:tc:opendocument:xmlns:text:1.0”."""
    address, _brace, name = tag[1:].rpartition("}")
    parts = address.split(":")
    prefix = parts[-2] if len(parts) > 2 else ""
    return f"{PREFIXES.get(prefix, prefix)}:{name}"


def attribute(element, name):
    return next((value for key, value in element.attrib.items() if short(key) == name), None)


def number(element, name, most, default=1):
    """Returns the whole number of an attribute, no greater than `most`."""
    value = attribute(element, name) or ""
    return min(int(value[:9]), most) if value.isdecimal() else default


def iter_named(root, *names):
    """Yields the elements of these names in the order of the document."""
    for element in root.iter() if root is not None else ():
        if isinstance(element.tag, str) and short(element.tag) in names:
            yield element


def words_of(element):
    return "".join(element.itertext())
