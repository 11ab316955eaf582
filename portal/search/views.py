from django.http import JsonResponse
from django.shortcuts import render

from .results import Results, suggestions


def search(request):
    response = render(request, "portal/search.html", {"results": Results(request.GET)})
    # Pages of results are no content of their own; search engines are to find the records instead.
    response["X-Robots-Tag"] = "noindex"
    return response


def suggest(request):
    """Answers with the suggestions that the search box offers while somebody types."""
    return JsonResponse({"suggestions": suggestions(request.GET.get("q", ""))})
