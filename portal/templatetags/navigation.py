"""The site's name, menus and trails (breadcrumbs).

All of them together cost one query a page; the CMS's `show_menu` builds a node for every page of the site.
"""

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from organisation.block_pages import page_with
from organisation.models import site_settings
from organisation.models.organisation import SECTION
from portal.pages.menu_entries import entries, section_path

register = template.Library()


def top_entries(request):
    return [entry for entry in entries(request) if entry.depth == 1]


def top_menu(context, label, in_navigation):
    """Returns the context of a menu of top pages, those in the navigation or the others."""
    request = context["request"]
    # Whoever edits finds every page; the page itself stays where a visitor has its address.
    edits = bool(getattr(getattr(request, "toolbar", None), "edit_mode_active", False))
    shown = [
        entry
        for entry in top_entries(request)
        if entry.in_navigation is in_navigation
        and (edits or not entry.is_empty or request.path == entry.address)
    ]
    return {
        "label": label,
        "entries": [(entry.title, entry.address, entry.aria_current(request.path)) for entry in shown],
    }


@register.simple_tag
def site_name():
    return site_settings().title


@register.simple_tag
def site_description():
    return site_settings().description


@register.simple_tag
def several_organisations():
    """Returns true where the site speaks of organisations as “they”, not as “we”."""
    return site_settings().several_organisations


@register.inclusion_tag("components/site/footer_notes.html")
def footer_notes():
    """Says at the foot of a page what the settings of the site say there, and what made it."""
    return {"site": site_settings(), "version": settings.VERSION}


@register.simple_tag
def single_editor():
    """Returns true where one person may publish their own changes."""
    return site_settings().one_person_alone


@register.simple_tag
def password_only():
    """Returns true where nobody needs a second factor."""
    return settings.PORTAL_PASSWORD_ONLY


@register.inclusion_tag("components/site/menu.html", takes_context=True)
def main_menu(context):
    return top_menu(context, _("Main"), in_navigation=True)


@register.inclusion_tag("components/site/menu.html", takes_context=True)
def footer_menu(context):
    return top_menu(context, _("About this site"), in_navigation=False)


def home():
    return (_("Home"), reverse("pages-root"))


@register.simple_tag(takes_context=True)
def page_trail(context):
    """Returns (title, address) of home and of each published page above the present one."""
    request = context["request"]
    above = request.current_page.get_ancestor_paths() if request.current_page else []
    return [home()] + [(entry.title, entry.address) for entry in entries(request) if entry.tree_path in above]


@register.inclusion_tag("components/site/menu.html", takes_context=True)
def section_menu(context):
    """Lists the page of the second level that the present page is or stands under, and the pages below it."""
    request, page = context["request"], context["request"].current_page
    section = section_path(page) if page and page.depth > 1 else None
    in_section = [entry for entry in entries(request) if section and entry.tree_path.startswith(section)]
    shown = in_section if len(in_section) > 1 else []  # a page alone in its section needs no menu
    return {
        "label": _("In this section"),
        "entries": [
            (title_in_section(entry), entry.address, "page" if entry.address == request.path else "")
            for entry in shown
        ],
    }


def title_in_section(entry):
    """Returns the title of a page in the menu of its section: that of a profile stands above the menu."""
    section, _slash, slug = entry.url_path.partition("/")
    return _("Profile") if section == SECTION and slug and "/" not in slug else entry.title


@register.simple_tag
def record_trail(plugin=""):
    """Returns (title, address) of home and of the public page, if there is one, that holds this block."""
    page = page_with(plugin) if plugin else None
    return [home()] + ([(page.title, page.address)] if page else [])
