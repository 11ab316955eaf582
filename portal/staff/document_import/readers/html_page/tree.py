"""Reads what a tree of elements holds and what browsers set around it."""

import re


def words_of(element):
    return "".join(element.itertext())


def added_signs(element):
    """Returns the signs that a browser sets around an element."""
    if element.tag == "q":
        return "“", "”"
    if element.tag == "rt" and element.getparent().find("rp") is None:
        return "(", ")"
    return "", ""


def are_apart(before, after, edge):
    """Says that styles which the file lacks must keep a figure and the words of the next element apart."""
    if not edge or not before or not after or not before[-1].isalnum() or not after[0].isalnum():
        return False
    if before[-1].isdigit() and after[0].isdigit():
        names = [element.get("class") or element.tag == "a" for element in edge]
        return len(edge) > 1 and all(names)
    return bool(
        re.search(r"\d$", before)
        and re.match(r"[^\W\d_]{3}", after)
        or re.search(r"[^\W\d_]{3}$", before)
        and re.match(r"\d", after)
    )
