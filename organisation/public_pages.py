"""Answers one question of the pages of the CMS: may an anonymous visitor open this now?

Menus, links, lists, search, the sitemap and the copies of the site all ask it here.
"""

from cms.models import Page, PageContent
from django.db.models import Expression, F


class ClosedPages(Expression):
    """The primary keys of the pages that are not published, or ask for a login, and of all pages below these.

    The database walks down from each page that is closed by itself: few are, and a join a level is fast.
    """

    output_field = Page._meta.pk

    def as_sql(self, compiler, connection):
        published, params = PageContent.objects.order_by().values("page").query.sql_with_params()
        pages = connection.ops.quote_name(Page._meta.db_table)
        sql = (
            f"(WITH RECURSIVE closed (id) AS (SELECT page.id FROM {pages} page WHERE page.login_required"
            f" OR page.id NOT IN ({published}) UNION"
            f" SELECT page.id FROM {pages} page JOIN closed ON page.parent_id = closed.id)"
            " SELECT id FROM closed)"
        )
        return sql, params


def public_contents():
    """Returns the contents of pages that visitors may open, each in the language that it is published in.

    `url_path` is the path of its address in the CMS, empty for the home page.
    """
    with_address = PageContent.objects.filter(
        page__urls__language=F("language"), page__urls__path__isnull=False
    )
    return with_address.exclude(page__in=ClosedPages()).annotate(url_path=F("page__urls__path"))


def is_open(page):
    """True if the page, and each page above it, is published in some language and asks for no login."""
    return Page.objects.filter(pk=page.pk).exclude(pk__in=ClosedPages()).exists()
