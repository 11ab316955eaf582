"""Gathers the values that texts give on one subject, those of contradicting sources among them.

A claim gives its figures. A source that contradicts a claim may give another value: it stands with the
citation, and speaks of the figure that the citation names, or of the only one that the claim has.
"""

from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from organisation.dates import partial_date_text
from organisation.models import Citation, Source
from organisation.models.qualifier import Qualifier
from organisation.templatetags.records import figure_value

# Two qualifiers for one meaning; a bare number is an exact one.
SYNONYMS = {Qualifier.MORE_THAN: Qualifier.OVER, Qualifier.EXACTLY: Qualifier.NONE}


def meaning(qualifier):
    return SYNONYMS.get(qualifier, qualifier)


@dataclass
class ValueOnSubject:
    """A value that a text gives. `editions` are the claims that give it, or those that it contradicts.

    `dated` is the date of the text, `as_of` the day for which the number holds; both may be empty. `source`
    is None where a claim is stated by no document.
    """

    label: str
    as_written: str
    qualifier: str
    value: Decimal
    unit: str
    source: Source | None
    as_of: str
    is_claimed: bool
    editions: list = field(default_factory=list)
    citation: Citation | None = None
    reading_of: tuple = ()  # indicator, kind and period of a reading

    @property
    def counted(self):
        """Returns what is counted, by which values are compared: a figure, or one reading of an indicator."""
        return self.reading_of or (self.label, self.unit)

    @property
    def dated(self):
        return (self.source and (self.source.published or self.source.as_of)) or ""

    @property
    def key(self):
        """Returns what two texts have in common that say the same: figure, value, and how it is meant."""
        return *self.counted, self.value, meaning(self.qualifier)

    @property
    def text(self):
        """Returns the value as it reads in a sentence: “about 30 countries”."""
        parts = {
            "qualifier": Qualifier(self.qualifier).label,
            "value": figure_value(self.value),
            "unit": self.unit,
        }
        if self.qualifier:
            return gettext("%(qualifier)s %(value)s %(unit)s") % parts
        return gettext("%(value)s %(unit)s") % parts


def values_in(editions):
    """Returns the values that editions give and that their contradicting citations do, figure by figure.

    Of a figure those of claims come first, in their order, then those of other texts by their date, the
    undated first. A text that contradicts several claims with one value stands once.
    """
    claimed = [claimed_value(*each) for each in figures_of(editions)]
    others = {}
    for edition in editions:
        for citation in edition.evidence:
            if figure := contradicted_figure(citation, edition.figures.all()):
                value = other_value(citation, figure)
                key = (*value.key, citation.source_id, citation.value_as_written)
                others.setdefault(key, value).editions.append(edition)
    counted = list(dict.fromkeys(each.counted for each in claimed))
    by_date = sorted(others.values(), key=lambda each: (each.dated, each.citation.source.title))
    return sorted([*claimed, *by_date], key=lambda each: (counted.index(each.counted), not each.is_claimed))


def figures_of(editions):
    """Returns pairs of an edition and each of its figures that is a number; a word cannot be compared."""
    return [(edition, each) for edition in editions for each in edition.figures.all() if each.is_counted]


def claimed_value(edition, figure):
    return ValueOnSubject(
        figure.label,
        figure.as_written or figure.text,
        figure.qualifier,
        figure.value,
        figure.unit,
        edition.stated_in,
        figure.as_of or figure.ends or edition.as_of,
        is_claimed=True,
        editions=[edition],
        reading_of=figure.reading_of,
    )


def other_value(citation, figure):
    return ValueOnSubject(
        figure.label,
        citation.for_readers["value_as_written"],
        citation.value_qualifier,
        citation.value,
        figure.unit,
        citation.source,
        "",
        is_claimed=False,
        citation=citation,
        reading_of=figure.reading_of,
    )


def contradicted_figure(citation, figures):
    """Returns the figure of which a contradicting citation gives another value; None without any."""
    if not citation.value_as_written:
        return None
    figures = [each for each in figures if citation.value_of in ("", each.label) and each.is_counted]
    return figures[0] if len(figures) == 1 else None


def entered_value(citation):
    """Returns the value that a contradicting source gives, as it was entered: “about 30”."""
    qualifier = citation.get_value_qualifier_display() if citation.value_qualifier else ""
    return " ".join(filter(None, [qualifier, figure_value(citation.value)]))


@dataclass
class DifferingFigure:
    """A figure on which texts do not agree, with the values that they give."""

    subject: str
    label: str
    unit: str
    values: list[ValueOnSubject]

    @property
    def question(self):
        """Returns the values as they are written, each once: “35, over 35 or about 30?”."""
        written = dict.fromkeys(each.as_written for each in self.values)
        if len(written) == 1:  # the same number, and other words around it
            written = dict.fromkeys(each.text for each in self.values)
        *others, last = written
        return gettext("%(values)s or %(last)s?") % {"values": gettext(", ").join(others), "last": last}

    @property
    def texts(self):
        """Returns how many texts give one: a document, or a claim that no document states."""
        return len({each.source or each.editions[0] for each in self.values})

    @property
    def rows(self):
        return [row_of_drawing(each) for each in self.values]


def differing(values):
    """Returns {what is counted: values} of the figures on which texts do not agree."""
    by_figure = {}
    for value in values:
        by_figure.setdefault(value.counted, []).append(value)
    return {key: values for key, values in by_figure.items() if len({each.key for each in values}) > 1}


def figures_that_differ(editions):
    """Returns the figures of editions on which texts give other values, by their subject.

    The editions are those of every current claim on their subjects, with figures and evidence.
    """
    by_subject = {}
    for edition in editions:
        by_subject.setdefault(edition.subject, []).append(edition)
    return [
        DifferingFigure(subject, values[0].label, values[0].unit, values)
        for subject in sorted(by_subject)
        for values in differing(values_in(by_subject[subject])).values()
    ]


def doubtful_subjects():
    """Returns the query of the subjects on which a text may give another value than a claim."""
    from .models import Conflict, Edition

    rules = (Conflict.Rule.VALUE, Conflict.Rule.QUALIFIER)
    # One with a draft is confirmed by one person alone, and says nothing of what readers find.
    conflicts = Conflict.objects.public().filter(rule__in=rules)
    current = Edition.objects.current().exclude(subject="")
    in_doubt = (
        current.has_citation(value__isnull=False)
        | Exists(conflicts.filter(first=OuterRef("claim")))
        | Exists(conflicts.filter(second=OuterRef("claim")))
    )
    return current.filter(in_doubt).order_by().values("subject")


def problems_with_values(citations, labels):
    """Yields a sentence for each contradicting value of which it is not clear which figure it speaks of."""
    for citation in citations:
        if not citation.value_as_written:
            continue
        names = {"value": citation.value_as_written, "label": citation.value_of}
        if citation.value_of and citation.value_of not in labels:
            sentence = _(
                "“%(value)s” is to contradict the figure “%(label)s”, which the claim does not give."
            )
            yield sentence % names
        elif not labels:
            yield _("“%(value)s” contradicts a figure, and the claim gives none: add it.") % names
        elif not citation.value_of and len(labels) > 1:
            yield (
                _("“%(value)s” does not say which figure it contradicts: give the label of one of them.")
                % names
            )


def values_to_draw(edition, editions):
    """Returns the values that editions on one subject give of the first figure of one, as rows of a drawing.

    Each is (whose text it is, of when, value, qualifier, words, address, is_contradicting); see
    portal/graphics/drawings/values.py.
    """
    first = next((claimed_value(*each) for each in figures_of([edition])), None)
    if first is None:
        return []
    values = [each for each in values_in(editions) if each.counted == first.counted]
    return [row_of_drawing(each) for each in values]


def row_of_drawing(each):
    """Returns the row of a value in a drawing."""
    return (
        str(each.source or each.editions[0].claim.reference),
        partial_date_text(each.dated) if each.dated else gettext("undated"),
        each.value,
        each.qualifier,
        each.text,
        each.citation.source_line_url if each.citation else each.editions[0].claim.get_absolute_url(),
        not each.is_claimed,
    )
