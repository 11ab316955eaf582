"""Collects a style sheet that imports others as one file without comments: asked for once, and small.

The sheets of `static/css` are many and small, one a component; `site.css` and its like list them with
`@import`. As they are, a browser would ask for each of them, and only after it has read the list. That is how
they work where nothing is collected: in tests, and with PORTAL_DEBUG. A link for each in every page would be
fifty requests as well; a build tool would be one more thing to install, for a dozen lines.
"""

import posixpath
import re

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

OURS = "css/"  # packages bring sheets of their own, which stay as they are
IMPORT = re.compile(r'@import url\("([^"]+)"\);')
# For those who write it: a quarter of its weight on the way to a visitor. No string of ours holds either.
COMMENTS, INDENTATION = re.compile(r"/\*.*?\*/\s*", re.DOTALL), re.compile(r"\n\s*")


class InlinedImportsStorage(CompressedManifestStaticFilesStorage):
    """Stores static files hashed and compressed, each style sheet with what it imports in its place."""

    def post_process(self, paths, dry_run=False, **options):
        """Takes `paths` from collectstatic: {name: (storage of the source, path in it)}."""
        collected = dict(paths)
        for name in paths:
            if name.startswith(OURS) and name.endswith(".css") and not dry_run:
                text = INDENTATION.sub("\n", COMMENTS.sub("", self.inlined(name, paths)))
                self.delete(name)  # a storage gives a file another name rather than write over one
                self._save(name, ContentFile(text.encode()))
                collected[name] = (self, name)  # what is hashed and compressed from here on
        yield from super().post_process(collected, dry_run=dry_run, **options)

    def inlined(self, name, paths):
        storage, path = paths[name]
        with storage.open(path) as file:
            text = file.read().decode()
        folder = posixpath.dirname(name)
        return IMPORT.sub(
            lambda match: self.inlined(posixpath.normpath(posixpath.join(folder, match[1])), paths), text
        )
