"""Registers the system checks of settings that do not go together, for `manage.py check`."""

from django.conf import settings
from django.core.checks import Error, register
from django.utils.translation import gettext as _


@register
def check_several_workers(app_configs, **kwargs):
    """Refuses several server processes without a database and a Redis that they share."""
    if settings.PORTAL_WORKERS == 1:
        return []
    missing = []
    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        missing.append(_("PostgreSQL (DATABASE_URL), because SQLite lets one process write at a time"))
    if not settings.REDIS_URL:
        missing.append(_("Redis (REDIS_URL), through which they tell each other what has changed"))
    return [
        Error(
            _("PORTAL_WORKERS asks for %(count)d processes, which need %(what)s.")
            % {"count": settings.PORTAL_WORKERS, "what": requirement},
            id="portal.E001",
        )
        for requirement in missing
    ]
