"""What a browser may do with an answer of ours: every header that says so is decided here."""

import re

from django.conf import settings

SELF, NONE = "'self'", "'none'"
STAFF_PATHS = re.compile(r"/(?:[a-z]{2,3}(?:-[a-z]+)?/)?(?:admin|accounts)/")


def policy(**directives):
    return "; ".join(f"{name.replace('_', '-')} {allowed}".strip() for name, allowed in directives.items())


# Pages for visitors: everything from here, nothing in line, in nobody's frame.
PAGE = {
    "default_src": NONE,
    "script_src": SELF,
    "style_src": SELF,
    "img_src": SELF,
    "font_src": SELF,
    "connect_src": SELF,
    "manifest_src": SELF,
    "form_action": SELF,
    "base_uri": NONE,
    "object_src": NONE,
    "frame_ancestors": NONE,
}
# The editor sets styles in line, draws with data, and opens its windows as frames.
EDITOR = PAGE | {
    "style_src": f"{SELF} 'unsafe-inline'",
    "img_src": f"{SELF} data:",
    "frame_src": SELF,
    "frame_ancestors": SELF,
}
CARD = PAGE | {"frame_ancestors": "*"}
# What is no page runs nothing, whatever it holds; browsers show no PDF in a sandbox.
FILE = {"default_src": NONE, "frame_ancestors": NONE, "sandbox": ""}
PDF = {
    "default_src": NONE,
    "style_src": "'unsafe-inline'",
    "object_src": SELF,
    "base_uri": NONE,
    "form_action": NONE,
    "frame_ancestors": NONE,
}

NOT_NEEDED = "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=()"


class SecurityHeadersMiddleware:
    """The first of all, so that files, redirections and errors pass it, too.

    What a visitor is sent depends on the answer alone, never on who asks: whatever keeps finished pages may keep it.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        is_card = getattr(response, "xframe_options_exempt", False)
        is_staff = for_staff(request)
        response["Content-Security-Policy"] = policy(**policy_for(response, is_card, is_staff))
        response["Permissions-Policy"] = NOT_NEEDED
        for_others = is_card or response.get("Access-Control-Allow-Origin") == "*"
        response.headers.setdefault(
            "Cross-Origin-Resource-Policy", "cross-origin" if for_others else "same-origin"
        )
        if is_staff:
            response["Cache-Control"] = "private, no-store"
            if not is_card:
                response["X-Frame-Options"] = "SAMEORIGIN"
        return response


def policy_for(response, is_card, is_staff):
    kind = response.get("Content-Type", "text/html").partition(";")[0]
    if kind != "text/html":
        return PDF if kind == "application/pdf" else FILE
    if is_card:
        return CARD
    return EDITOR if is_staff else PAGE


def for_staff(request):
    """The admin and the login, and any page for somebody who is logged in: it has the toolbar."""
    if STAFF_PATHS.match(request.path_info):
        return True
    user = getattr(request, "user", None) if settings.SESSION_COOKIE_NAME in request.COOKIES else None
    return user is not None and user.is_authenticated


def keep_pages_out_of_frames():
    """Called once the models are loaded: the CMS would let an editor show a page in others' frames, and asks its ancestors at every visit."""
    from cms.admin.forms import ChangePageForm
    from cms.models import PageContent

    PageContent.get_xframe_options = lambda self: None
    del ChangePageForm.declared_fields["xframe_options"]
    ChangePageForm.fieldsets = [
        each for each in ChangePageForm.fieldsets if "xframe_options" not in each[1]["fields"]
    ]
