from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.http.request import split_domain_port, validate_host
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.operations.backup import OperationError
from portal.operations.backup.disk import disk_errors
from portal.operations.static_copy.static_copy import StaticCopy

MOST, EACH = 20_000, 100


class Command(BaseCommand):
    help = _(
        "Writes the whole public site as files to DIR/current. The last copy stays until the new one is whole."
    )

    def add_arguments(self, parser):
        parser.add_argument("folder", metavar="DIR", type=Path, help=_("the folder that holds the copies"))
        parser.add_argument(
            "--address",
            help=_(
                "the public address of the site, such as https://example.org; else the first name in PORTAL_HOSTS"
            ),
        )
        parser.add_argument(
            "--most",
            type=int,
            default=MOST,
            metavar="N",
            help=_("how many addresses a copy may have (%(default)s)"),
        )
        parser.add_argument(
            "--keep",
            type=int,
            default=2,
            metavar="N",
            help=_("how many copies stay, the new one among them (%(default)s)"),
        )

    def handle(self, *, folder, address, most, keep, verbosity, **options):
        if keep < 1:
            raise CommandError(
                _("--keep is %(keep)d: keep at least the copy that is made now.") % {"keep": keep}
            )
        self.say = self.stdout.write if verbosity else lambda line: None
        mirror = StaticCopy(folder, origin(address), most)
        try:
            with disk_errors(folder):
                tree = mirror.make(keep, self.show)
        except OperationError as trouble:
            for path, (why, linked_from) in mirror.walk.troubles.items():
                self.stderr.write(f"{path}: {why} ({linked_from})")
            raise CommandError(str(trouble)) from trouble
        counts = {
            "addresses": len(mirror.walk.kept),
            "files": tree.files,
            "changed": tree.changed,
            "folder": folder / "current",
        }
        self.say(
            _(
                "Copied to %(folder)s: %(addresses)d addresses in %(files)d files, of which %(changed)d are new or changed."
            )
            % counts
        )
        if beyond := mirror.walk.beyond:
            sentence = ngettext(
                "There was no room for %(count)d more address: raise --most.",
                "There was no room for %(count)d more addresses: raise --most.",
                beyond,
            )
            self.say(sentence % {"count": beyond})

    def show(self, done, waiting):
        if not done % EACH:
            self.say(
                _("%(done)d addresses copied, %(waiting)d waiting …") % {"done": done, "waiting": waiting}
            )


def origin(address):
    """Scheme and host by which the site is known; CommandError for one that it does not answer to."""
    if not address:
        host = next((host for host in settings.ALLOWED_HOSTS if not host.startswith((".", "*"))), "")
        address = f"{'https' if settings.PORTAL_HTTPS else 'http'}://{host}"
    parts = urlsplit(address)
    host, _port = split_domain_port(parts.netloc)
    if (
        parts.scheme not in ("http", "https")
        or not host
        or parts.path.strip("/")
        or not validate_host(host, settings.ALLOWED_HOSTS)
    ):
        sentence = _(
            "“%(address)s” is not an address of this site: write --address=https://name with a name that stands in PORTAL_HOSTS."
        )
        raise CommandError(sentence % {"address": address})
    return f"{parts.scheme}://{parts.netloc}"
