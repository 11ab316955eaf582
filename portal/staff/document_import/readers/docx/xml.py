"""Parses the parts of a Word package and names their elements, which have two sets of namespaces."""

from functools import lru_cache

from lxml import etree

from organisation.reader_process.unreadable import Unreadable

OFFICE, STRICT = "http://schemas.openxmlformats.org/", "http://purl.oclc.org/ooxml/"
PREFIXES = {
    f"{OFFICE}wordprocessingml/2006/main": "w",
    f"{STRICT}wordprocessingml/main": "w",
    f"{OFFICE}drawingml/2006/main": "a",
    f"{STRICT}drawingml/main": "a",
    f"{OFFICE}drawingml/2006/chart": "c",
    f"{STRICT}drawingml/chart": "c",
    f"{OFFICE}drawingml/2006/diagram": "dgm",
    f"{STRICT}drawingml/diagram": "dgm",
    f"{OFFICE}drawingml/2006/wordprocessingDrawing": "wp",
    f"{STRICT}drawingml/wordprocessingDrawing": "wp",
    f"{OFFICE}officeDocument/2006/math": "m",
    f"{STRICT}officeDocument/math": "m",
    f"{OFFICE}markup-compatibility/2006": "mc",
    "urn:schemas-microsoft-com:vml": "v",
    "urn:schemas-microsoft-com:office:office": "o",
}
# What a newer Word adds has a namespace of these; it understands them all.
UNDERSTOOD = (OFFICE, STRICT, "http://schemas.microsoft.com/office/", "urn:schemas-microsoft-com:")
OFF_VALUES = ("", "0", "false", "off", "none")


def parse(contents):
    """Returns the root element of a part; it resolves no entity and opens nothing else."""
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(contents, parser)
    except etree.XMLSyntaxError as error:
        # libxml2 goes 256 elements deep, so that no reader of its tree has to count.
        raise Unreadable("nested" if "depth" in str(error) else "damaged") from error
    # Word never writes a document type; refusing it rules out entities that multiply.
    if root.getroottree().docinfo.doctype:
        raise Unreadable("damaged")
    return root


@lru_cache(4_000)
def tag_name(tag):
    namespace, _brace, local = tag[1:].rpartition("}")
    return f"{PREFIXES.get(namespace, '')}:{local}" if namespace else tag


def name_of(element):
    """Returns the name of an element with the usual prefix of its namespace, as in `w:p`."""
    return tag_name(element.tag)


def child(element, *names):
    """Returns the element that a path of names leads to, None if there is none."""
    for name in names:
        if element is None:
            return None
        element = next((each for each in element if name_of(each) == name), None)
    return element


def children(element, name):
    return [each for each in element if name_of(each) == name] if element is not None else []


def descendants(element, *names):
    return [each for each in element.iter() if name_of(each) in names] if element is not None else []


def attribute(element, name="val", default=""):
    """Returns an attribute of any namespace; the default if the element has none or is None."""
    if element is not None:
        for key, value in element.items():
            if key == name or key.endswith("}" + name):
                return value
    return default


def number_in(element, name="val", default=None):
    """Returns an attribute that is a whole number of at most nine digits."""
    value = attribute(element, name)
    return int(value) if value.removeprefix("-").isdecimal() and len(value) < 10 else default


def is_on(element):
    """Returns the value of a property that is on or off; without an attribute its presence sets it."""
    return element is not None and attribute(element, default="1").lower() not in OFF_VALUES


def is_on_value(element, name):
    """Returns the value of an attribute that is on or off; one that is not there is off."""
    return attribute(element, name, "0").lower() not in OFF_VALUES


def chosen_content(alternatives):
    """Returns what Word shows of alternative contents: the first that it understands, else the fallback."""
    for each in alternatives:
        if name_of(each) == "mc:Choice":
            needed = [each.nsmap.get(prefix, "") for prefix in attribute(each, "Requires").split()]
            if all(namespace.startswith(UNDERSTOOD) for namespace in needed):
                return each
    fallback = child(alternatives, "mc:Fallback")
    return () if fallback is None else fallback
