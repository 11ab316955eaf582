from cms.middleware.toolbar import ToolbarMiddleware
from django.conf import settings
from django.core.exceptions import PermissionDenied


class NullByteMiddleware:
    """No address of ours holds a NUL, and PostgreSQL refuses to look for one: such an address is one that is not there."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if "\x00" in request.path_info:
            request.path = request.path_info = request.path_info.replace("\x00", "\ufffd")
        return self.get_response(request)


class QuietToolbarMiddleware(ToolbarMiddleware):
    """The CMS toolbar, which leaves programs and a visitor without a session alone.

    Stock, `?toolbar_on` in anybody's address writes a session row and sets a cookie, and every answer looks for who is logged in.
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


class PagesForEditorsMiddleware:
    """The pages of the CMS in the admin are for who may change pages; stock, any staff reads any draft by its number."""

    FOR_EDITORS = ("cms_page", "cms_placeholder", "cms_wizard", "djangocms_versioning_", "djangocms_text_")

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if (
            (request.resolver_match.url_name or "").startswith(self.FOR_EDITORS)
            and request.user.is_authenticated
            and not request.user.has_perm("cms.change_page")
        ):
            raise PermissionDenied
