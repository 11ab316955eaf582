"""Answers one question of the pages of the CMS: may an anonymous visitor open this now?

Menus, links, lists, search, the sitemap and the copies of the site all ask it here.
"""

from cms.models import Page, PageContent
from django.db.models import Expression, F


class OpenPages(Expression):
    """The primary keys of the pages that are published and read without a login, as are all those above.

    The database walks the tree down from its roots, and stops at each page that is closed.
    """

    output_field = Page._meta.pk

    def as_sql(self, compiler, connection):
        published, params = PageContent.objects.order_by().values("page").query.sql_with_params()
        pages = connection.ops.quote_name(Page._meta.db_table)
        is_open = "NOT page.login_required AND page.id IN (SELECT id FROM published)"
        sql = (
            f"(WITH RECURSIVE published (id) AS ({published}), opened (id) AS ("
            f"SELECT page.id FROM {pages} page WHERE page.parent_id IS NULL AND {is_open} UNION ALL "
            f"SELECT page.id FROM {pages} page JOIN opened ON page.parent_id = opened.id WHERE {is_open}"
            ") SELECT id FROM opened)"
        )
        return sql, params


def public_contents():
    """Returns the contents of pages that visitors may open, each in the language that it is published in.

    `url_path` is the path of its address in the CMS, empty for the home page.
    """
    return PageContent.objects.filter(
        page__urls__language=F("language"), page__urls__path__isnull=False, page__in=OpenPages()
    ).annotate(url_path=F("page__urls__path"))


def is_open(page):
    """True if the page, and each page above it, is published in some language and asks for no login."""
    return Page.objects.filter(pk=page.pk, pk__in=OpenPages()).exists()
