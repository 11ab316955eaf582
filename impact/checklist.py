"""The checklist of a publication: findings that whoever decides has to tick.

What makes a publication impossible is not here but in `Claim.check_publishable`.
"""

import hashlib
import re
from dataclasses import dataclass

from django.db.models import Q
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from organisation.dates import partial_date_text
from organisation.models import Affiliation, Citation, Succession
from organisation.quotation import is_quotation, texts_of
from organisation.style_checks import aging_words, lix, long_sentences, superlatives
from organisation.templatetags.records import figure_value

from .as_written import quoted_list
from .models import Conflict, Figure
from .numbers import find_written, numbers_in, qualifier_before, read_number
from .reading_checks import READING_RULES
from .values import entered_value, meaning

Independence = Citation.Independence

MAX_LIX = 55  # above it, a text is heavy going


@dataclass
class Finding:
    """One thing to be seen. Its key holds a checksum of its sentence: a tick stands for nothing else."""

    rule: str
    sentence: str

    @property
    def key(self):
        return f"{self.rule}-{hashlib.sha256(self.sentence.encode()).hexdigest()[:12]}"


def findings(claim):
    """Returns the findings about the working copy, in the order of the rules."""
    return [Finding(rule.__name__, sentence) for rule in RULES for sentence in rule(claim)]


def day_not_stated(claim):
    """The claim and each of its figures state the day they hold for."""
    figures = [
        _("“%(words)s”") % {"words": figure.label}
        for figure in claim.figures.all()
        if not figure.as_of and not figure.indicator_id  # a reading has a period, or a rule of its own
    ]
    if not claim.as_of and figures:
        yield ngettext(
            "The claim and its figure %(figures)s do not say for which day they hold: "
            "readers will see “not stated”.",
            "The claim and its figures %(figures)s do not say for which day they hold: "
            "readers will see “not stated”.",
            len(figures),
        ) % {"figures": get_text_list(figures, _("and"))}
    elif not claim.as_of:
        yield _("The claim does not say for which day it holds: readers will see “not stated”.")
    elif figures:
        yield ngettext(
            "The figure %(figures)s does not say for which day it holds: readers will see “not stated”.",
            "The figures %(figures)s do not say for which day they hold: readers will see “not stated”.",
            len(figures),
        ) % {"figures": get_text_list(figures, _("and"))}


def own_evidence_only(claim):
    """Somebody other than the speaker states or supports what is claimed, if only in part."""
    independences = [
        citation.independence
        for citation in claim.citations.all()
        if citation.relation in Citation.AT_LEAST_IN_PART
    ]
    if independences and all(each == Independence.OWN for each in independences):
        yield _(
            "Only the organisation itself says so: "
            "no partner and no independent source on record states or supports it."
        )


def partner_called_independent(claim):
    """An independent source is by nobody who stands with the speaker, as far as that is on record."""
    speaker = claim.organisation
    affiliations = Affiliation.objects.of_partners().naming(speaker)
    partners = {pk for row in affiliations.values_list("organisation", "with_whom") for pk in row}
    for citation in claim.citations.select_related("source__author"):
        author = citation.source.author
        if (
            citation.independence == Independence.INDEPENDENT
            and author
            and author.pk in partners - {speaker.pk}
        ):
            yield _(
                "“%(source)s” is called independent, and its author %(author)s stands with the speaker."
            ) % {
                "source": citation.source,
                "author": author,
            }


def review_overdue(claim):
    """Somebody has looked at the claim by the day that was set."""
    if claim.is_overdue:
        yield _("The claim was to be looked at again by %(day)s, and nobody has.") % {
            "day": partial_date_text(claim.review_by.isoformat())
        }


def outside_source_unarchived(claim):
    """A document that is not the organisation's own can still be read when its publisher takes it down."""
    for source in cited_sources(claim):
        if source.author_id != claim.organisation_id and not (source.archived or source.text):
            yield _(
                "No archived copy of “%(source)s” is on record: "
                "the evidence is lost when its publisher takes it down."
            ) % {"source": source}


def hard_to_read(claim):
    """No sentence has more than 30 words, and no text is heavier going than LIX 55."""
    for name in ("statement", "limitations"):
        text, field = getattr(claim, name), claim._meta.get_field(name).verbose_name
        for start, count in long_sentences(text):
            yield _("In “%(field)s” the sentence that begins “%(start)s …” has %(count)d words.") % {
                "field": field,
                "start": start,
                "count": count,
            }
        if lix(text) > MAX_LIX:
            yield _("“%(field)s” is hard to read: its LIX is %(lix)d, and above %(most)d is heavy going.") % {
                "field": field,
                "lix": round(lix(text)),
                "most": MAX_LIX,
            }


def superlative_unsupported(claim):
    """A word such as “first ever” rests on an independent source that supports the whole claim."""
    if not any(
        citation.relation in Citation.IN_WHOLE and citation.independence == Independence.INDEPENDENT
        for citation in claim.citations.all()
    ):
        for phrase, why in superlatives(claim.statement).items():
            yield _("“%(words)s”: %(why)s.") % {"words": phrase, "why": why}


def words_that_age(claim):
    """The statement reads the same in ten years."""
    for phrase, why in aging_words(claim.statement).items():
        yield _("“%(words)s”: %(why)s.") % {"words": phrase, "why": why}


def conflict_open(claim):
    """Every conflict with another claim has been confirmed or dismissed."""
    for conflict in Conflict.objects.filter(
        Q(first=claim) | Q(second=claim), decision=Conflict.Decision.OPEN
    ).select_related("first", "second"):
        other = conflict.other(claim)
        yield _("It may disagree with %(reference)s, and nobody has decided whether it does: %(rule)s.") % {
            "reference": other.reference,
            "rule": conflict.get_rule_display(),
        }


def not_the_words_of_its_sources(claim):
    """The statement is a quotation: a cited passage has its words."""
    if not is_quotation(claim.statement, claim.cited_passages()):
        yield _("No passage that is cited says the statement word for word: readers will see “in our words”.")


def number_in_no_passage(claim):
    """Each number in the statement stands in a passage that is cited, or is that of a computed figure."""
    texts = texts_of(claim.cited_passages())
    texts += [figure.as_written for figure in claim.figures.all() if figure.computed_from]
    missing = [
        number
        for number in numbers_in(claim.statement)
        if not any(find_written(number, text) for text in texts)
    ]
    if missing:
        yield _(
            "No passage that is cited says %(numbers)s: cite the passage that does, or take the number out."
        ) % {"numbers": quoted_list(missing)}


def figure_not_as_written(claim):
    """The value and the qualifier of each figure are those of its number as the words have it."""
    for figure in claim.figures.all():
        if not figure.as_written or not figure.is_counted:
            continue
        names = {
            "label": figure.label,
            "written": figure.as_written,
            "value": figure_value(figure.value),
            "qualifier": figure.get_qualifier_display(),
        }
        reading = read_number(figure.as_written, figure.unit)
        if reading is None:
            yield (
                _("“%(label)s”: as written %(written)s, which cannot be read as one number; value %(value)s.")
                % names
            )
        elif figure.value not in reading.values:
            yield _("“%(label)s”: as written %(written)s, value %(value)s.") % names
        elif len(reading.values) > 1:
            values = get_text_list([figure_value(value) for value in reading.values], _("and as"))
            yield _(
                "“%(label)s”: as written %(written)s, which can be read as %(values)s; value %(value)s."
            ) % (names | {"values": values})
        written = reading and (reading.qualifier or qualifier_before(figure.as_written, claim.statement))
        if reading and meaning(written) != meaning(figure.qualifier):
            yield _("“%(label)s”: as written “%(said)s”, qualifier “%(qualifier)s”.") % (
                names | {"said": Figure.Qualifier(written).label}
            )


def qualifier_in_no_passage(claim):
    """The word before the number of each figure is one that a cited passage puts there."""
    texts = texts_of(claim.cited_passages())
    for figure in claim.figures.all():
        said = [
            reading.qualifier or qualifier_before(figure.as_written, text)
            for text in texts
            if not figure.computed_from
            and figure.is_counted
            and find_written(figure.as_written, text)
            and (reading := read_number(figure.as_written, figure.unit))
        ]
        if said and meaning(figure.qualifier) not in map(meaning, said):
            yield _("“%(label)s”: qualifier “%(qualifier)s”, and the passages say %(said)s.") % {
                "label": figure.label,
                "qualifier": figure.get_qualifier_display(),
                "said": quoted_list([str(Figure.Qualifier(each).label) for each in dict.fromkeys(said)]),
            }


def other_value_not_as_written(claim):
    """The value that a contradicting source gives is the number that it writes."""
    for citation in claim.citations.exclude(value_as_written="").select_related("source__author"):
        reading = read_number(citation.value_as_written, "")
        is_said = reading and (citation.value in reading.values)
        if not is_said or meaning(reading.qualifier) != meaning(citation.value_qualifier):
            yield _("“%(source)s”: as written “%(written)s”, entered as “%(value)s”.") % {
                "source": citation.source,
                "written": citation.value_as_written,
                "value": entered_value(citation),
            }


def figure_computed(claim):
    """Each figure stands in a passage that is cited, so that a reader finds it there."""
    for figure in claim.figures.all():
        if figure.computed_from:
            yield _("No source says “%(label)s” itself. Readers see: %(origin)s") % {
                "label": figure.label,
                "origin": figure.origin,
            }


def former_name_undated(claim):
    """A former name of an organisation comes with a date, so that nobody takes it for one of today."""
    text = f"{claim.statement}\n{claim.limitations}"
    if claim.as_of or re.search(r"\b(?:19|20)\d\d\b", text):
        return
    renamed = Succession.objects.filter(
        kind=Succession.Kind.RENAMED, earlier__isnull=False, later__isnull=False
    ).select_related("earlier", "later")
    for succession in renamed:
        earlier = succession.earlier
        names = map(str.strip, [earlier.official_name, *earlier.other_names.splitlines()])
        for name in filter(None, names):
            if re.search(rf"\b{re.escape(name)}\b", text):
                yield _("“%(name)s” is a former name of “%(organisation)s”, and no date goes with it.") % {
                    "name": name,
                    "organisation": succession.later,
                }


RULES = [
    day_not_stated,
    own_evidence_only,
    partner_called_independent,
    review_overdue,
    outside_source_unarchived,
    hard_to_read,
    superlative_unsupported,
    words_that_age,
    conflict_open,
    not_the_words_of_its_sources,
    number_in_no_passage,
    figure_not_as_written,
    qualifier_in_no_passage,
    other_value_not_as_written,
    figure_computed,
    former_name_undated,
    *READING_RULES,
]


def cited_sources(claim):
    return list(
        dict.fromkeys(citation.source for citation in claim.citations.select_related("source__author"))
    )
