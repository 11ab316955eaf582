"""Middleware that keeps odd requests, and people without the permission, away from the CMS."""

from cms.middleware.toolbar import ToolbarMiddleware
from django.conf import settings
from django.core.exceptions import PermissionDenied


class NullByteMiddleware:
    """Answers a path with a NUL byte like any unknown path; PostgreSQL refuses to look one up."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if "\x00" in request.path_info:
            request.path = request.path_info = request.path_info.replace("\x00", "\ufffd")
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
    """Requires the permission to change pages for every view of the CMS in the admin.

    The stock views show any draft, by its number, to any member of staff.
    """

    URL_NAMES = ("cms_page", "cms_placeholder", "cms_wizard", "djangocms_versioning_", "djangocms_text_")

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if (
            (request.resolver_match.url_name or "").startswith(self.URL_NAMES)
            and request.user.is_authenticated
            and not request.user.has_perm("cms.change_page")
        ):
            raise PermissionDenied
