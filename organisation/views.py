from django.http import Http404, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from .documents import Document, documents_of
from .models import Mend, Picture, PictureWithdrawal, Source, SourceNote, Statement
from .pictures.sizes import MEDIA_TYPES, sized


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


def picture_file(request, reference, width, ending):
    """Sends a picture in one of its widths; 410 once it is withdrawn, 404 where it may not be shown."""
    picture = Picture.objects.showable("portal").filter(reference=reference).first()
    if picture is None and PictureWithdrawal.objects.filter(reference=reference).exists():
        return HttpResponse(
            _("This picture was withdrawn."), status=410, content_type="text/plain; charset=utf-8"
        )
    if picture is None or ending not in MEDIA_TYPES or width not in picture.widths:
        raise Http404
    return HttpResponse(sized(picture, width, ending), content_type=MEDIA_TYPES[ending])
