import fcntl
import tempfile
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from ..backup import OperationError
from .client import SiteClient
from .crawl import BANNER, Crawl, is_page, starts
from .folder import Folder
from .page import Page, relative

NOTHING_HERE = "/404.html"


class StaticCopy:
    """One run: asks for everything, writes it beside the last copy, and takes its place if every page answered."""

    def __init__(self, folder, origin, most):
        self.folder, self.origin = folder, origin
        self.visitor = SiteClient(origin)
        self.walk = Crawl(self.visitor, origin, starts(), most)

    def make(self, keep, tell=lambda done, waiting: None):
        """The finished tree; Trouble, which names the first address that failed, leaves the last copy as it was."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with alone(self.folder):
            made = timezone.now()
            tree = Folder(self.folder, free_name(self.folder, f"mirror-{made:%Y%m%dT%H%M%SZ}"))
            try:
                self.fill(tree, made, tell)
                tree.take_the_place()
                tree.prune(keep)
            finally:
                tree.remove()
        return tree

    def fill(self, tree, made, tell):
        with tempfile.TemporaryDirectory(prefix="margin-mirror-") as folder:
            pages = {}
            for number, (path, content) in enumerate(self.walk, 1):
                if is_page(path):
                    # Its links wait until it is known what they may lead to.
                    pages[path] = Path(folder) / str(number)
                    pages[path].write_bytes(content)
                else:
                    tree.write(path, content)
                tell(number, len(self.walk.waiting))
            self.refuse_troubles()
            kept = self.walk.kept | {BANNER}
            for path, file in pages.items():
                tree.write(path, self.mirrored(path, file.read_text(), kept, relative(path)))
            # It stands at whatever address was asked for, so its links begin at the root.
            tree.write(NOTHING_HERE, self.mirrored("/", self.visitor.nothing_here().decode(), kept, str))
        tree.write(BANNER, self.banner(made, tree).encode())

    def mirrored(self, path, html, kept, to):
        return Page(path, html, self.origin).mirrored(kept, to).encode()

    def refuse_troubles(self):
        if troubles := self.walk.troubles:
            path, (trouble, linked_from) = next(iter(troubles.items()))
            told = {
                "count": len(troubles),
                "path": path,
                "trouble": trouble,
                "page": linked_from or _("the list of addresses"),
            }
            raise OperationError(
                _(
                    "Addresses that cannot be copied: %(count)d. The first is %(path)s (%(trouble)s), which stands in %(page)s. The last copy stays."
                )
                % told
            )

    def banner(self, made, tree):
        """The day of the copy, for people and programs; `content` is another when anything in it is."""
        lines = [
            _("This is a copy of %(site)s, written as files.") % {"site": settings.SITE_NAME},
            "",
            f"address: {self.origin}/",
            f"made: {made:%Y-%m-%dT%H:%M:%SZ}",
            f"content: {tree.digest.hexdigest()}",
            f"addresses: {len(self.walk.kept)}",
            f"beyond: {self.walk.beyond}",
            "",
            _(
                "Search, narrowed lists, the pages of a list after its first, and the API need the site itself."
            ),
        ]
        if self.walk.beyond:
            lines.append(
                _("There was no room for every page: %(count)d or more addresses are not in this copy.")
                % {"count": self.walk.beyond}
            )
        return "\n".join(lines) + "\n"


@contextmanager
def alone(folder):
    """No two runs write to one folder."""
    with (folder / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise OperationError(
                _("Another run is writing to “%(folder)s”: wait until it is done.") % {"folder": folder}
            ) from None
        yield


def free_name(folder, name):
    found, number = name, 1
    while (folder / found).exists():
        number += 1
        found = f"{name}-{number}"
    return found
