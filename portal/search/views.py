from django.http import JsonResponse
from django.shortcuts import render

from .results import Results, suggested


def search(request):
    response = render(request, "portal/search.html", {"results": Results(request.GET)})
    response["X-Robots-Tag"] = "noindex"
    return response


def suggest(request):
    """What the search box offers while somebody types."""
    return JsonResponse({"suggestions": suggested(request.GET.get("q", ""))})
