from cms.middleware.toolbar import ToolbarMiddleware
from django.conf import settings


class QuietToolbarMiddleware(ToolbarMiddleware):
    """The CMS toolbar, which leaves programs and a visitor without a session alone.

    Stock, `?toolbar_on` in anybody's address writes a session row and sets a cookie, and every answer looks for who is logged in.
    """

    def __call__(self, request):
        if request.path_info.startswith("/api/v1/"):
            return self.get_response(request)
        if settings.SESSION_COOKIE_NAME not in request.COOKIES and any(key.startswith("toolbar_") for key in request.GET):
            request.GET = request.GET.copy()
            for key in [key for key in request.GET if key.startswith("toolbar_")]:
                del request.GET[key]
        return super().__call__(request)
