"""Registers the system checks of settings that do not go together, for `manage.py check`."""

from django.conf import settings
from django.core.checks import Error, register
from django.utils.translation import gettext as _

from portal import environment


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


@register
def check_proxies(app_configs, **kwargs):
    """Refuses https without a word on proxies, which leads every visitor behind one in a circle."""
    sentence = redirect_loop()
    return [Error(sentence, id="portal.E002")] if sentence else []


def redirect_loop():
    """Returns a sentence if https is demanded and nobody has said how the site learns of it; else ""."""
    if not settings.PORTAL_HTTPS or environment.text("PORTAL_PROXIES"):
        return ""
    return _(
        "PORTAL_HTTPS=1 without PORTAL_PROXIES leads whoever comes through a proxy in a circle. Set "
        "PORTAL_PROXIES to the number of proxies before the site, or to 0 if the server itself speaks https."
    )
