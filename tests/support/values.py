"""Reads what texts say on subjects, as the blocks that draw it do."""

from impact.models import Edition
from impact.values import doubtful_subjects, figures_that_differ, values_in


def values_on(subject):
    """Returns the values on a subject in published claims and in what contradicts them."""
    return values_in(list(Edition.objects.current().filter(subject=subject).in_full()))


def figures_in_doubt(subject):
    """Returns the figures on a subject on which texts give other values."""
    in_doubt = Edition.objects.current().filter(subject__in=doubtful_subjects().filter(subject=subject))
    return figures_that_differ(in_doubt.in_full())
