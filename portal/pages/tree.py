"""Serialises changes to the page tree, and to the versions of pages, with a table lock.

The CMS computes a page's place in the tree from what it has read of the others: two changes at once would
break it.
"""

from cms.models import Page
from django.contrib import messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.http import HttpResponseBadRequest
from django.shortcuts import redirect
from django.utils.translation import gettext

from organisation.models import Organisation

from .addresses import old_addresses_lead_on

CHANGING_URL_NAMES = ("cms_page_", "cms_pagecontent_", "cms_wizard", "djangocms_versioning_")


class PageTreeMiddleware:
    """Makes requests by which staff add, move, publish or take down pages wait for one another.

    Only PostgreSQL needs the lock: SQLite allows one write transaction at a time, from its beginning. The old
    addresses of pages lead on in the same transaction; what puts a page where nobody finds it is refused.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        url_name = request.resolver_match.url_name or ""
        if (
            request.method != "POST"
            or not url_name.startswith(CHANGING_URL_NAMES)
            or not request.user.is_staff
        ):
            return None
        # The view is called here, not by Django, so that the lock is held until its transaction ends.
        try:
            with transaction.atomic():
                lock_tree()
                with old_addresses_lead_on():
                    response = view(request, *args, **kwargs)
                # Home and the settings of pages change without a signal.
                Organisation.objects.find_pages()
                if url_name == "cms_page_set_home" and response.status_code == 200:
                    note_home_page(request.user, kwargs["object_id"])
                return response
        except ValidationError as error:
            return refusal(request, error.messages[0])


def note_home_page(user, pk):
    """Writes into the log of the admin who made a page the home page, which the CMS does not."""
    page = Page.objects.get(pk=pk)
    LogEntry.objects.create(
        user=user,
        content_type=ContentType.objects.get_for_model(Page),
        object_id=page.pk,
        object_repr=str(page)[:200],
        action_flag=CHANGE,
        change_message=gettext("Made it the home page"),
    )


def lock_tree():
    if connection.vendor == "postgresql":
        table = connection.ops.quote_name(Page._meta.db_table)
        with connection.cursor() as cursor:
            # This mode conflicts with itself, and blocks no readers.
            cursor.execute(f"LOCK TABLE {table} IN SHARE ROW EXCLUSIVE MODE")


def refusal(request, sentence):
    """Says why nothing was changed: to a script in its answer, to a person over the list of pages."""
    if request.headers.get("X-Requested-With") == "XMLHttpRequest":
        return HttpResponseBadRequest(sentence)
    messages.error(request, sentence)
    return redirect("admin:cms_pagecontent_changelist")
