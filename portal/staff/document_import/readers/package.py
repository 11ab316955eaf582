"""Opens the members of a zip package that was checked before; see `portal.staff.upload`."""

import zipfile
from io import BytesIO


def open_member(contents, name):
    """Opens a member of a checked package as a stream; None if the package has no such member."""
    # The checked sizes are what the file itself declares; zipfile stops reading a member at that size.
    package = zipfile.ZipFile(BytesIO(contents))
    # Some programs write the folders of a package as Windows does.
    names = {each.replace("\\", "/"): each for each in package.namelist()}
    return package.open(names[name]) if name in names else None
