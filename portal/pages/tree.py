"""Serialises changes to the page tree, and to the versions of pages, with a table lock.

The CMS computes a page's place in the tree from what it has read of the others: two changes at once would
break it.
"""

from contextlib import suppress
from copy import copy

from cms.models import Page, PageContent
from django.contrib import messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.messages.middleware import MessageMiddleware
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.http import QueryDict
from django.shortcuts import redirect
from django.utils.html import escape
from django.utils.translation import gettext

from organisation.block_pages import all_block_pages
from organisation.models import Organisation

from .addresses import old_addresses_lead_on
from .confirmation import PublicChange, ask, is_script, refuse_script, settings_of_pages

CHANGING_URL_NAMES = ("cms_page_", "cms_pagecontent_", "cms_wizard", "djangocms_versioning_", "page-review")
# The pages that ask in general words before a page is taken down, with a reason, or deleted.
TAKE_DOWN = "djangocms_versioning_pagecontentversion_unpublish"
ASKING_URL_NAMES = ("cms_page_delete", "cms_pagecontent_delete", TAKE_DOWN)
# The answers to these are for the script of the page tree.
SCRIPT_URL_NAMES = ("cms_page_move_page", "cms_page_set_home")
PAGES = "admin:cms_pagecontent_changelist"
MOST_PAGES_COPIED = 50  # while they are copied, nobody else can save


class PageTreeMiddleware:
    """Makes requests by which staff add, move, publish or take down pages wait for one another.

    Only PostgreSQL needs the lock: SQLite allows one write transaction at a time, from its beginning. The old
    addresses of pages lead on in the same transaction; what puts a page where nobody finds it is refused, and
    what visitors would notice is asked about first.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        url_name = request.resolver_match.url_name or ""
        if not url_name.startswith(CHANGING_URL_NAMES) or not request.user.is_staff:
            return None
        try:
            # The view is called here, not by Django, so that the lock is held until its transaction ends.
            if request.method == "POST":
                if url_name == "cms_page_copy_page":
                    check_copy(args[0], request.POST.get("target", ""))
                change = change_by_the_clock(request, view, args, kwargs)
                if not change:
                    change, response = change_pages(request, view, args, kwargs)
            elif request.method == "GET" and url_name in ASKING_URL_NAMES:
                post = as_post(request)
                change, _response = change_pages(post, view, args, kwargs, is_tried=True)
                return ask(request, change, post.POST, url_name == TAKE_DOWN) if change else None
            else:
                return None
        except ValidationError as error:
            return refusal(request, error.messages[0])
        except PageContent.DoesNotExist:  # the CMS copies the blocks of what is published
            sentence = gettext("Only a published page is copied, and this one is not in this language.")
            return refusal(request, sentence)
        if change:
            discard_messages(request)
            return ask(request, change, request.POST)
        return response


def change_pages(request, view, args, kwargs, is_tried=False):
    """Calls a view that changes pages; returns (the change to ask about or None, the view's response).

    What visitors would notice is rolled back until it is confirmed, and all of it if it is only tried.
    """
    url_name = request.resolver_match.url_name
    with transaction.atomic():
        lock_tree()
        old_settings, old_block_pages = settings_of_pages(), all_block_pages()
        with old_addresses_lead_on() as moved:
            response = view(request, *args, **kwargs)
        change = PublicChange(moved, old_settings, settings_of_pages(), old_block_pages, all_block_pages())
        is_asked = bool(change) and request.POST.get("confirmed") != change.checksum
        if is_asked or is_tried:
            transaction.set_rollback(True)
            return (change if is_asked else None), response
        # Home and the settings of pages change without a signal.
        Organisation.objects.find_pages()
        if url_name == "cms_page_set_home" and response.status_code == 200:
            note_home_page(request.user, kwargs["object_id"])
    if change and url_name in SCRIPT_URL_NAMES and not is_script(request):
        messages.success(request, gettext("It is changed: visitors find it so now."))
        return None, redirect(PAGES)
    return None, response


def change_by_the_clock(request, view, args, kwargs):
    """Returns the change to ask about that a draft makes once it is due; None where nothing is scheduled.

    The clock asks nobody: so the draft is published as it is put on the schedule, and that is rolled back.
    """
    if request.resolver_match.url_name != "page-review" or request.POST.get("do") != "schedule":
        return None
    publishing = copy(request)
    publishing.POST = request.POST.copy()
    publishing.POST["do"] = "publish"
    discard_messages(publishing)
    change, _response = change_pages(publishing, view, args, kwargs, is_tried=True)
    return change


def check_copy(page_id, target):
    """Raises ValidationError if a page would be copied below itself, or with too many others."""
    page = Page.objects.filter(pk=page_id).first()
    copied = page.get_tree(page) if page else Page.objects.none()
    with suppress(ValueError):  # read as the form of the CMS does, however the number is spelled
        if copied.filter(pk=target).exists():
            sentence = gettext("A page cannot be copied below itself: choose another place for it.")
            raise ValidationError(sentence)
    if copied.count() > MOST_PAGES_COPIED:
        sentence = gettext("It would be copied with all %(count)d pages below it, and %(most)d is the most.")
        count = copied.count() - 1
        raise ValidationError(sentence % {"count": count, "most": MOST_PAGES_COPIED - 1})


def as_post(request):
    """Returns a GET of a page that asks by itself as the POST by which it would be answered."""
    post = copy(request)
    post.method, post.POST = "POST", QueryDict("post=yes&reason=-")
    discard_messages(post)
    return post


def discard_messages(request):
    """Lets what is said by a view that is tried, or was rolled back, be said to nobody."""
    MessageMiddleware(ask).process_request(request)


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
    if is_script(request):
        return refuse_script(request, escape(sentence))
    messages.error(request, sentence)
    return redirect(PAGES)
