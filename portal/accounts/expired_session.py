"""What somebody has written is not lost with their session, nor with the database: the answer keeps the form and offers to send it again."""

from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views import csrf

WAYS_IN_AND_OUT = ("login", "logout")
FOR_WRITING = ("admin", "review-link")


def form_to_resend(request):
    """What a page for writing sent, as its fields, the names of its files, its address and a fresh token; None if there is nothing to keep.

    What comes from another site is not kept, so that nobody is led to send words that are not theirs; nor is a password or a code ever shown.
    """
    if not (request.method == "POST" and is_for_writing(request.resolver_match) and from_this_site(request)):
        return None
    if any("password" in name for name in request.POST):
        return None
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        if name != "csrfmiddlewaretoken"
        for value in values
    ]
    files = [file.name for file in request.FILES.values()]
    return (
        {"fields": fields, "files": files, "address": request.get_full_path(), "token": get_token(request)}
        if fields
        else None
    )


def is_for_writing(match):
    """A page of the admin, where nobody logs in or out, or a review link."""
    names = match and {*match.app_names, match.url_name}
    return bool(names) and not names.isdisjoint(FOR_WRITING) and match.url_name not in WAYS_IN_AND_OUT


def from_this_site(request):
    """Browsers name the site whose page sent a form."""
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"


class ExpiredSessionMiddleware:
    """Whoever sends a form of the admin after their session has ended is asked to log in beside it, not instead of it."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        return None if request.method != "POST" or request.user.is_authenticated else answer(request)


def csrf_failure(request, reason=""):
    """The token of a form is that of a session; whoever has logged in anew since the form was opened sends it again."""
    return answer(request) or csrf.csrf_failure(request, reason)


def answer(request):
    """A page for staff, or a sentence for a script of the CMS, which shows it to whoever pressed the button; None if there is nothing to keep."""
    kept = (
        form_to_resend(request)
        if request.resolver_match and "admin" in request.resolver_match.app_names
        else None
    )
    if not kept:
        return None
    if request.headers.get("X-Requested-With") == "XMLHttpRequest":
        sentence = _("Nothing was done, for you are logged out or have logged in anew: load this page again.")
        return HttpResponse(sentence, content_type="text/plain; charset=utf-8", status=403)
    response = render(request, "account/expired_session.html", {"kept": kept}, status=403)
    add_never_cache_headers(response)
    return response
