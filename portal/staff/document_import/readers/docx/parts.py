"""Opens the parts of a Word package by the relations that lead to them."""

import posixpath
import zipfile
from io import BytesIO
from typing import NamedTuple
from urllib.parse import unquote
from zlib import error as BadCompression

from organisation.reader_process.unreadable import Unreadable

from .xml import attribute, parse

# The parts beside the main one where a package has no relations.
USUAL_NAMES = {
    kind: f"{kind}.xml" for kind in ("styles", "numbering", "footnotes", "endnotes", "comments", "settings")
}


class Relation(NamedTuple):
    identity: str
    kind: str  # the last word of its type
    target: str  # the name of a part; empty for one outside the package


class Package:
    """A checked package, whose parts are found by their names without regard to case."""

    def __init__(self, contents):
        try:
            self.archive = zipfile.ZipFile(BytesIO(contents))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
            raise Unreadable("damaged") from error
        self.names = {
            # Some programs write the folders of a package as Windows does.
            name.lower().replace("\\", "/"): name
            for name in self.archive.namelist()
        }
        self.roots, self.relations = {}, {}

    def root(self, name):
        """Returns the root element of a part, None if the package has none of this name."""
        # Others than these were not checked for what they unpack to.
        if name.lower() not in self.names or not name.lower().endswith((".xml", ".rels")):
            return None
        if name not in self.roots:
            try:
                # zipfile stops reading a member at the size that was checked.
                contents = self.archive.read(self.names[name.lower()])
            except (zipfile.BadZipFile, BadCompression, EOFError, NotImplementedError, RuntimeError) as error:
                raise Unreadable("damaged") from error
            self.roots[name] = parse(contents)
        return self.roots[name]

    def relations_of(self, name=""):
        """Returns the relations of a part, or of the package itself."""
        if name not in self.relations:
            folder, own_name = posixpath.split(name)
            root = self.root(posixpath.join(folder, "_rels", f"{own_name}.rels"))
            self.relations[name] = [
                Relation(
                    attribute(each, "Id"),
                    attribute(each, "Type").rpartition("/")[2],
                    target_name(folder, each),
                )
                for each in (root if root is not None else ())
            ]
        return self.relations[name]

    def related(self, name, kind):
        """Returns the name of the part of this kind that a part leads to; empty if there is none."""
        relations = self.relations_of(name)
        if not relations and kind in USUAL_NAMES:
            return posixpath.join(posixpath.dirname(name), USUAL_NAMES[kind])
        return next((each.target for each in relations if each.kind == kind and each.target), "")

    def target(self, name, identity):
        """Returns the name of the part that a relation of a part leads to; empty if it leads outside."""
        return next((each.target for each in self.relations_of(name) if each.identity == identity), "")

    def main_part(self):
        """Returns the name of the document itself; Unreadable if the package says that it is elsewhere."""
        targets = [each.target for each in self.relations_of() if each.kind == "officeDocument"]
        if targets and not any(target.lower() in self.names for target in targets):
            raise Unreadable("no document")
        return self.related("", "officeDocument") or "word/document.xml"


def target_name(folder, relation):
    if attribute(relation, "TargetMode").lower() == "external":
        return ""
    target = unquote(attribute(relation, "Target")).replace("\\", "/")
    joined = posixpath.normpath(posixpath.join("/", folder, target))
    return joined.lstrip("/")
