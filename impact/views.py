import sys

from advocacy.models import Instrument
from django.db import DatabaseError, InterfaceError, OperationalError, connection
from django.http import HttpResponse, HttpResponsePermanentRedirect, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from impact.models import Claim, Edition
from impact.reading import Reading
from organisation.models import Mend, Source, SourceNote, Statement

from .accounts.kept_form import kept_form
from .bibliography import entry_of_edition, entry_of_source
from .editions import withdrawn
from .embed import embedding
from .search.results import Results, suggested
from .timeline import calendar, events, of_organisation

# PostgreSQL's code for a write to a server that may only be read, such as a standby.
READ_ONLY = "25006"


def claim(request, number, slug=""):
    """A claim as readers may see it: its current edition. Any other slug leads to the present one."""
    found = get_object_or_404(Claim.objects.select_related("current_edition"), number=number)
    if not found.current_edition:
        return withdrawn(request, found)
    if slug != found.current_edition.slug:
        return redirect(found, permanent=True)
    return render_edition(request, found, found.current_edition.number)


def edition(request, number, edition):
    """A wording that was published once, for good; of a withdrawn claim none can be read."""
    found = get_object_or_404(Claim.objects.select_related("current_edition"), number=number, editions__number=edition)
    return render_edition(request, found, edition) if found.current_edition else withdrawn(request, found)


def render_edition(request, claim, number):
    reading = Reading(claim, number)
    context = {
        "reading": reading,
        "cited": entry_of_edition(reading.edition, request.build_absolute_uri(reading.edition.get_absolute_url())),
        "embedding": embedding(reading.edition, request) if reading.edition.is_current else None,
        "instruments": Instrument.objects.filter(claims=claim),
    }
    return render(request, "impact/claim_detail.html", context)


def source(request, slug):
    found = get_object_or_404(Source.objects.public().select_related("author", "publisher").with_evidence(), slug=slug)
    if found.get_absolute_url() != request.path:
        return HttpResponsePermanentRedirect(found.get_absolute_url())
    context = {
        "source": found,
        "cited": entry_of_source(found, request.build_absolute_uri(found.get_absolute_url())),
        "editions": Edition.objects.current().filter(citations__source=found).distinct().select_related("claim__current_edition", "organisation"),
        "statements": Statement.objects.filter(citations__source=found).distinct().select_related("organisation"),
        "mends": Mend.objects.filter(passage__source=found).select_related("passage__source").order_by("passage__start", "pk"),
        "notes": SourceNote.objects.filter(passage__source=found).select_related("passage__source").order_by("passage__start", "pk"),
    }
    return render(request, "organisation/source_detail.html", context)


def instrument(request, slug):
    found = get_object_or_404(Instrument.objects.select_related("body", "source").with_evidence(), slug=slug)
    editions = Edition.objects.current().filter(claim__instruments=found).in_full()
    return render(request, "advocacy/instrument_detail.html", {"instrument": found, "editions": editions})


def search(request):
    response = render(request, "portal/search.html", {"results": Results(request.GET)})
    response["X-Robots-Tag"] = "noindex"
    return response


def suggest(request):
    """What the search box offers while somebody types."""
    return JsonResponse({"suggestions": suggested(request.GET.get("q", ""))})


def timeline_ics(request):
    site = request.build_absolute_uri("/").rstrip("/")
    text = calendar(of_organisation(events(), request.GET.get("organisation", "")), site)
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="timeline.ics"'
    return response


def server_error(request):
    """Something broke: our fault, or a database that is away or full for the moment."""
    away = is_away(sys.exc_info()[1])
    if not away:
        return HttpResponse(render_to_string("500.html"), status=500)
    return HttpResponse(render_to_string("503.html", {"kept": kept_form(request)}), status=503, headers={"Retry-After": "30"})


def is_away(error):
    """Whether the database cannot be asked or written to. SQLite says the same of a statement that is wrong: our fault, which does not pass."""
    causes = []
    while error:
        causes.append(error)
        error = error.__cause__ or error.__context__
    if any(getattr(each, "pgcode", "") == READ_ONLY for each in causes):
        return True
    wrong = any(getattr(each, "sqlite_errorname", "") == "SQLITE_ERROR" for each in causes)
    return bool(causes) and isinstance(causes[0], (OperationalError, InterfaceError)) and not wrong


def healthz(request):
    """The process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


def readyz(request):
    """The process answers and reaches its database."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("no database\n", content_type="text/plain", status=503)
    return HttpResponse("ready\n", content_type="text/plain")
