from django.http import HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404, render

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
        "statements": Statement.objects.filter(citations__source=source)
        .distinct()
        .select_related("organisation"),
        "mends": Mend.objects.filter(passage__source=source)
        .select_related("passage__source")
        .order_by("passage__start", "pk"),
        "notes": SourceNote.objects.filter(passage__source=source)
        .select_related("passage__source")
        .order_by("passage__start", "pk"),
    }
    return render(request, "organisation/source_detail.html", context)
