"""A suggestion: what a span of a text may become, and the rule that says so."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

CLAIM, STATEMENT, MILESTONE, ORGANISATION, NOTE = "claim", "statement", "milestone", "organisation", "note"
EVIDENCE, PUBLICATION = "evidence", "publication"


@dataclass
class Suggestion:
    """A span of a text and the record it may become: kind, first values and the rule that found it."""

    kind: str
    start: int
    end: int
    rule: str
    match: str = ""  # the words of the text that the rule matched
    is_second: bool = False  # the second statement of a compound sentence
    values: dict = field(default_factory=dict)
    figures: list = field(default_factory=list)
    extra_spans: list = field(default_factory=list)  # further spans whose words belong to the record
    remark: str = ""  # what whoever decides should see first, as a sum that does not add up

    @property
    def key(self):
        return f"{self.kind}-{self.start}-{self.end}"

    @property
    def reason(self):
        return reasons()[self.rule] % {"about": self.match}


def reasons():
    """Returns {rule: the sentence that explains it to whoever decides}."""
    return {
        "result": _("An item of a list under “%(about)s”."),
        "item": _("An item of a list."),
        "success": _("It says that something succeeded: “%(about)s”."),
        "number": _("It counts something: “%(about)s”."),
        "share": _("It speaks of a share: “%(about)s”."),
        "superlative": _("It claims to be ahead of others: “%(about)s”."),
        "deed": _("It says what was done: “%(about)s”."),
        "table": _("A row of a table of figures by period: “%(about)s”."),
        "evaluation": _("Somebody who examined the work says so: “%(about)s”."),
        "attribution": _("It passes on what somebody else says: “%(about)s”."),
        "publication list": _("An entry of a list of publications: “%(about)s”."),
        "date": _("It gives a date: “%(about)s”."),
        "former name": _("It tells of a name or a form before: “%(about)s”."),
        "value": _("One of several lines with a name, a colon and a text: “%(about)s”."),
        "heading": _("It stands under “%(about)s”."),
        "sentence": _("It says so itself: “%(about)s”."),
        "area": _("A heading that a sentence before it announces."),
        "first line": _("The first line, with no stop at its end."),
        "prose": _("What else the paragraph says."),
        "empty heading": _("A heading with nothing under it."),
        "label": _("A single word in small letters, neither a heading nor a sentence."),
        "organisation name": _("It is named like an organisation, and no such name is on record."),
    }
