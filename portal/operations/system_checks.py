"""What `manage.py check` says of settings that do not go together."""

from django.conf import settings
from django.core.checks import Error, register
from django.utils.translation import gettext as _


@register
def several_processes_share_what_they_must(app_configs, **kwargs):
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
            % {"count": settings.PORTAL_WORKERS, "what": each},
            id="portal.E001",
        )
        for each in missing
    ]
