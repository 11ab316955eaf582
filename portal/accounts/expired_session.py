"""Returns a form whose session has expired to its sender, to be sent again after a new login.

The same form is offered again when the database was unavailable (`portal.delivery.errors`).
"""

from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views import csrf

LOGIN_URL_NAMES = ("login", "logout")
RESENDABLE = ("admin", "review-link")  # names of an app and of a URL


def form_to_resend(request):
    """Returns {"fields", "files", "address", "token"} of the form that was sent, or None.

    `files` are the names of the files, which cannot be sent again; `token` is a fresh one. A form that
    another site sent is not returned, so that nobody is led to send what they did not write; nor is one with
    a password or a code, so that no secret is ever shown.
    """
    if not (
        request.method == "POST" and is_resendable(request.resolver_match) and is_from_this_site(request)
    ):
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


def is_resendable(match):
    """Returns true for a review link, and for any page of the admin but its login and logout."""
    names = match and {*match.app_names, match.url_name}
    return bool(names) and not names.isdisjoint(RESENDABLE) and match.url_name not in LOGIN_URL_NAMES


def is_from_this_site(request):
    """Compares the Origin header, in which browsers name the site whose page sent a form."""
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"


class ExpiredSessionMiddleware:
    """Asks whoever sends a form of the admin after their session has expired to log in in a second window.

    The redirect to the login that the admin answers with would lose what they wrote.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        return None if request.method != "POST" or request.user.is_authenticated else resend_page(request)


def csrf_failure(request, reason=""):
    """Offers the form again if only its token is old; is the view of CSRF_FAILURE_VIEW.

    A token belongs to a session: a form that was opened before the last login has another one.
    """
    return resend_page(request) or csrf.csrf_failure(request, reason)


def resend_page(request):
    """Renders the page with the form to resend, or a sentence for a script of the CMS, which shows it.

    Returns None if there is no form of the admin to resend.
    """
    is_admin = request.resolver_match and "admin" in request.resolver_match.app_names
    form = form_to_resend(request) if is_admin else None
    if not form:
        return None
    if request.headers.get("X-Requested-With") == "XMLHttpRequest":
        sentence = _("Nothing was done, for you are logged out or have logged in anew: load this page again.")
        return HttpResponse(sentence, content_type="text/plain; charset=utf-8", status=403)
    response = render(request, "account/expired_session.html", {"form_to_resend": form}, status=403)
    add_never_cache_headers(response)
    return response
