"""Leaves the demonstration: saves the site, and empties it of all but its people for a start of one's own."""

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from organisation.models import SiteSettings
from portal.accounts.start.progress import Progress
from portal.search.index import reindex
from portal.seeding.demonstration import own_records, standing_records
from portal.seeding.staff import seed_groups, seed_user

from .backup import Backup, OperationError, site_database
from .backup.disk import disk_errors

# People, how they log in, and what Django needs to know of its tables.
KEPT_TABLES = ("auth_", "account_", "mfa_", "django_content_type", "django_migrations", "django_session")
KEPT_TABLES += ("django_site", "portal_attempt")
NAMED = 12  # of the records that stand in the way


def leave_demonstration(folder):
    """Returns the backup that was made; OperationError, and nothing done, if anything here is not of it."""
    require_nothing_else()
    backup = Backup.make(folder, site_database())
    backup.verify()
    try:
        with transaction.atomic():
            require_nothing_else()  # somebody may have written meanwhile
            empty_tables()
            SiteSettings().save()
            seed_groups()
            seed_user()
            reindex()
    except DatabaseError as error:
        sentence = _(
            "The site is saved in %(folder)s, but the database could not be emptied (%(reason)s): make room "
            "for it, or stop the server first, and repeat the command. Nothing else was done."
        )
        reason = str(error).strip().splitlines()[0]
        raise OperationError(sentence % {"folder": backup.folder, "reason": reason}) from error
    # Last: a start under way would let somebody rename a demonstration that is still there. Without it the
    # site is empty, and the next start of the server asks what it is to be.
    with disk_errors(settings.VAR_DIR):
        Progress().write()
    return backup


def require_nothing_else():
    if not standing_records():
        raise OperationError(_("Nothing of the demonstration is here: there is nothing to leave."))
    if own := own_records():
        named = get_text_list([f"“{name}”" for name in own[:NAMED]], _("and"))
        sentence = ngettext(
            "%(count)d record is not of the demonstration and would be lost: %(named)s. "
            "Delete it, or begin your own portal beside this one, with PORTAL_VAR in another folder. "
            "Nothing was done.",
            "%(count)d records are not of the demonstration and would be lost, among them %(named)s. "
            "Delete them, or begin your own portal beside this one, with PORTAL_VAR in another folder. "
            "Nothing was done.",
            len(own),
        )
        raise OperationError(sentence % {"count": len(own), "named": named})


def empty_tables():
    """Deletes all rows in any order: the database looks at foreign keys as the transaction ends."""
    tables = connection.introspection.django_table_names(only_existing=True, include_views=False)
    with connection.cursor() as cursor:
        for table in tables:
            if not table.startswith(KEPT_TABLES):
                cursor.execute(f"DELETE FROM {connection.ops.quote_name(table)}")
