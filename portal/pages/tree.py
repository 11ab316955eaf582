"""One change of the tree of pages, or of the versions of one, at a time: the CMS decides on what it has read of the others."""

from cms.models import Page
from django.db import connection, transaction

CHANGES = ("cms_page_", "cms_pagecontent_", "cms_wizard", "djangocms_versioning_")


class PageTreeMiddleware:
    """Of staff who add, move, publish or take down pages each waits for the other.

    SQLite lets one write at a time anyway, from the beginning of its transaction.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        named = request.resolver_match.url_name or ""
        if request.method != "POST" or not named.startswith(CHANGES) or not request.user.is_staff:
            return None
        with transaction.atomic():
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute(
                        f"LOCK TABLE {connection.ops.quote_name(Page._meta.db_table)} IN SHARE ROW EXCLUSIVE MODE"
                    )
            return view(request, *args, **kwargs)
