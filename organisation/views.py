from django.http import HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404, render

from .documents import Document, documents_of
from .models import Mend, Source, SourceNote, Statement


def source_detail(request, slug):
    source = get_object_or_404(
        Source.objects.public().select_related("author", "publisher").with_evidence(), slug=slug
    )
    # Publications and other sources have addresses of their own; a slug under the wrong one is redirected.
    if source.get_absolute_url() != request.path:
        return HttpResponsePermanentRedirect(source.get_absolute_url())
    context = {
        "source": source,
        "record": Document(source),
        "documents": documents_of(source.evidence),
        "statements": Statement.objects.filter(citations__source=source)
        .distinct()
        .select_related("organisation")
        .with_passages(),
        "mends": readable(Mend, source),
        "notes": readable(SourceNote, source),
    }
    return render(request, "organisation/source_detail.html", context)


def readable(model, source):
    """Returns the rows at the passages of a source, in their order, but those whose words are withheld."""
    rows = model.objects.filter(passage__source=source).select_related("passage__source")
    return [row for row in rows.order_by("passage__start", "pk") if not source.withholds(row.passage)]
