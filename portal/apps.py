from django.apps import AppConfig
from django.contrib.admin import apps


class PortalConfig(AppConfig):
    name = "portal"
    default = True

    def ready(self):
        from . import checks  # noqa: F401  registers itself
        from .accounts import second_factor  # noqa: F401  listens for new factors
        from .cache.writes import watch_writes
        from .headers import keep_pages_out_of_frames
        from .page_review import review_pages
        from .search.index import keep_in_step

        watch_writes()
        review_pages()
        keep_pages_out_of_frames()
        keep_in_step()


class DeskConfig(apps.AdminConfig):
    """Django's admin, opening on the desk."""

    default = False
    default_site = "portal.desk.site.DeskSite"
