"""Numbers the footnotes and endnotes of a document as they are referred to."""

from .numbers import formatted
from .xml import attribute, child, children, descendants, is_on_value, number_in

FOOTNOTE, ENDNOTE = "footnote", "endnote"
USUAL_FORMATS = {FOOTNOTE: "decimal", ENDNOTE: "lowerRoman"}


class Notes:
    """The notes of one kind; only those that the text refers to are seen."""

    def __init__(self, kind, root, body, settings):
        self.kind = kind
        self.elements = {attribute(each, "id"): each for each in children(root, f"w:{kind}")}
        # The properties of a section outweigh those of the document.
        name = f"w:{kind}Pr"
        properties = [*descendants(body, name), *descendants(settings, name)]
        formats = [attribute(child(each, "w:numFmt")) for each in properties]
        starts = [number_in(child(each, "w:numStart")) for each in properties]
        self.format = next(filter(None, formats), USUAL_FORMATS[kind])
        self.number = next(filter(None, starts), 1) - 1
        self.labels = {}

    def refer(self, reference):
        """Returns the mark of a note that is referred to; empty where the text has a mark of its own."""
        identity = attribute(reference, "id")
        if identity not in self.labels:
            label = ""
            if not is_on_value(reference, "customMarkFollows"):
                self.number += 1
                label = formatted(self.number, self.format) or str(self.number)
            self.labels[identity] = label
        return self.labels[identity]

    def referred(self):
        """Returns (mark, element) of each note that was referred to, in their order."""
        return [(label, self.elements[key]) for key, label in self.labels.items() if key in self.elements]
