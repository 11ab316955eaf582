"""Joins the lines of a table's cell to one, in which items and figures stay apart."""

from .shape import ITEM


def join_cell(lines):
    """Returns the text of a cell: its items keep a sign of their own, and figures below each other one."""
    texts = []
    for line in lines:
        is_marked = not line.text[:1].isalnum() or "\t" in line.text  # a number stands before a tab
        marker = "• " if line.kind == ITEM and len(lines) > 1 and not is_marked else ""
        texts += (marker + line.text).split("\n")
    joined = ""
    for text in filter(None, texts):
        # With a space alone, “12” above “500” would be read as one number.
        separator = " / " if joined[-1:].isdigit() and text[:1].isdigit() else " "
        joined += separator + text if joined else text
    return joined
