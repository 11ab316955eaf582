from django.apps import AppConfig
from django.contrib.admin import apps


class PortalConfig(AppConfig):
    name = "portal"
    default = True

    def ready(self):
        from .accounts import second_factor  # noqa: F401  listens for new factors
        from .delivery.invalidation import watch_writes
        from .delivery.security_headers import forbid_framing
        from .operations import system_checks as checks  # noqa: F401  registers itself
        from .pages.review import review_pages
        from .search.signals import connect_signals

        watch_writes()
        review_pages()
        forbid_framing()
        connect_signals()


class DeskConfig(apps.AdminConfig):
    """Django's admin, opening on the desk."""

    default = False
    default_site = "portal.staff.desk.site.DeskSite"
