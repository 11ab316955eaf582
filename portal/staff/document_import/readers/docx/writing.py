"""Puts the words of a paragraph together, so that no sign is glued to what it does not belong to."""

from ..raised import with_lowered, written_raised
from ..signs import INVISIBLE_SIGNS

# An XML file may hold these, but a text holds no control sign.
CONTROL_SIGNS = dict.fromkeys([0x7F, *range(0x80, 0xA0), *map(ord, INVISIBLE_SIGNS)])
CONTROL_SIGNS |= dict.fromkeys(map(ord, "\t\n\r\u2028\u2029"), " ")


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
            self.text = with_lowered(self.text, text) if height < 0 else self.text + text

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
