"""The site's name, menus and breadcrumbs.

One query a page for the menu's own entries, where the CMS's `show_menu` builds a node for every page of the site.
"""

from dataclasses import dataclass

from cms.models import PageContent
from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

register = template.Library()


@dataclass
class Entry:
    title: str
    path: str
    in_navigation: bool

    @property
    def address(self):
        return reverse("pages-details-by-slug", kwargs={"slug": self.path})

    def current_for(self, path):
        """The value of aria-current: this very page, or the section that a deeper address stands in."""
        if path == self.address:
            return "page"
        return "true" if path.startswith(self.address) else ""


def published(**where):
    """Published pages of the present language as menu entries, in the order of the tree; home is no entry."""
    language = get_language()
    contents = PageContent.objects.filter(
        language=language, page__urls__language=language, page__urls__path__isnull=False, page__is_home=False, **where
    ).order_by("page__path")
    return [
        Entry(menu_title or title, path, in_navigation)
        for menu_title, title, path, in_navigation in contents.values_list("menu_title", "title", "page__urls__path", "in_navigation")
    ]


def top_entries(request):
    if not hasattr(request, "top_entries"):
        request.top_entries = published(page__depth=1)
    return request.top_entries


def menu(context, label, in_navigation):
    request = context["request"]
    entries = [entry for entry in top_entries(request) if entry.in_navigation is in_navigation]
    return {"label": label, "entries": [(entry.title, entry.address, entry.current_for(request.path)) for entry in entries]}


@register.simple_tag
def site_name():
    return settings.SITE_NAME


@register.simple_tag
def one_person_publishes():
    return settings.PORTAL_SINGLE_EDITOR


@register.inclusion_tag("components/menu.html", takes_context=True)
def main_menu(context):
    return menu(context, _("Main"), in_navigation=True)


@register.inclusion_tag("components/menu.html", takes_context=True)
def footer_menu(context):
    return menu(context, _("About this site"), in_navigation=False)


def home():
    return (_("Home"), reverse("pages-root"))


@register.simple_tag(takes_context=True)
def page_trail(context):
    """(title, address) of home and of each published page above the current one."""
    request = context["request"]
    if not hasattr(request, "page_trail"):
        page = request.current_page
        above = published(page__path__in=page.get_ancestor_paths()) if page and page.depth > 1 else []
        request.page_trail = [home()] + [(entry.title, entry.address) for entry in above]
    return request.page_trail


@register.inclusion_tag("components/menu.html", takes_context=True)
def section_menu(context):
    """The page of the second level that the present page is or stands under, and the pages below it."""
    page = context["request"].current_page
    entries = []
    if page and page.depth > 1:
        section = page.path[: 2 * page.steplen]
        entries = published(page__path__startswith=section, page__depth__lte=3)
    path = context["request"].path
    shown = entries if len(entries) > 1 else []  # a page alone in its section needs no menu
    return {"label": _("In this section"), "entries": [(e.title, e.address, "page" if e.address == path else "") for e in shown]}


@register.simple_tag(takes_context=True)
def record_trail(context, section):
    """(title, address) of home and of the top page, such as “evidence”, under which a record stands, if it is published."""
    above = [entry for entry in top_entries(context["request"]) if entry.path == section]
    return [home()] + [(entry.title, entry.address) for entry in above]
