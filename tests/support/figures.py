"""Writes the figures of a sentence as a test can read them."""

from portal.staff.document_import.rules.figures import find_figures


def figures_in(sentence, opening):
    """Returns them as “qualifier value unit (label) ?question”, in a text whose opening says its language."""
    text = f"{opening} {sentence}"
    return [written(figure) for figure in find_figures(text, len(opening) + 1, len(text))]


def written(figure):
    label = f"({figure.label})" if figure.label != figure.unit else ""
    question = figure.question and f"?{figure.question}"
    value = f"{figure.value.normalize():f}"
    return " ".join(filter(None, [figure.qualifier, value, figure.unit, label, question]))
