"""Compares figures with the words beside them: the statement, and the passages that the claim cites.

A figure stands letter by letter in both, or says from which words of the passages it was computed.
"""

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from .numbers import find_written, numbers_in


def problems_with_statement(figures, statement):
    """Yields (figure, sentence) for each figure that the statement does not say as it is written."""
    for figure in figures:
        if not figure.as_written and not figure.computed_from:
            yield (
                figure,
                _(
                    "The figure “%(label)s” does not say how its number is written: copy the number letter "
                    "by letter from the statement, or say from which words it was computed."
                )
                % {"label": figure.label},
            )
        elif figure.as_written and not find_written(figure.as_written, statement):
            yield figure, changed_sentence(figure, figures, statement)


def changed_sentence(figure, figures, statement):
    """Names the number of a figure and those of the statement that are no other figure's."""
    others = [other.as_written for other in figures if other is not figure]
    said = [
        number for number in numbers_in(statement) if not any(find_written(number, other) for other in others)
    ]
    names = {"label": figure.label, "written": figure.as_written, "said": quoted_list(said)}
    if not said:
        return (
            _(
                "The figure “%(label)s” is written “%(written)s”, and the statement says no such number: "
                "change the figure or the statement, so that both say the same."
            )
            % names
        )
    return (
        _(
            "The figure “%(label)s” is written “%(written)s”, and the statement says %(said)s: "
            "change the figure or the statement, so that both say the same."
        )
        % names
    )


def problems_with_passages(figures, texts):
    """Yields (figure, sentence) for each figure that none of the cited texts says, or gives the words for."""
    for figure in figures:
        names = {"label": figure.label, "written": figure.as_written}
        if figure.computed_from:
            for words in figure.computed_from_quotations:
                if not any(find_written(words, text) for text in texts):
                    yield (
                        figure,
                        _(
                            "The figure “%(label)s” is computed from “%(words)s”, which stands in no passage "
                            "that the claim cites: copy the words letter by letter, one quotation a line."
                        )
                        % (names | {"words": words}),
                    )
        elif figure.as_written and not any(find_written(figure.as_written, text) for text in texts):
            yield (
                figure,
                _(
                    "The figure “%(label)s” is written “%(written)s”, which stands in no passage that the "
                    "claim cites: cite the passage that says it, or say from which words it was computed."
                )
                % names,
            )


def problems_with_parts(parts, texts):
    """Yields a sentence for each part of a reading whose number none of the cited texts says."""
    for part in parts:
        if part.as_written and not any(find_written(part.as_written, text) for text in texts):
            yield _(
                "The part “%(group)s” is written “%(written)s”, which stands in no passage that the "
                "claim cites: cite the passage that says it."
            ) % {"group": part.group, "written": part.as_written}


def quoted_list(words):
    return get_text_list([_("“%(words)s”") % {"words": each} for each in words], _("and"))
