"""Loads what contradicts the claims of a list, so that each can be shown beside it."""

from organisation.models import Citation
from organisation.models.record import CITATION_RELATED


def load_contradictions(editions):
    """Fetches in full the contradicting citations of editions whose evidence is loaded without texts.

    One query for any number of editions, and none where nothing contradicts them.
    """
    keys = [each.pk for edition in editions for each in edition.evidence if each.contradicts]
    if not keys:
        return
    in_full = Citation.objects.select_related(*CITATION_RELATED).in_bulk(keys)
    for edition in editions:
        edition.evidence = [in_full.get(each.pk, each) for each in edition.evidence]
