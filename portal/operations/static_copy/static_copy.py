import fcntl
import tempfile
from contextlib import contextmanager
from pathlib import Path

from django.utils import timezone
from django.utils.translation import gettext as _

from organisation.models import site_settings

from ..backup import OperationError
from ..backup.disk import disk_errors
from .client import SiteClient, origin_of
from .crawl import BANNER, Crawl, is_page, start_paths
from .folder import CopyFolder
from .page import Page, relative_link_from
from .withdrawal import remove_withdrawn

NOT_FOUND = "/404.html"


class StaticCopy:
    """One run: crawls the site into a new folder, and publishes it unless the site failed at an address.

    A link that leads to nothing is text in the copy, and keeps nothing back. What visitors may not read any
    more is removed from the last copies first, whatever becomes of the new one.
    """

    def __init__(self, parent, address, limit):
        self.parent, self.origin = parent, origin_of(address)
        self.client = SiteClient(self.origin)
        self.crawl = Crawl(self.client, self.origin, start_paths(), limit)

    def make(self, keep, report_progress=lambda done, waiting: None):
        """Returns the published folder, after deleting all but the newest copies.

        OperationError, which names the first address that failed, leaves the last copy as it was.
        """
        with disk_errors(self.parent):
            self.parent.mkdir(parents=True, exist_ok=True)
            with exclusive_lock(self.parent):
                remove_withdrawn(self.parent)
                made = timezone.now()
                folder = CopyFolder(self.parent, unused_name(self.parent, f"mirror-{made:%Y%m%dT%H%M%SZ}"))
                try:
                    self.fill(folder, made, report_progress)
                    remove_withdrawn(self.parent, since=made)  # what was withdrawn meanwhile
                    folder.publish()
                    folder.prune(keep)
                finally:
                    folder.discard()
        return folder

    def fill(self, folder, made, report_progress):
        with tempfile.TemporaryDirectory(prefix="margin-mirror-") as temporary:
            pages = {}
            for number, (path, content) in enumerate(self.crawl, 1):
                if is_page(path):
                    # Its links can be rewritten only when it is known which paths are copied.
                    pages[path] = Path(temporary) / str(number)
                    pages[path].write_bytes(content)
                else:
                    folder.write(path, content)
                report_progress(number, len(self.crawl.frontier))
            self.require_no_failures()
            copied = self.crawl.copied | {BANNER}
            for path, file in pages.items():
                folder.write(path, self.rewritten(path, file.read_text(), copied, relative_link_from(path)))
            # It is shown at whatever address was asked for, so its links begin at the root.
            not_found = self.client.not_found_page().decode()
            folder.write(NOT_FOUND, self.rewritten("/", not_found, copied, str))
        folder.write(BANNER, self.banner(made, folder).encode())

    def rewritten(self, path, html, copied, link_to):
        return Page(path, html, self.origin).rewritten(copied, link_to).encode()

    def require_no_failures(self):
        if failures := self.crawl.failures:
            path, (error, linked_from) = next(iter(failures.items()))
            values = {
                "count": len(failures),
                "path": path,
                "trouble": error,
                "page": linked_from or _("the list of addresses"),
            }
            raise OperationError(
                _(
                    "Addresses that cannot be copied: %(count)d. The first is %(path)s (%(trouble)s), "
                    "which stands in %(page)s. The last copy stays."
                )
                % values
            )

    def banner(self, made, folder):
        """Returns the text that tells people and programs the day of the copy and a digest of its content."""
        lines = [
            _("This is a copy of %(site)s, written as files.") % {"site": site_settings().title},
            "",
            f"address: {self.origin}/",
            f"made: {made:%Y-%m-%dT%H:%M:%SZ}",
            f"content: {folder.digest.hexdigest()}",
            f"addresses: {len(self.crawl.copied)}",
            f"beyond: {self.crawl.over_limit}",
            "",
            _(
                "Search, narrowed lists, the pages of a list after its first, "
                "and the API need the site itself."
            ),
        ]
        if self.crawl.over_limit:
            lines.append(
                _("There was no room for every page: %(count)d or more addresses are not in this copy.")
                % {"count": self.crawl.over_limit}
            )
        return "\n".join(lines) + "\n"


@contextmanager
def exclusive_lock(folder):
    """Locks a folder, so that no two runs write to it; OperationError if another run holds the lock."""
    with (folder / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise OperationError(
                _("Another run is writing to “%(folder)s”: wait until it is done.") % {"folder": folder}
            ) from None
        yield


def unused_name(folder, name):
    """Returns the name, with a number at its end if another copy of the same second has it."""
    unused, number = name, 1
    while (folder / unused).exists():
        number += 1
        unused = f"{name}-{number}"
    return unused
