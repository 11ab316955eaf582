"""Files that programs look for at an agreed address: robots.txt, security.txt, the manifest and the icon."""

from datetime import UTC, datetime, time, timedelta

from django.conf import settings
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, override

from organisation.models import site_settings
from portal.delivery.public_address import lasting_address
from portal.graphics.colours import colours
from portal.graphics.look import look_addresses

# Shorter than the year that RFC 9116 allows, so that a cached copy is still valid for months.
SECURITY_TXT_VALIDITY = timedelta(days=180)


def robots_txt(request):
    """Keeps crawlers out of the admin and the reviews, and out of searches, which have no end."""
    lines = ["User-agent: *"]
    for code, _name in settings.LANGUAGES:
        with override(code):
            review = reverse("review-link", kwargs={"secret": "-"}).removesuffix("-/")
            lines += [f"Disallow: {path}" for path in (reverse("admin:index"), review, reverse("search"))]
    lines += ["", f"Sitemap: {lasting_address(request, reverse('sitemap'))}"]
    return text_response("\n".join(lines))


def security_txt(request):
    """Serves the contact for vulnerabilities (RFC 9116); not found if none is on record."""
    contact = site_settings().email
    if not contact:
        raise Http404
    expires = datetime.combine(timezone.now().date() + SECURITY_TXT_VALIDITY, time(), UTC)
    return text_response(
        f"Contact: mailto:{contact}\n"
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}\n"
        f"Preferred-Languages: {', '.join(code for code, _name in settings.LANGUAGES)}\n"
        f"Canonical: {lasting_address(request, request.path)}"
    )


def manifest(request):
    """Serves the web app manifest, with colours for the light and for the dark theme.

    Browsers that know no `user_preferences` take the light one.
    """
    light, dark = colours()["paper"]
    look = look_addresses()
    icons = [
        {"src": address, "sizes": f"{side}x{side}", "type": "image/png"}
        for side, address in look.manifest_icons
    ]
    content = {
        "name": site_settings().title,
        "lang": get_language(),
        "start_url": reverse("pages-root"),
        "display": "browser",
        "background_color": light,
        "theme_color": light,
        "user_preferences": {"color_scheme": {"dark": {"background_color": dark, "theme_color": dark}}},
        "icons": [{"src": look.icon, "sizes": "any", "type": "image/svg+xml"}, *icons],
    }
    return JsonResponse(content, content_type="application/manifest+json")


def favicon(request):
    """Redirects programs that do not read the head of a page to the icon, whose address holds a hash."""
    return redirect(look_addresses().tab_icon)


def text_response(content):
    return HttpResponse(f"{content}\n", content_type="text/plain; charset=utf-8")
