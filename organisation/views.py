from django.http import HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404, render

from .models import Mend, Source, SourceNote, Statement


def source(request, slug):
    found = get_object_or_404(
        Source.objects.public().select_related("author", "publisher").with_evidence(), slug=slug
    )
    if found.get_absolute_url() != request.path:
        return HttpResponsePermanentRedirect(found.get_absolute_url())
    context = {
        "source": found,
        "statements": Statement.objects.filter(citations__source=found)
        .distinct()
        .select_related("organisation"),
        "mends": Mend.objects.filter(passage__source=found)
        .select_related("passage__source")
        .order_by("passage__start", "pk"),
        "notes": SourceNote.objects.filter(passage__source=found)
        .select_related("passage__source")
        .order_by("passage__start", "pk"),
    }
    return render(request, "organisation/source_detail.html", context)
