"""Files that programs look for at an agreed address: robots.txt, security.txt and the manifest of the site."""

from datetime import datetime, time, timedelta, timezone, UTC

from django.conf import settings
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone as clock
from django.utils.translation import get_language, override

from portal.graphics.colours import colours

# Shorter than the year that RFC 9116 allows, so that a copy kept for months is still good.
SECURITY_TXT_LASTS = timedelta(days=180)


def robots_txt(request):
    """Everything is for search engines but what is nobody's to list, and the results of searches, of which there is no end."""
    lines = ["User-agent: *"]
    for code, _name in settings.LANGUAGES:
        with override(code):
            review = reverse("review-link", kwargs={"secret": "-"}).removesuffix("-/")
            lines += [f"Disallow: {path}" for path in (reverse("admin:index"), review, reverse("search"))]
    lines += ["", f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}"]
    return text("\n".join(lines))


def security_txt(request):
    """RFC 9116 asks for a contact and an end in the future; where no contact is on record there is no file."""
    if not settings.PORTAL_CONTACT:
        raise Http404
    ends = datetime.combine(clock.now().date() + SECURITY_TXT_LASTS, time(), UTC)
    return text(
        f"Contact: mailto:{settings.PORTAL_CONTACT}\n"
        f"Expires: {ends:%Y-%m-%dT%H:%M:%SZ}\n"
        f"Preferred-Languages: {', '.join(code for code, _name in settings.LANGUAGES)}\n"
        f"Canonical: {request.build_absolute_uri(request.path)}"
    )


def manifest(request):
    """The site on the home screen of a telephone, as a page or as a slate; browsers that know one theme only take the first."""
    page, slate = colours()["paper"]
    icons = [
        {"src": static(f"img/icon-{side}.png"), "sizes": f"{side}x{side}", "type": "image/png"}
        for side in (192, 512)
    ]
    told = {
        "name": settings.SITE_NAME,
        "lang": get_language(),
        "start_url": reverse("pages-root"),
        "display": "browser",
        "background_color": page,
        "theme_color": page,
        "user_preferences": {"color_scheme": {"dark": {"background_color": slate, "theme_color": slate}}},
        "icons": [{"src": static("img/icon.svg"), "sizes": "any", "type": "image/svg+xml"}, *icons],
    }
    return JsonResponse(told, content_type="application/manifest+json")


def favicon(request):
    """For programs that do not read the head of a page; its name changes with what it shows."""
    return redirect(static("img/favicon.ico"))


def text(content):
    return HttpResponse(f"{content}\n", content_type="text/plain; charset=utf-8")
