from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import get_conditional_response

from organisation.models import Organisation
from portal.delivery.public_address import public_origin

from . import labels
from .content import load_report
from .factsheet import factsheet_data
from .pdf import cached_pdf
from .template_data import report_data


def report_page(request):
    report = load_report()
    context = {
        "report": report,
        "site": public_origin(request),
        "lead": labels.lead(report),
        "how_to_read": labels.how_to_read(report),
        "how_checked": labels.how_checked(report),
        "grades": labels.grade_labels(),
    }
    return render(request, "portal/report.html", context)


def report_pdf(request):
    data = report_data(load_report(), public_origin(request))
    return pdf_response(request, "report.typ", data, "published-record")


def organisation_pdf(request, slug):
    organisation = get_object_or_404(Organisation.objects.profiled(), slug=slug)
    data = report_data(load_report(organisation), public_origin(request))
    return pdf_response(request, "report.typ", data, f"published-record-{slug}")


def factsheet_pdf(request):
    data = factsheet_data(public_origin(request))
    if data is None:
        raise Http404
    return pdf_response(request, "factsheet.typ", data, "fact-sheet")


def pdf_response(request, template, data, name):
    """Returns the PDF with an ETag of its content; 304 if the browser has it already."""
    content_hash, pdf = cached_pdf(template, data)
    day = "-".join(f"{part:02}" for part in data["date"])
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}-{day}.pdf"'
    response["ETag"] = f'"{content_hash}"'
    response["Cache-Control"] = (
        "no-cache"  # a browser may store it, but asks each time whether it still holds
    )
    return get_conditional_response(request, etag=response["ETag"], response=response)
