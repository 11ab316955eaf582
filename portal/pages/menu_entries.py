"""The pages that the menus and trails of the present page name, read with one query.

The menus leave out a page that is there for a list alone, such as the timeline, while the list is empty.
"""

from dataclasses import dataclass
from functools import cache

from cms.models import CMSPlugin, Page, PageContent
from cms.plugin_pool import plugin_pool
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import BooleanField, Exists, OuterRef, Q
from django.db.models.expressions import RawSQL
from django.urls import reverse
from django.utils.translation import get_language

from organisation.block_plugins import SEARCH_WORDS, TEXT_PLUGINS
from organisation.models import ListBlock
from organisation.public_pages import public_contents
from organisation.request_cache import cached_for_request


@dataclass
class Entry:
    """A page as menus and trails name it."""

    title: str
    url_path: str
    in_navigation: bool
    tree_path: str  # treebeard's: it starts with that of the page above
    is_empty: bool = False  # all that it is there to show is a list, which is empty

    @property
    def depth(self):
        return len(self.tree_path) // Page.steplen

    @property
    def address(self):
        return reverse("pages-details-by-slug", kwargs={"slug": self.url_path})

    def aria_current(self, request_path):
        """Returns “page” for the present page, “true” for the section that it stands in, and else nothing."""
        if request_path == self.address:
            return "page"
        return "true" if request_path.startswith(self.address) else ""


def entries(request):
    """Returns the public pages that the menus of the present page may name, in the order of the tree.

    Home is none of them.
    """
    return cached_for_request(request, "menu entries", lambda: published_entries(request.current_page))


def published_entries(page):
    """Queries, in the present language, the top pages, the pages above a page, and those of its section."""
    is_shown = Q(page__parent=None)
    if page and page.depth > 1:
        is_above = Q(page__path__in=page.get_ancestor_paths())
        section = section_path(page)
        # A range, which an index can search, where startswith becomes a LIKE.
        is_in_section = Q(
            page__path__gte=section, page__path__lt=Page(path=section)._inc_path(), page__depth__lte=3
        )
        is_shown |= is_above | is_in_section
    contents = (
        public_contents()
        .filter(is_shown, language=get_language(), page__is_home=False)
        .select_related("page")
        .annotate(is_empty=is_empty())
        .order_by("page__path")
    )
    for content in contents:
        if page and content.page_id == page.parent_id:
            # The CMS looks the parent up for every placeholder of the page.
            page.parent = content.page
    return [
        Entry(
            content.menu_title or content.title,
            content.url_path,
            content.in_navigation,
            content.page.path,
            content.is_empty,
        )
        for content in contents
    ]


def is_empty():
    """Returns the condition of a page that holds lists and texts alone, of which each list is empty."""
    return RawSQL(*compiled_emptiness(connection.vendor), output_field=BooleanField())


@cache
def compiled_emptiness(vendor):
    """Returns the same as SQL and its parameters: to compile it took longer than all else that a menu costs.

    A list that stands below a heading is only a part of what its page is there for.
    """
    blocks = CMSPlugin.objects.filter(
        placeholder__content_type=ContentType.objects.get_for_model(PageContent),
        placeholder__object_id=OuterRef("pk"),
        language=OuterRef("language"),
    )
    lists = {
        plugin.__name__: querysets
        for plugin in plugin_pool.get_all_plugins()
        if (querysets := getattr(plugin, "every_record", tuple)())
    }
    has_records = Q(pk__in=[])
    for name, querysets in lists.items():
        for queryset in querysets:
            has_records |= Q(Exists(queryset.order_by()), plugin_type=name)
    condition = (
        Exists(blocks.filter(plugin_type__in=lists, pk__in=ListBlock.objects.filter(heading="").values("pk")))
        & ~Exists(blocks.exclude(plugin_type__in=[*lists, *TEXT_PLUGINS, SEARCH_WORDS]))
        & ~Exists(blocks.filter(has_records))
    )
    query = PageContent.admin_manager.all().query
    return query.get_compiler(connection=connection).compile(condition.resolve_expression(query))


def section_path(page):
    """Returns the tree path of the page of the second level that a page is, or stands under."""
    return page.path[: 2 * page.steplen]
