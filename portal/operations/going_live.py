"""Checks what has to be right before a site goes live; the desk and the doctor show the same list."""

import shlex
from contextlib import suppress
from datetime import datetime, timedelta

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import get_user_model
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from organisation.models import Organisation, site_settings
from organisation.public_pages import public_contents
from portal.accounts.second_factor import SECOND_FACTORS
from portal.delivery.public_address import LOOPBACK_HOSTS
from portal.pages.legal import LEGAL_TEMPLATES, is_written
from portal.seeding.demonstration import has_its_name, standing_pages, standing_records

from .address_check import PUBLIC_ADDRESS
from .backup import Backup, OperationError
from .backup.backup import LAST_BACKUP
from .file_modes import open_in_backup, open_to_others
from .finding import note, ok, wrong
from .slow_check import SlowCheck
from .system_checks import redirect_loop

MAX_BACKUP_AGE = timedelta(hours=26)  # one a day, and two hours for a late timer
PUBLISHING = ("impact.publish_claim", "cms.publish_page", "organisation.accept_proposal")


def is_on_this_machine_only():
    return set(settings.ALLOWED_HOSTS) <= LOOPBACK_HOSTS


def check_hosts_and_tls():
    if settings.DEBUG:
        return wrong(_("Settings: PORTAL_DEBUG=1 shows errors in full to everybody. Leave it out."))
    if "*" in settings.ALLOWED_HOSTS:
        return wrong(_("Settings: the site answers to any name. Write its names in PORTAL_HOSTS."))
    if loop := redirect_loop():
        return wrong(_("Settings: %(sentence)s") % {"sentence": loop})
    if is_on_this_machine_only():
        return note(
            _(
                "Settings: the site answers on this machine only. "
                "Write its names in PORTAL_HOSTS when others should reach it."
            )
        )
    if not settings.PORTAL_HTTPS:
        return wrong(
            _(
                "Settings: others can reach the site and its sign-in travels unprotected. "
                "Set PORTAL_HTTPS=1 behind TLS."
            )
        )
    return ok(_("Settings: TLS, names and errors are as they should be."))


def check_contact():
    if not site_settings().is_reachable:
        return note(_("Contact: readers find no address to write to. Write one in the settings of the site."))
    return ok(_("Contact: readers find an address to write to."))


def check_who_speaks():
    count = Organisation.objects.profiled().count()
    if count > 1 and not site_settings().several_organisations:
        sentence = _(
            "Who speaks: the site says “we”, and %(count)d organisations have a profile. "
            "Tick several organisations in the settings of the site, or take the profile from all but one."
        )
        return note(sentence % {"count": count})
    if count == 1 and site_settings().several_organisations:
        sentence = _(
            "Who speaks: the site says “they”, and one organisation has a profile. "
            "Take the tick of several organisations from the settings of the site."
        )
        return note(sentence)
    return ok(_("Who speaks: the site says “we” or “they” as the organisations on record are."))


def check_second_factors():
    # Whoever tries the site on this machine needs none yet.
    finding = note if is_on_this_machine_only() else wrong
    if settings.PORTAL_PASSWORD_ONLY:
        return finding(
            _("Second factor: a password is enough to log in (PORTAL_PASSWORD_ONLY=1). Leave it out.")
        )
    people = get_user_model().objects
    publishers = {person for permission in PUBLISHING for person in people.with_perm(permission)}
    if not publishers:
        return finding(_("Second factor: no account may publish. Make one, and let its owner set one up."))
    with_factor = Authenticator.objects.filter(type__in=SECOND_FACTORS).values_list("user", flat=True)
    if count := len({person.pk for person in publishers}.difference(with_factor)):
        sentence = ngettext(
            "Second factor: %(count)d account that may publish has none. "
            "Let its owner log in and set one up, or make it inactive.",
            "Second factor: %(count)d accounts that may publish have none. "
            "Let their owners log in and set one up, or make them inactive.",
            count,
        )
        return finding(sentence % {"count": count})
    return ok(_("Second factor: every account that may publish has one."))


def look_at_backup():
    """Returns {made, trouble} of the last backup, which is read whole; {} if there is none."""
    try:
        last = Backup.last()
        return {"made": last.verify()["made"], "trouble": ""} if last else {}
    except (OperationError, OSError) as error:
        return {"made": "", "trouble": str(error)}


def tell_of_backup(facts):
    if not facts:
        return wrong(_("Backup: none was made from here. Run manage.py backup DIR each day, by a timer."))
    if facts["trouble"]:
        return wrong(_("Backup: %(trouble)s") % facts)
    age = timezone.now() - datetime.fromisoformat(facts["made"])
    hours = {"hours": age / timedelta(hours=1)}
    if age > MAX_BACKUP_AGE:
        return wrong(
            _("Backup: the last one is %(hours).0f hours old. Look why its timer does not run.") % hours
        )
    return ok(_("Backup: the last one is %(hours).0f hours old, and whole.") % hours)


def path_of_last_backup():
    try:
        return (settings.VAR_DIR / LAST_BACKUP).read_text()
    except OSError:
        return ""


def check_file_modes():
    paths = open_to_others()
    with suppress(OSError):  # whoever cannot open a backup cannot close it
        if last := Backup.last():
            paths += open_in_backup(last.folder)
    if paths:
        sentence = _("Files: others on this machine can read what is private. Run chmod go-rw %(paths)s.")
        return wrong(sentence % {"paths": shlex.join(map(str, paths))})
    return ok(_("Files: nobody else on this machine can read the database."))


def basis_of_demonstration():
    return [Organisation.objects.count(), site_settings().name]


def look_at_demonstration():
    return {"count": standing_records(), "pages": standing_pages(), "name": has_its_name()}


def tell_of_demonstration(facts):
    if facts["count"]:
        sentence = ngettext(
            "Demonstration: %(count)d record of it is still there. "
            "Run manage.py leave_demonstration before you go live, or delete it.",
            "Demonstration: %(count)d records of it are still there. "
            "Run manage.py leave_demonstration before you go live, or delete them.",
            facts["count"],
        )
        return note(sentence % facts)
    if facts["pages"]:
        sentence = ngettext(
            "Demonstration: %(pages)d page still reads as it did there. Rewrite it, or take it down.",
            "Demonstration: %(pages)d pages still read as they did there. Rewrite them, or take them down.",
            facts["pages"],
        )
        return note(sentence % facts)
    if facts["name"]:
        return note(_("Demonstration: the site still has its name. Write yours in the settings of the site."))
    return ok(_("Demonstration: nothing of it is left."))


def check_legal_pages():
    pages = public_contents().filter(template__in=LEGAL_TEMPLATES)
    written = {page.template for page in pages if is_written(page)}
    names = dict(settings.CMS_TEMPLATES)
    if missing := [str(names[template]) for template in LEGAL_TEMPLATES if template not in written]:
        sentence = _(
            "Legal pages: no published page with words of its own has this template: %(missing)s. "
            "Write it in its draft, which a new portal has under “Drafts of pages” on the desk, or in a new "
            "one with the template chosen under Page → Templates, and publish it."
        )
        return note(sentence % {"missing": ", ".join(missing)})
    return ok(_("Legal pages: privacy, legal notice and accessibility are published."))


BACKUP = SlowCheck(
    name="backup",
    title=gettext_lazy("Backup"),
    basis=path_of_last_backup,
    look=look_at_backup,
    tell=tell_of_backup,
)
DEMONSTRATION = SlowCheck(
    name="demonstration",
    title=gettext_lazy("Demonstration"),
    basis=basis_of_demonstration,
    look=look_at_demonstration,
    tell=tell_of_demonstration,
)
BEFORE_GOING_LIVE = (
    check_hosts_and_tls,
    PUBLIC_ADDRESS,
    check_contact,
    check_who_speaks,
    check_second_factors,
    BACKUP,
    check_file_modes,
    DEMONSTRATION,
    check_legal_pages,
)


def last_findings():
    """Returns the finding of each check; of those that take long, that of the last look."""
    return [check.last() if isinstance(check, SlowCheck) else check() for check in BEFORE_GOING_LIVE]


def look_where_due():
    """Looks at what takes long, where the last look is an hour old or about something else."""
    for check in BEFORE_GOING_LIVE:
        if isinstance(check, SlowCheck) and check.is_due():
            check()
