"""The fixed copy of the report, the same on the page and in the PDF."""

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from impact.grades import REASONS, Grade


def lead(report):
    """Returns the sentence that says what the report is: of one organisation, of several, or of ourselves."""
    if report.is_ours:
        return _("What we say of ourselves and of what we have done, and what shows it.")
    if report.organisation:
        return _("What the organisation says of itself and of what it has done, and what shows it.")
    return _("What the organisations say of themselves and of what they have done, and what shows it.")


def how_to_read(report):
    return [
        _(
            "What stands in quotation marks is what we say of ourselves. "
            "It is printed as its source has it; nobody has made it stronger or weaker."
        )
        if report.is_ours
        else _(
            "What stands in quotation marks is what an organisation says of itself. "
            "It is printed as its source has it; nobody has made it stronger or weaker."
        ),
        _(
            "Each claim has a reference that stays for good, such as E and a number, and an edition: "
            "a wording frozen with its figures and sources."
        ),
        _(
            "The grade says how far the evidence goes. It is computed from the sources of the claim, "
            "and nobody types it; the first that fits counts."
        ),
        _(
            "A figure stands with the word its source puts before it, with its unit "
            "and with the day it holds for. Where none stands, or “not stated”, the source gives no day."
        ),
    ]


def how_checked(report):
    """Returns (title, text) of each paragraph."""
    return [
        (
            _("From a source to a claim"),
            _(
                "A source text is kept exactly as it was found. "
                "A passage is a place in it and the words that stand there; "
                "words that the source does not say are refused. A claim cites its passages."
            ),
        ),
        (
            _("Whose evidence it is"),
            _(
                "A source is our own, a partner's, which means that it works with us or funds us, "
                "or independent. A repetition has the same origin and adds no weight. "
                "A document that shows that an instrument exists does not show who shaped it."
            )
            if report.is_ours
            else _(
                "A source is the organisation's own, a partner's, "
                "which means that it works with the organisation or funds it, or independent. "
                "A repetition has the same origin and adds no weight. "
                "A document that shows that an instrument exists does not show who shaped it."
            ),
        ),
        (
            _("Editions and corrections"),
            _(
                "A published wording is never changed. A change makes a new edition with its reason, "
                "and the one before stays at its own address."
            ),
        ),
        (
            _("What this report leaves out"),
            _(
                "Drafts, and claims that were withdrawn. Where sources differ, both stand; "
                "what no source says is named as such."
            ),
        ),
    ]


def grade_labels():
    """Returns (grade, label, reason) of each grade, in the order in which they are tried."""
    return [(grade.value, capfirst(grade.label), REASONS[grade]) for grade in Grade]
