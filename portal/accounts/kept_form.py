"""What somebody has written is not lost with their session, nor with the database: the answer keeps the form and offers to send it again."""

from urllib.parse import urlsplit

from django.middleware.csrf import get_token
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.views import csrf

WAYS_IN_AND_OUT = ("login", "logout")


def kept_form(request):
    """What a page of this site sent, as its fields, the names of its files, its address and a fresh token; None if there is nothing to keep.

    What comes from another site is not kept, so that nobody is led to send words that are not theirs; nor is a password ever shown.
    """
    if request.method != "POST" or not from_this_site(request) or any("password" in name for name in request.POST):
        return None
    fields = [(name, value) for name, values in request.POST.lists() if name != "csrfmiddlewaretoken" for value in values]
    files = [file.name for file in request.FILES.values()]
    return {"fields": fields, "files": files, "address": request.get_full_path(), "token": get_token(request)} if fields else None


def from_this_site(request):
    """Browsers name the site whose page sent a form."""
    origin = urlsplit(request.headers.get("Origin", ""))
    return (origin.scheme, origin.netloc) == (request.scheme, request.get_host())


class KeptFormMiddleware:
    """Whoever sends a form of the admin after their session has ended is asked to log in beside it, not instead of it."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        match = request.resolver_match
        if request.method != "POST" or "admin" not in match.app_names or match.url_name in WAYS_IN_AND_OUT or request.user.is_authenticated:
            return None
        kept = kept_form(request)
        return answer(request, kept) if kept else None


def csrf_failure(request, reason=""):
    """The token of a form is that of a session; whoever has logged in anew since the form was opened sends it again."""
    kept = kept_form(request)
    return answer(request, kept) if kept else csrf.csrf_failure(request, reason)


def answer(request, kept):
    response = render(request, "account/kept_form.html", {"kept": kept}, status=403)
    add_never_cache_headers(response)
    return response
