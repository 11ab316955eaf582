"""Middleware that keeps odd requests, and people without the permission, away from the CMS."""

from cms.middleware.toolbar import ToolbarMiddleware
from cms.models import Page
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseBadRequest
from django.utils.html import escape
from django.utils.translation import gettext as _


class NullByteMiddleware:
    """Answers a path with a NUL byte like any unknown path; PostgreSQL refuses to look one up."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if "\x00" in request.path_info:
            request.path = request.path_info = request.path_info.replace("\x00", "\ufffd")
        return self.get_response(request)


class FormEncodingMiddleware:
    """Refuses forms that are not sent as UTF-8: what they say could not be sent again as it was."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if (request.encoding or "utf-8").lower() != "utf-8":
            return HttpResponseBadRequest(
                _("The form was sent in the encoding “%(name)s”: send it as UTF-8. Nothing was saved.")
                % {"name": escape(request.encoding)}
            )
        return self.get_response(request)


class QuietToolbarMiddleware(ToolbarMiddleware):
    """Runs the CMS toolbar for browsers with a session only.

    The stock toolbar writes a session row and sets a cookie for anybody whose query says `?toolbar_on`, and
    looks up the user on every request, those of the API included.
    """

    def __call__(self, request):
        if request.path_info.startswith("/api/v1/"):
            return self.get_response(request)
        if settings.SESSION_COOKIE_NAME not in request.COOKIES and any(
            key.startswith("toolbar_") for key in request.GET
        ):
            request.GET = request.GET.copy()
            for key in [key for key in request.GET if key.startswith("toolbar_")]:
                del request.GET[key]
        return super().__call__(request)


class PageAdminPermissionMiddleware:
    """Requires the permission to change pages for every view of the CMS in the admin, and for some another.

    The stock views show any draft, by its number, to any member of staff; any editor sets another home page,
    a draft too, and changes the titles of a published page.
    """

    URL_NAMES = ("cms_page", "cms_placeholder", "cms_wizard", "djangocms_versioning_", "djangocms_text_")
    URL_NAMES_OF_PUBLISHERS = ("cms_page_change", "cms_page_set_home")
    CLOSED_URL_NAME = "cms_page_edit_title_fields"

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        url_name, user = request.resolver_match.url_name or "", request.user
        if not url_name.startswith(self.URL_NAMES) or not user.is_authenticated:
            return None
        if (
            not user.has_perm("cms.change_page")
            or url_name == self.CLOSED_URL_NAME
            or (url_name in self.URL_NAMES_OF_PUBLISHERS and not user.has_perm("cms.publish_page"))
        ):
            raise PermissionDenied
        if url_name == "cms_page_set_home" and request.method == "POST":
            page = Page.objects.filter(pk=kwargs["object_id"]).first()
            if page and not page.pagecontent_set.exists():
                return HttpResponseBadRequest(
                    _("This page is not published: visitors would find no home page. Publish it first.")
                )
        return None
