"""Health checks for load balancers and monitoring."""

from django.db import DatabaseError, connection
from django.http import HttpResponse


def healthz(request):
    """Answers the liveness check: the process runs."""
    return HttpResponse("ok\n", content_type="text/plain")


def readyz(request):
    """Answers the readiness check: the process runs and reaches its database."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("no database\n", content_type="text/plain", status=503)
    return HttpResponse("ready\n", content_type="text/plain")
