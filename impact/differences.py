"""Differences between two claims or editions: their fields, figures and sources."""

from collections import Counter

from django.utils.translation import gettext as _

from organisation.dates import partial_date_text
from organisation.differences import Difference, field_texts, numbered

from .grades import Grade
from .models import ClaimText
from .values import entered_value


def differences(old, new):
    """Returns the differences between two claims or editions, in the order of a claim's page.

    Where `old` is None, everything that the new one says is new.
    """
    compared = [
        Difference(str(field.verbose_name), *field_texts(old, new, field))
        for field in ClaimText._meta.fields
        if field.name not in ("slug", "in_our_words")
    ]
    compared += [Difference(_("in our words"), ours_text(old), ours_text(new))]
    compared += [Difference(_("grade"), grade_text(old), grade_text(new))]
    compared += matched(figures_in(old), figures_in(new)) + written_otherwise(old, new)
    compared += [order_of_figures(old, new)]
    compared += matched(citations_in(old), citations_in(new)) + [order_of_citations(old, new)]
    compared += [Difference(_("words in the address"), old.slug if old else "", new.slug)]
    return [each for each in compared if each.old != each.new]


def ours_text(claim_or_edition):
    return _("yes") if claim_or_edition and claim_or_edition.in_our_words else ""


def grade_text(claim_or_edition):
    return str(Grade(claim_or_edition.grade).label) if claim_or_edition else ""


def matched(old, new):
    """Pairs the parts of two claims or editions, each given as {key of the part: (name, text)}."""
    missing = ("", "")
    pairs = [(old.get(key, missing), new.get(key, missing)) for key in {**old, **new}]
    return [Difference(before[0] or after[0], before[1], after[1]) for before, after in pairs]


def figures_of(claim_or_edition):
    return claim_or_edition.figures.all() if claim_or_edition else []


def citations_of(claim_or_edition):
    return claim_or_edition.evidence if claim_or_edition else []


def figures_in(claim_or_edition):
    return {
        figure.label: (_("figure “%(label)s”") % {"label": figure.label}, figure_text(figure))
        for figure in figures_of(claim_or_edition)
    }


def figure_text(figure):
    text = figure.text
    if figure.as_of:
        text = _("%(figure)s, as of %(date)s") % {"figure": text, "date": partial_date_text(figure.as_of)}
    return "\n".join(filter(None, [text, *reading_text(figure), figure.origin]))


def reading_text(figure):
    """Yields lines on what a figure is a reading of: its indicator, kind and period, and its parts."""
    if not figure.indicator_id:
        return
    names = {
        "reference": figure.indicator.reference,
        "kind": figure.get_kind_display(),
        "period": figure.period,
    }
    if figure.set_on:
        names["day"] = partial_date_text(figure.set_on)
        yield _("%(reference)s, %(kind)s, %(period)s, set on %(day)s") % names
    else:
        yield _("%(reference)s, %(kind)s, %(period)s") % names
    yield from map(str, figure.parts.all())


def written_otherwise(old, new):
    """Compares how the numbers of those figures are written that both claims or editions give."""
    written = {figure.label: figure.as_written for figure in figures_of(old)}
    return [
        Difference(
            _("figure “%(label)s” as written") % {"label": figure.label},
            written[figure.label],
            figure.as_written,
        )
        for figure in figures_of(new)
        if figure.label in written
    ]


def citations_in(claim_or_edition):
    """Returns the citations by source, passage and number."""
    return {
        key: (_("source “%(title)s”") % {"title": citation.source}, citation_text(citation))
        for key, citation in citations_by_key(claim_or_edition)
    }


def citations_by_key(claim_or_edition):
    """Yields (source, passage, number) and citation: a claim may cite a passage more than once."""
    numbers = Counter()
    for citation in citations_of(claim_or_edition):
        key = citation.source_id, citation.passage_id
        yield (*key, numbers[key]), citation
        numbers[key] += 1


def citation_text(citation):
    """Returns a line each for the place, the quotation, its bearing on the claim, and the note."""
    read = citation.for_readers
    lines = [str(citation.relation_label), read["note"]]
    if citation.value_as_written:
        lines += other_value(citation, read["value_as_written"])
    if citation.passage:
        lines = [
            _("line %(line)d") % {"line": citation.line_number},
            _("“%(words)s”") % {"words": citation.passage.words_for_readers},
            *lines,
        ]
    return "\n".join(filter(None, lines))


def other_value(citation, written):
    """Yields sentences on the value that a contradicting source gives, and the figure that it speaks of.

    `written` are the words for readers. Digits that read otherwise are told, too, for charts draw them.
    """
    entered, is_readable = entered_value(citation), written == citation.value_as_written
    if is_readable and entered != written:
        names = {"value": written, "entered": entered}
        yield _("It gives another value: %(value)s, entered as %(entered)s.") % names
    else:
        yield _("It gives another value: %(value)s.") % {"value": written}
    if citation.value_of:
        yield _("It speaks of the figure “%(label)s”.") % {"label": citation.value_of}


def order_of_figures(old, new):
    parts = ({figure.label: figure.label for figure in figures_of(each)} for each in (old, new))
    return moved(_("order of the figures"), *parts)


def order_of_citations(old, new):
    parts = (
        {key: citation.source_line_label for key, citation in citations_by_key(each)} for each in (old, new)
    )
    return moved(_("order of the sources"), *parts)


def moved(name, old, new):
    """Compares the order of the same parts, each given as {key of the part: text}.

    Added or missing parts are differences of their own.
    """
    if set(old) != set(new) or list(old) == list(new):
        return Difference(name, "", "")
    if list(old.values()) == list(new.values()):  # two documents of one title, two passages of one line
        old, new = (
            {key: numbered(text, filter(None, key[:2])) for key, text in each.items()} for each in (old, new)
        )
    return Difference(name, "\n".join(old.values()), "\n".join(new.values()))
