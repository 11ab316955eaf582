"""Finds the claims that a decision makes public, and what their words rest on."""

from django.contrib.contenttypes.models import ContentType

from organisation.models import Citation, Organisation, Source

from .models import Claim, Edition


def awaited_keys():
    """Yields (model, primary key) of these claims, of who speaks in them and of the documents they cite."""
    claims = Claim.objects.awaited().order_by()
    yield from ((Claim, pk) for pk in claims.values_list("pk", flat=True))
    for wordings in (claims, Edition.objects.filter(claim__in=claims).order_by()):
        content_type = ContentType.objects.get_for_model(wordings.model)
        cited = Citation.objects.filter(content_type=content_type, object_id__in=wordings.values("pk"))
        yield from ((Organisation, pk) for pk in wordings.values_list("organisation", flat=True).distinct())
        yield from ((Source, pk) for pk in cited.order_by().values_list("source", flat=True).distinct())
