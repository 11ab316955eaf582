from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import get_conditional_response

from organisation.models import Organisation

from . import labels as words
from .content import report
from .factsheet import factsheet_data
from .pdf import built, report_data


def page(request):
    context = {"report": report(), "words": words, "site": site_of(request)}
    return render(request, "portal/report.html", context)


def report_pdf(request):
    return printed(request, "report.typ", report_data(report(), site_of(request)), "published-record")


def organisation_pdf(request, slug):
    organisation = get_object_or_404(Organisation.objects.profiled(), slug=slug)
    return printed(
        request, "report.typ", report_data(report(organisation), site_of(request)), f"published-record-{slug}"
    )


def factsheet_pdf(request):
    return printed(request, "factsheet.typ", factsheet_data(site_of(request)), "fact-sheet")


def site_of(request):
    return request.build_absolute_uri("/").rstrip("/")


def printed(request, template, data, name):
    """The document, or word that the reader has it already."""
    tag, document = built(template, data)
    dated = "-".join(f"{part:02}" for part in data["date"])
    response = HttpResponse(document, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}-{dated}.pdf"'
    response["ETag"] = f'"{tag}"'
    response["Cache-Control"] = "no-cache"  # a browser may keep it and asks each time whether it still holds
    return get_conditional_response(request, etag=response["ETag"], response=response)
