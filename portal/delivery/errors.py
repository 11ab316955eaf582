"""Answers a request that failed with 503 while the database is unavailable, and otherwise with 500."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpResponse
from django.template.loader import render_to_string

from portal.accounts.expired_session import form_to_resend

from .last_look import last_look

# PostgreSQL's SQLSTATE for a write to a server that may only be read, such as a standby.
READ_ONLY_TRANSACTION = "25006"


def server_error(request):
    """Renders the page for an unhandled exception; 503 carries Retry-After and the form that was sent."""
    if not is_database_unavailable(sys.exc_info()[1]):
        return page_in_last_look("500.html", {}, status=500)
    context = {"form_to_resend": form_to_resend(request)}
    return page_in_last_look("503.html", context, status=503, headers={"Retry-After": "30"})


def page_in_last_look(template, context, **options):
    """Renders a page in the colours that visitors saw last: the database may not say those of now."""
    style_sheet = last_look()
    response = HttpResponse(render_to_string(template, context | {"look": style_sheet}), **options)
    response.inline_style = style_sheet  # the policy of the page allows this one and no other
    return response


def is_database_unavailable(error):
    """Returns true if the database cannot be reached or written to at the moment."""
    causes = []
    while error:
        causes.append(error)
        error = error.__cause__ or error.__context__
    if any(getattr(cause, "pgcode", "") == READ_ONLY_TRANSACTION for cause in causes):
        return True
    # SQLite raises OperationalError for a faulty statement as well: that is a bug of ours, and does not pass.
    is_faulty_sql = any(getattr(cause, "sqlite_errorname", "") == "SQLITE_ERROR" for cause in causes)
    return bool(causes) and isinstance(causes[0], (OperationalError, InterfaceError)) and not is_faulty_sql
