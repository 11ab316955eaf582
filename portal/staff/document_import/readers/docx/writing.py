"""Puts the words of a paragraph together, so that no sign is glued to what it does not belong to."""

import re

# Raised letters that belong to the number before them, in English and French.
ORDINALS = set("st nd rd th e er re ère eme ème nd nde".split())
# After these raised digits are a power: “km²”.
POWERS = re.compile(r"(?:^|[^\w])(?:[kdcmµ]?m|ft|in|mi|yd|s|[xyznabcr]|10)$")
SUPERSCRIPTS = str.maketrans("0123456789+-−=()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾")
SUBSCRIPTS = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")
MAX_MARK_LENGTH = 8
# An XML file may hold these, but a text holds no control sign.
CONTROL_SIGNS = dict.fromkeys([0x7F, *range(0x80, 0xA0)]) | dict.fromkeys(map(ord, "\t\n\r\u2028\u2029"), " ")


class Writing:
    """The words of a paragraph as they are read, and the lines of the boxes that hang on it."""

    def __init__(self):
        self.text, self.raised, self.boxes = "", "", []
        self.has_hidden_words = self.has_caption_number = self.has_contents = False

    def add(self, text, height=0):
        if height > 0:
            self.raised += text
        elif text:
            self.set_raised()
            self.text += text.translate(SUBSCRIPTS) if height < 0 else text

    def add_mark(self, mark):
        """Adds the mark of a note as “[2]”."""
        self.set_raised()
        self.text += f"[{mark}]"

    def set_raised(self):
        raised, self.raised = self.raised, ""
        self.text += written_raised(self.text, raised)

    def finished(self):
        """Returns the words, without the breaks that stand before the first and after the last."""
        self.set_raised()
        return self.text.strip("\n")


def written_raised(before, raised):
    """Returns how raised letters are written after other words: a note mark as “[2]”, a power as “²”."""
    signs = raised.strip()
    if not any(sign.isalnum() for sign in signs) or len(signs) > MAX_MARK_LENGTH or signs[0] in "([":
        return f" {raised}" if before[-1:].isdigit() and raised[:1].isdigit() else raised
    is_number = any(sign.isdigit() for sign in signs)
    if is_number and POWERS.search(before[-4:]) and (power := signs.translate(SUPERSCRIPTS)) != signs:
        return raised.replace(signs, power)
    is_letter_after_number = before[-1:].isdigit() and signs.lower() not in ORDINALS
    return raised.replace(signs, f"[{signs}]") if is_number or is_letter_after_number else raised
