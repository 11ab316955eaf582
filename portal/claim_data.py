"""Every published claim for programs, which see a publication as soon as readers do."""

import json

from django.core.serializers.json import DjangoJSONEncoder
from django.http import StreamingHttpResponse
from impact.models import Edition

AT_ONCE = 500


def claims_json(request):
    """The current editions in the order of their references, written as they are read so that none has to be kept."""
    editions = Edition.objects.current().select_related("claim", "organisation").prefetch_related("figures")
    rows = (row_of(edition, request) for edition in editions.iterator(chunk_size=AT_ONCE))
    return StreamingHttpResponse(written(rows), content_type="application/json")


def written(rows):
    yield '{"claims": ['
    for number, row in enumerate(rows):
        yield f"{',' if number else ''}\n{json.dumps(row, cls=DjangoJSONEncoder, ensure_ascii=False)}"
    yield "\n]}\n"


def row_of(edition, request):
    """Dates are ISO 8601 as precise as the source; an empty one is not stated. Values are text, so that none is rounded."""
    return {
        "reference": edition.claim.reference,
        "edition": edition.number,
        "address": request.build_absolute_uri(edition.get_absolute_url()),
        "published_at": edition.published_at,
        "statement": edition.statement,
        "organisation": edition.organisation.official_name,
        "grade": edition.grade,
        "state": edition.state,
        "as_of": edition.as_of,
        "figures": [
            {
                "label": figure.label,
                "qualifier": figure.qualifier,
                "value": f"{figure.value.normalize():f}",
                "unit": figure.unit,
                "as_of": figure.as_of,
            }
            for figure in edition.figures.all()
        ],
    }
