"""Follows the fields of a story: what stands in their results is seen, what stands in their codes is not."""

import re

from ..symbols import readable
from .xml import attribute, child, children, descendants, is_on, number_in

# Fields that make a list of what stands elsewhere.
CONTENTS_FIELDS = ("TOC", "TOA", "INDEX", "RD")
# Fields without a result, of which Word computes what is seen.
COMPUTED_NUMBERS = ("AUTONUM", "AUTONUMLGL", "AUTONUMOUT", "LISTNUM")
FORMULAS = ("EQ", "ADVANCE")


class Field:
    def __init__(self, form=None, instruction=""):
        self.form, self.instruction, self.is_in_result = form, instruction, bool(instruction)

    @property
    def name(self):
        words = self.instruction.split(None, 1)
        return words[0].upper() if words else ""


class Fields:
    """The fields that are open at a place of a story; they may be in each other and run over paragraphs."""

    def __init__(self, root):
        self.open = []
        kinds = [attribute(each, "fldCharType") for each in descendants(root, "w:fldChar")]
        # Where a field does not end, everything after it would be one: all words are taken as seen.
        self.are_broken = kinds.count("begin") != kinds.count("end")

    @property
    def are_seen(self):
        return self.are_broken or all(field.is_in_result for field in self.open)

    def has_open(self, names):
        return any(field.is_in_result and field.name in names for field in self.open)

    def mark(self, element):
        """Takes a mark of a field (`w:fldChar`), and returns the field that it ends, if it ends one."""
        kind = attribute(element, "fldCharType")
        if self.are_broken:
            return None
        if kind == "begin":
            self.open.append(Field(child(element, "w:ffData")))
        elif self.open and kind == "separate":
            self.open[-1].is_in_result = True
        elif self.open and kind == "end":
            return self.open.pop()
        return None

    def instruct(self, text):
        if self.open and not self.open[-1].is_in_result:
            self.open[-1].instruction += text


def shown_text(field):
    """Returns what Word shows of a field beside its result."""
    if field.name == "FORMCHECKBOX":
        return "☒" if is_checked(child(field.form, "w:checkBox")) else "☐"
    if field.name == "FORMDROPDOWN":
        return chosen_entry(child(field.form, "w:ddList"))
    if field.name == "SYMBOL" and not field.is_in_result:
        return symbol(field.instruction)
    if field.name in ("MACROBUTTON", "GOTOBUTTON") and not field.is_in_result:
        return " ".join(field.instruction.split()[2:])
    return ""


def is_checked(box):
    checked = child(box, "w:checked")
    return is_on(checked if checked is not None else child(box, "w:default"))


def chosen_entry(entries):
    names = [attribute(each) for each in children(entries, "w:listEntry")]
    number = number_in(child(entries, "w:result"), default=number_in(child(entries, "w:default"), default=0))
    return names[number] if 0 <= number < len(names) else ""


def symbol(instruction):
    """Returns the sign of an instruction such as `SYMBOL 252 \\f "Wingdings"`."""
    found = re.match(r"\s*SYMBOL\s+(0x[0-9a-f]{1,4}|\d{1,5})\b", instruction, re.IGNORECASE)
    font = re.search(r'\\f\s+"?([^"\\]+)"?', instruction)
    code = int(found[1], 0) if found and not found[1].startswith("00") else 0
    return readable(chr(code), font[1].strip() if font else "") if 0x20 <= code < 0xD800 else "\0"
