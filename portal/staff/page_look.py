"""Shows a version of a page as it looks elsewhere: on three screens, dark, on paper, and to visitors.

A page for staff frames the version as a visitor would be sent it: without the toolbar, and without what the
page says to staff alone.
"""

import re

from cms.models import PageContent
from cms.toolbar.toolbar import EmptyToolbar
from cms.toolbar.utils import get_object_preview_url
from cms.views import render_pagecontent
from django.contrib import admin
from django.contrib.auth.models import AnonymousUser
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from djangocms_versioning.constants import PUBLISHED
from djangocms_versioning.models import Version

from impact.preview import unlisted, visitors_request

# What it is looked at as: {name: (label, width of the frame in pixels)}. A sheet of A4 is 794 pixels wide.
WAYS = {
    "reader": (_("As a visitor"), 1280),
    "360": (_("Telephone, 360 wide"), 360),
    "768": (_("Tablet, 768 wide"), 768),
    "1440": (_("Screen, 1440 wide"), 1440),
    "dark": (_("Dark"), 1280),
    "paper": (_("On paper"), 794),
}
# The script that sets the theme which a reader has chosen; a framed page has that of its frame.
THEME_SCRIPT = re.compile(r'<script src="[^"]*/theme[^"]*\.js"></script>')


def page_look(request, pk):
    """Shows the ways to look at a version, and the version in a frame as the one that is chosen."""
    version = version_or_404(request, pk)
    chosen = request.GET.get("as", "reader")
    if chosen not in WAYS:
        raise Http404
    label, width = WAYS[chosen]
    context = admin.site.each_context(request) | {
        "title": gettext("How “%(title)s” looks") % {"title": version.content.title},
        "version": version,
        "ways": [(name, label, name == chosen) for name, (label, _width) in WAYS.items()],
        "chosen": chosen,
        "label": label,
        "width": width,
        "preview_url": get_object_preview_url(version.content),
    }
    return render(request, "admin/page_look.html", context)


def framed_page(request, pk, way):
    """Returns a version as a visitor would be sent it, in the theme or on the paper that is asked for."""
    version = version_or_404(request, pk)
    if way not in WAYS:
        raise Http404
    html = page_of(request, version)
    if way == "dark":
        html = THEME_SCRIPT.sub("", html.replace("<html ", '<html data-theme="dark" ', 1), count=1)
    elif way == "paper":
        html = THEME_SCRIPT.sub("", html.replace("<html ", '<html data-theme="light" ', 1), count=1)
        html = html.replace('media="print"', 'media="all"')
    return unlisted(HttpResponse(html))


def version_or_404(request, pk):
    if not request.user.has_perm("cms.change_page"):
        raise PermissionDenied
    versions = Version.objects.filter(content_type=ContentType.objects.get_for_model(PageContent))
    return get_object_or_404(versions, pk=pk)


def page_of(request, version):
    """Returns the HTML of a version for somebody without account, marked as a preview if none reads it."""
    content = version.content
    with translation.override(content.language):
        visitors = visitors_request(request, content.get_absolute_url() or "/")
        visitors.user, visitors.session = AnonymousUser(), {}
        visitors.LANGUAGE_CODE = content.language
        visitors.is_preview = version.state != PUBLISHED
        visitors.toolbar = EmptyToolbar(visitors)
        response = render_pagecontent(visitors, content)
        if hasattr(response, "render"):
            response.render()
    return response.content.decode()
