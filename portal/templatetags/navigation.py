"""The site's name, menus and breadcrumbs.

One query a page for the entries of all of them, where the CMS's `show_menu` builds a node for every page of the site.
"""

from dataclasses import dataclass

from cms.models import Page, PageContent
from django import template
from django.conf import settings
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from organisation.request_cache import cached_for_request

register = template.Library()


@dataclass
class Entry:
    title: str
    path: str
    in_navigation: bool
    place: str  # in the tree of pages, where each page's starts with that of the page above

    @property
    def depth(self):
        return len(self.place) // Page.steplen

    @property
    def address(self):
        return reverse("pages-details-by-slug", kwargs={"slug": self.path})

    def current_for(self, path):
        """The value of aria-current: this very page, or the section that a deeper address stands in."""
        if path == self.address:
            return "page"
        return "true" if path.startswith(self.address) else ""


def entries(request):
    """The published pages, in the order of the tree, that the menus of the present page may name; home is none of them."""
    return cached_for_request(request, "menu entries", lambda: published(request.current_page))


def published(page):
    """Of the present language: the top pages, those above the given page, and those of its section."""
    language = get_language()
    named = Q(page__parent=None)
    if page and page.depth > 1:
        above = Q(page__path__in=page.get_ancestor_paths())
        section = section_of(page)
        # As a range, of which an index knows the ends.
        beside = Q(page__path__gte=section, page__path__lt=Page(path=section)._inc_path(), page__depth__lte=3)
        named |= above | beside
    contents = (
        PageContent.objects.filter(
            named,
            language=language,
            page__urls__language=language,
            page__urls__path__isnull=False,
            page__is_home=False,
        )
        .annotate(address=F("page__urls__path"))
        .select_related("page")
        .order_by("page__path")
    )
    for content in contents:
        if page and content.page_id == page.parent_id:
            page.parent = content.page  # which the CMS looks up for every placeholder
    return [
        Entry(content.menu_title or content.title, content.address, content.in_navigation, content.page.path)
        for content in contents
    ]


def section_of(page):
    """The place in the tree of the page of the second level that a page is or stands under."""
    return page.path[: 2 * page.steplen]


def top_entries(request):
    return [entry for entry in entries(request) if entry.depth == 1]


def menu(context, label, in_navigation):
    request = context["request"]
    shown = [entry for entry in top_entries(request) if entry.in_navigation is in_navigation]
    return {
        "label": label,
        "entries": [(entry.title, entry.address, entry.current_for(request.path)) for entry in shown],
    }


@register.simple_tag
def site_name():
    return settings.SITE_NAME


@register.simple_tag
def one_person_publishes():
    return settings.PORTAL_SINGLE_EDITOR


@register.simple_tag
def password_is_enough():
    return settings.PORTAL_PASSWORD_ONLY


@register.inclusion_tag("components/site/menu.html", takes_context=True)
def main_menu(context):
    return menu(context, _("Main"), in_navigation=True)


@register.inclusion_tag("components/site/menu.html", takes_context=True)
def footer_menu(context):
    return menu(context, _("About this site"), in_navigation=False)


def home():
    return (_("Home"), reverse("pages-root"))


@register.simple_tag(takes_context=True)
def page_trail(context):
    """(title, address) of home and of each published page above the current one."""
    request = context["request"]
    places = request.current_page.get_ancestor_paths() if request.current_page else []
    return [home()] + [(entry.title, entry.address) for entry in entries(request) if entry.place in places]


@register.inclusion_tag("components/site/menu.html", takes_context=True)
def section_menu(context):
    """The page of the second level that the present page is or stands under, and the pages below it."""
    page, path = context["request"].current_page, context["request"].path
    section = section_of(page) if page and page.depth > 1 else None
    found = [entry for entry in entries(context["request"]) if section and entry.place.startswith(section)]
    shown = found if len(found) > 1 else []  # a page alone in its section needs no menu
    return {
        "label": _("In this section"),
        "entries": [(e.title, e.address, "page" if e.address == path else "") for e in shown],
    }


@register.simple_tag(takes_context=True)
def record_trail(context, section):
    """(title, address) of home and of the top page, such as “evidence”, under which a record stands, if it is published."""
    above = [entry for entry in top_entries(context["request"]) if entry.path == section]
    return [home()] + [(entry.title, entry.address) for entry in above]
