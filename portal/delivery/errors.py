import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpResponse
from django.template.loader import render_to_string

from portal.accounts.expired_session import form_to_resend

# PostgreSQL's code for a write to a server that may only be read, such as a standby.
READ_ONLY = "25006"


def server_error(request):
    """Something broke: our fault, or a database that is away or full for the moment."""
    away = is_away(sys.exc_info()[1])
    if not away:
        return HttpResponse(render_to_string("500.html"), status=500)
    return HttpResponse(
        render_to_string("503.html", {"kept": form_to_resend(request)}),
        status=503,
        headers={"Retry-After": "30"},
    )


def is_away(error):
    """Whether the database cannot be asked or written to. SQLite says the same of a statement that is wrong: our fault, which does not pass."""
    causes = []
    while error:
        causes.append(error)
        error = error.__cause__ or error.__context__
    if any(getattr(each, "pgcode", "") == READ_ONLY for each in causes):
        return True
    wrong = any(getattr(each, "sqlite_errorname", "") == "SQLITE_ERROR" for each in causes)
    return bool(causes) and isinstance(causes[0], (OperationalError, InterfaceError)) and not wrong
