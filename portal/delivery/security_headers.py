"""The headers that tell a browser what a response may do: above all the content security policy (CSP)."""

import re

from django.conf import settings

from .last_look import source_of

SELF, NONE = "'self'", "'none'"
STAFF_PATHS = re.compile(r"/(?:[a-z]{2,3}(?:-[a-z]+)?/)?(?:admin|accounts)/")


def csp(**directives):
    """Returns the value of the Content-Security-Policy header; directives are written like `script_src`."""
    return "; ".join(f"{name.replace('_', '-')} {allowed}".strip() for name, allowed in directives.items())


# Pages for visitors: everything from this host, nothing inline but the colours of an error page, in nobody's
# frame.
PAGE_POLICY = {
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
# The editor of the CMS sets inline styles, draws with data: addresses, and opens its windows as frames.
STAFF_POLICY = PAGE_POLICY | {
    "style_src": f"{SELF} 'unsafe-inline'",
    "img_src": f"{SELF} data:",
    "frame_src": SELF,
    "frame_ancestors": SELF,
}
CARD_POLICY = PAGE_POLICY | {"frame_ancestors": "*"}
# A file that is no page runs nothing, whatever it holds.
FILE_POLICY = {"default_src": NONE, "frame_ancestors": NONE, "sandbox": ""}
# Without `sandbox`, in which browsers show no PDF; their viewers embed the file with inline styles.
PDF_POLICY = {
    "default_src": NONE,
    "style_src": "'unsafe-inline'",
    "object_src": SELF,
    "base_uri": NONE,
    "form_action": NONE,
    "frame_ancestors": NONE,
}

PERMISSIONS_POLICY = (
    "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), "
    "magnetometer=(), microphone=(), midi=(), payment=(), usb=()"
)


class SecurityHeadersMiddleware:
    """Sets the security headers of every response; as the first middleware, of files and errors too.

    What a visitor is sent depends on the response alone, never on who asks, so that any cache may store it.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        is_card = getattr(response, "xframe_options_exempt", False)
        is_staff = is_for_staff(request)
        response["Content-Security-Policy"] = csp(**policy_for(response, is_card, is_staff))
        response["Permissions-Policy"] = PERMISSIONS_POLICY
        is_for_other_sites = is_card or response.get("Access-Control-Allow-Origin") == "*"
        response.headers.setdefault(
            "Cross-Origin-Resource-Policy", "cross-origin" if is_for_other_sites else "same-origin"
        )
        if is_staff:
            response["Cache-Control"] = "private, no-store"
            if not is_card:
                response["X-Frame-Options"] = "SAMEORIGIN"
        return response


def policy_for(response, is_card, is_staff):
    media_type = response.get("Content-Type", "text/html").partition(";")[0]
    if media_type != "text/html":
        return PDF_POLICY if media_type == "application/pdf" else FILE_POLICY
    if is_card:
        return CARD_POLICY
    if is_staff:
        return STAFF_POLICY
    if style := getattr(response, "inline_style", ""):
        return PAGE_POLICY | {"style_src": f"{SELF} {source_of(style)}"}
    return PAGE_POLICY


def is_for_staff(request):
    """Returns true for the admin, the login, and any page that a logged-in user reads: it has the toolbar."""
    if STAFF_PATHS.match(request.path_info):
        return True
    # Without the cookie `request.user` is not touched, so that a visitor costs no query.
    user = getattr(request, "user", None) if settings.SESSION_COOKIE_NAME in request.COOKIES else None
    return user is not None and user.is_authenticated


def forbid_framing():
    """Takes the choice of X-Frame-Options from the CMS; is called once the models are loaded.

    An editor could let other sites frame a page, and at each visit the CMS looks it up in the pages above.
    """
    from cms.admin.forms import ChangePageForm
    from cms.models import PageContent

    PageContent.get_xframe_options = lambda self: None
    del ChangePageForm.declared_fields["xframe_options"]
    ChangePageForm.fieldsets = [
        fieldset for fieldset in ChangePageForm.fieldsets if "xframe_options" not in fieldset[1]["fields"]
    ]
