"""Returns a form whose session has expired to its sender, to be sent again after a new login.

The same form is offered again when the database was unavailable (`portal.delivery.errors`). What was written
into a form that is refused for good is shown, to be copied.
"""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.utils.html import format_html, strip_tags
from django.utils.translation import gettext as _
from django.views import csrf

LOGIN_URL_NAMES = ("login", "logout")
RESENDABLE = ("admin", "review-link")  # names of an app and of a URL
# Of a refusal, and of a record that was deleted or a draft that was published since its form was opened.
REFUSALS = (403, 404)


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
        response = self.get_response(request)
        is_refused = response.status_code in REFUSALS and not getattr(response, "keeps_form", False)
        return (refused_page(request, response) if is_refused else None) or response

    def process_exception(self, request, exception):
        if isinstance(exception, PermissionDenied):
            request.refusal = str(exception)

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
    form = form_of_admin(request)
    if not form:
        return None
    response = sentence_for_script(
        request,
        _("Nothing was done, for you are logged out or have logged in anew: load this page again."),
    )
    return keeping_form(
        response or render(request, "account/expired_session.html", {"form_to_resend": form}, status=403)
    )


def refused_page(request, response):
    """Renders what was written into a form of the admin that was refused, and why, with the same status.

    Returns None if there is no form of the admin.
    """
    form = form_of_admin(request)
    if not form:
        return None
    said = getattr(request, "refusal", "") or response.content.decode(errors="replace")
    unknown = _("It may have been published, moved or deleted meanwhile.")
    reason = said if said and "<" not in said else unknown
    sentence = f"{_('Nothing was saved: you may not change this, or not any more.')} {reason}"
    page = sentence_for_script(request, sentence) or render(
        request, "account/refused_form.html", {"reason": reason, "written": list(written_in(form))}
    )
    page.status_code = response.status_code
    return keeping_form(page)


def form_of_admin(request):
    is_admin = request.resolver_match and "admin" in request.resolver_match.app_names
    return form_to_resend(request) if is_admin else None


def written_in(form):
    """Yields (name, text) of the fields of a form into which a person writes; tags are left out."""
    for name, value in form["fields"]:
        is_of_machine = name.startswith("_") or name in ("json", "seen") or value == "on"
        if not is_of_machine and any(character.isalpha() for character in value):
            yield name, strip_tags(value.replace("</", "\n</")).strip()


def sentence_for_script(request, sentence):
    """Returns a sentence for a script of the CMS, as it shows it; None if a page was asked for."""
    if request.headers.get("X-Requested-With") == "XMLHttpRequest":
        return HttpResponse(sentence, content_type="text/plain; charset=utf-8", status=403)
    if request.headers.get("Sec-Fetch-Dest") == "empty":  # of a text that is edited in its page
        form = '<form><fieldset><div class="description">{}</div></fieldset></form>'
        return HttpResponse(format_html(form, sentence), status=403)
    return None


def keeping_form(response):
    response.keeps_form = True
    add_never_cache_headers(response)
    return response
