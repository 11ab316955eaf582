from importlib import import_module

from django.apps import AppConfig
from django.contrib.admin import apps


class PortalConfig(AppConfig):
    name = "portal"
    default = True

    def ready(self):
        from django.db.backends.signals import connection_created
        from django.db.models.signals import post_migrate

        from organisation.pictures.withdrawal import backups_holding

        from .accounts.start import pages_wanted
        from .delivery.invalidation import watch_writes
        from .delivery.security_headers import forbid_framing
        from .operations.file_modes import make_database_private
        from .pages.addresses import check_addresses_in_forms
        from .pages.blocks import note_changes_of_blocks
        from .pages.links import lead_to_pages_alone
        from .pages.permissions import restrict_pages
        from .pages.profiles import connect_profiles
        from .pages.review import review_pages
        from .pages.text_form import keep_to_the_allow_list
        from .search.signals import connect_signals

        # Importing these registers a signal receiver and the system checks.
        import_module("portal.accounts.second_factor")
        import_module("portal.operations.system_checks")
        connection_created.connect(make_database_private)
        watch_writes()
        review_pages()
        restrict_pages()
        note_changes_of_blocks()
        check_addresses_in_forms()
        lead_to_pages_alone()
        keep_to_the_allow_list()
        forbid_framing()
        connect_profiles()
        connect_signals()
        pages_wanted.connect(bring_starter_pages)
        backups_holding.append(backups_that_hold)
        # The last of the apps: by then each has the permissions of its models.
        post_migrate.connect(bring_groups_up_to_date, sender=self)


def backups_that_hold(picture):
    # Not before it is asked: a process that serves visitors does without what makes backups.
    from .operations.backup.backup import backups_holding

    return backups_holding(picture)


def bring_groups_up_to_date(**kwargs):
    # Not before it is sent: a process that serves visitors does without what makes groups.
    from .seeding.staff import seed_groups_after_migrations

    seed_groups_after_migrations(**kwargs)


def bring_starter_pages(**kwargs):
    # Not before it is sent: a process that serves visitors does without what makes pages.
    from cms.models import Page

    from .seeding.starter import seed_starter

    # Somebody with an account may have made a page at the desk before they said who they are.
    if not Page.objects.exists():
        seed_starter()


class DeskConfig(apps.AdminConfig):
    """Django's admin with the desk as its first page."""

    default = False
    default_site = "portal.staff.desk.site.DeskSite"
