"""Lets few people at once do what takes long, so that the server goes on answering visitors.

The reading of a long document or table takes seconds, and one thread of the few that the server has.
"""

from contextlib import contextmanager
from functools import wraps
from threading import BoundedSemaphore

from django.contrib import admin
from django.shortcuts import render
from django.utils.translation import gettext as _

from portal.accounts.expired_session import form_to_resend

# Together fewer than the threads of the server (see portal/operations/server.py): one is always left.
MOST_AT_WORK, MOST_WAITING = 2, 1
PATIENCE = 15  # seconds that one request waits for a place
at_work, waiting = BoundedSemaphore(MOST_AT_WORK), BoundedSemaphore(MOST_WAITING)


def few_at_once(view):
    """Decorates a view of the admin; whoever comes too many is asked to send the same again in a moment."""

    @wraps(view)
    def view_in_turn(request, *args, **kwargs):
        if getattr(request, "accepted_proposal", None):
            return view(request, *args, **kwargs)  # somebody decides on it, who has waited long enough
        with place() as is_free:
            return view(request, *args, **kwargs) if is_free else busy(request)

    return view_in_turn


@contextmanager
def place():
    """Yields true once there is a place, and false where too many wait for one or it takes too long."""
    is_free = at_work.acquire(blocking=False)
    if not is_free and waiting.acquire(blocking=False):
        try:
            is_free = at_work.acquire(timeout=PATIENCE)
        finally:
            waiting.release()
    try:
        yield is_free
    finally:
        if is_free:
            at_work.release()


def busy(request):
    context = admin.site.each_context(request) | {
        "title": _("Others are reading documents or tables"),
        "form_to_resend": form_to_resend(request),
    }
    response = render(request, "admin/desk/busy.html", context, status=503)
    response["Retry-After"] = "30"
    return response
